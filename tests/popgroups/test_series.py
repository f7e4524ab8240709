"""On which days a series falls: never on a closed day, evenly spread or so many weeks apart."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from popgroups.series import Rhythm, Series, apart, spread, week_of
from schools.holidays import SchoolCalendar, seed_holidays
from schools.models import ClosedDays, Holiday, Region, School
from tests.people import Cast

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 8, 1), dt.date(2027, 7, 31)


def calendar(cast: Cast, region: str = "noord") -> SchoolCalendar:
    seed_holidays()
    School.objects.filter(pk=cast.zandplaat.pk).update(region=region)
    cast.zandplaat.refresh_from_db()
    return SchoolCalendar(cast.zandplaat, FIRST, LAST)


def series(**changed: object) -> Series:
    values = {"first": FIRST, "last": LAST, "weekday": 2, "rhythm": Rhythm.TIMES, "number": 7}
    return Series(**{**values, **changed})  # type: ignore[arg-type]


def everybody(_day: dt.date) -> bool:
    return True


@pytest.mark.parametrize("region", Region.values)
@pytest.mark.parametrize("weekday", range(1, 6))
def test_seven_times_a_year_and_none_in_a_holiday(cast: Cast, region: str, weekday: int) -> None:
    days = series(weekday=weekday).days(calendar(cast, region), everybody)
    assert len(days) == 7
    assert {day.isoweekday() for day in days} == {weekday}
    for day in days:
        closed = Holiday.objects.filter(region__in=("", region), first_day__lte=day, last_day__gte=day)
        assert not closed.exists()


def test_every_six_weeks_goes_on_after_a_holiday(cast: Cast) -> None:
    days = series(first=dt.date(2026, 9, 1), rhythm=Rhythm.WEEKS, number=6).days(calendar(cast), everybody)
    assert [day.isoformat() for day in days] == [
        "2026-09-01",
        "2026-10-20",  # 13 October is in the autumn holiday of the North
        "2026-12-01",
        "2027-01-12",
        "2027-03-02",  # 23 February is in the spring holiday
        "2027-04-13",
        "2027-05-25",
        "2027-07-06",
    ]


def test_a_study_day_is_skipped_and_an_opened_holiday_is_not(cast: Cast) -> None:
    seed_holidays()
    ClosedDays.objects.create(
        school=cast.zandplaat, name="Studiedag", first_day=dt.date(2026, 9, 8), last_day=dt.date(2026, 9, 8)
    )
    kings_day = Holiday.objects.get(key="2027-kings-day")
    spring = Holiday.objects.get(key="2026-mei-noord")
    for holiday in (kings_day, spring):
        ClosedDays.objects.create(school=cast.zandplaat, name=holiday.name, instead_of=holiday)
    days = series(rhythm=Rhythm.WEEKS, number=1).days(calendar(cast), everybody)
    assert dt.date(2026, 9, 8) not in days
    assert dt.date(2027, 4, 27) in days


def test_a_week_with_somebody_away_takes_the_nearest_day_on_which_all_work(cast: Cast) -> None:
    found = series(number=1, rhythm=Rhythm.WEEKS).days(calendar(cast), lambda day: day.isoweekday() in (1, 5))
    fridays = [day for day in found if day.isoweekday() == 5]
    assert {day.isoweekday() for day in found} == {1, 5}
    assert all(calendar(cast).closed_on(day - dt.timedelta(days=4)) for day in fridays)
    kept = series(number=1, rhythm=Rhythm.WEEKS, suits=False).days(calendar(cast), lambda _day: False)
    assert {day.isoweekday() for day in kept} == {2}


def test_nobody_ever_works_together_then_the_wanted_day_stays(cast: Cast) -> None:
    days = series().days(calendar(cast), lambda _day: False)
    assert {day.isoweekday() for day in days} == {2}


def test_a_year_that_is_not_known_yet_skips_nothing(cast: Cast) -> None:
    seed_holidays()
    far = SchoolCalendar(cast.zandplaat, dt.date(2035, 8, 1), dt.date(2036, 7, 31))
    assert far.spans == []


TUESDAYS = [dt.date(2026, 9, 1) + dt.timedelta(weeks=n) for n in range(40)]


@given(st.integers(1, 60))
def test_spread_gives_so_many_different_days_in_order(times: int) -> None:
    days = spread(TUESDAYS, times)
    assert len(days) == min(times, len(TUESDAYS)) == len(set(days))
    assert days == sorted(days) and days[0] == TUESDAYS[0]


@given(st.integers(1, 26))
def test_apart_never_meets_sooner(weeks: int) -> None:
    days = apart(TUESDAYS, weeks)
    assert all((week_of(b) - week_of(a)).days >= weeks * 7 for a, b in pairwise(days))
