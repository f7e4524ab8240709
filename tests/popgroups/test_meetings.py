from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from popgroups.clashes import agenda_around
from popgroups.models import Answer, LookBack, Meeting, MeetingState
from portfolio.models import ActionPlan
from schools.models import Consent, HourLine, Role
from tests.people import Cast, consent, make_group, make_meeting, make_person, make_place
from tests.popgroups.conftest import Enter, statements
from tests.popgroups.year import change

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def filled(**changed: Any) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=10)
    form = {
        "day": day.isoformat(),
        "start": "15:30",
        "minutes": 60,
        "kind": "intervision",
        "place": "lokaal 9",
        "link": "",
        "about_change": "",
        "once_key": str(uuid.uuid4()),
    }
    return form | changed


def plan(cast: Cast, client: Any, **changed: Any) -> Any:
    return client.post(reverse("plan_meeting", args=[cast.group.pk]), filled(**changed), follow=True)


def at(meeting: Meeting, name: str = "meeting") -> str:
    return reverse(name, args=[meeting.pk])


@pytest.mark.parametrize("who", ["noor", "karin"])
def test_member_and_coordinator_plan(cast: Cast, enter: Enter, who: str) -> None:
    answer = plan(
        cast, enter(getattr(cast, who)), link="https://voorbeeld.nl/x", about_change="Groepsdoorbrekend"
    )
    meeting = Meeting.objects.get()
    assert answer.redirect_chain[-1][0] == at(meeting)
    assert timezone.localtime(meeting.starts_at).strftime("%H:%M") == "15:30"
    assert (meeting.minutes, meeting.place, meeting.state) == (60, "lokaal 9", "planned")
    text = answer.content.decode()
    assert "The meeting is planned." in text
    assert "Groepsdoorbrekend" in text
    assert "alert-warning" not in text


@pytest.mark.parametrize(("who", "status"), [("hanneke", 404), ("gone", 404), ("ilse", 404), ("vera", 404)])
def test_nobody_else_plans(cast: Cast, enter: Enter, who: str, status: int) -> None:
    assert plan(cast, enter(getattr(cast, who))).status_code == status
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("today", "proposed"), [(23, "2026-12-07"), (27, "2026-12-11"), (28, "2026-12-14"), (29, "2026-12-14")]
)
def test_the_form_proposes_a_day_at_school_two_weeks_from_now(
    cast: Cast, enter: Enter, today: int, proposed: str
) -> None:
    with time_machine.travel(dt.datetime(2026, 11, today, 12, tzinfo=AMSTERDAM)):
        text = enter(cast.noor).get(reverse("plan_meeting", args=[cast.group.pk])).content.decode()
    assert f'value="{proposed}"' in text
    assert 'value="15:30"' in text


def test_sent_twice_it_is_one_meeting(cast: Cast, enter: Enter) -> None:
    client, key = enter(cast.noor), str(uuid.uuid4())
    for _time in range(2):
        plan(cast, client, once_key=key)
    assert Meeting.objects.count() == 1


def test_a_time_that_does_not_exist(cast: Cast, enter: Enter) -> None:
    text = plan(cast, enter(cast.noor), day="2027-03-28", start="02:30").content.decode()
    assert "That time does not exist" in text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("day", "start", "utc"),
    [
        ("2027-03-28", "03:30", "2027-03-28 01:30"),
        ("2026-10-25", "02:30", "2026-10-25 00:30"),
        ("2026-10-26", "15:30", "2026-10-26 14:30"),
    ],
)
def test_wall_time_becomes_utc(cast: Cast, enter: Enter, day: str, start: str, utc: str) -> None:
    plan(cast, enter(cast.noor), day=day, start=start)
    assert Meeting.objects.get().starts_at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M") == utc


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"minutes": 4}, "greater than or equal to 5"),
        ({"minutes": 601}, "less than or equal to 600"),
        ({"minutes": "9" * 40}, "less than or equal to 600"),
        ({"day": ""}, "This field is required."),
        ({"day": "31-02-2027"}, "Enter a valid date."),
        ({"day": "0001-01-01"}, "Check the year of this date."),
        ({"day": "9999-12-31"}, "Check the year of this date."),
        ({"start": "25:00"}, "Enter a valid time."),
        ({"kind": "feest"}, "Select a valid choice."),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"link": "ftp://voorbeeld.nl/x"}, "Enter a valid URL."),
        ({"place": "x" * 121}, "at most 120 characters"),
        ({"place": "x" * 1_000_000}, "at most 120 characters"),
        ({"place": "a\x00b"}, "Null characters are not allowed."),
        ({"about_change": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_said_and_kept(cast: Cast, enter: Enter, changed: dict[str, Any], message: str) -> None:
    text = plan(cast, enter(cast.noor), **changed).content.decode()
    assert message in text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("minutes", [5, 600])
def test_the_shortest_and_the_longest(cast: Cast, enter: Enter, minutes: int) -> None:
    plan(cast, enter(cast.noor), minutes=minutes)
    assert Meeting.objects.get().minutes == minutes


@pytest.mark.parametrize("place", ["zaal 🌱", "غرفة ١٢", "<i>aula</i>"])
def test_any_real_place_is_kept(cast: Cast, enter: Enter, place: str) -> None:
    text = plan(cast, enter(cast.noor), place=place).content.decode()
    assert Meeting.objects.get().place == place
    assert "<i>aula</i>" not in text


def test_a_past_date_is_saved_with_a_warning(cast: Cast, enter: Enter) -> None:
    day = (timezone.localdate() - dt.timedelta(days=2)).isoformat()
    assert "This date is in the past." in plan(cast, enter(cast.noor), day=day).content.decode()
    assert Meeting.objects.count() == 1


def test_another_school_year_is_saved_with_a_warning(cast: Cast, enter: Enter) -> None:
    day = dt.date(cast.group.year.starts + 1, 9, 1).isoformat()
    assert "outside school year" in plan(cast, enter(cast.noor), day=day).content.decode()
    assert Meeting.objects.count() == 1


def test_another_meeting_of_a_member_is_a_warning(cast: Cast, enter: Enter) -> None:
    other = make_group(cast.zandplaat, "Geheime groep", [cast.noor, cast.tom, cast.ilse])
    day = timezone.localdate() + dt.timedelta(days=10)
    clash = dt.datetime.combine(day, dt.time(14, 45), tzinfo=AMSTERDAM)
    make_meeting(other, starts_at=clash, minutes=46)
    text = plan(cast, enter(cast.samir)).content.decode()
    assert "Noor, Tom: can&#x27;t then." in text
    assert "Geheime groep" not in text
    assert Meeting.objects.filter(group=cast.group).count() == 1


def test_a_meeting_at_another_school_is_not_told(cast: Cast) -> None:
    here, there = make_meeting(cast.group), make_meeting(make_group(cast.duin, "Bovenschools", [cast.noor]))
    for meeting in (here, there):
        assert agenda_around(meeting, whole=True).cannot(meeting) == []


@pytest.mark.parametrize(("start", "minutes"), [((14, 30), 60), ((16, 30), 60)])
def test_before_and_after_is_no_clash(cast: Cast, enter: Enter, start: tuple[int, int], minutes: int) -> None:
    other = make_group(cast.zandplaat, "Anders", [cast.noor])
    day = timezone.localdate() + dt.timedelta(days=10)
    make_meeting(
        other, starts_at=dt.datetime.combine(day, dt.time(*start), tzinfo=AMSTERDAM), minutes=minutes
    )
    assert "another meeting" not in plan(cast, enter(cast.samir)).content.decode()


def test_planned_hours_follow_the_meeting(cast: Cast, enter: Enter) -> None:
    client = enter(cast.noor)
    plan(cast, client)
    meeting = Meeting.objects.get()
    assert {line.membership.person for line in HourLine.objects.all()} == set(cast.members)
    assert {(row.kind, row.minutes, row.day, row.source) for row in HourLine.objects.all()} == {
        ("planned", 60, meeting.day, f"meeting:{meeting.pk}")
    }
    later = timezone.localdate() + dt.timedelta(days=20)
    change(client, meeting, filled(day=later.isoformat(), minutes=90))
    assert set(HourLine.objects.values_list("minutes", "day")) == {(90, later)}
    assert HourLine.objects.count() == 5
    client.post(at(meeting, "cancel_meeting"))
    assert not HourLine.objects.exists()
    client.post(at(meeting, "restore_meeting"))
    assert HourLine.objects.count() == 5


def test_without_consent_nothing_is_booked(cast: Cast, enter: Enter) -> None:
    Consent.objects.all().delete()
    plan(cast, enter(cast.noor))
    assert Meeting.objects.exists()
    assert not HourLine.objects.exists()


def test_consent_taken_back_clears_planned_hours_at_the_next_change(cast: Cast, enter: Enter) -> None:
    client = enter(cast.noor)
    plan(cast, client)
    Consent.objects.update(revoked_at=timezone.now())
    change(client, Meeting.objects.get(), filled(minutes=90))
    assert not HourLine.objects.exists()


def test_hours_of_a_colleague_from_a_school_without_consent_are_not_booked(cast: Cast) -> None:
    guest = make_place(cast.group, make_person("Dirk Duin", cast.duin))
    meeting = make_meeting(cast.group)
    present = [place.membership for place in cast.group.current_members()]
    meeting.book_planned()
    assert meeting.record_held(present)
    assert not HourLine.objects.filter(membership=guest.membership).exists()
    assert {line.kind for line in HourLine.objects.all()} == {"held"}, "what is held is planned no more"
    assert HourLine.objects.count() == 5
    assert not meeting.attendances.filter(membership=guest.membership).exists()
    consent(cast.duin)
    assert meeting.record_held(present)
    assert HourLine.objects.filter(membership=guest.membership).get().kind == "held"


def test_open_look_backs_wait_for_the_next_meeting(cast: Cast) -> None:
    first, second = (
        make_meeting(cast.group),
        make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=9)),
    )
    plan_made = ActionPlan.objects.create(owner=cast.noor, intention="Ik vraag door")
    row = LookBack.objects.create(group=cast.group, action_plan=plan_made, meeting=first)
    first.cancel(timezone.now())
    row.refresh_from_db()
    assert row.meeting == second
    second.cancel(timezone.now())
    row.refresh_from_db()
    assert row.meeting is None
    third = Meeting(group=cast.group, starts_at=timezone.now() + dt.timedelta(days=12))
    third.plan(timezone.now())
    row.refresh_from_db()
    assert row.meeting == third


def test_changing(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    client = enter(cast.samir)
    assert 'value="lokaal 12"' in client.get(at(meeting, "change_meeting")).content.decode()
    change(client, meeting, filled(place="aula", minutes=45))
    meeting.refresh_from_db()
    assert (meeting.place, meeting.minutes) == ("aula", 45)


def test_what_was_held_or_cancelled_is_not_changed(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    client = enter(cast.samir)
    for state in (MeetingState.HELD, MeetingState.CANCELLED):
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        answer = client.post(at(meeting, "change_meeting"), filled(place="aula"))
        assert "Only a planned meeting can be changed." in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.place == "lokaal 12"


def test_cancelling_asks_first_and_can_be_undone(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    client = enter(cast.noor)
    assert "Cancel the meeting?" in client.get(at(meeting, "cancel_meeting")).content.decode()
    assert Meeting.objects.get().is_planned
    text = client.post(at(meeting, "cancel_meeting"), follow=True).content.decode()
    assert "This meeting is cancelled" in text
    assert "I can&#x27;t come" not in text
    again = client.post(at(meeting, "cancel_meeting"), follow=True).content.decode()
    assert "Only a planned meeting can be cancelled." in again
    assert "goes on after all" in client.post(at(meeting, "restore_meeting"), follow=True).content.decode()
    assert Meeting.objects.get().is_planned
    twice = client.post(at(meeting, "restore_meeting"), follow=True).content.decode()
    assert "Only a cancelled meeting can be restored." in twice


def test_a_held_meeting_is_not_cancelled(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    meeting.record_held([])
    text = enter(cast.karin).post(at(meeting, "cancel_meeting"), follow=True).content.decode()
    assert "Only a planned meeting can be cancelled." in text
    assert "This meeting has been held." in text


def test_i_cannot_and_i_can_after_all(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    client = enter(cast.noor)
    for _time in range(2):
        text = client.post(at(meeting, "cannot_come"), follow=True).content.decode()
    assert "I can come after all" in text
    assert Answer.objects.get(comes=False).member.person == cast.noor
    assert "Noor de Wit" in enter(cast.karin).get(at(meeting)).content.decode()
    group_page = client.get(reverse("group", args=[cast.group.pk])).content.decode()
    assert "you can&#x27;t come" in group_page or "you can't come" in group_page
    text = client.post(at(meeting, "can_come"), follow=True).content.decode()
    assert "Nobody has called off." in text
    assert not Answer.objects.not_coming().exists()


def test_a_meeting_cancelled_while_its_session_runs_is_held_after_all(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    meeting.cancel(timezone.now())
    assert meeting.record_held([place.membership for place in cast.group.current_members()])
    assert Meeting.objects.get().state == MeetingState.HELD
    assert meeting.record_held([]) is False, "a second session of it"
    for verb in ("restore_meeting", "cancel_meeting"):
        text = enter(cast.karin).post(at(meeting, verb), follow=True).content.decode()
        assert "meeting can be" in text
    assert Meeting.objects.get().state == MeetingState.HELD


@pytest.mark.parametrize("end", ["held", "cancelled", "over"])
def test_who_called_off_is_not_read_afterwards(cast: Cast, enter: Enter, end: str) -> None:
    """With the PMR's consent too: that is about who was there."""
    meeting = make_meeting(cast.group)
    meeting.call_off(cast.noor, timezone.now())
    karin = enter(cast.karin)
    assert "Noor de Wit" in karin.get(at(meeting)).content.decode()
    if end == "over":
        Meeting.objects.update(starts_at=timezone.now() - dt.timedelta(minutes=60))
    else:
        Meeting.objects.update(state=end)
    text = karin.get(at(meeting)).content.decode()
    assert "Noor de Wit" not in text and "Nobody has called off." not in text


@pytest.mark.parametrize("verb", ["cannot_come", "can_come"])
def test_calling_off_what_is_not_planned(cast: Cast, enter: Enter, verb: str) -> None:
    meeting = make_meeting(cast.group)
    meeting.cancel(timezone.now())
    text = enter(cast.noor).post(at(meeting, verb), follow=True).content.decode()
    assert "not planned any more" in text
    assert not Answer.objects.not_coming().exists()


VERBS = ["change_meeting", "cancel_meeting", "restore_meeting", "cannot_come", "can_come"]


@pytest.mark.parametrize("verb", ["meeting", *VERBS])
@pytest.mark.parametrize(
    ("who", "status"),
    [("hanneke", 403), ("bram", 404), ("gone", 404), ("ilse", 404), ("olaf", 404), ("vera", 404)],
)
def test_others_stay_out(cast: Cast, enter: Enter, who: str, status: int, verb: str) -> None:
    meeting = make_meeting(cast.group)
    client = enter(getattr(cast, who))
    answer = client.get(at(meeting)) if verb == "meeting" else client.post(at(meeting, verb), filled())
    assert answer.status_code == status
    meeting.refresh_from_db()
    assert (meeting.state, meeting.place) == ("planned", "lokaal 12")


def test_who_is_asked_in_and_another_coordinator_stay_out(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    cast.group.propose(cast.ilse.memberships.get(), timezone.now())
    other = make_person("Coba Duin", cast.duin, Role.COORDINATOR)
    assert enter(cast.ilse).get(at(meeting)).status_code == 404
    assert enter(other).get(at(meeting)).status_code == 404


@pytest.mark.parametrize("verb", ["cannot_come", "can_come"])
def test_the_coordinator_does_not_call_off_for_others(cast: Cast, enter: Enter, verb: str) -> None:
    assert enter(cast.karin).post(at(make_meeting(cast.group), verb)).status_code == 403


@pytest.mark.parametrize("verb", ["cannot_come", "can_come"])
def test_verbs_are_posts(cast: Cast, enter: Enter, verb: str) -> None:
    assert enter(cast.noor).get(at(make_meeting(cast.group), verb)).status_code == 405


def test_an_unknown_meeting_is_404(cast: Cast, enter: Enter) -> None:
    client = enter(cast.noor)
    assert client.get("/bijeenkomst/0/").status_code == 404
    assert client.get(f"/bijeenkomst/{10**30}/").status_code == 404


def test_statements_do_not_grow(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    meeting.call_off(cast.noor, timezone.now())
    client = enter(cast.noor)
    with_one = statements(client, at(meeting))
    for person in (cast.samir, cast.tom):
        meeting.call_off(person, timezone.now())
    assert statements(client, at(meeting)) == with_one <= 12
