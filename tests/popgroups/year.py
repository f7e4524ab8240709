"""A coordinator at the start of the school year 2026–2027, and filling in a series as she does."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.models import Meeting, PopGroup
from schools.holidays import seed_holidays
from schools.models import SchoolYear
from tests.people import Cast

if TYPE_CHECKING:
    from .conftest import Enter

START_OF_YEAR = dt.datetime(2026, 8, 24, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def start_of_year() -> Iterator[None]:
    with time_machine.travel(START_OF_YEAR, tick=False):
        yield


@pytest.fixture
def karin(cast: Cast, enter: Enter) -> Client:
    """The coordinator, logged in; the holidays are known and the groups are of this school year."""
    seed_holidays()
    PopGroup.objects.update(year=SchoolYear.of(timezone.localdate()))
    return enter(cast.karin)


def filled(cast: Cast, **changed: Any) -> dict[str, Any]:
    form = {
        "groups": [cast.group.pk],
        "rhythm": "times",
        "times": 7,
        "weeks": "",
        "weekday": "2",
        "suits": "on",
        "start": "15:30",
        "minutes": 90,
        "first": "2026-08-31",
        "last": "2027-07-09",
        "kind": "intervision",
        "place": "lokaal 9",
        "about_change": "",
        "once_key": str(uuid.uuid4()),
    }
    return form | changed


def shown(client: Client, cast: Cast, form: dict[str, Any]) -> tuple[str, list[str]]:
    """The fingerprint and the keys of the dates on the preview."""
    text = client.post(reverse("plan_series", args=[cast.zandplaat.pk]), form).content.decode()
    print_ = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', text)
    assert print_, text
    return print_[1], re.findall(r'name="keep" value="([^"]+)"', text)


def keep(client: Client, cast: Cast, form: dict[str, Any]) -> Any:
    print_, keys = shown(client, cast, form)
    sent = {"keep": keys, **form, "shown": print_, "save": "1"}
    return client.post(reverse("plan_series", args=[cast.zandplaat.pk]), sent, follow=True)


def tuesday(hour: int = 13) -> dt.datetime:
    return dt.datetime(2026, 9, 15, hour, 30, tzinfo=dt.UTC)


def change(client: Client, meeting: Meeting, form: dict[str, Any]) -> Any:
    """Sends ``form``, and presses the button of the page that asks, if it asks."""
    page = reverse("change_meeting", args=[meeting.pk])
    reply = client.post(page, form)
    found = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', reply.content.decode())
    return client.post(page, form | {"shown": found[1]}) if found else reply


def seen_on(client: Client, page: str) -> dict[str, Any]:
    """What the page before publishing posts, with the ticks as they stand."""
    text = client.get(page).content.decode()
    return publishing(text)


def publishing(text: str) -> dict[str, Any]:
    hidden = dict(re.findall(r'name="(seen|shown)"[^>]*value="([0-9a-f]{64})"', text))
    assert len(hidden) == 2, text
    return hidden | {"groups": re.findall(r'name="groups" value="(\d+)" form="publish" checked', text)}
