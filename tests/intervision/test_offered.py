"""What the page of a meeting offers of sessions."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import Cast, make_meeting, make_session


@pytest.mark.parametrize(("days", "offered"), [(-1, False), (0, True), (14, True), (15, False)])
def test_a_session_is_offered_from_the_day_itself_for_two_weeks(cast: Cast, days: int, offered: bool) -> None:
    meeting = make_meeting(cast.group, starts_at=timezone.now() - dt.timedelta(days=days))
    client = Client()
    client.force_login(cast.noor)
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert (reverse("open_session", args=[meeting.pk]) in page) is offered


def test_after_a_session_another_is_offered_quietly(cast: Cast) -> None:
    session = make_session(make_meeting(cast.group, starts_at=timezone.now()), cast.members)
    client = Client()
    client.force_login(cast.noor)
    address = reverse("meeting", args=[session.meeting_id])
    assert "Nog een sessie openen" not in client.get(address).content.decode()
    session.cancel(by=cast.noor, at=timezone.now())
    assert "Nog een sessie openen" in client.get(address).content.decode()
