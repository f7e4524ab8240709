"""Who writes where in a GOP at this moment, and whether anything of it changed since a screen was shown."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from schools.models import User

from .models import Editing, GroupActivity, GroupGoal, GroupPlan, GroupPlanAnswer, GroupTheme

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
    told = [plan.version, plan.state, *sorted(row[:3] for row in rows if row[0] != "editing")]
    names: dict[str, list[str]] = {}
    for kind, _key, _mark, field, name in rows:
        if kind == "editing":
            names.setdefault(field, []).append(name.split()[0])
    return {
        "stamp": hashlib.sha256(repr(told).encode()).hexdigest()[:16],
        "writing": {field: _say(sorted(who)) for field, who in sorted(names.items())},
    }


def _say(names: list[str]) -> str:
    if len(names) == 1:
        return _("%(name)s is writing here") % {"name": names[0]}
    return _("%(names)s are writing here") % {"names": ", ".join(names)}


def _parts(plan: GroupPlan, reader: User, at: dt.datetime) -> QuerySet[Any, Any]:
    """(kind, key, mark, card, name) of all that can change on the page."""
    alive = Editing.objects.filter(plan=plan, at__gt=at - ALIVE).exclude(person=reader)
    return _rows(alive, "editing", Value(""), F("field"), F("person__name")).union(
        _rows(GroupGoal.objects.filter(plan=plan), "goal", F("version")),
        _rows(GroupActivity.objects.filter(goal__plan=plan), "activity", F("version")),
        _rows(GroupTheme.objects.filter(plan=plan), "theme", Value("")),
        _rows(GroupPlanAnswer.objects.filter(plan=plan), "answer", F("at")),
        all=True,
    )


def _rows(rows: Any, kind: str, mark: Any, field: Any = None, name: Any = None) -> QuerySet[Any, Any]:
    empty = Value("")
    told = rows.order_by().annotate(
        kind_=Value(kind, output_field=CharField()),
        key_=Cast(F("pk"), IntegerField()),
        mark_=Cast(mark, CharField()),
        field_=Cast(field or empty, CharField()),
        name_=Cast(name or empty, CharField()),
    )
    found: QuerySet[Any, Any] = told.values_list("kind_", "key_", "mark_", "field_", "name_")
    return found
