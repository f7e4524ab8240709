from django.apps.registry import Apps
from django.db import migrations, models
from django.db.models import Q


def keep_what_leaders_were_asked(apps: Apps, schema_editor: object) -> None:
    """Questions to somebody who led the asker on the day they were asked."""
    roles = apps.get_model("schools", "RoleHeld").objects.filter(role="director")
    heads = apps.get_model("schools", "BoardDirector").objects
    places = apps.get_model("schools", "Membership").objects
    asked = apps.get_model("portfolio", "FeedbackRequest").objects
    for row in asked.all():
        day = row.made_at.date()
        lasts = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        at_school = places.filter(lasts, person=row.owner_id, valid_from__lte=day)
        directs = roles.filter(
            Q(membership__valid_until__isnull=True) | Q(membership__valid_until__gte=day),
            membership__valid_from__lte=day,
            membership__person=row.asked_id,
            membership__school__in=at_school.values("school"),
        )
        boards = at_school.exclude(school__board=None).values("school__board")
        heads_it = heads.filter(lasts, person=row.asked_id, valid_from__lte=day, board__in=boards)
        if directs.exists() or heads_it.exists():
            asked.filter(pk=row.pk).update(as_leader=True)


class Migration(migrations.Migration):

    dependencies = [
        ('portfolio', '0006_goals_change_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='feedbackrequest',
            name='as_leader',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(keep_what_leaders_were_asked, migrations.RunPython.noop),
    ]
