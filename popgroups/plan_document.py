"""A GOP as a document: plain values in a fixed shape, the same for page, PDF, difference and version.

Shape "gop/1" (every text may be "", every day is ISO or "", minutes and money whole numbers or None):
    schema, group, school, year ("2026–2027"), members [name], standing,
    themes [{text, line ("2.3 Rust in de school" or ""), line_key (or None)}],
    goals [{key (a goal has the same one in every version), title, visible, line, line_key (or None),
            competences [title], competence_keys, outcome (key), learned,
            activities [{what, who (name or ""), who_key (of the member, or None), due, minutes (a person),
            done_on}]}],
    agreements, indicators, asked_minutes (a person), asked_money (whole euros), asked_expertise,
    midterm_on, midterm, evaluation_on, evaluation.
Titles of competences stand in Dutch whoever asks, so that two members say yes to the same text; keys are shown
in the reader's own language.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import override

from .models import GroupActivity, GroupGoal, GroupMember, GroupPlan, GroupTheme

SCHEMA = "gop/1"
Document = dict[str, Any]
TEXTS = ("standing", "agreements", "indicators", "asked_expertise", "midterm", "evaluation")


def document_of(plan: GroupPlan, members: Iterable[GroupMember] | None = None) -> Document:
    """What ``plan`` says at this moment; what is empty in a list stays out of it. ``members``: those of today."""
    read_whole(plan)
    with override("nl"):
        return _document(plan, plan.group.current_members() if members is None else members)


def read_whole(plan: GroupPlan) -> None:
    """Goals, what is done for them and themes, in as few statements for three goals as for one."""
    activities = GroupActivity.objects.select_related("member__membership__person")
    prefetch_related_objects(
        [plan],
        "group__school",
        "group__year",
        Prefetch("themes", GroupTheme.objects.select_related("line")),
        Prefetch("goals", GroupGoal.objects.select_related("line")),
        "goals__competences",
        Prefetch("goals__activities", activities),
    )
    for goal in plan.goals.all():
        goal.plan = plan


def _document(plan: GroupPlan, members: Iterable[GroupMember]) -> Document:
    group = plan.group
    return {
        "schema": SCHEMA,
        "group": group.name,
        "school": group.school.name,
        "year": str(group.year),
        "members": [place.person.name for place in members],
        "themes": [
            {"text": each.text, "line": str(each.line or ""), "line_key": each.line_id}
            for each in plan.themes.all()
        ],
        "goals": [_goal(goal) for goal in plan.goals.all() if _says_something(goal)],
        "asked_minutes": plan.asked_minutes,
        "asked_money": plan.asked_money,
        "midterm_on": _day(plan.midterm_on),
        "evaluation_on": _day(plan.evaluation_on),
        **{name: getattr(plan, name) for name in TEXTS},
    }


def _says_something(goal: GroupGoal) -> bool:
    return bool(goal.title or goal.visible or any(each.what for each in goal.activities.all()))


def _goal(goal: GroupGoal) -> Document:
    activities = [
        {
            "what": each.what,
            "who": each.member.person.name if each.member else "",
            "who_key": each.member_id,
            "due": _day(each.due),
            "minutes": each.minutes,
            "done_on": _day(each.done_on),
        }
        for each in goal.activities.all()
        if each.what
    ]
    return {
        "key": goal.pk,
        "title": goal.title,
        "visible": goal.visible,
        "line": str(goal.line or ""),
        "line_key": goal.line_id,
        "competences": [competence.title for competence in goal.competences.all()],
        "competence_keys": sorted(competence.pk for competence in goal.competences.all()),
        "activities": activities,
        "outcome": goal.outcome,
        "learned": goal.learned,
    }


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def minutes_of(document: Document) -> int:
    """What all activities ask of one person."""
    return sum(each["minutes"] or 0 for goal in document["goals"] for each in goal["activities"])


def digest_of(document: Document) -> str:
    """The same for the same document only: whether it still says what a member said yes to.

    What the group does not own counts by its key: a line of the school plan, a competence or a name that is
    spelled otherwise voids no yes. Who is a member is left out as well: a newcomer changes no word of the plan,
    but has to say yes too.
    """
    told = _without(document, "members", "group", "school")
    told["themes"] = [_without(theme, "line") for theme in document["themes"]]
    told["goals"] = [_by_keys(goal) for goal in document["goals"]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _by_keys(goal: Document) -> Document:
    activities = [_without(activity, "who") for activity in goal["activities"]]
    return {**_without(goal, "line", "competences"), "activities": activities}


def _without(told: Document, *names: str) -> Document:
    return {name: value for name, value in told.items() if name not in names}
