"""A concept that was removed a moment ago: kept in the log-in of who did so, to be put back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from schools.models import School, SchoolYear
from schools.submissions import once

from .models import Meeting, PopGroup

PLACE = "taken_out"
COLUMNS = ("group_id", "minutes", "kind", "place", "link", "about_change")
KEPT = dt.timedelta(hours=1)


def keep_aside(session: SessionBase, meeting: Meeting, at: dt.datetime) -> None:
    """Only the newest can be put back."""
    values = {name: getattr(meeting, name) for name in COLUMNS}
    moments = {"starts_at": meeting.starts_at.isoformat(), "at": at.isoformat()}
    session[PLACE] = {**values, **moments, "key": str(uuid.uuid4())}


def taken_out(session: SessionBase, school: School, year: SchoolYear, at: dt.datetime) -> Meeting | None:
    """What can be put back into this plan, not saved."""
    values: dict[str, Any] = session.get(PLACE) or {}
    if not values or dt.datetime.fromisoformat(values["at"]) < at - KEPT:
        return None
    groups = PopGroup.objects.filter(school=school, year__starts=year.starts).select_related("year")
    group = groups.filter(pk=values["group_id"]).first()
    columns = {name: values[name] for name in COLUMNS if name != "group_id"}
    starts_at = dt.datetime.fromisoformat(values["starts_at"])
    return Meeting(group=group, starts_at=starts_at, **columns) if group else None


def put_back(session: SessionBase, meeting: Meeting) -> None:
    """A concept again, once."""
    once(uuid.UUID(session.pop(PLACE)["key"]), meeting.propose)
