"""Hours are kept for their own school year and the two after it."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.management.commands.clean_up import clean_up
from schools.hours import correct, forget_old_hours, record_hours
from schools.models import HourLine, LineKind
from tests.people import Cast

from .screens import membership_of

BORDER = (dt.date(2024, 7, 31), dt.date(2024, 8, 1))  # the last day that goes and the first that stays


@pytest.fixture
def lines(cast: Cast) -> list[HourLine]:
    """One on either side of the border, each corrected."""
    row, at = membership_of(cast.tom), dt.datetime(2024, 8, 2, 9, tzinfo=dt.UTC)
    found = []
    for day in BORDER:
        line = record_hours(row, kind=LineKind.HELD, day=day, minutes=90, source=f"meeting:{day}")
        found += [line, correct(line, minutes=60, reason="Eerder weg.", by=cast.tom, at=at)]
    return found


def test_lines_go_once_two_school_years_have_passed_since_theirs(lines: list[HourLine]) -> None:
    assert forget_old_hours(dt.date(2026, 7, 31)) == 0
    assert forget_old_hours(dt.date(2026, 8, 1)) == 2, "the line and its correction"
    assert list(HourLine.objects.order_by("pk")) == lines[2:]
    assert forget_old_hours(dt.date(2027, 7, 31)) == 0
    assert forget_old_hours(dt.date(2027, 8, 1)) == 2 and not HourLine.objects.exists()


def test_the_nightly_command_does_it_by_the_clock_of_the_netherlands(lines: list[HourLine]) -> None:
    evening = dt.datetime(2026, 7, 31, 21, 59, tzinfo=dt.UTC)
    assert "0 lines of hours past their term." in list(clean_up(evening))
    assert "2 lines of hours past their term." in list(clean_up(evening + dt.timedelta(minutes=1)))
    assert HourLine.objects.count() == 2
