"""What a coordinator reads in the year plan, and on a meeting that is not published yet."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from popgroups.models import Meeting, MeetingState
from schools.models import SchoolYear
from tests.people import Cast, make_meeting
from tests.popgroups.conftest import Enter

pytestmark = pytest.mark.django_db


def test_a_first_group_of_an_empty_year_is_of_that_year(cast: Cast, enter: Enter) -> None:
    client, school = enter(cast.karin), cast.zandplaat.pk
    text = client.get(reverse("planner", args=[school]), {"year": 2027}).content.decode()
    new_group = reverse("new_group", args=[school]) + "?year=2027"
    assert "No groups in this school year yet" in text and f'href="{new_group}"' in text
    form = client.get(new_group).content.decode()
    assert '<option value="2027" selected>' in form


@pytest.mark.parametrize("year", ["", "x", "2020", "9" * 30])
def test_a_new_group_is_of_this_year_unless_another_can_be_planned(
    cast: Cast, enter: Enter, year: str
) -> None:
    SchoolYear.objects.get_or_create(starts=2020)
    page = reverse("new_group", args=[cast.zandplaat.pk])
    text = enter(cast.karin).get(page, {"year": year}).content.decode()
    assert '<option value="2026" selected>' in text


def test_cancelled_differs_by_more_than_its_colour(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=9))
    client, planner = enter(cast.karin), reverse("planner", args=[cast.zandplaat.pk])
    cross = '<path class="dot dot-cancelled"'
    assert client.get(planner).content.decode().count(cross) == 1, "in the legend"
    meeting.cancel(timezone.now())
    after = client.get(planner).content.decode()
    assert after.count(cross) == 2
    assert '<span class="tag tag-brick">cancelled</span>' in after


def test_a_concept_says_who_sees_it_and_asks_nobody_to_answer(cast: Cast, enter: Enter) -> None:
    Meeting(group=cast.group, starts_at=timezone.now() + dt.timedelta(days=9), minutes=60).propose()
    meeting = Meeting.objects.get(state=MeetingState.CONCEPT)
    text = enter(cast.karin).get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "Only coordinators see this page." in text and "Members and the coordinator" not in text
    assert "Who comes" not in text and "can&#x27;t come" not in text
