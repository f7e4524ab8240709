"""What the plan of a group (GOP) asks of its members on home."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from popgroups.models import GroupPlan, GroupPlanAnswer, GroupPlanState
from popgroups.models.plans import WRITABLE

from .home_next import Next
from .today import Today


def plans_of_my_groups(today: Today) -> list[Any]:
    """Plans that are being written, each with its newest answer, whose it is, and mine."""
    answers = GroupPlanAnswer.objects.filter(plan=OuterRef("pk")).order_by("-at", "-pk")
    mine = answers.filter(member__membership__person=today.user)
    rows = GroupPlan.objects.visible_to(today.user).filter(state__in=WRITABLE, group__year__starts=today.year)
    told = rows.annotate(
        agreed=Subquery(answers.values("agrees")[:1]),
        who=Subquery(answers.values("member__membership__person__name")[:1]),
        whose=Subquery(answers.values("member__membership__person")[:1]),
        newest=Subquery(answers.values("digest")[:1]),
        my_digest=Subquery(mine.values("digest")[:1]),
    )
    return list(told)


def group_plan_to_answer(today: Today) -> Next | None:
    """My yes, when a colleague said yes to a text I have not; a change asked for; or a plan to hand in."""
    plans = plans_of_my_groups(today)
    for plan in plans:
        if plan.agreed and plan.my_digest != plan.newest:
            return waits_for_my_yes(plan)
    for plan in plans:
        if plan.agreed is False and plan.whose != today.user.pk:
            return change_asked(plan)
        if plan.state == GroupPlanState.ADOPTED:
            return to_hand_in(plan)
    return None


def change_asked(plan: Any) -> Next:
    names = {"name": plan.who.split()[0], "group": plan.group.name}
    return Next(
        label=_("A change"),
        title=_("%(name)s asks for a change in the GOP of %(group)s") % names,
        text=_("Read what should change and change it together."),
        url=reverse("group_plan", args=[plan.pk]),
        action=_("To the GOP"),
        quiet=True,
    )


def to_hand_in(plan: Any) -> Next:
    return Next(
        label=_("Hand it in"),
        title=_("Everybody said yes to the GOP of %(group)s") % {"group": plan.group.name},
        text=_("One of you hands it in; it takes a minute."),
        url=reverse("group_plan", args=[plan.pk]),
        action=_("To the GOP"),
    )


def waits_for_my_yes(plan: Any) -> Next:
    return Next(
        label=_("Your yes counts"),
        title=_("The GOP of %(group)s") % {"group": plan.group.name},
        text=_("Colleagues said yes to the plan of your group. Read it, and say yes or what has to change."),
        url=reverse("group_plan", args=[plan.pk]),
        action=_("Read the plan"),
    )
