"""Goals of a POP with their actions: added, taken away, put in another order, made from a PAP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from operator import or_

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from schools.models import Draft

from .models import (
    MOST_GOALS,
    ActionPlan,
    DevelopmentPlan,
    Goal,
    GoalAction,
    PlanState,
    ProgressNote,
    rewrite,
)
from .places import change_places, close_gaps

MOST_ACTIONS = 12  # of one goal; a plan with more is not carried out


@contextmanager
def holding(plan: DevelopmentPlan) -> Iterator[None]:
    """One transaction in which nobody else adds, moves or removes goals of ``plan``: the others wait.

    Raises MoveRefused when the plan is closed, StaleMove when it is gone or a place was taken all the same.
    """
    try:
        with transaction.atomic():
            held = DevelopmentPlan.objects.select_for_update().filter(pk=plan.pk).first()
            if held is None:
                raise StaleMove
            held.must_be_open()
            yield
    except IntegrityError as taken:
        raise StaleMove from taken


def add_goal(plan: DevelopmentPlan, question: str = "") -> Goal:
    """A goal at the end, with a first action to write; asked for twice, the blank one there is.

    MoveRefused: closed, or three there are.
    """
    with holding(plan):
        blank = [] if question else [goal for goal in plan.goals.all() if is_blank(goal)]
        if blank:
            return blank[-1]
        goal = _new_goal(plan, question)
        GoalAction.objects.create(goal=goal)
    return goal


def _new_goal(plan: DevelopmentPlan, question: str) -> Goal:
    count = close_gaps(plan.goals)
    if count >= MOST_GOALS:
        raise MoveRefused(_("Three goals is the most. Finish one or take one away first."))
    return Goal.objects.create(plan=plan, order=count + 1, question=question)


def shift_goal(goal: Goal, *, up: bool) -> None:
    """Change places with the goal above or below; at the end nothing changes."""
    with holding(goal.plan):
        change_places(goal, goal.plan.goals, up=up)


def is_blank(goal: Goal) -> bool:
    """Nothing would be lost with it, also not of what is still being typed."""
    written = goal.question or goal.visible or goal.why or goal.support or goal.due or goal.outcome
    written = written or goal.learned or goal.next_step
    rows = goal.progress.exists() or goal.competences.exists() or goal.proof.exists()
    typed = _typed(drafts_of_goals(goal.plan.owner_id, [goal]))
    return not (written or rows or goal.actions.exclude(what="").exists() or typed)


def remove_goal(goal: Goal) -> None:
    with holding(goal.plan):
        drafts_of_goals(goal.plan.owner_id, [goal]).delete()
        goal.delete()
        close_gaps(goal.plan.goals)


def add_action(goal: Goal) -> GoalAction:
    """An action to write; asked for twice, the blank one there is."""
    with holding(goal.plan):
        if blank := _blank_action(goal):
            return blank
        _must_have_room(goal)
        return GoalAction.objects.create(goal=goal)


def _blank_action(goal: Goal) -> GoalAction | None:
    """The last one in which nothing is written, also not still being typed."""
    blank = goal.actions.filter(what="", form="", due=None, minutes=None, done_on=None, source="")
    for action in blank.order_by("-pk"):
        if not _typed(_drafts_of_actions(goal.plan.owner_id, [action.pk])):
            return action
    return None


def _typed(drafts: QuerySet[Draft]) -> bool:
    """Whether they hold text; the version it was typed on is none."""
    return drafts.exclude(text="").exclude(field__endswith=":seen").exists()


def _must_have_room(goal: Goal) -> None:
    if goal.actions.count() >= MOST_ACTIONS:
        raise MoveRefused(_("Twelve actions is the most for one goal."))


def remove_action(action: GoalAction) -> None:
    """Also how a PAP is taken out of the POP again; the PAP itself stays."""
    action.goal.plan.must_be_open()
    with transaction.atomic():
        _drafts_of_actions(action.goal.plan.owner_id, [action.pk]).delete()
        action.delete()


def add_note(goal: Goal, text: str, day: dt.date) -> ProgressNote:
    goal.plan.must_be_open()
    return ProgressNote.objects.create(goal=goal, text=text, day=day)


def remove_note(note: ProgressNote) -> None:
    note.goal.plan.must_be_open()
    note.delete()


def drafts_of_goals(writer: int, goals: list[Goal]) -> QuerySet[Draft]:
    """What ``writer`` is still typing in ``goals`` and their actions."""
    actions = GoalAction.objects.filter(goal__in=goals).values_list("pk", flat=True)
    return drafts_starting(writer, [f"goal:{goal.pk}:" for goal in goals]) | _drafts_of_actions(
        writer, actions
    )


def _drafts_of_actions(writer: int, keys: Iterable[int]) -> QuerySet[Draft]:
    return drafts_starting(writer, [f"goalaction:{key}:" for key in keys])


def drafts_starting(writer: int, starts: list[str]) -> QuerySet[Draft]:
    """Drafts of ``writer`` whose name begins with one of ``starts``."""
    named = reduce(or_, (Q(field__startswith=start) for start in starts), Q(pk__in=[]))
    return Draft.objects.filter(named, writer=writer)


# -- from a PAP --------------------------------------------------------------------------------------------


def in_pop(pap: ActionPlan, plan: DevelopmentPlan) -> GoalAction | None:
    """The action that ``pap`` became in ``plan``."""
    return GoalAction.objects.filter(goal__plan=plan, source=pap.source).select_related("goal").first()


def take_up(
    pap: ActionPlan, plan: DevelopmentPlan, goal: Goal | None, day: dt.date, question: str = ""
) -> GoalAction:
    """``pap`` as an action of ``goal`` (None: of a new one with ``question``); in one POP once.

    An action of ``goal`` in which nothing is written yet becomes it.
    Raises MoveRefused when the plan is closed or has no room for another goal or action.
    """
    with holding(plan):
        if found := in_pop(pap, plan):
            return found
        done = day if pap.state == PlanState.DONE else None
        values = {"what": pap.intention, "due": pap.due, "done_on": done, "source": pap.source}
        if blank := goal and _blank_action(goal):
            rewrite(blank, blank.version, **values)
            return blank
        if goal is not None:
            _must_have_room(goal)
        return GoalAction.objects.create(goal=goal or _new_goal(plan, question), **values)
