"""Hours in the demo: what De Zandplaat sets apart, what people booked by hand, and a correction."""

from __future__ import annotations

import datetime as dt

from schools.hour_rules import seed_hour_rules
from schools.hours import book_activity, correct, set_allotment
from schools.models import Activity, Allotment, HourLine, LineKind, SchoolYear, TaskCode
from schools.task_codes import put_code

from .calendar import moment, out_of_holidays
from .people import Cast

FIFTEEN_HOURS = 15 * 60
# Code, name, what goes with it when booked by hand. The first is what the meetings are booked on.
TASK_CODES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("professionalisering", "leren van elkaar", ()),
    ("scholing", "cursussen en trainingen", (Activity.TRAINING,)),
)
# Who, what, how many days ago, minutes, note, and who booked it.
BY_HAND = (
    ("noor", Activity.VISIT, 11, 180, "Bij Samir gekeken, met voor- en nagesprek", "noor"),
    ("lieke", Activity.TRAINING, 18, 120, "Training open vragen stellen", "karin"),
    ("karin", Activity.TRAINING, 18, 120, "Training open vragen stellen", "karin"),
    ("anneke", Activity.OTHER, 6, 60, "Kijkwijzer gemaakt met Petra", "anneke"),
)
CORRECTED, CORRECTED_TO = "samir", 60


def set_apart_hours(cast: Cast, today: dt.date, years_back: int) -> None:
    """15 hours at full time in each year, 15 minutes to prepare a meeting, and half an hour to guide one."""
    seed_hour_rules()
    this = SchoolYear.of(today).starts
    for starts in range(this - years_back, this + 1):
        terms = Allotment(
            school=cast.schools["zandplaat"],
            year=SchoolYear.of(dt.date(starts, 8, 1)),
            minutes=FIFTEEN_HOURS,
            preparation=15,
            facilitator_extra=30,
        )
        set_allotment(terms, dt.date(starts, 8, 1))
    for code, name, activities in TASK_CODES:
        known = TaskCode.objects.filter(school=cast.schools["zandplaat"], code=code).first()
        row = known or TaskCode(school=cast.schools["zandplaat"], code=code)
        row.name = name
        put_code(row, activities)


def book_by_hand(cast: Cast, today: dt.date) -> None:
    for key, activity, days_ago, minutes, note, by in BY_HAND:
        day = out_of_holidays(today - dt.timedelta(days=days_ago), -dt.timedelta(days=7))
        book_activity(
            cast.places[key], activity=activity, day=day, minutes=minutes, note=note,
            by=cast.users[by], at=moment(day, 17, 30),
        )  # fmt: skip


def date_the_books() -> None:
    """Lines of meetings were booked as these were held, not all today."""
    lines = HourLine.objects.filter(kind=LineKind.HELD, source__startswith="meeting:").order_by()
    for day in lines.values_list("day", flat=True).distinct():
        lines.filter(day=day).update(booked_at=moment(day, 18))


def correct_one(cast: Cast) -> None:
    """Samir left his last meeting early and says so himself."""
    lines = HourLine.objects.filter(
        membership=cast.places[CORRECTED], kind=LineKind.HELD, activity=Activity.INTERVISION
    )
    last = lines.latest("day")
    by, at = cast.users[CORRECTED], moment(last.day, 20)
    correct(last, minutes=CORRECTED_TO, reason="Ik moest een kwartier eerder weg.", by=by, at=at)
