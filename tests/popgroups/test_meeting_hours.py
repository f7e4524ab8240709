"""What a meeting books: its minutes, preparation, and more for whoever guides."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from popgroups.models import MeetingKind
from schools.hours import set_allotment
from schools.models import Activity, Allotment, Consent, HourLine, LineKind, School, SchoolYear
from tests.people import Cast, consent, make_meeting, make_person, make_place


def allot(school: School, day: dt.date, **terms: int | str) -> Allotment:
    allotment = Allotment(school=school, year=SchoolYear.of(day), minutes=900, **terms)
    set_allotment(allotment, day)
    return allotment


def minutes(cast: Cast, kind: LineKind) -> dict[str, int]:
    rows = HourLine.objects.filter(kind=kind)
    return {f"{row.membership.person.first_name} {row.source.count(':guided')}": row.minutes for row in rows}


def test_a_closed_meeting_books_preparation_and_what_guiding_takes(cast: Cast) -> None:
    meeting = make_meeting(cast.group)
    allot(cast.zandplaat, meeting.day, preparation=15, facilitator_extra=30, task_code="INT-1")
    meeting.book_planned()
    assert minutes(cast, LineKind.PLANNED) == {f"{p.first_name} 0": 60 + 15 for p in cast.members}
    noor, tom = cast.noor.memberships.get(), cast.tom.memberships.get()
    assert meeting.record_held([noor, tom], guided_by=noor)
    assert minutes(cast, LineKind.HELD) == {"Noor 0": 75, "Noor 1": 30, "Tom 0": 75}
    assert not minutes(cast, LineKind.PLANNED), "whoever was not there has nothing planned any more either"
    assert {(row.task_code, row.activity, row.day) for row in HourLine.objects.all()} == {
        ("INT-1", Activity.INTERVISION, meeting.day),
        ("INT-1", Activity.GUIDING, meeting.day),
    }


def test_a_second_session_pays_its_own_guide_and_takes_nothing_back(cast: Cast) -> None:
    meeting = make_meeting(cast.group)
    allot(cast.zandplaat, meeting.day, preparation=15, facilitator_extra=30)
    noor, tom = cast.noor.memberships.get(), cast.tom.memberships.get()
    for guide in (noor, tom, tom):
        assert meeting.record_held([noor, tom], guided_by=guide)
    assert minutes(cast, LineKind.HELD) == {"Noor 0": 75, "Noor 1": 30, "Tom 0": 75, "Tom 1": 30}


def test_each_school_has_its_own_terms(cast: Cast) -> None:
    guest = make_place(cast.group, make_person("Dirk Duin", cast.duin)).membership
    consent(cast.duin)
    meeting = make_meeting(cast.group)
    allot(cast.zandplaat, meeting.day, preparation=15)
    meeting.record_held([guest, cast.tom.memberships.get()])
    assert minutes(cast, LineKind.HELD) == {"Dirk 0": 60, "Tom 0": 75}


def test_without_consent_there_is_no_extra_either(cast: Cast) -> None:
    Consent.objects.all().delete()
    meeting = make_meeting(cast.group)
    allot(cast.zandplaat, meeting.day, facilitator_extra=30)
    noor = cast.noor.memberships.get()
    assert not meeting.record_held([noor], guided_by=noor)
    assert not HourLine.objects.exists()


def test_planned_lines_follow_new_terms_and_held_ones_stay(cast: Cast) -> None:
    now = timezone.now()
    past, coming = make_meeting(cast.group), make_meeting(cast.group, starts_at=now + dt.timedelta(hours=2))
    allotment = allot(cast.zandplaat, coming.day, preparation=15)
    past.record_held([cast.tom.memberships.get()])
    coming.kind = MeetingKind.TRAINING
    coming.book_planned()
    allotment.preparation, allotment.task_code = 30, "INT-2"
    set_allotment(allotment, coming.day)
    assert set(minutes(cast, LineKind.PLANNED).values()) == {90}
    assert minutes(cast, LineKind.HELD) == {"Tom 0": 75}
    assert set(HourLine.objects.values_list("kind", "task_code", "activity")) == {
        ("planned", "INT-2", "training"),
        ("held", "professionalisering", "intervision"),
    }
