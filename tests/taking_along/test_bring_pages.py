"""The pages of bringing in: the ZIP, what it would change, the yes; theirs alone, for an hour, once."""

from __future__ import annotations

import datetime as dt
import os
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from coaching.taking_along import turns, waiting
from portfolio.models import ActionPlan, DevelopmentPlan, Entry, EntryFile
from tests.people import Cast
from tests.taking_along.conftest import packed, upload
from tests.taking_along.test_bring import everything, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]


def test_brought_looked_at_and_confirmed_on_the_pages(
    whole: DevelopmentPlan, cast: Cast, client: Client
) -> None:
    there = set(waiting.folder().glob("*"))
    reply = upload(client, cast.vera, packed(cast.noor))
    address = reply.url
    assert re.fullmatch(r"/meenemen/meegebracht/[0-9a-f]{32}/", address)
    before = everything()
    page = client.get(address).content.decode()
    assert "Wat je meebrengt" in page and cast.noor.name in page
    assert "De naam in deze ZIP is niet die van jou" in page
    assert everything() == before
    done = client.post(f"{address}inlezen/", follow=True)
    assert "Het staat erin" in done.content.decode() and done.redirect_chain == [(address, 302)]
    assert told(cast.vera) == told(cast.noor)
    [left] = set(waiting.folder().glob("*")) - there
    assert left.suffix == ".report"


def test_a_yes_said_twice_is_done_once(whole: DevelopmentPlan, cast: Cast, client: Client) -> None:
    address = upload(client, cast.vera, packed(cast.noor)).url
    key = {"once_key": "5f2c6f0e-9c0c-4a51-8a7e-1a2b3c4d5e6f"}
    client.post(f"{address}inlezen/", key)
    before = everything()
    second = client.post(f"{address}inlezen/", key, follow=True)
    assert "Het staat erin" in second.content.decode() and everything() == before


def test_it_can_be_thrown_away(whole: DevelopmentPlan, cast: Cast, client: Client) -> None:
    address = upload(client, cast.vera, packed(cast.noor)).url
    reply = client.post(f"{address}weg/", follow=True)
    assert "Weggegooid" in reply.content.decode()
    assert not list(waiting.folder().glob("*"))
    assert client.get(address).status_code == 404 and client.post(f"{address}weg/").status_code == 404


def test_nobody_else_finds_it_and_after_an_hour_nobody_does(
    whole: DevelopmentPlan, cast: Cast, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    callbacks = django_capture_on_commit_callbacks
    address = upload(client, cast.vera, packed(cast.noor)).url
    other = Client()
    other.force_login(cast.tom)
    for path in (address, f"{address}inlezen/", f"{address}weg/"):
        assert (other.get(path) if path == address else other.post(path)).status_code == 404
    token = address.split("/")[-2]
    assert waiting.find(cast.vera.pk, token, timezone.now())
    later = timezone.now() + dt.timedelta(minutes=61)
    assert waiting.find(cast.vera.pk, token, later) is None
    with callbacks(execute=True):
        assert waiting.forget_old(timezone.now()) == 0
    assert waiting.forget_old(later) == 1 and client.get(address).status_code == 200  # a dry run
    with callbacks(execute=True):
        assert waiting.forget_old(later) == 1
    assert client.get(address).status_code == 404
    assert waiting.find(cast.vera.pk, "../../x", timezone.now()) is None


def test_a_second_one_takes_the_place_of_the_first(
    whole: DevelopmentPlan, cast: Cast, client: Client
) -> None:
    first = upload(client, cast.vera, packed(cast.noor)).url
    second = upload(client, cast.vera, packed(cast.noor)).url
    assert client.get(first).status_code == 404 and client.get(second).status_code == 200
    [kept] = waiting.folder().glob("*")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_the_next_one_throws_away_what_is_old(cast: Cast) -> None:
    """Of anybody: the clean-up comes at night only."""
    token = waiting.put(cast.tom.pk, [b"oud"])
    old = waiting.path_of(cast.tom.pk, token)
    past = (timezone.now() - dt.timedelta(minutes=61)).timestamp()
    os.utime(old, (past, past))
    waiting.put(cast.vera.pk, [b"nieuw"])
    assert not old.exists()


def test_one_that_breaks_off_leaves_nothing_and_the_one_before_stays(cast: Cast) -> None:
    first = waiting.path_of(cast.vera.pk, waiting.put(cast.vera.pk, [b"eerste"]))

    def breaks() -> Iterator[bytes]:
        yield b"half"
        raise OSError("schijf vol")

    with pytest.raises(OSError, match="schijf vol"):
        waiting.put(cast.vera.pk, breaks())
    assert list(waiting.folder().glob("*")) == [first]


def test_one_zip_is_read_at_a_time(
    whole: DevelopmentPlan, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another is being read nothing happens; what waits is there afterwards."""
    data = packed(cast.noor)
    address = upload(client, cast.vera, data).url
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    before = everything()
    with turns.room.turn(cast.tom.pk):
        asked = [client.get(address), client.post(f"{address}inlezen/"), upload(client, cast.vera, data)]
    for reply in asked:
        assert (
            reply.status_code == 503 and "Er wordt al een ander ZIP-bestand gelezen" in reply.content.decode()
        )
    assert everything() == before and client.get(address).status_code == 200


def test_nobody_brings_one_after_the_other(
    whole: DevelopmentPlan, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(turns, "TIMES", 2)
    address = upload(client, cast.vera, packed(cast.noor)).url
    assert client.get(address).status_code == 200
    assert [client.get(address).status_code, client.post(f"{address}inlezen/").status_code] == [503, 503]
    assert not Entry.objects.filter(owner=cast.vera).exists()


def say_yes(client: Client, address: str, ready: threading.Barrier) -> None:
    ready.wait()
    try:
        assert client.post(f"{address}inlezen/").status_code == 302
    finally:
        connection.close()


@pytest.mark.postgresql  # the database of the tests on SQLite is one connection's memory
@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_say_yes_at_the_same_moment_bring_one(
    whole: DevelopmentPlan, cast: Cast, client: Client
) -> None:
    address = upload(client, cast.vera, packed(cast.noor)).url
    ready = threading.Barrier(2)
    threads = [threading.Thread(target=say_yes, args=(client, address, ready)) for _tab in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told(cast.vera) == told(cast.noor)
    counts = [model.objects.filter(owner=cast.vera).count() for model in (Entry, ActionPlan, DevelopmentPlan)]
    assert counts == [3, 1, 1] and EntryFile.objects.filter(entry__owner=cast.vera).count() == 3
    report = waiting.report_of(cast.vera.pk, address.split("/")[-2], timezone.now())
    assert report is not None and sum(line["new"] for line in report["lines"]) > 0
