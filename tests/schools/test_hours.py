"""The pages of hours: one's own, those of the school, what is set apart, and the downloads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from schools.hours import record_hours, set_allotment
from schools.models import (
    Allotment,
    HourLine,
    LineKind,
    SchoolYear,
    User,
)
from tests.people import Cast, again

from .screens import as_, membership_of

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Pages in English; the account says so."""
    User.objects.update(language="en") if False else None


def english(person: User) -> Client:
    User.objects.filter(pk=person.pk).update(language="en")
    return as_(again(person))


def text(client: Client, address: str, **asked: Any) -> str:
    reply = client.get(address, asked)
    assert reply.status_code == 200
    return str(reply.content.decode())


def allot(cast: Cast, minutes: int = 900, **terms: Any) -> Allotment:
    allotment = Allotment(school=cast.zandplaat, year=SchoolYear.of(TODAY()), minutes=minutes, **terms)
    set_allotment(allotment, TODAY())
    return allotment


def held(person: User, minutes: int, source: str = "meeting:1") -> HourLine:
    row = membership_of(person)
    return record_hours(row, kind=LineKind.HELD, day=TODAY(), minutes=minutes, source=source)
