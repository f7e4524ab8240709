"""What happens around the sessions: entries of one's own, sharing, a newcomer, today's prepared case, clean-up."""

from __future__ import annotations

import datetime as dt

from coaching.intervision.erasing import due_for_erasing, erase_notes
from coaching.intervision.models import Case
from popgroups.models import PopGroup
from portfolio.models import ActionPlan, Entry, EntryKind
from portfolio.sharing import default_end, note_opening, share

from .calendar import moment
from .groups import Series
from .people import Cast
from .texts.bovenbouw_then import PREPARED_QUESTION, PREPARED_SITUATION, PREPARED_TRIED

ENTRIES = (
    (
        "samir",
        EntryKind.SUCCESS,
        12,
        "De eerste ouderavond zonder spreekangst",
        "Twee weken van tevoren geoefend met een collega. Ik had maar één kaartje nodig en heb het niet bekeken.",
    ),
    (
        "noor",
        EntryKind.REFLECTION,
        20,
        "Waarom ik verslagen schrijf die niemand leest",
        "Ik schrijf om zeker te weten dat het geregeld is. Als we het samen op het bord zetten, is het ook "
        "geregeld, en weet iedereen het. Dat voelt onwennig. Ik ga het toch vaker doen.",
    ),
    (
        "tom",
        EntryKind.SUCCESS,
        33,
        "Een invaller liep mijn groep binnen en kon zo beginnen",
        "Mijn dagplanning hing op het bord en de groep wist wat de bedoeling was.",
    ),
    (
        "anneke",
        EntryKind.SUCCESS,
        16,
        "Een leerkracht vroeg mij wat ik had gezien",
        "Vroeger kreeg ik alleen een stapel om te kopiëren. Nu praten we over de les.",
    ),
    (
        "mirjam",
        EntryKind.REFLECTION,
        25,
        "Over stiltes in een overleg",
        "Ik tel nu tot tien. Bij zeven begint er meestal iemand te praten, en bijna altijd is het raak.",
    ),
)


def write_entries(cast: Cast, today: dt.date) -> None:
    """Written by hand in the portfolio, seen by their owner alone."""
    for key, kind, days_ago, title, text in ENTRIES:
        day = today - dt.timedelta(days=days_ago)
        Entry.objects.create(
            owner=cast.users[key], kind=kind, title=title, text=text, day=day, made_at=moment(day, 20, 15)
        )


def share_a_plan(cast: Cast, now: dt.datetime, today: dt.date) -> None:
    """Samir shares a plan with his director, who has opened it once."""
    plan = ActionPlan.objects.filter(owner=cast.users["samir"]).still_open().latest("made_at")
    director = cast.users["hanneke"]
    share(plan, director, until=default_end(today), at=now - dt.timedelta(days=2))
    note_opening(plan, director, now - dt.timedelta(days=1))


def ask_newcomer_in(cast: Cast, group: PopGroup, now: dt.datetime) -> None:
    """Ilse is proposed for Bovenbouw; two members have welcomed her, three still have to."""
    place = group.propose(cast.places["ilse"], now - dt.timedelta(days=2))
    for key in ("noor", "lieke"):
        place.welcome(cast.users[key], now - dt.timedelta(days=1))


def prepare_todays_case(cast: Cast, series: Series, now: dt.datetime) -> None:
    """Samir comes prepared to the meeting that can start now; nobody else sees it."""
    Case.objects.create(
        presenter=cast.users["samir"],
        meeting=series.coming[0],
        situation=PREPARED_SITUATION,
        tried=PREPARED_TRIED,
        question=PREPARED_QUESTION,
        made_at=now - dt.timedelta(days=1),
    )


def clean_up(today: dt.date) -> None:
    """Working notes past their term go, each on the night after its last day."""
    for session in due_for_erasing(today):
        erase_notes(session, moment(session.erased_on() + dt.timedelta(days=1), 3))
