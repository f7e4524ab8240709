"""The hub, its fragments, and how changes and presence travel."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from django.db import connection

from coaching.lib.live import transport
from coaching.lib.live.fragments import Fragment, Fragments
from coaching.lib.live.hub import Hub, put_newest
from coaching.lib.live.hub import hub as process_hub
from coaching.lib.live.pool import Pool
from coaching.lib.live.presence import Presence
from coaching.lib.live.seat import Seat

from .live_scene import (
    SECRET,
    FakeSource,
    changed,
    fragment,
    live,
    open_stream,
    play,
    until,
)


def test_a_slow_screen_gets_only_the_newest_version() -> None:
    async def scene(source: FakeSource) -> None:
        hub = Hub()
        hub.bind(asyncio.get_running_loop())
        queue = hub.subscribe("7")
        for version in (4, 5, 6):
            hub.publish("7", version)
        await until(lambda: not queue.empty())
        assert queue.get_nowait() == 6
        assert queue.empty()

    play(scene)


def test_put_newest_replaces_what_was_waiting() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
    put_newest(queue, 4)
    put_newest(queue, 5)
    assert (queue.get_nowait(), queue.empty()) == (5, True)


def test_the_poller_finds_what_another_process_changed() -> None:
    async def scene(source: FakeSource) -> None:
        source.changes = [("7", 2), ("7", 3)]
        async with live(source, poll=0.02) as app:
            visit = await open_stream(app)
            await fragment(app)
            source.versions["7"] = 4
            source.words = "elders"
            source.changes.append(("7", 4))
            assert await visit.event() == changed(4)
            assert "elders" in (await fragment(app, "?v=3"))[1]

    play(scene)


def test_the_poller_survives_a_failing_database(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source, poll=0.02) as app:
            visit = await open_stream(app)
            source.trouble = {"changes"}
            await until(lambda: "changes not read" in caplog.text)
            source.changes.append(("7", 4))
            source.trouble = set()
            assert await visit.event() == changed(4)

    play(scene)
    assert SECRET not in caplog.text


def test_announce_wakes_the_screens_of_this_process() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source, hub=process_hub) as app:
            visit = await open_stream(app)
            await asyncio.to_thread(transport.announce, "7", 4)
            assert await visit.event() == changed(4)

    play(scene)


def test_announce_without_any_screen_does_nothing() -> None:
    Hub().publish("7", 4)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_postgresql_tells_every_process() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source, vendor="postgresql") as app:
            visit = await open_stream(app)
            await until(_listening)
            await asyncio.to_thread(_announce_elsewhere, "7", 4)
            assert await visit.event() == changed(4)
            await asyncio.to_thread(_cut_listeners)
            await until(_listening)
            await asyncio.to_thread(_announce_elsewhere, "7", 5)
            assert await visit.event() == changed(5)

    play(scene)


def _announce_elsewhere(channel: str, version: int) -> None:
    """As a second process would: this process's own hub (another than the test's) hears nothing of it."""
    transport.announce(channel, version)
    connection.close()


def _listening() -> bool:
    """Asked in a thread of its own: Django refuses queries in the thread of an event loop."""
    box: list[list[int]] = []
    asker = threading.Thread(target=lambda: box.append(_ask_listeners()))
    asker.start()
    asker.join()
    return bool(box[0])


def _ask_listeners() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %%'"
        )
        pids = [row[0] for row in cursor.fetchall()]
    connection.close()
    return pids


def _cut_listeners() -> None:
    pids = _ask_listeners()
    with connection.cursor() as cursor:
        for pid in pids:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    connection.close()


async def _with_presence(source: FakeSource, act: Callable[[Presence], Awaitable[None]]) -> None:
    presence = Presence(source, Pool(), settle=0.01, grace=0.05)
    task = asyncio.create_task(presence.run())
    try:
        await act(presence)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def test_presence_is_told_once_a_person_and_again_when_the_last_screen_closes() -> None:
    async def act(presence: Presence) -> None:
        for pair in (("7", 1), ("7", 1), ("7", 2)):
            presence.arrive(pair)
        await until(lambda: source.seen_pairs)
        presence.leave(("7", 1))
        presence.leave(("7", 2))
        await until(lambda: source.left_pairs)

    source = FakeSource()
    asyncio.run(_with_presence(source, act))
    assert source.seen_pairs == [{("7", 1), ("7", 2)}]
    assert source.left_pairs == [{("7", 2)}]


def test_presence_does_not_flicker_when_a_page_is_loaded_again() -> None:
    async def act(presence: Presence) -> None:
        presence.arrive(("7", 1))
        await until(lambda: source.seen_pairs)
        presence.leave(("7", 1))
        presence.arrive(("7", 1))
        presence.arrive(("7", 2))
        presence.leave(("7", 2))
        await until(lambda: source.left_pairs)

    source = FakeSource()
    asyncio.run(_with_presence(source, act))
    assert source.left_pairs == [{("7", 2)}]


def test_presence_repeats_everybody_at_each_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coaching.lib.live.presence.BEAT", 0.05)

    async def act(presence: Presence) -> None:
        presence.arrive(("7", 1))
        presence.arrive(("8", 2))
        await until(lambda: len(source.seen_pairs) >= 3)

    source = FakeSource()
    asyncio.run(_with_presence(source, act))
    assert source.seen_pairs[-1] == {("7", 1), ("8", 2)}


def test_presence_survives_a_failing_database(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("coaching.lib.live.presence.BEAT", 0.05)

    async def act(presence: Presence) -> None:
        source.trouble = {"seen"}
        presence.arrive(("7", 1))
        await until(lambda: "presence not recorded" in caplog.text)
        source.trouble = set()
        await until(lambda: source.seen_pairs)

    source = FakeSource()
    asyncio.run(_with_presence(source, act))
    assert SECRET not in caplog.text


def test_an_open_stream_makes_its_person_present() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            await open_stream(app)
            await until(lambda: source.seen_pairs)

    assert play(scene).seen_pairs == [{("7", 1)}]


def test_kept_fragments_are_bounded_in_number_and_size() -> None:
    async def fill(fragments: Fragments, size: int) -> int:
        for number in range(10):
            await fragments.get((str(number), 1, "a", "nl"), lambda: _made(Fragment(1, b"x" * size)))
            await asyncio.sleep(0)
        return len(fragments)

    async def _made(made: Fragment) -> Fragment:
        return made

    assert asyncio.run(fill(Fragments(limit=4), 1)) == 4
    assert asyncio.run(fill(Fragments(max_bytes=250), 100)) == 2


def test_a_change_of_a_channel_drops_its_fragments_only() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            await fragment(app)
            await fragment(app, seat=Seat("8", 1, "login"))
            app.hub.publish("7", 9)
            await asyncio.sleep(0.01)
            assert len(app.hub.fragments) == 1

    play(scene)
