"""A series of meetings: on which days of a school year it falls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.holidays import ClosedSpan, SchoolCalendar

WEEK = dt.timedelta(weeks=1)
SCHOOL_DAYS = 5


class Rhythm(models.TextChoices):
    TIMES = "times", _("so many times, spread over the period")
    WEEKS = "weeks", _("every so many weeks")


@dataclass(frozen=True)
class Chosen:
    """``wanted``: the day asked for in that week; ``missed``: those asked for before it, when school is closed."""

    day: dt.date
    wanted: dt.date
    missed: list[tuple[dt.date, ClosedSpan]] = field(default_factory=list)


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
        return [each.day for each in self.chosen(calendar, all_work)]

    def chosen(self, calendar: SchoolCalendar, all_work: Callable[[dt.date], bool]) -> list[Chosen]:
        """Those days with what was asked for."""
        wanted, closed = self._weeks(calendar), self.passed_over(calendar)
        by_day = {self._suiting(day, calendar, all_work): day for day in wanted}
        if self.rhythm == Rhythm.TIMES:
            return [Chosen(day, by_day[day]) for day in spread(list(by_day), self.number)]
        found: list[Chosen] = []
        asked = week_of(self.first)
        for day in apart(list(by_day), self.number):
            found.append(Chosen(day, by_day[day], [each for each in closed if asked <= each[0] < day]))
            asked = week_of(day) + self.number * WEEK
        return found

    def passed_over(self, calendar: SchoolCalendar) -> list[tuple[dt.date, ClosedSpan]]:
        """The weekdays asked for on which the school is closed."""
        closed = ((day, calendar.closed_on(day)) for day in self._weekdays())
        return [(day, span) for day, span in closed if span]

    def _weekdays(self) -> list[dt.date]:
        """Of the whole period."""
        day = week_of(self.first) + dt.timedelta(days=self.weekday - 1)
        days = [day + n * WEEK for n in range((self.last - day).days // 7 + 1)]
        return [day for day in days if day >= self.first]

    def _weeks(self, calendar: SchoolCalendar) -> list[dt.date]:
        return [day for day in self._weekdays() if not calendar.closed_on(day)]

    def _suiting(
        self, wanted: dt.date, calendar: SchoolCalendar, all_work: Callable[[dt.date], bool]
    ) -> dt.date:
        """The day of that week nearest to ``wanted`` on which all work; ``wanted`` itself when there is none."""
        if not self.suits:
            return wanted
        days = [week_of(wanted) + dt.timedelta(days=n) for n in range(SCHOOL_DAYS)]
        open_days = [day for day in days if self.first <= day <= self.last and not calendar.closed_on(day)]
        suiting = [day for day in open_days if all_work(day)]
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
