"""Meetings get a name that calendars know, and may wait unpublished."""

from django.db import migrations, models

import popgroups.models.meetings


def name_meetings(apps, schema_editor):
    Meeting = apps.get_model("popgroups", "Meeting")
    for meeting in Meeting.objects.only("pk").iterator():
        Meeting.objects.filter(pk=meeting.pk).update(uid=popgroups.models.meetings.new_uid())


class Migration(migrations.Migration):
    dependencies = [("popgroups", "0001_initial")]

    operations = [
        migrations.AlterField(
            "meeting",
            "state",
            models.CharField(
                choices=[
                    ("concept", "not published yet"),
                    ("planned", "planned"),
                    ("held", "held"),
                    ("cancelled", "cancelled"),
                ],
                default="planned",
                max_length=10,
            ),
        ),
        migrations.AddField("meeting", "sequence", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("meeting", "uid", models.CharField(max_length=120, null=True, editable=False)),
        migrations.RunPython(name_meetings, migrations.RunPython.noop),
        migrations.AlterField(
            "meeting",
            "uid",
            models.CharField(
                default=popgroups.models.meetings.new_uid, editable=False, max_length=120, unique=True
            ),
        ),
    ]
