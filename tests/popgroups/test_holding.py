"""A meeting without a session: held, by hand, with who was there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from popgroups.models import Attendance, LookBack, Meeting
from portfolio.models import ActionPlan
from schools.models import Consent, HourLine
from tests.people import Cast, make_meeting
from tests.popgroups.conftest import Enter

pytestmark = pytest.mark.django_db


def begun(cast: Cast, kind: str = "training") -> Meeting:
    meeting = make_meeting(cast.group, starts_at=timezone.now() - dt.timedelta(hours=2), minutes=90)
    meeting.change(timezone.now(), kind=kind)
    return meeting


def page(meeting: Meeting) -> str:
    return reverse("hold_meeting", args=[meeting.pk])


def test_hours_are_booked_for_who_was_there(cast: Cast, enter: Enter) -> None:
    meeting, client = begun(cast), enter(cast.noor)
    assert "It has been held" in client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    present = [cast.group.place_of(person) for person in (cast.noor, cast.tom)]
    text = client.post(page(meeting), {"present": [p.pk for p in present if p]}, follow=True).content.decode()
    assert "The meeting has been held." in text
    lines = HourLine.objects.all()
    assert {(line.membership.person, line.kind, line.minutes, line.activity) for line in lines} == {
        (cast.noor, "held", 90, "training"),
        (cast.tom, "held", 90, "training"),
    }
    assert Attendance.objects.count() == 2


def test_everybody_is_ticked_so_that_nobody_reads_who_called_off(cast: Cast, enter: Enter) -> None:
    meeting = begun(cast)
    meeting.call_off(cast.tom, timezone.now())
    text = enter(cast.noor).get(page(meeting)).content.decode()
    places = [cast.group.place_of(person) for person in (cast.tom, cast.lieke)]
    boxes = {part.split('"')[0]: "checked" in part.split(">")[0] for part in text.split('value="')[1:]}
    assert all(boxes[str(place.pk)] for place in places if place) and all(places)


def test_the_page_is_there_only_while_the_meeting_can_be_held(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=1))
    assert enter(cast.noor).get(page(meeting)).status_code == 302


def test_without_consent_nobody_is_asked_who_was_there(cast: Cast, enter: Enter) -> None:
    Consent.objects.all().delete()
    meeting, client = begun(cast), enter(cast.noor)
    assert "the PMR has not agreed" in client.get(page(meeting)).content.decode()
    place = cast.group.place_of(cast.tom)
    client.post(page(meeting), {"present": [place.pk if place else 0]})
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert not Attendance.objects.exists() and not HourLine.objects.exists()


def test_what_was_not_looked_back_on_waits_for_the_next(cast: Cast) -> None:
    meeting, later = begun(cast), make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=9))
    plan = ActionPlan.objects.create(owner=cast.tom, intention="Ik begin rustig.")
    row = LookBack.objects.create(group=cast.group, action_plan=plan, meeting=meeting)
    meeting.hold([], timezone.now())
    row.refresh_from_db()
    assert row.meeting == later


@pytest.mark.parametrize("state", ["concept", "held", "cancelled"])
def test_only_a_planned_one(cast: Cast, enter: Enter, state: str) -> None:
    meeting = begun(cast)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    text = enter(cast.karin).post(page(meeting), follow=True).content.decode()
    assert "Only a planned meeting that has begun" in text
    assert not HourLine.objects.filter(kind="held").exists()


def test_not_before_it_begins(cast: Cast, enter: Enter) -> None:
    meeting, client = (
        make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=1)),
        enter(cast.noor),
    )
    assert "It has been held" not in client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "Only a planned meeting" in client.post(page(meeting), follow=True).content.decode()


def test_somebody_elses_place_is_no_choice(cast: Cast, enter: Enter) -> None:
    meeting, client = begun(cast), enter(cast.noor)
    text = client.post(page(meeting), {"present": [999_999]}).content.decode()
    assert "not one of the available choices" in text and meeting.is_planned
