"""Closed days that somebody took out of the calendar a moment ago, so that a slip can be taken back.

They stand in the log-in session of whoever removed them, not in the database: what is gone is gone for everybody
else, and for good once that person logs out.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused

from .models import ClosedDays, School
from .submissions import once

KEPT, IN_SESSION = 5, "removed_days"


def remove(days: ClosedDays, session: SessionBase) -> None:
    words: dict[str, Any] = {"key": str(uuid.uuid4()), "school": days.school_id, "name": days.name}
    words |= {"kind": days.kind, "instead_of": days.instead_of_id}
    words |= {"first": iso(days.first_day), "last": iso(days.last_day)}
    days.delete()
    session[IN_SESSION] = [words, *session.get(IN_SESSION, [])][:KEPT]


def removed_of(school: School, session: SessionBase) -> list[dict[str, Any]]:
    """Newest first; each with ``days`` as they were."""
    found = [row for row in session.get(IN_SESSION, []) if row["school"] == school.pk]
    return [{**row, "days": made_of(row)} for row in found]


def put_back(school: School, key: str, session: SessionBase) -> ClosedDays:
    """Raises MoveRefused when it was put back already, or the holiday was changed in another way meanwhile."""
    row = next((row for row in removed_of(school, session) if row["key"] == key), None)
    if row is None:
        raise MoveRefused(_("These days can't be put back any more. Add them anew."))
    session[IN_SESSION] = [each for each in session[IN_SESSION] if each["key"] != key]
    days: ClosedDays = row["days"]
    once(uuid.UUID(key), lambda: save(days))  # a second press reads the session before the first wrote it
    return days


def save(days: ClosedDays) -> None:
    twin = ClosedDays.objects.filter(school=days.school_id, instead_of=days.instead_of_id)
    if days.instead_of_id and twin.exists():
        raise MoveRefused(_("This holiday was changed again in the meantime."))
    days.save()


def made_of(row: dict[str, Any]) -> ClosedDays:
    days = ClosedDays(school_id=row["school"], name=row["name"], kind=row["kind"])
    days.instead_of_id, days.first_day, days.last_day = row["instead_of"], day(row["first"]), day(row["last"])
    return days


def iso(date: dt.date | None) -> str:
    return date.isoformat() if date else ""


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
