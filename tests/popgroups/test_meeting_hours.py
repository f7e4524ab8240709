"""What a meeting books: its minutes, preparation, and more for whoever guides."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from popgroups.models import Meeting, MeetingKind
from popgroups.planned_hours import follow_stays
from schools.budgets import balances_of
from schools.hours import correct, minutes_now, set_allotment
from schools.memberships import Terms, change, end, roles_of
from schools.models import (
    Activity,
    Allotment,
    Consent,
    HourLine,
    LineKind,
    Membership,
    School,
    SchoolYear,
    User,
)
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


def test_a_second_session_leaves_corrected_hours_as_they_are(cast: Cast) -> None:
    meeting, tom = make_meeting(cast.group), cast.tom.memberships.get()
    meeting.record_held([tom])
    line = HourLine.objects.get(kind=LineKind.HELD)
    correct(line, minutes=30, reason="Eerder weg.", by=cast.tom, at=timezone.now())
    allot(cast.zandplaat, meeting.day, preparation=15, task_code="INT-2")
    noor = cast.noor.memberships.get()
    meeting.record_held([tom, noor])
    line.refresh_from_db()
    assert (line.minutes, line.task_code, minutes_now(line)) == (60, "professionalisering", 30)
    assert noor.hour_lines.get(kind=LineKind.HELD).minutes == 75, (
        "who was not there before gets the terms of now"
    )


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


# -- who leaves the school ---------------------------------------------------------------------------------


def two_meetings(cast: Cast) -> tuple[Meeting, Meeting]:
    """In a week and in three, with their hours planned."""
    now = timezone.now()
    meetings = [make_meeting(cast.group, starts_at=now + dt.timedelta(days=days)) for days in (7, 21)]
    for meeting in meetings:
        meeting.book_planned()
    return meetings[0], meetings[1]


def planned_of(person: User) -> set[str]:
    lines = HourLine.objects.filter(membership__person=person, kind=LineKind.PLANNED)
    return set(lines.values_list("source", flat=True))


def stay_until(cast: Cast, person: User, last_day: dt.date | None) -> None:
    row = Membership.objects.get(person=person)
    change(row, Terms(function=row.function, roles=roles_of(row), valid_until=last_day), cast.hanneke)


def test_who_leaves_the_school_has_nothing_planned_after_the_last_day(cast: Cast) -> None:
    near, far = two_meetings(cast)
    near.record_held([cast.tom.memberships.get()])
    third = make_meeting(cast.group, starts_at=near.starts_at + dt.timedelta(days=1))
    third.book_planned()
    end(cast.tom.memberships.get(), third.day, cast.hanneke)
    assert planned_of(cast.tom) == {third.source}, "the last day itself still counts"
    assert planned_of(cast.noor) == {third.source, far.source}
    assert minutes(cast, LineKind.HELD) == {"Tom 0": 60}


def test_a_longer_stay_plans_hours_again(cast: Cast) -> None:
    near, far = two_meetings(cast)
    stay_until(cast, cast.tom, near.day)
    assert follow_stays(timezone.now()) == 0 and planned_of(cast.tom) == {near.source}
    stay_until(cast, cast.tom, None)
    call_command("remind", stdout=StringIO())
    assert planned_of(cast.tom) == {near.source, far.source}
    assert follow_stays(timezone.now()) == 0


def test_hours_planned_for_who_had_left_already_go_and_consent_is_needed(cast: Cast) -> None:
    near, _far = two_meetings(cast)
    cast.tom.memberships.update(valid_until=near.day)
    Consent.objects.update(revoked_at=timezone.now())
    assert follow_stays(timezone.now()) == 0
    Consent.objects.update(revoked_at=None)
    assert follow_stays(timezone.now()) == 1 and planned_of(cast.tom) == {near.source}


def test_following_stays_costs_the_same_for_many_meetings(cast: Cast, django_assert_num_queries: Any) -> None:
    for _time in range(3):
        two_meetings(cast)
    with django_assert_num_queries(5):
        assert follow_stays(timezone.now()) == 0


# -- who can't come ----------------------------------------------------------------------------------------


def planned_minutes(person: User) -> int:
    """As the year's total has it."""
    [balance] = balances_of([person.memberships.get()], SchoolYear.of(timezone.localdate()))
    return balance.planned


def test_who_cannot_come_has_nothing_planned_and_gets_it_back_after_all(cast: Cast) -> None:
    near, far = two_meetings(cast)
    before = planned_minutes(cast.tom)
    near.call_off(cast.tom, timezone.now())
    assert planned_of(cast.tom) == {far.source} and planned_minutes(cast.tom) == before - 60
    assert planned_minutes(cast.noor) == before
    assert follow_stays(timezone.now()) == 0, "the nightly round leaves it so"
    assert planned_of(cast.tom) == {far.source}
    near.call_on(cast.tom, timezone.now())
    assert planned_of(cast.tom) == {near.source, far.source} and planned_minutes(cast.tom) == before


def test_another_place_keeps_who_cannot_come_out_of_the_plan_and_another_day_asks_anew(cast: Cast) -> None:
    near, far = two_meetings(cast)
    near.call_off(cast.tom, timezone.now())
    near.change(timezone.now(), place="aula")
    assert planned_of(cast.tom) == {far.source}
    near.change(timezone.now(), starts_at=near.starts_at + dt.timedelta(days=1))
    assert planned_of(cast.tom) == {near.source, far.source}
