"""Values as JSON holds them: for documents that leave the site."""

from __future__ import annotations

import datetime as dt

ME, A_COLLEAGUE = "me", "colleague"  # never a name of somebody else


def iso(value: dt.date | dt.datetime | None) -> str:
    """A day ("2027-03-01") or a moment in UTC ("2027-03-01T09:30:00+00:00"); "" for none."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    return value.isoformat() if value else ""


def who(person_id: int | None, me: int) -> str:
    """Who did something: "me", "colleague", or "" for somebody who is no longer known."""
    if person_id is None:
        return ""
    return ME if person_id == me else A_COLLEAGUE
