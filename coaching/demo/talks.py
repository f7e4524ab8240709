"""Talks of the director: one held and agreed on, one planned, a date that waits for an answer, one asked for."""

from __future__ import annotations

import datetime as dt

from portfolio import talks
from portfolio.models import Talk, TalkKind

from .calendar import is_holiday, moment
from .people import Cast

DIRECTOR, PLACE = "hanneke", "Kamer van Hanneke"
AGREED = "Samir kijkt voor de vakantie een les bij Esra\nHanneke regelt die ochtend vervanging"
PREPARED = "Trots op: de ouderavond. Wil ik vragen: mag de cursus onder lestijd?"


def plan_talks(cast: Cast, now: dt.datetime, today: dt.date) -> None:
    """The director asks; only Samir's talk has been held."""
    held_talk(cast, today)
    director = cast.users[DIRECTOR]
    before = now - dt.timedelta(days=2)
    talk = talks.propose(
        director, cast.users["mirjam"], TalkKind.GOAL, slot_on(today + dt.timedelta(days=10)), before
    )
    talks.accept(talk, cast.users["mirjam"], talk.sequence, now - dt.timedelta(days=1))
    ahead = slot_on(today + dt.timedelta(days=12))
    talks.propose(director, cast.users["lieke"], TalkKind.PROGRESS, ahead, before)
    asked = slot_on(today + dt.timedelta(days=16), hour=14)
    talks.propose(cast.users["esra"], director, TalkKind.GOAL, asked, before)


def held_talk(cast: Cast, today: dt.date) -> None:
    """Samir prepared, wrote down what they agreed on, and both said yes to it."""
    owner, director = cast.users["samir"], cast.users[DIRECTOR]
    slot = slot_on(today - dt.timedelta(days=21), back=True)
    asked = slot.starts_at - dt.timedelta(days=14)
    talk = talks.propose(director, owner, TalkKind.GOAL, slot, asked)
    talks.accept(talk, owner, talk.sequence, asked + dt.timedelta(days=1))
    talks.prepare(talk, PREPARED, 0)
    after = slot.starts_at + dt.timedelta(minutes=slot.minutes)
    talks.hold(talk, director, talk.sequence, after)
    talks.write_agreements(talk, AGREED, talk.agreements_version, owner, after)
    for person in (owner, director):
        talks.say_yes(talk, person, Talk.objects.get(pk=talk.pk).agreements_version, after)


def slot_on(day: dt.date, hour: int = 15, *, back: bool = False) -> talks.Slot:
    """On ``day``, or the next school day (``back``: the one before)."""
    step = dt.timedelta(days=-1 if back else 1)
    while is_holiday(day) or day.isoweekday() > 5:
        day += step
    return talks.Slot(moment(day, hour, 45), 45, PLACE)
