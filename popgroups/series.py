"""A series of meetings: on which days of a school year it falls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.holidays import SchoolCalendar

WEEK = dt.timedelta(weeks=1)
SCHOOL_DAYS = 5


class Rhythm(models.TextChoices):
    TIMES = "times", _("so many times, spread over the period")
    WEEKS = "weeks", _("every so many weeks")


@dataclass(frozen=True)
class Series:
    """``weekday``: 1 is Monday; ``number``: how many times, or every how many weeks, as ``rhythm`` says.

    ``suits``: in a week in which somebody does not work on ``weekday``, a day on which everybody does.
    """

    first: dt.date
    last: dt.date
    weekday: int
    rhythm: str
    number: int
    suits: bool = True

    def days(self, calendar: SchoolCalendar, all_work: Callable[[dt.date], bool]) -> list[dt.date]:
        """The days of one group, in order; never one on which the school is closed."""
        monday = self.first - dt.timedelta(days=self.first.weekday())
        found = []
        while monday <= self.last:
            if day := self._in_week(monday, calendar, all_work):
                found.append(day)
            monday += WEEK
        return spread(found, self.number) if self.rhythm == Rhythm.TIMES else apart(found, self.number)

    def _in_week(
        self, monday: dt.date, calendar: SchoolCalendar, all_work: Callable[[dt.date], bool]
    ) -> dt.date | None:
        days = [monday + dt.timedelta(days=n) for n in range(SCHOOL_DAYS)]
        wanted = days[self.weekday - 1]
        open_days = [day for day in days if self.first <= day <= self.last and not calendar.closed_on(day)]
        if wanted not in open_days:
            return None
        suiting = [day for day in open_days if all_work(day)] if self.suits else []
        return min(suiting, key=lambda day: (abs(day - wanted), day), default=wanted)


def spread(days: list[dt.date], times: int) -> list[dt.date]:
    """``times`` of ``days``, from the first on, at even distances; all of them when there are fewer."""
    if times >= len(days):
        return days
    return [days[round(n * len(days) / times)] for n in range(times)]


def apart(days: list[dt.date], weeks: int) -> list[dt.date]:
    """The first, and then each time the first one at least ``weeks`` weeks later."""
    taken: list[dt.date] = []
    for day in days:
        if not taken or week_of(day) - week_of(taken[-1]) >= weeks * WEEK:
            taken.append(day)
    return taken


def week_of(day: dt.date) -> dt.date:
    """Its Monday."""
    return day - dt.timedelta(days=day.weekday())
