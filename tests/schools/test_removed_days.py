"""Closed days that were removed by mistake are put back with one press."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from schools.holidays import seed_holidays
from schools.models import ClosedDays, DayKind, Holiday, School
from tests.people import Cast

from .screens import as_, url
from .test_hours import words

DAY = dt.date(2026, 11, 4)


@pytest.fixture
def days(cast: Cast) -> ClosedDays:
    seed_holidays()
    School.objects.update(region="noord")
    words = {"name": "Studiedag rekenen", "kind": DayKind.STUDY, "first_day": DAY, "last_day": DAY}
    return ClosedDays.objects.create(school=cast.zandplaat, **words)


def remove(client: Client, days: ClosedDays) -> str:
    """Takes it out; what is in the form that puts it back."""
    page = words(client.post(url("remove_closed_days", days.pk), follow=True))
    assert "Zet terug" in page and url("restore_closed_days", days.school_id) in page
    return page.partition('name="key" value="')[2].partition('"')[0]


def restore(client: Client, cast: Cast, key: str) -> str:
    return words(client.post(url("restore_closed_days", cast.zandplaat.pk), {"key": key}, follow=True))


def test_a_study_day_comes_back_as_it_was(cast: Cast, days: ClosedDays) -> None:
    client = as_(cast.karin)
    key = remove(client, days)
    assert not ClosedDays.objects.exists()
    page = restore(client, cast, key)
    assert "Staat weer in de kalender." in page and "Zet terug" not in page
    again = ClosedDays.objects.get()
    assert (again.name, again.kind, again.first_day, again.last_day) == (
        "Studiedag rekenen",
        "study",
        DAY,
        DAY,
    )
    assert "kunnen niet meer terug" in restore(client, cast, key) and ClosedDays.objects.count() == 1


@pytest.mark.parametrize("of_holiday", [True, False])
def test_a_second_press_at_the_same_moment_adds_nothing(
    cast: Cast, days: ClosedDays, of_holiday: bool
) -> None:
    """It still reads the log-in as it was before the first press."""
    if of_holiday:
        ClosedDays.objects.update(instead_of=Holiday.objects.get(key="2026-herfst-noord"))
    client = as_(cast.karin)
    key = remove(client, days)
    before = client.session["removed_days"]
    restore(client, cast, key)
    session = client.session
    session["removed_days"] = before
    session.save()
    assert "Staat weer in de kalender." in restore(client, cast, key)
    assert ClosedDays.objects.count() == 1


@pytest.mark.parametrize("open_instead", [True, False])
def test_what_was_changed_in_a_holiday_comes_back_too(cast: Cast, open_instead: bool) -> None:
    seed_holidays()
    School.objects.update(region="noord")
    autumn, day = (
        Holiday.objects.get(key="2026-herfst-noord"),
        None if open_instead else dt.date(2026, 10, 12),
    )
    row = ClosedDays.objects.create(
        school=cast.zandplaat, instead_of=autumn, name="Herfst", kind=autumn.kind, first_day=day, last_day=day
    )
    client = as_(cast.karin)
    restore(client, cast, remove(client, row))
    again = ClosedDays.objects.get()
    assert (again.instead_of, again.first_day, again.name) == (autumn, day, "Herfst")
    key = remove(client, again)
    ClosedDays.objects.create(school=cast.zandplaat, instead_of=autumn, name="Anders", kind=autumn.kind)
    assert "intussen weer veranderd" in restore(client, cast, key)
    assert ClosedDays.objects.get().name == "Anders"


def test_only_who_removed_it_puts_it_back_and_only_five(cast: Cast, days: ClosedDays) -> None:
    client = as_(cast.karin)
    first = remove(client, days)
    assert "kunnen niet meer terug" in restore(as_(cast.karin), cast, first), "another log-in"
    for _more in range(5):
        days.pk = None
        days.save()
        remove(client, days)
    assert "kunnen niet meer terug" in restore(client, cast, first)
    assert "kunnen niet meer terug" in restore(client, cast, "x" * 99)
    page = words(as_(cast.noor).get(url("school_calendar", cast.zandplaat.pk)))
    assert "Zet terug" not in page and not ClosedDays.objects.exists()
