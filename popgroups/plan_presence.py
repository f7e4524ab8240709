"""Who writes where in a GOP at this moment, and whether anything of it changed since a screen was shown."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from schools.models import User

from .models import Editing, GroupActivity, GroupGoal, GroupPlan, GroupPlanAnswer, GroupTheme

Part = tuple[str, int, str, str]
ALIVE = dt.timedelta(seconds=15)  # a screen says it every five; one that closed says nothing any more


def writes(plan: GroupPlan, person: User, field: str, at: dt.datetime) -> None:
    """``person`` writes in the card ``field`` now; "" says they stopped."""
    Editing.objects.filter(plan=plan, at__lte=at - ALIVE).delete()
    if field:
        Editing.objects.update_or_create(plan=plan, person=person, defaults={"field": field, "at": at})
    else:
        Editing.objects.filter(plan=plan, person=person).delete()


def who_writes(plan: GroupPlan, at: dt.datetime, *, but: User) -> list[tuple[str, str]]:
    """(card, name) of everybody who writes now, except ``but``."""
    rows = Editing.objects.filter(plan=plan, at__gt=at - ALIVE).exclude(person=but)
    return list(rows.order_by("pk").values_list("field", "person__name"))


def now(plan: GroupPlan, reader: User, at: dt.datetime) -> dict[str, Any]:
    """For a screen that asks every few seconds, in one statement. ``stamp`` changes with every change of the plan.

    ``writing``: card → a sentence about who writes in it.
    """
    rows = list(_parts(plan, reader, at))
    names: dict[str, list[str]] = {}
    for kind, _key, field, name in rows:
        if kind == "editing":
            names.setdefault(field, []).append(name.split()[0])
    return {
        "stamp": _stamp(plan, [row for row in rows if row[0] != "editing"]),
        "writing": {field: _say(sorted(who)) for field, who in sorted(names.items())},
    }


def stamp_of(plan: GroupPlan, answers: Iterable[GroupPlanAnswer]) -> str:
    """The same of a plan that was read whole (plan_document.read_whole), without asking anew."""
    goals = list(plan.goals.all())
    rows = [("goal", goal.pk, str(goal.version), "") for goal in goals]
    rows += [("activity", row.pk, str(row.version), "") for goal in goals for row in goal.activities.all()]
    rows += [("theme", theme.pk, "", "") for theme in plan.themes.all()]
    return _stamp(plan, [*rows, *(("answer", row.pk, row.digest, row.wish) for row in answers)])


def _stamp(plan: GroupPlan, rows: list[Part]) -> str:
    told = [plan.version, plan.state, *sorted(rows)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _say(names: list[str]) -> str:
    if len(names) == 1:
        return _("%(name)s is writing here") % {"name": names[0]}
    return _("%(names)s are writing here") % {"names": ", ".join(names)}


def _parts(plan: GroupPlan, reader: User, at: dt.datetime) -> QuerySet[Any, Any]:
    """(kind, key, card or mark, name or wish) of all that can change on the page."""
    alive = Editing.objects.filter(plan=plan, at__gt=at - ALIVE).exclude(person=reader)
    return _rows(alive, "editing", "field", "person__name").union(
        _rows(GroupGoal.objects.filter(plan=plan), "goal", "version"),
        _rows(GroupActivity.objects.filter(goal__plan=plan), "activity", "version"),
        _rows(GroupTheme.objects.filter(plan=plan), "theme"),
        _rows(GroupPlanAnswer.objects.filter(plan=plan), "answer", "digest", "wish"),
        all=True,
    )


def _rows(rows: Any, kind: str, mark: str = "", name: str = "") -> QuerySet[Any, Any]:
    told = rows.order_by().annotate(
        kind_=Value(kind, output_field=CharField()),
        mark_=Cast(F(mark) if mark else Value(""), TextField()),
        name_=Cast(F(name) if name else Value(""), TextField()),
    )
    found: QuerySet[Any, Any] = told.values_list("kind_", "pk", "mark_", "name_")
    return found
