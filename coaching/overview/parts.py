"""The four parts of a school year; of people something is told after each, never while it goes on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import MONTHS

from schools.models.people import TIME_TO_FILL_IN

PARTS, MONTHS_EACH, FIRST_MONTH = 4, 3, 8


@dataclass(frozen=True, order=True)
class Part:
    """``number`` 1 to 4 of the school year that starts in ``starts``: August to October is the first."""

    starts: int
    number: int

    @classmethod
    def of_year(cls, starts: int) -> list[Part]:
        return [cls(starts, number) for number in range(1, PARTS + 1)]

    def _first_of_month(self, after: int) -> dt.date:
        month = FIRST_MONTH - 1 + (self.number - 1) * MONTHS_EACH + after
        return dt.date(self.starts + month // 12, month % 12 + 1, 1)

    @property
    def first_day(self) -> dt.date:
        return self._first_of_month(0)

    @property
    def last_day(self) -> dt.date:
        return self._first_of_month(MONTHS_EACH) - dt.timedelta(days=1)

    @property
    def told_on(self) -> dt.date:
        """From this day on it may be told."""
        return self.last_day + TIME_TO_FILL_IN

    @property
    def next(self) -> Part:
        return Part(self.starts, self.number + 1) if self.number < PARTS else Part(self.starts + 1, 1)

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """From the first moment until the first moment after it, as the clock at school shows them."""
        days = (self.first_day, self._first_of_month(MONTHS_EACH))
        first, after = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in days)
        return first, after

    @property
    def label(self) -> str:
        """August – October."""
        return f"{MONTHS[self.first_day.month]} – {MONTHS[self.last_day.month]}"


def parts_until(day: dt.date) -> list[Part]:
    """Those of this school year and of the year before, oldest first."""
    this = day.year - (day.month < FIRST_MONTH)
    return [*Part.of_year(this - 1), *Part.of_year(this)]
