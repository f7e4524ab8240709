"""When the meetings of the demo are: school days before and after a given day, without chance."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

WEEK = dt.timedelta(days=7)
# (month, day) spans in which schools of one region or another have their holidays; inclusive.
HOLIDAYS = (
    ((1, 1), (1, 8)),
    ((2, 13), (3, 1)),
    ((4, 24), (5, 6)),
    ((7, 4), (8, 24)),
    ((10, 10), (10, 25)),
    ((12, 19), (12, 31)),
)
FOUR_WEEKS = 4
LEAST_DAYS_AGO = 3


def is_holiday(day: dt.date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in HOLIDAYS)


def out_of_holidays(day: dt.date, step: dt.timedelta) -> dt.date:
    while is_holiday(day):
        day += step
    return day


def past_days(today: dt.date, weekday: int, count: int, weeks: int = FOUR_WEEKS) -> list[dt.date]:
    """The last ``count`` meeting days before ``today``, oldest first; ``weekday`` 0 is Monday."""
    latest = today - dt.timedelta(days=LEAST_DAYS_AGO)
    day = latest - dt.timedelta(days=(latest.weekday() - weekday) % 7)
    days: list[dt.date] = []
    for _meeting in range(count):
        days.append(out_of_holidays(day, -WEEK))
        day = days[-1] - weeks * WEEK
    return days[::-1]


def coming_days(today: dt.date, weekday: int, count: int, weeks: int = FOUR_WEEKS) -> list[dt.date]:
    """The next ``count`` meeting days, the first one a few weeks after ``today``."""
    day = today + 3 * WEEK
    day += dt.timedelta(days=(weekday - day.weekday()) % 7)
    days: list[dt.date] = []
    for _meeting in range(count):
        days.append(out_of_holidays(day, WEEK))
        day = days[-1] + weeks * WEEK
    return days


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """``hour`` and ``minute`` as the clock at school shows them."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def next_quarter(at: dt.datetime) -> dt.datetime:
    whole = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    return whole if whole == at else whole + dt.timedelta(minutes=15)
