"""One mark a participant instead of one name a session: a third case leaves the first two with who brought them."""

from django.db import migrations, models
from django.utils import timezone


def mark_who_presented(apps, schema_editor):
    Session = apps.get_model("intervision", "Session")
    SessionParticipant = apps.get_model("intervision", "SessionParticipant")
    known = Session.objects.exclude(brought_by=None).values_list("brought_by", flat=True)
    SessionParticipant.objects.filter(pk__in=list(known)).update(presented_until=timezone.now())


def name_who_presented(apps, schema_editor):
    SessionParticipant = apps.get_model("intervision", "SessionParticipant")
    for who in SessionParticipant.objects.exclude(presented_until=None).order_by("presented_until"):
        who.session.brought_by = who
        who.session.save(update_fields=["brought_by"])


class Migration(migrations.Migration):
    dependencies = [("intervision", "0002_brought_by")]

    operations = [
        migrations.AddField(
            "sessionparticipant", "presented_until", models.DateTimeField(null=True, blank=True)
        ),
        migrations.RunPython(mark_who_presented, name_who_presented),
        migrations.RemoveField("session", "brought_by"),
    ]
