"""What the plan of a group (GOP) asks of its members on home."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from popgroups.models import GroupPlan, GroupPlanAnswer
from popgroups.models.plans import WRITABLE

from .home_next import Next
from .today import Today


def plan_waiting_for(today: Today) -> GroupPlan | None:
    """A plan of my group whose newest answer is a colleague's yes to a text I have not said yes to."""
    answers = GroupPlanAnswer.objects.filter(plan=OuterRef("pk")).order_by("-at", "-pk")
    mine = answers.filter(member__membership__person=today.user)
    rows = GroupPlan.objects.visible_to(today.user).filter(state__in=WRITABLE, group__year__starts=today.year)
    told = rows.annotate(
        agreed=Subquery(answers.values("agrees")[:1]),
        newest=Subquery(answers.values("digest")[:1]),
        my_digest=Subquery(mine.values("digest")[:1]),
    )
    return told.filter(Q(my_digest__isnull=True) | ~Q(my_digest=F("newest")), agreed=True).first()


def group_plan_to_answer(today: Today) -> Next | None:
    plan = plan_waiting_for(today)
    if plan is None:
        return None
    return Next(
        label=_("Your yes counts"),
        title=_("The GOP of %(group)s") % {"group": plan.group.name},
        text=_("Colleagues said yes to the plan of your group. Read it, and say yes or what has to change."),
        url=reverse("group_plan", args=[plan.pk]),
        action=_("Read the plan"),
    )
