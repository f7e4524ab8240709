"""School holidays and public days as reference data, and the calendar of one school.

Holidays: the ministry of education's dates by region. Public days: those on which Dutch schools are closed;
5 May once in five years by law, but most collective agreements give it each year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import cached_property

from .models import ClosedDays, DayKind, Holiday, LessonHours, Region, School

NAMES = {
    "herfst": ("herfstvakantie", "autumn holiday"),
    "kerst": ("kerstvakantie", "Christmas holiday"),
    "voorjaar": ("voorjaarsvakantie", "spring holiday"),
    "mei": ("meivakantie", "May holiday"),
    "zomer": ("zomervakantie", "summer holiday"),
}
# School year that starts in, holiday: first and last day in the regions North, Middle and South.
SPANS: dict[tuple[int, str], tuple[str, str, str]] = {
    (2025, "herfst"): ("2025-10-18 2025-10-26", "2025-10-18 2025-10-26", "2025-10-11 2025-10-19"),
    (2025, "kerst"): ("2025-12-20 2026-01-04",) * 3,
    (2025, "voorjaar"): ("2026-02-21 2026-03-01", "2026-02-14 2026-02-22", "2026-02-14 2026-02-22"),
    (2025, "mei"): ("2026-04-25 2026-05-03",) * 3,
    (2025, "zomer"): ("2026-07-04 2026-08-16", "2026-07-18 2026-08-30", "2026-07-11 2026-08-23"),
    (2026, "herfst"): ("2026-10-10 2026-10-18", "2026-10-17 2026-10-25", "2026-10-17 2026-10-25"),
    (2026, "kerst"): ("2026-12-19 2027-01-03",) * 3,
    (2026, "voorjaar"): ("2027-02-20 2027-02-28", "2027-02-20 2027-02-28", "2027-02-13 2027-02-21"),
    (2026, "mei"): ("2027-04-24 2027-05-02",) * 3,
    (2026, "zomer"): ("2027-07-10 2027-08-22", "2027-07-17 2027-08-29", "2027-07-24 2027-09-05"),
    (2027, "herfst"): ("2027-10-16 2027-10-24", "2027-10-16 2027-10-24", "2027-10-23 2027-10-31"),
    (2027, "kerst"): ("2027-12-25 2028-01-09",) * 3,
    (2027, "voorjaar"): ("2028-02-19 2028-02-27", "2028-02-26 2028-03-05", "2028-02-26 2028-03-05"),
    (2027, "mei"): ("2028-04-29 2028-05-07",) * 3,
    (2027, "zomer"): ("2028-07-15 2028-08-27", "2028-07-08 2028-08-20", "2028-07-22 2028-09-03"),
}
PUBLIC_NAMES = (
    ("tweede paasdag", "Easter Monday"),
    ("Koningsdag", "King's Day"),
    ("Bevrijdingsdag", "Liberation Day"),
    ("Hemelvaartsdag", "Ascension Day"),
    ("tweede pinksterdag", "Whit Monday"),
)
PUBLIC_DAYS = {  # in the order of PUBLIC_NAMES
    2026: ("04-06", "04-27", "05-05", "05-14", "05-25"),
    2027: ("03-29", "04-27", "05-05", "05-06", "05-17"),
    2028: ("04-17", "04-27", "05-05", "05-25", "06-05"),
}


def seed_holidays() -> int:
    """By key, as often as you like; a school's own changes stand in ClosedDays. Returns how many there are."""
    with transaction.atomic():
        for (starts, name), spans in SPANS.items():
            for region, span in zip(Region, spans, strict=True):
                first, last = span.split()
                _put(f"{starts}-{name}-{region}", DayKind.HOLIDAY, region, NAMES[name], first, last)
        for year, days in PUBLIC_DAYS.items():
            for (nl, en), day in zip(PUBLIC_NAMES, days, strict=True):
                key = f"{year}-{en.lower().replace(' ', '-').replace(chr(39), '')}"
                _put(key, DayKind.PUBLIC, "", (nl, en), f"{year}-{day}", f"{year}-{day}")
    return Holiday.objects.count()


def _put(key: str, kind: DayKind, region: str, names: tuple[str, str], first: str, last: str) -> None:
    columns = {"kind": kind, "region": region, "name_nl": names[0], "name_en": names[1]}
    days = {"first_day": dt.date.fromisoformat(first), "last_day": dt.date.fromisoformat(last)}
    Holiday.objects.update_or_create(key=key, defaults={**columns, **days})


@dataclass(frozen=True)
class ClosedSpan:
    """Days on which the school is closed, first and last included. ``own``: what the school itself put there."""

    first: dt.date
    last: dt.date
    name: str
    kind: str
    holiday: Holiday | None = None
    own: ClosedDays | None = None

    @property
    def label(self) -> str:
        return str(DayKind(self.kind).label)


class SchoolCalendar:
    """The closed days of one school, read in two statements, and its lesson hours in a third."""

    def __init__(self, school: School, first: dt.date, last: dt.date) -> None:
        self.school = school
        own = list(school.closed_days.select_related("instead_of"))
        replaced = {row.instead_of_id for row in own if row.instead_of_id}
        holidays = [row for row in Holiday.of_region(school.region, first, last) if row.pk not in replaced]
        spans = [ClosedSpan(h.first_day, h.last_day, h.name, h.kind, holiday=h) for h in holidays]
        spans += [ClosedSpan(*days, row.name, row.kind, own=row) for row in own if (days := days_of(row))]
        self.spans = sorted(
            (span for span in spans if span.first <= last and span.last >= first),
            key=lambda span: (span.first, span.last),
        )
        self.opened = [
            row
            for row in own
            if row.instead_of and row.first_day is None and touches(row.instead_of, first, last)
        ]

    @cached_property
    def lessons(self) -> dict[int, LessonHours]:
        """By day of the week; asked only where a page tells of them."""
        return {row.weekday: row for row in self.school.lesson_hours.all()}

    def lessons_between(self, start: dt.datetime, end: dt.datetime) -> LessonHours | None:
        """The lessons of the day of ``start`` when they touch this time (local); none on a closed day."""
        lessons = self.lessons.get(start.isoweekday())
        if lessons is None or self.closed_on(start.date()):
            return None
        touched = lessons.starts < end.time() and start.time() < lessons.ends
        return lessons if touched else None

    def closed_on(self, day: dt.date) -> ClosedSpan | None:
        return next((span for span in self.spans if span.first <= day <= span.last), None)

    def closed_week(self, monday: dt.date) -> ClosedSpan | None:
        """What closes the school on most of the five days from ``monday``."""
        found = [self.closed_on(monday + dt.timedelta(days=n)) for n in range(5)]
        closed = [span for span in found if span]
        return closed[0] if len(closed) >= 3 else None


def days_of(row: ClosedDays) -> tuple[dt.date, dt.date] | None:
    return (row.first_day, row.last_day) if row.first_day and row.last_day else None


def touches(holiday: Holiday, first: dt.date, last: dt.date) -> bool:
    return holiday.first_day <= last and holiday.last_day >= first
