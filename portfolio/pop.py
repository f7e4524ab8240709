"""A POP from its start to its end: begun, closed with an evaluation, opened again, taken into the next year."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused
from schools.models import SchoolYear, User

from .goals import add_goal, drafts_of_goals, drafts_starting
from .goals import is_blank as is_blank_goal
from .models import DevelopmentPlan, DevelopmentState, Goal, GoalAction, Outcome, rewrite
from .versions import state_of

GOES_ON = ("", Outcome.PARTLY)  # outcomes of a goal that the next year takes over


def pop_of(owner: User, day: dt.date) -> DevelopmentPlan | None:
    """That of the school year of ``day``."""
    starts = SchoolYear.start_of(day)
    return DevelopmentPlan.objects.filter(owner=owner, year__starts=starts).select_related("year").first()


def start_pop(owner: User, day: dt.date, *, with_goal: bool = True) -> DevelopmentPlan:
    """The POP of the school year of ``day``: the one there is, or a new one ``with_goal`` to write in."""
    with transaction.atomic():
        plan, made = DevelopmentPlan.objects.get_or_create(owner=owner, year=SchoolYear.of(day))
        if made and with_goal:
            add_goal(plan)
    return plan


@dataclass(frozen=True)
class Evaluation:
    """How one goal ended. ``outcome``: a key of Outcome."""

    outcome: str
    learned: str
    next_step: str


def close_pop(
    plan: DevelopmentPlan,
    seen: int,
    evaluations: dict[int, Evaluation],
    looking_back: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Close with how each goal (by its key) ended; all or nothing.

    Raises StaleMove when the plan was saved since ``seen``, MoveRefused when it is closed already.
    """
    with transaction.atomic():
        rewrite(plan, seen, looking_back=looking_back)
        for key, evaluation in evaluations.items():
            rows = Goal.objects.filter(pk=key, plan=plan)
            rows.update(version=F("version") + 1, **asdict(evaluation))
        plan.go(DevelopmentState.CLOSED, by, at)


def reopen_pop(plan: DevelopmentPlan, by: User, at: dt.datetime) -> None:
    """Open again, in the state that its newest version gives it by now."""
    if not plan.is_closed:
        raise MoveRefused(_("This plan is open already."))
    plan.go(state_of(plan), by, at)


def year_after(plan: DevelopmentPlan, day: dt.date) -> int:
    """In which year the school year starts that ``plan`` goes on in: the next one, or that of ``day``."""
    return max(plan.year.starts + 1, SchoolYear.start_of(day))


def is_blank(plan: DevelopmentPlan) -> bool:
    """Nothing would be lost with it: nothing is written, agreed, shared or still being typed, in no goal either."""
    texts = (plan.standing, plan.heading, plan.wish, plan.agreements, plan.looking_back)
    agreed = (plan.agreed_minutes, plan.agreed_money, plan.talk_on)
    if any(texts) or any(each is not None for each in agreed) or plan.state != DevelopmentState.CONCEPT:
        return False
    typed = (
        drafts_starting(plan.owner_id, [f"pop:{plan.pk}:"]).exclude(text="").exclude(field__endswith=":seen")
    )
    if plan.strengths.exists() or plan.versions.exists() or typed.exists():
        return False
    return all(map(is_blank_goal, plan.goals.select_related("plan")))


def clear(plan: DevelopmentPlan) -> None:
    """The goals of a blank one go, before others take their places."""
    drafts_of_goals(plan.owner_id, list(plan.goals.all())).delete()
    plan.goals.all().delete()


def take_over(before: DevelopmentPlan, day: dt.date) -> DevelopmentPlan:
    """The POP of the year after, with what stayed open: once, while nothing is in it; else MoveRefused."""
    year, _made = SchoolYear.objects.get_or_create(starts=year_after(before, day))
    with transaction.atomic():
        plan, made = DevelopmentPlan.objects.get_or_create(
            owner=before.owner, year=year, defaults={"wish": before.wish}
        )
        if not made:
            _begin_again(plan, before)
        plan.strengths.set(before.strengths.all())
        places = [_go_on(goal, plan) for goal in before.goals.filter(outcome__in=GOES_ON)]
        if not any(places):
            add_goal(plan)
    return plan


def _begin_again(plan: DevelopmentPlan, before: DevelopmentPlan) -> None:
    """Of two at once the second waits, and is refused then."""
    held = DevelopmentPlan.objects.select_for_update().get(pk=plan.pk)
    if not is_blank(held):
        words = {"year": held.year}
        raise MoveRefused(_("Your POP of %(year)s is there already; nothing was added to it.") % words)
    clear(plan)
    rewrite(plan, held.version, wish=before.wish)


def _go_on(goal: Goal, plan: DevelopmentPlan) -> bool:
    """A goal that is still open, with its open actions, without its dates; False when nothing is in it."""
    actions = [action for action in goal.actions.filter(done_on=None) if action.what]
    if not (goal.question or actions):
        return False
    same = {name: getattr(goal, name) for name in ("question", "visible", "why", "support")}
    copy = Goal.objects.create(plan=plan, order=plan.goals.count() + 1, **same)
    copy.competences.set(goal.competences.all())
    kept = ("what", "form", "minutes", "source")
    GoalAction.objects.bulk_create(
        GoalAction(goal=copy, **{name: getattr(action, name) for name in kept})
        for action in actions or [GoalAction()]
    )
    return True


def erase_pop(plan: DevelopmentPlan) -> None:
    """Gone, with its versions, their shares, and what was still being typed."""
    with transaction.atomic():
        drafts_starting(plan.owner_id, [f"pop:{plan.pk}:"]).delete()
        drafts_of_goals(plan.owner_id, list(plan.goals.all())).delete()
        plan.delete()
