"""What a director promises a group for its GOP; promised hours are in the budget of each member of today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import StaleMove
from schools.allowances import allow, spent_by_former
from schools.models import SchoolYear, User

from .models import GroupPlan, GroupPlanVersion, PopGroup, PromiseKind, SupportPromise
from .plan_reviews import standing_versions
from .plan_writing import hold


def promise(plan: GroupPlan, by: User, at: dt.datetime, **what: Any) -> SupportPromise:
    """``what``: kind, with minutes (a person), euros or text as it asks; the group sees it from now on.

    Raises StaleMove when no version stands any more to promise it for.
    """
    with transaction.atomic():
        if not standing_versions(hold(plan)).exists():
            raise StaleMove(_("The group took its plan back. You get it back when they hand it in."))
        made = SupportPromise.objects.create(plan=plan, by=by, at=at, **what)
        give_hours(plan.group, at)
    return made


def change(old: SupportPromise, by: User, at: dt.datetime, **what: Any) -> SupportPromise:
    """Another one in its place; what was promised first stays readable in the history.

    Raises StaleMove when it was taken back or changed meanwhile.
    """
    with transaction.atomic():
        _take_back(old, at)
        return promise(old.plan, by, at, **what)


def withdraw(old: SupportPromise, at: dt.datetime) -> None:
    """Raises StaleMove when it was taken back or changed meanwhile."""
    with transaction.atomic():
        _take_back(old, at)
        give_hours(old.plan.group, at)


def _take_back(old: SupportPromise, at: dt.datetime) -> None:
    hold(old.plan)
    rows = SupportPromise.objects.filter(pk=old.pk, withdrawn_at__isnull=True)
    if not rows.update(withdrawn_at=at):
        raise StaleMove(_("This was taken back or changed already."))


def withdraw_with(version: GroupPlanVersion, at: dt.datetime) -> None:
    """``version`` was taken back: so is what was promised since it was handed in; the history keeps it.

    What was promised for the version before it stands. In a transaction of the caller, who holds the plan.
    """
    in_force = version.plan.promises.filter(withdrawn_at__isnull=True)
    if in_force.filter(at__gte=version.made_at).update(withdrawn_at=at):
        give_hours(version.plan.group, at)


def give_hours(group: PopGroup, at: dt.datetime) -> int:
    """The hours promised to ``group``, in the budget of who is a member today; returns how many budgets changed.

    Who left keeps what they had used of them. A year that is over stays as it was.
    """
    plan = GroupPlan.objects.filter(group=group).first()
    if plan is None or group.year.is_over(timezone.localdate(at)):
        return 0
    promised = plan.promises.filter(kind=PromiseKind.HOURS)
    in_force = Sum("minutes", filter=Q(withdrawn_at__isnull=True), default=0)
    told, source = promised.aggregate(minutes=in_force, first=Min("at")), f"gop:{plan.pk}"
    minutes = told["minutes"]
    members = list(
        group.members.current(timezone.localdate(at)).order_by("pk").values_list("membership", flat=True)
    )
    left: dict[int, int] = {}
    if minutes:
        spent = spent_by_former(source, group.year, members, timezone.localdate(told["first"]))
        left = {pk: min(each, minutes) for pk, each in spent.items()}
    return allow(source, group.year, minutes, members, reason=f"GOP {group.name}"[:200], left=left)


def follow_members(at: dt.datetime) -> int:
    """Every night: somebody's first or last day in a group comes without anybody touching it."""
    this_year = SchoolYear.start_of(timezone.localdate(at))
    groups = PopGroup.objects.filter(
        plan__promises__kind=PromiseKind.HOURS, year__starts__gte=this_year
    ).distinct()
    return sum(give_hours(group, at) for group in groups.select_related("year").order_by("pk"))
