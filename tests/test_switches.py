"""With the PMR's switch off: no address shows attendance or hours of anybody, and none records them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from schools.models import Consent, HourLine
from tests.scene import Scene
from tests.visits import Writes, text_of
from tests.walk import ROWS, Row

pytestmark = pytest.mark.django_db
NOTE, HOURS, MINUTES = "kanariebezoekuren", "33,25", 33 * 60 + 15
KEPT_IN = ('INSERT INTO "schools_hourline"', 'INSERT INTO "popgroups_attendance"')
READERS = ("participant", "coordinator", "director")
# What hours stand on; the rest of the site never reads the ledger.
ITEMS = {"attendance", "dates"}


@pytest.fixture
def booked(scene: Scene) -> Iterator[Scene]:
    """The participant's visit says how long and what."""
    with transaction.atomic():
        HourLine.objects.filter(pk=scene.visit.pk).update(minutes=MINUTES, note=NOTE)
        yield scene
        transaction.set_rollback(True)


def read(row: Row, scene: Scene, client: Client) -> str:
    with transaction.atomic():
        row.prepare(scene)
        reply = client.get(row.address(scene))
        transaction.set_rollback(True)
    return text_of(reply)


def finders(scene: Scene, clients: dict[str, Client]) -> set[tuple[str, str]]:
    """Which pages tell whom how long the participant's visit took, or what it was."""
    rows = [row for row in ROWS if row.get and row.item in ITEMS and not row.name.endswith("_pdf")]
    return {
        (role, row.name)
        for row in rows
        for role in READERS
        if row.expected(role) == "in"
        and any(word in read(row, scene, clients[role]) for word in (NOTE, HOURS))
    }


def test_hours_of_a_person_are_read_while_it_is_on_and_nowhere_while_it_is_off(
    booked: Scene, clients: dict[str, Client]
) -> None:
    on = finders(booked, clients)
    assert {("participant", "my_hours"), ("coordinator", "person_hours")} <= on
    Consent.objects.update(revoked_at=timezone.now())
    assert finders(booked, clients) == set()


def recorded(row: Row, scene: Scene, client: Client) -> list[str]:
    """What posting to ``row`` keeps of presence and hours; afterwards all is as before."""
    writes = Writes()
    with transaction.atomic():
        row.prepare(scene)
        address, data = row.address(scene), row.data(scene)
        with connection.execute_wrapper(writes):
            client.post(address, data)
        transaction.set_rollback(True)
    return [sql for sql in writes.found if sql.startswith(KEPT_IN)]


def test_nothing_records_presence_or_hours_while_it_is_off(scene: Scene, clients: dict[str, Client]) -> None:
    rows = [row for row in ROWS if row.post is not None and row.may]
    usual = [row for row in rows if row.name in ("book_hours", "correct_hours")]
    assert all(recorded(row, scene, clients[row.may.split()[0]]) for row in usual)
    with transaction.atomic():
        Consent.objects.update(revoked_at=timezone.now())
        found = {row.name for row in rows if recorded(row, scene, clients[row.may.split()[0]])}
        transaction.set_rollback(True)
    assert found == set()
