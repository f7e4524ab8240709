"""Whether one comes: a yes or a no, never both, and asked anew when the date moves."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from coaching.lib.states import MoveRefused
from popgroups.forms import HeldForm
from popgroups.models import Answer, Meeting
from schools.models import Consent
from tests.people import Cast, consent, make_meeting, make_place
from tests.popgroups.conftest import Enter
from tests.popgroups.test_meetings import at


def test_following_the_link_of_the_mail_answers_nothing(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    client = enter(cast.noor)
    text = client.get(at(meeting)).content.decode()
    assert "I&#x27;m coming" in text or "I'm coming" in text
    for verb in ("can_come", "cannot_come"):
        assert client.get(at(meeting, verb)).status_code == 405
    assert not Answer.objects.exists()


def test_a_yes_is_shown_to_group_and_coordinator(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    client = enter(cast.noor)
    for _time in range(2):
        text = client.post(at(meeting, "can_come"), follow=True).content.decode()
    assert "The group sees that you come." in text and "You come" in text
    assert Answer.objects.get(comes=True).member.person == cast.noor
    for reader in (cast.karin, cast.tom):
        page = enter(reader).get(at(meeting)).content.decode()
        assert page.index("Who comes") < page.index("Noor de Wit") < page.index("Who can")


def test_it_is_yes_or_no(cast: Cast, enter: Enter) -> None:
    meeting, client = make_meeting(cast.group), enter(cast.noor)
    for verb, comes in (("can_come", True), ("cannot_come", False), ("can_come", True)):
        client.post(at(meeting, verb))
        assert Answer.objects.get().comes is comes


@pytest.mark.parametrize("days", [0, 1])
def test_another_date_is_asked_anew_and_another_room_is_not(cast: Cast, days: int) -> None:
    meeting = make_meeting(cast.group)
    meeting.call_on(cast.noor, timezone.now())
    meeting.call_off(cast.tom, timezone.now())
    meeting.change(timezone.now(), place="aula", starts_at=meeting.starts_at + dt.timedelta(days=days))
    assert Answer.objects.count() == 2 - 2 * days


def test_no_answer_to_what_is_not_planned(cast: Cast) -> None:
    meeting = make_meeting(cast.group)
    meeting.cancel(timezone.now())
    with pytest.raises(MoveRefused):
        meeting.call_on(cast.noor, timezone.now())
    assert not Answer.objects.exists()


def test_who_is_not_in_the_group_answers_nothing(cast: Cast, enter: Enter) -> None:
    meeting = make_meeting(cast.group)
    assert enter(cast.karin).post(at(meeting, "can_come")).status_code == 403
    assert enter(cast.ilse).post(at(meeting, "can_come")).status_code == 404
    meeting.call_on(cast.ilse, timezone.now())
    assert not Answer.objects.exists()


@pytest.mark.parametrize("reader", ["karin", "tom", "late"])
@pytest.mark.parametrize("agreed", [False, True])
def test_an_answer_is_for_planning_and_read_no_more_once_it_is_over(
    cast: Cast, enter: Enter, agreed: bool, reader: str
) -> None:
    """Whoever answered did not know whether the PMR would agree later, nor who would be in the group."""
    Consent.objects.all().delete()
    meeting = make_meeting(cast.group)
    meeting.call_on(cast.noor, timezone.now())
    meeting.call_off(cast.samir, timezone.now())
    make_place(cast.group, cast.late, joined=timezone.localdate())
    text = enter(getattr(cast, reader)).get(at(meeting)).content.decode()
    assert "Noor de Wit" in text and "Samir Haddou" in text
    if agreed:
        consent(cast.zandplaat)
    Meeting.objects.update(starts_at=timezone.now() - dt.timedelta(minutes=61))
    text = enter(getattr(cast, reader)).get(at(meeting)).content.decode()
    assert "Noor de Wit" not in text and "Samir Haddou" not in text


@pytest.mark.parametrize("agreed_before", [False, True])
def test_the_page_to_hold_a_meeting_does_not_tell_who_called_off(cast: Cast, agreed_before: bool) -> None:
    meeting = make_meeting(cast.group)
    Consent.objects.update(given_at=timezone.now() - dt.timedelta(hours=1 if agreed_before else -1))
    meeting.call_off(cast.samir, timezone.now())
    form = HeldForm(meeting=meeting, counts=True)
    ticked = {place.person for place in form.fields["present"].initial}
    assert ticked == set(cast.members)


def test_answers_go_a_fortnight_after_the_meeting(cast: Cast) -> None:
    meeting, coming = make_meeting(cast.group), make_meeting(cast.group)
    for each in (meeting, coming):
        each.call_on(cast.noor, timezone.now())
        each.call_off(cast.samir, timezone.now())
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - dt.timedelta(days=15))
    call_command("clean_up", stdout=StringIO())
    assert {answer.meeting for answer in Answer.objects.all()} == {coming}
