"""What somebody took away from a GOP comes back as it was, for a while, by anybody of the group."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.plain_values import iso
from coaching.lib.states import MoveRefused
from portfolio.models import Competence
from portfolio.places import close_gaps
from schools.models import SchoolPlanLine, User

from .models import (
    MOST_ACTIVITIES,
    MOST_GROUP_GOALS,
    TAKEN_AWAY_KEPT,
    GroupActivity,
    GroupGoal,
    GroupMember,
    GroupPlan,
    PlanPart,
    TakenAway,
)
from .plan_writing import writing

Words = dict[str, Any]
OF_GOAL = ("title", "visible", "outcome", "learned")


def can_come_back(at: dt.datetime) -> QuerySet[TakenAway]:
    """Through the whole of the last day, as the page says it."""
    return TakenAway.objects.filter(at__gte=_first_moment(at))


def forget_taken_away(now: dt.datetime) -> int:
    """Erase what nobody put back in time."""
    return TakenAway.objects.filter(at__lt=_first_moment(now)).delete()[0]


def _first_moment(at: dt.datetime) -> dt.datetime:
    first = timezone.localdate(at) - dt.timedelta(days=TAKEN_AWAY_KEPT)
    return timezone.make_aware(dt.datetime.combine(first, dt.time.min))


# -- kept: call while the plan is held ---------------------------------------------------------------------


def keep_goal(goal: GroupGoal, by: User, at: dt.datetime) -> TakenAway | None:
    """Before ``goal`` goes; None when nothing is written in it, or when it went already."""
    saved = GroupGoal.objects.filter(pk=goal.pk).first()
    if saved is None or nothing_saved(saved):
        return None
    return _keep(saved, PlanPart.GOAL, words_of_goal(saved), by, at)


def keep_activity(activity: GroupActivity, by: User, at: dt.datetime) -> TakenAway | None:
    """Before ``activity`` goes; None when it doesn't say what to do, or when it went already."""
    saved = GroupActivity.objects.filter(pk=activity.pk).select_related("goal").first()
    if saved is None or not saved.what:
        return None
    return _keep(saved.goal, PlanPart.ACTIVITY, words_of_activity(saved), by, at)


def _keep(goal: GroupGoal, part: PlanPart, words: Words, by: User, at: dt.datetime) -> TakenAway:
    return TakenAway.objects.create(
        plan_id=goal.plan_id, goal_key=goal.pk, part=part, words=words, by=by, at=at
    )


def nothing_saved(goal: GroupGoal) -> bool:
    """Neither in ``goal`` nor in what it would take along: what was taken away from it and can come back."""
    written = goal.title or goal.visible or goal.line_id or goal.outcome or goal.learned
    activities = goal.activities.exclude(what="")
    waiting = TakenAway.objects.filter(plan=goal.plan_id, goal_key=goal.pk)
    return not (written or goal.competences.exists() or activities.exists() or waiting.exists())


def words_of_goal(goal: GroupGoal) -> Words:
    """All that stands in it; other rows by their keys."""
    return {
        **{name: getattr(goal, name) for name in OF_GOAL},
        "line": goal.line_id,
        "competences": list(goal.competences.order_by("pk").values_list("pk", flat=True)),
        "activities": [words_of_activity(each) for each in goal.activities.all()],
        "version": goal.version,
    }


def words_of_activity(activity: GroupActivity) -> Words:
    return {
        "key": activity.pk,
        "what": activity.what,
        "member": activity.member_id,
        "due": iso(activity.due),
        "minutes": activity.minutes,
        "done_on": iso(activity.done_on),
        "version": activity.version,
    }


# -- put back ----------------------------------------------------------------------------------------------


def put_back(plan: GroupPlan, key: int, by: User, at: dt.datetime) -> str:
    """What ``key`` kept stands in ``plan`` again, once; the card it stands in ("groupgoal-4").

    Raises MoveRefused when there is no room for it, when the plan can't be written in, or when nothing is kept.
    """
    with writing(plan, by, at):
        kept = can_come_back(at).select_for_update().filter(plan=plan, pk=key).first()
        if kept is None:
            raise MoveRefused(_("It stands in the plan again already, or it was taken away too long ago."))
        card = _goal_back(kept) if kept.part == PlanPart.GOAL else _activity_back(kept)
        kept.delete()
    return card


def _goal_back(kept: TakenAway) -> str:
    plan, words = kept.plan, kept.words
    count = close_gaps(plan.goals)
    if count >= MOST_GROUP_GOALS:
        raise MoveRefused(
            _("There are three goals already. Take one away first, then this one can come back.")
        )
    goal = GroupGoal.objects.create(
        pk=kept.goal_key,
        plan=plan,
        order=count + 1,
        line=SchoolPlanLine.objects.filter(pk=words["line"]).first(),
        version=words["version"] + 1,
        **{name: words[name] for name in OF_GOAL},
    )
    goal.competences.set(Competence.objects.filter(pk__in=words["competences"]))
    for each in words["activities"]:
        _make_activity(goal, each)
    return f"groupgoal-{goal.pk}"


def _activity_back(kept: TakenAway) -> str:
    goal = kept.plan.goals.filter(pk=kept.goal_key).first()
    if goal is None:
        raise MoveRefused(_("The goal it belongs to was taken away as well. Put the goal back first."))
    if goal.activities.count() >= MOST_ACTIVITIES:
        raise MoveRefused(_("Twelve things to do is the most for one goal."))
    return f"groupactivity-{_make_activity(goal, kept.words).pk}"


def _make_activity(goal: GroupGoal, words: Words) -> GroupActivity:
    """Who saw to it stays named after they left the group, as in the rest of the plan."""
    return GroupActivity.objects.create(
        pk=words["key"],
        goal=goal,
        what=words["what"],
        member=GroupMember.objects.filter(pk=words["member"], group=goal.plan.group_id).first(),
        due=words["due"] or None,
        minutes=words["minutes"],
        done_on=words["done_on"] or None,
        version=words["version"] + 1,
    )
