"""What the schools of the demo agreed on about who sees what."""

from __future__ import annotations

import datetime as dt

from schools.school_agreements import accept, default_text, propose, settle

from .people import Cast

# The rest of the staff has still to be asked; nobody is told who.
ACCEPTED = ("hanneke", "karin", "petra", "noor", "samir", "lieke", "esra", "anneke")


def agree_on_sight(cast: Cast, at: dt.datetime) -> None:
    """De Zandplaat settled its text and most said yes; at Het Duin nothing is settled yet."""
    school, users = cast.schools["zandplaat"], cast.users
    text = propose(school, default_text(school), seen=0, by=users["karin"], at=at)
    settle(school, text.pk, users["hanneke"], at + dt.timedelta(days=2))
    for number, key in enumerate(ACCEPTED, start=3):
        accept(school, 1, users[key], at + dt.timedelta(days=number))
