"""The secret feed: whose meetings, how long, and what a calendar program needs to follow it."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from coaching.views import FEED_TIMES
from popgroups.models import GroupMember, Meeting, MeetingState
from schools.feeds import make_feed, stop_feed
from schools.models import FeedToken, User
from schools.tokens import hashed
from tests.people import Cast, make_group, make_meeting, make_place

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
COUNTING = 6  # statements of counting how often it is asked, in a cache that is a table


@pytest.fixture(autouse=True)
def a_sunday_in_november() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def get(token: str, **headers: str) -> Any:
    return Client().get(f"/agenda/{token}.ics", headers=headers)


def events(token: str) -> dict[str, Any]:
    answer = get(token)
    assert answer.status_code == 200
    return {str(part["UID"]): part for part in Calendar.from_ical(answer.content).walk("VEVENT")}


def meeting_on(cast: Cast, days: int, **values: Any) -> Meeting:
    meeting = make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=days))
    Meeting.objects.filter(pk=meeting.pk).update(**values)
    return meeting


def test_it_holds_my_meetings_of_three_months_back_and_twelve_ahead(cast: Cast) -> None:
    mine = {meeting_on(cast, days).uid for days in (-91, -3, 5, 365)}
    for days in (-93, 367):
        meeting_on(cast, days)
    make_meeting(make_group(cast.zandplaat, "Van een ander", [cast.ilse]))
    assert set(events(make_feed(cast.noor, NOON))) == mine
    assert events(make_feed(cast.vera, NOON)) == {}


def test_it_says_when_where_and_which_group_and_nothing_else(cast: Cast) -> None:
    meeting = meeting_on(cast, 5, about_change="Geheim", link="https://video.example/kamer", sequence=3)
    answer = get(make_feed(cast.noor, NOON))
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Intervisie · Bovenbouw" and event["LOCATION"] == "lokaal 12"
    assert event["UID"] == meeting.uid and event["SEQUENCE"] == 3
    text = answer.content.decode()
    assert "METHOD:PUBLISH" in text and "X-WR-CALNAME:Collegiale coaching" in text
    for word in ("Geheim", "video.example", "bijeenkomst", "Noor", "ATTENDEE", "@example.org"):
        assert word not in text, word


def test_a_concept_is_in_it_never_and_a_held_one_stays(cast: Cast) -> None:
    meeting_on(cast, 5, state=MeetingState.CONCEPT)
    held = meeting_on(cast, -5, state=MeetingState.HELD)
    assert set(events(make_feed(cast.noor, NOON))) == {held.uid}


@pytest.mark.parametrize(("days_ago", "shown"), [(0, True), (29, True), (31, False), (None, False)])
def test_what_is_cancelled_stays_thirty_days(cast: Cast, days_ago: int | None, shown: bool) -> None:
    at = None if days_ago is None else NOON - dt.timedelta(days=days_ago)
    meeting = meeting_on(cast, 60, state=MeetingState.CANCELLED, cancelled_at=at)
    found = events(make_feed(cast.noor, NOON))
    assert set(found) == ({meeting.uid} if shown else set())
    assert all(event["STATUS"] == "CANCELLED" for event in found.values())


def test_the_days_of_a_member_decide(cast: Cast) -> None:
    before, after = meeting_on(cast, 5), meeting_on(cast, 30)
    token = make_feed(cast.tom, NOON)
    GroupMember.objects.filter(membership__person=cast.tom).update(left_on=dt.date(2026, 12, 10))
    assert set(events(token)) == {before.uid}
    make_place(cast.group, cast.ilse, joined=dt.date(2026, 12, 10))
    assert set(events(make_feed(cast.ilse, NOON))) == {after.uid}
    GroupMember.objects.create(group=cast.group, membership=cast.karin.memberships.get())
    assert events(make_feed(cast.karin, NOON)) == {}, "asked in, not welcomed yet"


def test_a_change_is_there_with_its_number(cast: Cast) -> None:
    meeting = Meeting(group=cast.group, starts_at=NOON + dt.timedelta(days=5))
    meeting.plan(NOON)
    token = make_feed(cast.noor, NOON)
    meeting.change(NOON, starts_at=NOON + dt.timedelta(days=6))
    meeting.cancel(NOON)
    (event,) = events(token).values()
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")


# --- the address ---


@pytest.mark.parametrize("token", ["fout", "x" * 43, "a%2Fb", "ö", "%00"])
def test_a_wrong_address_is_no_page_and_no_log_in(cast: Cast, token: str) -> None:
    assert get(token).status_code == 404


def test_the_token_has_256_bits_and_is_kept_as_a_hash_alone(cast: Cast) -> None:
    token = make_feed(cast.noor, NOON)
    assert len(token) == 43
    assert FeedToken.objects.get().token_hash == hashed(token) != token


def test_renewing_and_stopping_kill_the_old_one(cast: Cast) -> None:
    old = make_feed(cast.noor, NOON)
    new = make_feed(cast.noor, NOON)
    assert (get(old).status_code, get(new).status_code) == (404, 200)
    stop_feed(cast.noor)
    assert get(new).status_code == 404


def test_it_dies_with_the_account(cast: Cast) -> None:
    token = make_feed(cast.noor, NOON)
    User.objects.filter(pk=cast.noor.pk).update(is_active=False)
    assert get(token).status_code == 404


def test_it_is_gone_for_good_after_a_night_with_the_account_closed(cast: Cast) -> None:
    token = make_feed(cast.noor, NOON)
    make_feed(cast.tom, NOON)
    User.objects.filter(pk=cast.noor.pk).update(is_active=False)
    call_command("clean_up", stdout=StringIO())
    User.objects.filter(pk=cast.noor.pk).update(is_active=True)
    assert get(token).status_code == 404 and FeedToken.objects.get().person == cast.tom


# --- what a calendar program needs ---


def test_the_headers(cast: Cast) -> None:
    answer = get(make_feed(cast.noor, NOON))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert answer.content.endswith(b"END:VCALENDAR\r\n")


def test_the_same_again_is_304_until_something_changed(cast: Cast) -> None:
    meeting = meeting_on(cast, 5)
    token = make_feed(cast.noor, NOON)
    mark = get(token)["ETag"]
    with time_machine.travel(NOON + dt.timedelta(hours=6)):
        again = get(token, if_none_match=mark)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    Meeting.objects.filter(pk=meeting.pk).update(place="aula")
    changed = get(token, if_none_match=mark)
    assert changed.status_code == 200 and changed["ETag"] != mark and b"LOCATION:aula" in changed.content


def test_it_is_read_only(cast: Cast) -> None:
    address = f"/agenda/{make_feed(cast.noor, NOON)}.ics"
    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"") and head["ETag"]
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)(address).status_code == 405, method


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_few_statements(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    for week in range(number):
        group = make_group(cast.zandplaat, f"Groep {week}", [cast.ilse])
        make_meeting(group, starts_at=timezone.now() + dt.timedelta(weeks=1 + week))
    token = make_feed(cast.ilse, NOON)
    with django_assert_num_queries(4 + COUNTING):
        get(token)


# --- not too often ---


def test_a_calendar_that_looks_every_five_minutes_is_never_refused(cast: Cast) -> None:
    """On five devices of one person, all day."""
    token = make_feed(cast.noor, NOON)
    with time_machine.travel(NOON + dt.timedelta(hours=1), tick=False) as clock:
        for _look in range(12):
            assert {get(token).status_code for _device in range(5)} == {200}
            clock.shift(dt.timedelta(minutes=5))


def test_a_machine_that_looks_all_the_time_is_told_when_to_come_back(cast: Cast) -> None:
    token, other = make_feed(cast.noor, NOON), make_feed(cast.tom, NOON)
    with time_machine.travel(NOON + dt.timedelta(minutes=4), tick=False) as clock:
        assert {get(token).status_code for _look in range(FEED_TIMES)} == {200}
        refused = get(token)
        assert (refused.status_code, refused["Retry-After"], refused.content) == (429, "360", b"")
        assert get(other).status_code == 200
        assert get("x" * 43).status_code == 404
        clock.shift(dt.timedelta(seconds=360))
        assert get(token).status_code == 200
