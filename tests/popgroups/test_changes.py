"""Moving, cancelling and restoring ask first: from what to what, and who will get a mail."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from popgroups.models import Meeting
from schools.models import OutgoingMail
from tests.people import Cast, make_group, make_meeting
from tests.popgroups.conftest import Enter
from tests.popgroups.test_meetings import at, filled

FIVE = ["Esra Kaya", "Lieke Jansen", "Noor de Wit", "Samir Haddou", "Tom Veenstra"]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Told to everybody; on Tuesday 1 December, half past three."""
    starts_at = timezone.make_aware(dt.datetime(2026, 12, 1, 15, 30))
    planned = Meeting(group=cast.group, starts_at=starts_at, minutes=60, place="lokaal 12")
    planned.plan(timezone.now())
    OutgoingMail.objects.all().delete()
    return planned


def words(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def asked(client: Client, meeting: Meeting, back: str = "", **changed: Any) -> tuple[str, dict[str, Any]]:
    """The page that asks, and what its button posts."""
    form = filled(**{"day": "2026-12-08", "place": "lokaal 12", **changed})
    text = words(client.post(at(meeting, "change_meeting") + back, form))
    found = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', text)
    assert found, text
    return text, {**form, "shown": found[1]}


def test_moving_says_from_what_to_what_and_who_gets_a_mail(
    cast: Cast, enter: Enter, meeting: Meeting
) -> None:
    client = enter(cast.karin)
    text, form = asked(client, meeting)
    assert "5 people get a mail:" in text and ", ".join(FIVE) in text
    assert text.index("Tuesday 1 December, 15:30–16:30") < text.index("Tuesday 8 December, 15:30–16:30")
    assert "Save and mail 5 people" in text
    meeting.refresh_from_db()
    assert meeting.day == dt.date(2026, 12, 1) and not OutgoingMail.objects.exists()
    text = words(client.post(at(meeting, "change_meeting"), form, follow=True))
    assert "The meeting is changed. 5 people get a mail." in text
    meeting.refresh_from_db()
    assert meeting.day == dt.date(2026, 12, 8) and OutgoingMail.objects.count() == 5


def test_another_date_than_was_shown_is_shown_first(cast: Cast, enter: Enter, meeting: Meeting) -> None:
    client = enter(cast.karin)
    _text, form = asked(client, meeting)
    text = words(client.post(at(meeting, "change_meeting"), form | {"day": "2026-12-10"}))
    assert "Thursday 10 December" in text and "5 people get a mail:" in text
    meeting.change(timezone.now(), place="aula")  # somebody else, meanwhile
    assert "Not saved yet" in words(client.post(at(meeting, "change_meeting"), form))
    meeting.refresh_from_db()
    assert (meeting.day, meeting.place) == (dt.date(2026, 12, 1), "aula")


@pytest.mark.parametrize("state", ["concept", "planned"])
def test_what_nobody_is_told_of_is_saved_at_once(
    cast: Cast, enter: Enter, meeting: Meeting, state: str
) -> None:
    Meeting.objects.update(state=state)
    changed = {"about_change": "Groepsdoorbrekend"} if state == "planned" else {"place": "aula"}
    form = filled(**{"day": "2026-12-01", "place": "lokaal 12", **changed})
    text = words(enter(cast.karin).post(at(meeting, "change_meeting"), form, follow=True))
    assert "The meeting is changed." in text and "get a mail" not in text
    assert not OutgoingMail.objects.exists()


def test_a_date_in_the_way_is_told_before_it_is_saved(cast: Cast, enter: Enter, meeting: Meeting) -> None:
    other = make_group(cast.zandplaat, "Onderbouw", [cast.noor])
    make_meeting(other, starts_at=meeting.starts_at + dt.timedelta(days=7))
    text, _form = asked(enter(cast.karin), meeting)
    assert "On the new date" in text and "Noor: Onderbouw then." in text


def test_cancelling_and_restoring_name_who_gets_a_mail(cast: Cast, enter: Enter, meeting: Meeting) -> None:
    client = enter(cast.karin)
    for verb, said, method in (
        ("cancel_meeting", "The meeting is cancelled.", "CANCEL"),
        ("restore_meeting", "The meeting goes on after all.", "REQUEST"),
    ):
        text = words(client.get(at(meeting, verb)))
        assert "5 people get a mail:" in text and ", ".join(FIVE) in text
        assert not OutgoingMail.objects.exists()
        text = words(client.post(at(meeting, verb), follow=True))
        assert f"{said} 5 people get a mail." in text
        assert set(OutgoingMail.objects.values_list("calendar_method", flat=True)) == {method}
        OutgoingMail.objects.all().delete()


@pytest.mark.parametrize("state", ["concept", "planned", "held"])
def test_what_was_not_cancelled_is_not_asked_to_go_on(
    cast: Cast, enter: Enter, meeting: Meeting, state: str
) -> None:
    Meeting.objects.update(state=state)
    reply = enter(cast.karin).get(at(meeting, "restore_meeting"), follow=True)
    assert reply.redirect_chain == [(at(meeting), 302)]
    assert "goes on at the date it had" not in words(reply)


def test_of_what_is_over_nobody_gets_a_mail(cast: Cast, enter: Enter, meeting: Meeting) -> None:
    Meeting.objects.update(starts_at=timezone.now() - dt.timedelta(days=2))
    assert "Nobody gets a mail." in words(enter(cast.karin).get(at(meeting, "cancel_meeting")))


# -- back to where one came from ---------------------------------------------------------------------------


def test_from_the_year_plan_one_returns_there(cast: Cast, enter: Enter, meeting: Meeting) -> None:
    client, planner = enter(cast.karin), f"/scholen/{cast.zandplaat.pk}/jaarplanning/?year=2026"
    _text, form = asked(client, meeting, "?back=planner")
    for verb, sent in (("change_meeting", form), ("cancel_meeting", {}), ("restore_meeting", {})):
        address = f"{at(meeting, verb)}?back=planner"
        assert f'href="{address}"' in client.get(planner).content.decode()
        assert "Back to the year plan" in words(client.get(address))
        assert client.post(address, sent).headers["Location"] == planner


@pytest.mark.parametrize("back", ["https://kwaad.example/", "//kwaad.example", "group", "x" * 5000, ""])
def test_no_other_way_back_than_the_year_plan(cast: Cast, enter: Enter, meeting: Meeting, back: str) -> None:
    reply = enter(cast.karin).post(f"{at(meeting, 'cancel_meeting')}?back={back}")
    assert reply.headers["Location"] == at(meeting)


def test_a_member_has_no_year_plan_to_return_to(cast: Cast, enter: Enter, meeting: Meeting) -> None:
    client, address = enter(cast.noor), f"{at(meeting, 'cancel_meeting')}?back=planner"
    assert "Back to the meeting" in words(client.get(address))
    assert client.post(address).headers["Location"] == at(meeting)
