"""GOPs as the tests of a review need them: written, adopted and handed in without the screens for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from popgroups.models import (
    GroupActivity,
    GroupGoal,
    GroupPlan,
    GroupPlanState,
    GroupPlanVersion,
    PopGroup,
    Purpose,
)
from popgroups.plan_document import document_of
from schools.models import SchoolPlanLine, User

STANDING = "We beginnen vaak onrustig."
TITLES = ("Rust in de overgangen", "Ouders eerder erbij")


def make_group_plan(group: PopGroup) -> GroupPlan:
    """Two goals with activities, one of them from a line of policy; hours and money asked for."""
    told: dict[str, Any] = {"number": "2.3", "text": "Rust in de school"}
    line, _made = SchoolPlanLine.objects.get_or_create(school=group.school, **told)
    year = group.year.starts
    plan = GroupPlan.objects.create(
        group=group,
        standing=STANDING,
        agreements="We beginnen op tijd.",
        indicators="Binnen drie minuten aan het werk.",
        asked_minutes=360,
        asked_money=250,
        asked_expertise="Iemand die meekijkt.",
        midterm_on=dt.date(year + 1, 1, 26),
        evaluation_on=dt.date(year + 1, 6, 15),
    )
    first = GroupGoal.objects.create(
        plan=plan,
        order=1,
        title=TITLES[0],
        visible="In maart start elke groep binnen drie minuten.",
        line=line,
    )
    member = group.members.order_by("pk").first()
    for month, what in ((2, "Twee lesbezoeken per collega"), (11, "Eén signaal voor alle groepen")):
        due = dt.date(year + (month < 8), month, 1)
        GroupActivity.objects.create(goal=first, what=what, member=member, due=due, minutes=90)
    second = GroupGoal.objects.create(plan=plan, order=2, title=TITLES[1], visible="Een gesprek in oktober.")
    GroupActivity.objects.create(goal=second, what="Een vast belmoment", due=dt.date(year, 10, 5), minutes=60)
    return plan


def hand_in(plan: GroupPlan, by: User, at: dt.datetime, purpose: str = Purpose.PLAN) -> GroupPlanVersion:
    """As the group's own verb leaves it: frozen, and waiting unless it looks back on a plan that runs."""
    plan = GroupPlan.objects.get(pk=plan.pk)
    version: Any = GroupPlanVersion.objects.create(
        plan=plan,
        number=plan.versions.count() + 1,
        purpose=purpose,
        made_at=at,
        made_by=by,
        content=document_of(plan),
    )
    if purpose == Purpose.PLAN:
        GroupPlan.objects.filter(pk=plan.pk).update(state=GroupPlanState.ADOPTED)
        GroupPlan.objects.get(pk=plan.pk).go(GroupPlanState.SUBMITTED, "submit", by, at)
    found: GroupPlanVersion = GroupPlanVersion.objects.get(pk=version.pk)
    return found


def rewrite_goal(plan: GroupPlan, title: str) -> None:
    GroupGoal.objects.filter(plan=plan, order=1).update(title=title)


def days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)
