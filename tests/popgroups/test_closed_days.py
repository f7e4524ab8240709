"""A day on which the school is closed after all: which meetings fall on it is told at once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.models import Meeting
from schools.models import ClosedDays
from tests.people import Cast, make_group, make_meeting
from tests.popgroups.conftest import Enter, statements
from tests.popgroups.year import tuesday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start_of_year")]
FALLS = "1 meeting falls on a day that school is closed"


def words(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def add_study_day(client: Client, cast: Cast, day: dt.date) -> str:
    form = {"name": "Rekendag", "kind": "study", "first_day": day, "once_key": uuid.uuid4()}
    return words(client.post(reverse("add_closed_days", args=[cast.zandplaat.pk]), form, follow=True))


def test_a_study_day_tells_at_once_which_meetings_fall_on_it(cast: Cast, karin: Client) -> None:
    meeting = make_meeting(cast.group, starts_at=tuesday())
    make_meeting(cast.group, starts_at=tuesday() + dt.timedelta(days=7))
    text = add_study_day(karin, cast, meeting.day)
    assert FALLS in text and "Bovenbouw: Tuesday 15 September" in text and "· Rekendag" in text
    change = f"{reverse('change_meeting', args=[meeting.pk])}?back=school_calendar"
    assert f'href="{change}"' in text
    assert "Back to the school calendar" in words(karin.get(change))
    planner = words(karin.get(reverse("planner", args=[cast.zandplaat.pk])))
    assert FALLS in planner and f'href="{change.replace("school_calendar", "planner")}"' in planner
    cancel = f"{reverse('cancel_meeting', args=[meeting.pk])}?back=school_calendar"
    reply = karin.post(cancel, follow=True)
    assert reply.redirect_chain[-1][0].startswith(reverse("school_calendar", args=[cast.zandplaat.pk]))
    assert "falls on a day" not in words(reply)


def test_a_concept_on_a_closed_day_is_told_and_removed_from_there(cast: Cast, karin: Client) -> None:
    Meeting(group=cast.group, starts_at=tuesday(), minutes=60).propose()
    assert "not published yet" in add_study_day(karin, cast, tuesday().date())
    drop = f"{reverse('drop_meeting', args=[Meeting.objects.get().pk])}?back=school_calendar"
    reply = karin.post(drop, follow=True)
    assert reply.redirect_chain[-1][0] == f"{reverse('planner', args=[cast.zandplaat.pk])}?year=2026"
    text = words(reply)
    assert "falls on a day" not in text
    assert "Removed from the concept: " in text and "Put it back" in text, "a slip can be taken back there"
    assert not Meeting.objects.exists()


def test_what_is_over_or_cancelled_or_elsewhere_is_not_told(cast: Cast, karin: Client) -> None:
    past = make_meeting(cast.group, starts_at=timezone.now() - dt.timedelta(days=2))
    make_meeting(cast.group, starts_at=tuesday()).cancel(timezone.now())
    make_meeting(make_group(cast.duin, "Elders", []), starts_at=tuesday())
    for day in (past.day, tuesday().date()):
        assert "on a day that school" not in add_study_day(karin, cast, day)


def test_who_is_no_coordinator_reads_of_no_meetings(cast: Cast, karin: Client, enter: Enter) -> None:
    make_meeting(cast.group, starts_at=tuesday())
    add_study_day(karin, cast, tuesday().date())
    page = reverse("school_calendar", args=[cast.zandplaat.pk])
    for person in (cast.noor, cast.hanneke, cast.ilse):
        assert "Bovenbouw" not in words(enter(person).get(page))


def test_telling_costs_the_same_for_more_meetings(cast: Cast, karin: Client) -> None:
    day = tuesday().date()
    ClosedDays.objects.create(school=cast.zandplaat, name="Rekendag", first_day=day, last_day=day)
    make_meeting(cast.group, starts_at=tuesday())
    page = reverse("school_calendar", args=[cast.zandplaat.pk])
    statements(karin, page)
    few = statements(karin, page)
    for name in ("Onderbouw", "Zorg"):
        make_meeting(make_group(cast.zandplaat, name, [cast.ilse]), starts_at=tuesday())
    assert statements(karin, page) == few <= 12
