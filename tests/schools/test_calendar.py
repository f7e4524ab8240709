"""The school's calendar: what the region gives, what the school changes, and who works when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from schools.holidays import SPANS, SchoolCalendar, seed_holidays
from schools.models import ClosedDays, Holiday, Membership, School, User
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def karin(cast: Cast) -> Client:
    seed_holidays()
    User.objects.update(language="en")
    School.objects.update(region="noord")
    client = Client()
    client.force_login(cast.karin)
    return client


def year(cast: Cast, starts: int = 2026) -> SchoolCalendar:
    school = School.objects.get(pk=cast.zandplaat.pk)
    return SchoolCalendar(school, dt.date(starts, 8, 1), dt.date(starts + 1, 7, 31))


def add(client: Client, cast: Cast, **changed: Any) -> str:
    form = {"name": "Studiedag", "kind": "study", "first_day": "2026-11-04", "last_day": ""} | changed
    return client.post(
        reverse("add_closed_days", args=[cast.zandplaat.pk]), form, follow=True
    ).content.decode()


def test_holidays_are_put_in_place_once(cast: Cast) -> None:
    assert seed_holidays() == seed_holidays() == len(SPANS) * 3 + 15
    autumn = Holiday.objects.get(key="2026-herfst-noord")
    assert (autumn.first_day, autumn.last_day) == (dt.date(2026, 10, 10), dt.date(2026, 10, 18))


def test_a_school_has_the_days_of_its_region_and_of_everybody(cast: Cast, karin: Client) -> None:
    assert [span.name for span in year(cast).spans] == [
        "summer holiday",  # the end of the last one
        "autumn holiday",
        "Christmas holiday",
        "spring holiday",
        "Easter Monday",
        "May holiday",
        "King's Day",
        "Liberation Day",
        "Ascension Day",
        "Whit Monday",
        "summer holiday",
    ]


def test_a_study_day_comes_and_goes(cast: Cast, karin: Client) -> None:
    assert "Saved." in add(karin, cast)
    days = ClosedDays.objects.get()
    assert days.first_day == days.last_day == dt.date(2026, 11, 4)
    closed = year(cast).closed_on(dt.date(2026, 11, 4))
    assert closed and closed.name == "Studiedag"
    form = {"name": "Studiedag rekenen", "kind": "study", "first_day": "2026-11-05", "last_day": "2026-11-06"}
    karin.post(reverse("change_closed_days", args=[days.pk]), form)
    assert year(cast).closed_on(dt.date(2026, 11, 4)) is None
    karin.post(reverse("remove_closed_days", args=[days.pk]))
    assert year(cast).closed_on(dt.date(2026, 11, 6)) is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"first_day": "31-02-2027"}, "Enter a valid date."),
        ({"last_day": "2026-11-03"}, "The last day comes before the first."),
        ({"last_day": "2027-11-03"}, "Check the year."),
        ({"kind": "feest"}, "Select a valid choice."),
    ],
)
def test_bad_days_are_said(cast: Cast, karin: Client, changed: dict[str, str], message: str) -> None:
    assert message in add(karin, cast, **changed)
    assert not ClosedDays.objects.exists()


def test_a_holiday_on_other_days_and_back(cast: Cast, karin: Client) -> None:
    autumn = Holiday.objects.get(key="2026-herfst-noord")
    page = reverse("instead_of_holiday", args=[cast.zandplaat.pk, autumn.pk])
    days = {"choice": "days", "first_day": "2026-10-12", "last_day": "2026-10-16"}
    karin.post(page, days, follow=True)
    assert year(cast).closed_on(dt.date(2026, 10, 10)) is None
    assert year(cast).closed_on(dt.date(2026, 10, 12)) is not None
    text = karin.post(page, {"choice": "open"}, follow=True).content.decode()
    assert "On these days you are open." in text and "New series skip" not in text
    assert year(cast).closed_on(dt.date(2026, 10, 12)) is None
    text = karin.get(reverse("school_calendar", args=[cast.zandplaat.pk]), {"year": 2026}).content.decode()
    assert "We are open on" in text
    assert ClosedDays.objects.count() == 1
    remove = reverse("remove_closed_days", args=[ClosedDays.objects.get().pk])
    assert remove in text and "Back to the region" in text
    text = karin.post(remove, follow=True).content.decode()
    assert "As in the region again." in text and "Back to the region" not in text
    assert year(cast).closed_on(dt.date(2026, 10, 10)) is not None


def test_a_holiday_on_other_days_offers_the_way_back_and_a_study_day_does_not(
    cast: Cast, karin: Client
) -> None:
    autumn = Holiday.objects.get(key="2026-herfst-noord")
    page = reverse("instead_of_holiday", args=[cast.zandplaat.pk, autumn.pk])
    form = {"choice": "days", "first_day": "2026-10-12", "last_day": "2026-10-16"}
    text = karin.post(page, form, follow=True).content.decode()
    assert "Back to the region" in text and "New series skip these days." in text
    karin.post(reverse("remove_closed_days", args=[ClosedDays.objects.get().pk]))
    text = add(karin, cast)
    assert "Back to the region" not in text and "Remove" in text
    remove = reverse("remove_closed_days", args=[ClosedDays.objects.get().pk])
    assert "Removed from the calendar." in karin.post(remove, follow=True).content.decode()


def test_what_was_done_in_another_year_is_shown_in_that_year(cast: Cast, karin: Client) -> None:
    page = reverse("school_calendar", args=[cast.zandplaat.pk]) + "?year="
    form = {"name": "Studiedag", "kind": "study", "first_day": "2027-11-04", "last_day": ""}
    assert karin.post(reverse("add_closed_days", args=[cast.zandplaat.pk]), form)["Location"] == page + "2027"
    days = ClosedDays.objects.get()
    change = reverse("change_closed_days", args=[days.pk])
    assert karin.post(change, form | {"first_day": "2028-11-02"})["Location"] == page + "2028"
    remove = reverse("remove_closed_days", args=[days.pk])
    assert karin.post(remove)["Location"] == page + "2028"
    autumn = Holiday.objects.get(key="2027-herfst-noord")
    instead = reverse("instead_of_holiday", args=[cast.zandplaat.pk, autumn.pk])
    assert karin.post(instead, {"choice": "open"})["Location"] == page + "2027"
    remove = reverse("remove_closed_days", args=[ClosedDays.objects.get().pk])
    assert karin.post(remove)["Location"] == page + "2027"


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"choice": "days"}, "Fill in the first and the last day."),
        ({"choice": "days", "first_day": "2026-10-12", "last_day": "2026-10-11"}, "comes before the first"),
        ({"choice": "days", "first_day": "2036-10-12", "last_day": "2036-10-13"}, "Check the year."),
        ({"choice": "soms"}, "Select a valid choice."),
    ],
)
def test_bad_changes_of_a_holiday_are_said(
    cast: Cast, karin: Client, form: dict[str, str], message: str
) -> None:
    autumn = Holiday.objects.get(key="2026-herfst-noord")
    page = reverse("instead_of_holiday", args=[cast.zandplaat.pk, autumn.pk])
    assert message in karin.post(page, form).content.decode()
    assert not ClosedDays.objects.exists()


def test_a_holiday_of_another_region_is_not_ours_to_change(cast: Cast, karin: Client) -> None:
    south = Holiday.objects.get(key="2026-herfst-zuid")
    page = reverse("instead_of_holiday", args=[cast.zandplaat.pk, south.pk])
    assert karin.get(page).status_code == 404


def test_weeks_count_as_closed_when_most_of_their_days_are(cast: Cast, karin: Client) -> None:
    calendar = year(cast)
    assert calendar.closed_week(dt.date(2026, 10, 12)) and not calendar.closed_week(dt.date(2026, 10, 5))
    assert calendar.closed_week(dt.date(2027, 5, 3)) is None  # Liberation and Ascension Day: two of five


def test_work_days_are_kept_as_digits(cast: Cast, karin: Client) -> None:
    tom = Membership.objects.get(person=cast.tom)
    karin.post(reverse("work_days", args=[tom.pk]), {"days": ["4", "1", "2"]})
    tom.refresh_from_db()
    assert tom.work_days == "124"
    assert tom.works_on(dt.date(2026, 11, 23)) and not tom.works_on(dt.date(2026, 11, 25))
    reply = karin.post(reverse("work_days", args=[tom.pk]), {"days": ["9"]})
    assert "not one of the available choices" in reply.content.decode()
    reply = karin.post(reverse("work_days", args=[tom.pk]), {})
    assert "Choose at least one day." in reply.content.decode()
    tom.refresh_from_db()
    assert tom.work_days == "124"


def lessons(cast: Cast) -> list[str]:
    return [str(row) for row in cast.zandplaat.lesson_hours.all()]


def test_lesson_hours_are_filled_in_changed_and_left_out_again(cast: Cast, karin: Client) -> None:
    address = reverse("lesson_hours", args=[cast.zandplaat.pk])
    times = {"starts_1": "08:30", "ends_1": "14:15", "starts_3": "08:30", "ends_3": "12:30"}
    page = karin.post(address, times, follow=True).content.decode()
    assert lessons(cast) == ["1: 08:30-14:15", "3: 08:30-12:30"] and "08.30 – 12.30" in page
    form = karin.get(address).content.decode()
    assert 'value="14:15"' in form
    karin.post(address, {"starts_1": "08:45", "ends_1": "14:15"})
    assert lessons(cast) == ["1: 08:45-14:15"]
    karin.post(address, {})
    assert lessons(cast) == []


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"starts_1": "08:30"}, "Fill in both times, or neither."),
        ({"ends_5": "14:15"}, "Fill in both times, or neither."),
        ({"starts_1": "14:15", "ends_1": "08:30"}, "This is before the lessons begin."),
        ({"starts_1": "08:30", "ends_1": "08:30"}, "This is before the lessons begin."),
        ({"starts_1": "half negen", "ends_1": "14:15"}, "Enter a valid time."),
        ({"starts_1": "08:30\x00", "ends_1": "14:15"}, "Enter a valid time."),
    ],
)
def test_lesson_hours_that_cannot_be(cast: Cast, karin: Client, times: dict[str, str], said: str) -> None:
    karin.post(reverse("lesson_hours", args=[cast.zandplaat.pk]), {"starts_2": "08:30", "ends_2": "14:15"})
    page = karin.post(reverse("lesson_hours", args=[cast.zandplaat.pk]), times).content.decode()
    assert said in page and lessons(cast) == ["2: 08:30-14:15"]
