"""Who was there is kept as long as the PMR agrees and the term lasts."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from popgroups.models import Attendance, Meeting
from schools.consents import make_link, withdraw
from schools.models import ConsentKind, HourLine, Membership, School
from tests.people import Cast, consent, make_meeting, make_membership


def held(cast: Cast) -> Meeting:
    """Noor of De Zandplaat was there, and Vera, who by then works at Het Duin."""
    consent(cast.duin)
    make_membership(cast.vera, cast.duin)
    meeting = make_meeting(cast.group)
    present = Membership.objects.filter(person=cast.noor) | Membership.objects.filter(school=cast.duin)
    meeting.record_held(list(present))
    return meeting


def names() -> set[str]:
    call_command("clean_up", stdout=StringIO())
    return set(Attendance.objects.values_list("membership__person__name", flat=True))


def take_back(school: School, cast: Cast) -> None:
    person = cast.ilse if school == cast.zandplaat else cast.vera
    link, _token = make_link(school, "Petra", person.email, cast.karin, timezone.now())
    withdraw(link, ConsentKind.ATTENDANCE, timezone.now())


@pytest.mark.parametrize(("school", "left"), [("zandplaat", set()), ("duin", {"Noor de Wit"})])
def test_who_was_there_goes_when_consent_is_taken_back(cast: Cast, school: str, left: set[str]) -> None:
    held(cast)
    assert names() == {"Noor de Wit", "Vera Elders"}
    take_back(getattr(cast, school), cast)
    assert names() == left
    assert HourLine.objects.count() == 2  # protected, and read by nobody while it is off


def test_who_was_there_goes_after_this_school_year_and_two(cast: Cast) -> None:
    meeting, today = held(cast), timezone.localdate()
    first = dt.date(today.year - 2 - (today.month < 8), 8, 1)
    noon = timezone.make_aware(dt.datetime.combine(first, dt.time(12)))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=noon)
    assert len(names()) == 2
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=noon - dt.timedelta(days=1))
    assert names() == set()
