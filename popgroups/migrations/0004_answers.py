"""A yes and a no to a meeting become one answer; no wins should there ever be both."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def carry_answers(apps, schema_editor):
    Answer = apps.get_model("popgroups", "Answer")
    for old, comes in (("Absence", False), ("Coming", True)):
        rows = apps.get_model("popgroups", old).objects.all()
        answers = (Answer(meeting_id=r.meeting_id, member_id=r.member_id, comes=comes, at=r.at) for r in rows)
        Answer.objects.bulk_create(answers, ignore_conflicts=True)


def carry_back(apps, schema_editor):
    Answer = apps.get_model("popgroups", "Answer")
    for old, comes in (("Absence", False), ("Coming", True)):
        model = apps.get_model("popgroups", old)
        rows = Answer.objects.filter(comes=comes)
        model.objects.bulk_create(model(meeting_id=r.meeting_id, member_id=r.member_id, at=r.at) for r in rows)


class Migration(migrations.Migration):
    dependencies = [("popgroups", "0003_notices")]

    operations = [
        migrations.CreateModel(
            "Answer",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("comes", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="popgroups.meeting"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="popgroups.groupmember"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "member"), name="one_answer_a_meeting")
                ],
            },
        ),
        migrations.RunPython(carry_answers, carry_back),
    ]
