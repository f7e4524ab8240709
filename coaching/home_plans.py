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

AUTUMN = (9, 10, 11)  # months in which a group still begins the plan of its year


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


def card_of(plan: Any, *, label: str, title: str, text: str, action: str = "", quiet: bool = False) -> Next:
    """``title`` speaks of the ``group``, and may speak of the ``name`` of who answered last."""
    named = title % {"group": plan.group.name, "name": (plan.who or "").split(" ")[0]}
    url = reverse("group_plan", args=[plan.pk])
    return Next(label=label, title=named, text=text, url=url, action=action or _("To the GOP"), quiet=quiet)


def change_asked(plan: Any) -> Next:
    title = _("%(name)s asks for a change in the GOP of %(group)s")
    text = _("Read what should change and change it together.")
    return card_of(plan, label=_("A change"), title=title, text=text, quiet=True)


def to_hand_in(plan: Any) -> Next:
    title = _("Everybody said yes to the GOP of %(group)s")
    text = _("One of you hands it in; it takes a minute.")
    return card_of(plan, label=_("Hand it in"), title=title, text=text)


def waits_for_my_yes(plan: Any) -> Next:
    title = _("The GOP of %(group)s")
    text = _("Colleagues said yes to the plan of your group. Read it, and say yes or what has to change.")
    return card_of(plan, label=_("Your yes counts"), title=title, text=text, action=_("Read the plan"))


def group_plan_to_begin(today: Today) -> Next | None:
    """In autumn, for a group that meets and has no GOP; one without a date is asked for that first.

    Known from its meetings, which home reads anyway.
    """
    bare = (meeting for meeting in today.meetings if not meeting.has_group_plan)
    meeting = next(bare, None) if today.day.month in AUTUMN else None
    if meeting is None:
        return None
    return Next(
        label=_("Ten minutes"),
        title=_("%(group)s has no GOP yet") % {"group": meeting.group.name},
        text=_(
            "One goal is enough to begin with. You write it together; your next meeting is a good moment."
        ),
        url=reverse("new_group_plan", args=[meeting.group_id]),
        action=_("Begin our GOP"),
        quiet=True,
    )
