"""What stands in a GOP: begun, its themes, its goals with what is done for them, added and taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from portfolio.models import Competence
from portfolio.places import change_places, close_gaps
from schools.models import Draft, SchoolPlanLine, User

from .models import (
    MOST_ACTIVITIES,
    MOST_GROUP_GOALS,
    GroupActivity,
    GroupGoal,
    GroupPlan,
    GroupPlanMove,
    GroupPlanState,
    GroupTheme,
    PopGroup,
    TakenAway,
)
from .plan_presence import who_writes
from .plan_taken_away import keep_activity, keep_goal, nothing_saved
from .plan_writing import hold, writing

MOST_THEMES = 12


def start_plan(group: PopGroup, by: User, at: dt.datetime) -> GroupPlan:
    """The GOP of ``group``: the one there is, or a new one with a goal to write in."""
    with transaction.atomic():
        plan, made = GroupPlan.objects.get_or_create(group=group, defaults={"made_at": at})
        if made:
            GroupActivity.objects.create(goal=GroupGoal.objects.create(plan=plan, order=1))
            state = GroupPlanState.CONCEPT
            GroupPlanMove.objects.create(plan=plan, by=by, at=at, verb="begun", before=state, after=state)
    return plan


def add_goal(plan: GroupPlan, by: User, at: dt.datetime) -> GroupGoal:
    """A goal at the end; asked for twice, the blank one there is. MoveRefused: three there are."""
    with writing(plan, by, at):
        if blank := [goal for goal in plan.goals.all() if is_blank(goal)]:
            return blank[-1]
        count = close_gaps(plan.goals)
        if count >= MOST_GROUP_GOALS:
            raise MoveRefused(_("Three goals is the most. Finish one or take one away first."))
        goal = GroupGoal.objects.create(plan=plan, order=count + 1)
        GroupActivity.objects.create(goal=goal)
    return goal


def is_blank(goal: GroupGoal) -> bool:
    """Nothing would be lost with it, also not of what anybody is still typing."""
    return nothing_saved(goal) and not typed_in(goal)


def typed_in(goal: GroupGoal) -> bool:
    return with_words(drafts_in(goal.plan, parts_of(goal))).exists()


def parts_of(goal: GroupGoal) -> list[str]:
    """The goal and what is done for it, as drafts name them ("groupgoal:4")."""
    activities = goal.activities.values_list("pk", flat=True)
    return [f"groupgoal:{goal.pk}", *(f"groupactivity:{key}" for key in activities)]


def drafts_in(plan: GroupPlan, parts: Iterable[str]) -> QuerySet[Draft]:
    """What members of today are still typing in ``parts`` of ``plan``, of which there is one at least."""
    named = Q()
    for part in parts:
        named |= Q(field__startswith=f"{part}:")
    members = plan.group.current_members().values("membership__person")
    return Draft.objects.filter(named, writer__in=members)


def with_words(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    return drafts.exclude(text="").exclude(field__endswith=":seen")


def clear(plan: GroupPlan, parts: list[str], by: User, at: dt.datetime) -> None:
    """Before ``parts`` go, what was typed in them; MoveRefused while a colleague writes there, or wrote unsaved."""
    nobody_else_writes_in(plan, [part.replace(":", "-") for part in parts], by, at)
    drafts = drafts_in(plan, parts)
    others = with_words(drafts).exclude(writer=by).order_by("pk")
    if name := others.values_list("writer__name", flat=True).first():
        raise MoveRefused(
            _("%(name)s wrote something in it that is not saved yet. Take it away together.") % {"name": name}
        )
    drafts.delete()


def remove_goal(goal: GroupGoal, by: User, at: dt.datetime) -> TakenAway | None:
    """What can be put back of it, see plan_taken_away.py. MoveRefused while somebody else writes in it."""
    with writing(goal.plan, by, at):
        clear(goal.plan, parts_of(goal), by, at)
        kept = keep_goal(goal, by, at)
        goal.delete()
        close_gaps(goal.plan.goals)
    return kept


def nobody_else_writes_in(plan: GroupPlan, keys: list[str], by: User, at: dt.datetime) -> None:
    for name in (name for key, name in who_writes(plan, at, but=by) if key in keys):
        raise MoveRefused(_("%(name)s is writing in it right now.") % {"name": name})


def shift_goal(goal: GroupGoal, by: User, at: dt.datetime, *, up: bool) -> None:
    with writing(goal.plan, by, at):
        change_places(goal, goal.plan.goals, up=up)
        goal.plan.goals.update(version=F("version") + 1)  # so that other screens see it


def served_by(goal: GroupGoal) -> str:
    """What ``goal`` serves as it is saved now, by keys: its line, then its competences."""
    line = GroupGoal.objects.values_list("line", flat=True).get(pk=goal.pk)
    competences = goal.competences.order_by("pk").values_list("pk", flat=True)
    return "-".join(str(key or 0) for key in [line, *competences])


def serve(
    goal: GroupGoal,
    line: SchoolPlanLine | None,
    competences: Iterable[Competence],
    seen: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Say which line of the school plan ``goal`` serves, and which competences belong to it.

    Raises StaleMove when another chose something else since the screen showed ``seen`` (see served_by).
    """
    with writing(goal.plan, by, at):
        if served_by(goal) != seen:
            raise StaleMove
        GroupGoal.objects.filter(pk=goal.pk).update(line=line, version=F("version") + 1)
        goal.competences.set(competences)


def add_activity(goal: GroupGoal, by: User, at: dt.datetime) -> GroupActivity:
    """Something to do; asked for twice, the blank one there is."""
    with writing(goal.plan, by, at):
        blank = goal.activities.filter(what="", member=None, due=None, minutes=None, done_on=None).last()
        if blank and not drafts_in(goal.plan, [f"groupactivity:{blank.pk}"]).exists():
            return blank
        if goal.activities.count() >= MOST_ACTIVITIES:
            raise MoveRefused(_("Twelve things to do is the most for one goal."))
        return GroupActivity.objects.create(goal=goal)


def remove_activity(activity: GroupActivity, by: User, at: dt.datetime) -> TakenAway | None:
    """As remove_goal."""
    with writing(activity.goal.plan, by, at):
        clear(activity.goal.plan, [f"groupactivity:{activity.pk}"], by, at)
        kept = keep_activity(activity, by, at)
        activity.delete()
    return kept


def tick(activity: GroupActivity, done_on: dt.date | None) -> None:
    """Done, or not after all; while the plan runs. MoveRefused in any other state."""
    with transaction.atomic():
        if hold(activity.goal.plan).state != GroupPlanState.RUNNING:
            raise MoveRefused(_("What is done is ticked off while the plan is running."))
        rows = GroupActivity.objects.filter(pk=activity.pk, done_on__isnull=done_on is not None)
        rows.update(done_on=done_on, version=F("version") + 1)


# -- themes ------------------------------------------------------------------------------------------------


def set_lines(
    plan: GroupPlan,
    lines: Iterable[SchoolPlanLine],
    shown: set[int],
    own: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Themes from policy: of the lines ``shown``, just ``lines``; and ``own``, one of the group ("" for none)."""
    chosen = {line.pk: line for line in lines}
    with writing(plan, by, at):
        plan.themes.filter(line__in=shown - chosen.keys()).delete()
        there = set(plan.themes.filter(line__isnull=False).values_list("line", flat=True))
        texts = [(str(line)[:200], line) for key, line in chosen.items() if key not in there]
        if own and not plan.themes.filter(text=own, line__isnull=True).exists():
            texts.append((own, None))  # type: ignore[arg-type]
        if plan.themes.count() + len(texts) > MOST_THEMES:
            raise MoveRefused(_("Twelve themes is the most: choose what matters this year."))
        GroupTheme.objects.bulk_create(GroupTheme(plan=plan, text=t, line=line, by=by) for t, line in texts)


def remove_theme(theme: GroupTheme, by: User, at: dt.datetime) -> None:
    with writing(theme.plan, by, at):
        theme.delete()
