"""What stands in the way of a meeting, in words; the nearest day that suits; who may know of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.clashes import agenda_around, nearest_day
from popgroups.models import Meeting
from schools.models import (
    ClosedDays,
    LessonHours,
    Membership,
)
from tests.people import Cast, make_group, make_meeting, make_person, make_place
from tests.popgroups.conftest import Enter
from tests.popgroups.year import filled, keep, tuesday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start_of_year")]


def test_each_thing_in_the_way_is_a_sentence(cast: Cast, karin: Client) -> None:
    day = tuesday().date()
    ClosedDays.objects.create(school=cast.zandplaat, name="Studiedag", first_day=day, last_day=day)
    Membership.objects.filter(person=cast.esra).update(work_days="1345")
    other = make_group(cast.zandplaat, "Onderbouw", [cast.noor, cast.ilse])
    make_meeting(other, starts_at=tuesday())
    meeting = make_meeting(cast.group, starts_at=tuesday())
    assert agenda_around(meeting, whole=True).warnings(meeting) == [
        "School is closed: Studiedag.",
        "Esra: not at work that day.",
        "Noor: Onderbouw then.",
        "lokaal 12 is taken then.",
    ]
    assert "Esra, Noor: can't then." in agenda_around(meeting, whole=False).warnings(meeting)


@pytest.mark.parametrize(
    ("weekday", "ends", "warned"), [(2, "15:31", True), (2, "15:30", False), (3, "16:00", False)]
)
def test_a_meeting_during_lessons_is_said(
    cast: Cast, karin: Client, weekday: int, ends: str, warned: bool
) -> None:
    LessonHours.objects.create(school=cast.zandplaat, weekday=weekday, starts="08:30", ends=ends)
    meeting = make_meeting(cast.group, starts_at=tuesday())
    agenda = agenda_around(meeting, whole=True)
    assert agenda.warnings(meeting) == (["This touches the lessons of 08.30 to 15.31."] if warned else [])
    assert agenda.suits(meeting), "a warning, not a reason to look for another day"
    ClosedDays.objects.create(
        school=cast.zandplaat, name="Studiedag", first_day=meeting.day, last_day=meeting.day
    )
    assert agenda_around(meeting, whole=True).warnings(meeting) == ["School is closed: Studiedag."]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("why", ["off", "engaged"])
def test_of_somebody_of_another_school_nobody_reads_why(cast: Cast, whole: bool, why: str) -> None:
    """Else their work days could be read off by trying one date after the other."""
    daan = make_person("Daan Duin", cast.duin)
    make_place(cast.group, daan)
    meeting = make_meeting(cast.group, starts_at=tuesday())
    assert agenda_around(meeting, whole=whole).warnings(meeting) == []
    if why == "off":
        Membership.objects.filter(person=daan).update(work_days="1345")
    else:
        make_meeting(make_group(cast.zandplaat, "Onderbouw", [daan]), starts_at=tuesday())
        Meeting.objects.exclude(pk=meeting.pk).update(place="aula")
    assert agenda_around(meeting, whole=whole).warnings(meeting) == ["Daan: can't then."]


def test_what_is_not_published_warns_coordinators_only(cast: Cast) -> None:
    other = make_group(cast.zandplaat, "Onderbouw", [cast.noor])
    Meeting(group=other, starts_at=tuesday(), minutes=60).propose()
    meeting = make_meeting(cast.group, starts_at=tuesday())
    assert agenda_around(meeting, whole=True).cannot(meeting)
    assert not agenda_around(meeting, whole=False).cannot(meeting)


def test_the_nearest_day_that_suits(cast: Cast, karin: Client) -> None:
    """Tuesday: Esra is off on Tuesdays and Mondays, Wednesday the school is closed: Thursday."""
    Membership.objects.filter(person=cast.esra).update(work_days="345")
    wednesday = tuesday().date() + dt.timedelta(days=1)
    ClosedDays.objects.create(school=cast.zandplaat, name="Dicht", first_day=wednesday, last_day=wednesday)
    meeting = make_meeting(cast.group, starts_at=tuesday())
    agenda = agenda_around(meeting, whole=True)
    assert nearest_day(meeting, agenda, timezone.localdate()) == dt.date(2026, 9, 17)
    text = karin.get(reverse("change_meeting", args=[meeting.pk])).content.decode()
    assert "?day=2026-09-17" in text
    filled_in = karin.get(reverse("change_meeting", args=[meeting.pk]), {"day": "2026-09-17"})
    assert 'value="2026-09-17"' in filled_in.content.decode()


@pytest.mark.parametrize("day", ["", "x", "31-02-2026", "9" * 30])
def test_a_strange_day_in_the_address_is_no_day(cast: Cast, karin: Client, day: str) -> None:
    meeting = make_meeting(cast.group, starts_at=tuesday())
    reply = karin.get(reverse("change_meeting", args=[meeting.pk]), {"day": day})
    assert 'value="2026-09-15"' in reply.content.decode()


def test_who_called_off_is_not_told_once_it_is_over(cast: Cast, karin: Client, enter: Enter) -> None:
    """Kept readable it would be attendance, which the PMR must agree to."""
    meeting = make_meeting(cast.group, starts_at=tuesday())
    meeting.call_off(cast.tom, timezone.now())
    page = reverse("change_meeting", args=[meeting.pk])
    assert "Called off: Tom." in enter(cast.noor).get(page).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - dt.timedelta(days=2))
    for client in (karin, enter(cast.noor), enter(cast.late)):
        assert "Tom" not in client.get(page).content.decode()


def test_no_day_suits_when_nobody_works_together(cast: Cast) -> None:
    Membership.objects.filter(person=cast.esra).update(work_days="")
    meeting = make_meeting(cast.group, starts_at=tuesday())
    agenda = agenda_around(meeting, whole=True)
    assert nearest_day(meeting, agenda, timezone.localdate()) is None


def test_a_series_kept_twice_warns_of_itself(cast: Cast, karin: Client) -> None:
    keep(karin, cast, filled(cast))
    text = karin.post(reverse("plan_series", args=[cast.zandplaat.pk]), filled(cast)).content.decode()
    assert text.count("Bovenbouw then.") == 7
