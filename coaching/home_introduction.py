"""Home: the milestone of the introduction that waits for whoever sees to it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.lib.markup import day_month_year
from schools.models import Milestone, Trajectory

from .home import Next
from .today import Today

SOON = dt.timedelta(days=7)


def milestone_waiting(today: Today) -> Next | None:
    """One's own, or one that nobody sees to; until the hand-over. Asked only of who designs."""
    schools = today.user.schools_designing
    if not schools:
        return None
    mine = Q(owner__person=today.user) | Q(owner=None)
    under_way = Trajectory.objects.under_way(today.day).filter(school__in=schools)
    rows = Milestone.objects.filter(mine, trajectory__in=under_way, done_on=None, due__lte=today.day + SOON)
    row = rows.order_by("due", "pk").first()
    if row is None or row.due is None:
        return None
    when = _("was to be ready by %(day)s") if row.is_late(today.day) else _("ready by %(day)s")
    return Next(
        label=_("Introduction"),
        title=row.title,
        text=when % {"day": day_month_year(row.due)},
        url=reverse("trajectory", args=[row.trajectory_id]),
        action=_("To the plan"),
    )
