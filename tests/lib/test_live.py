"""Streams and fragments, asked for as a browser would."""

import asyncio
import threading
import time
from typing import Any

import pytest
import time_machine

from coaching.lib.live import seat as seats
from coaching.lib.live.seat import Seat
from coaching.lib.live.source import Look

from .live_scene import (
    SEAT,
    SECRET,
    FakeSource,
    Visit,
    changed,
    cookie,
    fragment,
    live,
    open_stream,
    play,
    until,
)


def test_a_stream_tells_the_version_at_once() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = Visit(app, "/live/7/stream", cookie())
            assert await visit.event() == "retry: 2000"
            assert await visit.event() == changed(3)
            assert visit.status == 200
            assert visit.headers["content-type"] == "text/event-stream"
            assert visit.headers["cache-control"] == "no-store"
            assert visit.headers["x-accel-buffering"] == "no"
            assert visit.headers["x-content-type-options"] == "nosniff"

    play(scene)


def test_a_stream_tells_of_a_change_published_from_another_thread() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit, other = await open_stream(app), await open_stream(app, Seat("8", 1, "login-1"))
            source.versions["7"] = 4
            await asyncio.to_thread(app.hub.publish, "7", 4)
            assert await visit.event() == changed(4)
            assert set(source.forgotten) == {"7"}, "nothing of before is kept where it was rendered either"
            app.hub.publish("8", 2)
            assert await other.event() == changed(2), "the other channel heard only its own change"

    play(scene)


def test_the_same_change_heard_twice_is_told_once() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = await open_stream(app)
            for version in (4, 4, 3, 5):
                app.hub.publish("7", version)
                await asyncio.sleep(0)
            heard = [await visit.event()]
            while heard[-1] != changed(5):
                heard.append(await visit.event())
            assert heard in ([changed(4), changed(5)], [changed(5)])

    play(scene)


def test_a_change_during_the_first_look_is_not_missed() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            await app.start()
            looked, go_on = threading.Event(), threading.Event()
            found = source.admit

            def slowly(seats: list[Seat]) -> list[Look | None]:
                looked.set()
                go_on.wait(5)
                return found(seats)

            source.admit = slowly  # type: ignore[method-assign]
            visit = Visit(app, "/live/7/stream", cookie())
            await until(looked.is_set)
            app.hub.publish("7", 4)
            await asyncio.sleep(0)
            go_on.set()
            heard = [await visit.event() for _ in range(3)]
            assert heard[-1] == changed(4)

    play(scene)


def test_heartbeats_keep_a_quiet_stream_open() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source, heartbeat=0.02) as app:
            visit = await open_stream(app)
            assert [await visit.event(), await visit.event()] == [":", ":"]

    play(scene)


def test_a_heartbeat_finds_a_change_nobody_announced() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source, heartbeat=0.05) as app:
            visit = await open_stream(app)
            source.versions["7"] = 9
            heard = await visit.event()
            assert (heard if heard != ":" else await visit.event()) == changed(9)

    play(scene)


@pytest.mark.parametrize("moment", ["change", "heartbeat"])
def test_a_stream_closes_when_its_person_is_no_longer_welcome(moment: str) -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source, heartbeat=0.1 if moment == "heartbeat" else 15.0) as app:
            visit = await open_stream(app)
            del source.guests[1]
            if moment == "change":
                app.hub.publish("7", 4)
            told = await visit.event()
            while told == ":":
                told = await visit.event()
            assert told == "event: closed\ndata: closed"
            assert await visit.event() == ""
            await visit.task
            assert app.hub.listeners("7") == 0

    play(scene)


def test_a_stream_whose_cookie_expired_ends_so_that_the_browser_returns() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = await open_stream(app)
            with time_machine.travel(time.time() + seats.MAX_AGE + 60):
                app.hub.publish("7", 4)
                assert await visit.event() == ""

    play(scene)


def test_a_browser_that_leaves_leaves_nothing_behind() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            await app.start()
            before = asyncio.all_tasks()
            visits = [await open_stream(app) for _ in range(5)]
            assert app.hub.listeners("7") == 5
            for visit in visits:
                visit.hang_up()
            await asyncio.gather(*(visit.task for visit in visits))
            await until(lambda: asyncio.all_tasks() == before)
            assert app.hub.listeners("7") == 0

    play(scene)


def test_a_stream_the_server_cancels_ends_as_an_orderly_answer() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = await open_stream(app)
            visit.task.cancel()
            assert await visit.event() == ""
            assert app.hub.listeners("7") == 0

    play(scene)


def test_a_send_that_fails_ends_the_stream_quietly(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(source: FakeSource) -> None:
        async def broken(message: Any) -> None:
            raise OSError("connection lost")

        async with live(source) as app:
            visit = await open_stream(app)
            scope = {"type": "http", "method": "GET", "path": "/live/7/stream", "query_string": b""}
            scope["headers"] = [(b"cookie", cookie().encode())]
            await app(scope, asyncio.Queue[Any]().get, broken)
            assert app.hub.listeners("7") == 1, "only the other stream is left"
            visit.hang_up()

    play(scene)
    assert caplog.records == []


def test_a_fragment_carries_its_version_and_safe_headers() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit, html = await fragment(app)
            assert (visit.status, html) == (200, "<p>eerste participant nl ✓</p>")
            assert visit.headers == {
                "content-type": "text/html; charset=utf-8",
                "content-length": str(len(html.encode())),
                "x-version": "3",
                "cache-control": "no-store",
                "vary": "Cookie",
                "x-content-type-options": "nosniff",
                "content-security-policy": "default-src 'none'",
                "referrer-policy": "same-origin",
                "x-frame-options": "DENY",
            }

    play(scene)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?v=2", 200),
        ("?v=3", 204),
        ("?v=4", 204),
        ("?v=-5", 200),
        ("?v=drie", 200),
        ("?v=", 200),
        ("?x=9", 200),
    ],
)
def test_a_fragment_comes_only_when_newer_than_the_screen(query: str, status: int) -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit, html = await fragment(app, query)
            assert visit.status == status
            assert visit.headers["x-version"] == "3"
            assert bool(html) == (status == 200)

    assert len(play(scene).rendered) == (1 if status == 200 else 0)


def test_fifty_screens_share_one_rendering() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            source.may_finish.clear()
            asking = [asyncio.create_task(fragment(app, "?v=1")) for _ in range(50)]
            await until(source.rendering.is_set)
            source.may_finish.set()
            answers = await asyncio.gather(*asking)
            assert {(visit.status, html) for visit, html in answers} == {
                (200, "<p>eerste participant nl ✓</p>")
            }
            await fragment(app)

    assert play(scene).rendered == [("7", "participant", "nl")]


def test_audiences_and_languages_do_not_share_a_fragment() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            answers = [await fragment(app, seat=Seat("7", user, "login")) for user in (1, 2, 3, 2)]
            texts = [html for _, html in answers]
            assert texts[0] == "<p>eerste participant nl ✓</p>"
            assert texts[1] == texts[3] == "<p>eerste presenter nl ✓</p>"
            assert texts[2] == "<p>eerste participant en ✓</p>"

    assert len(play(scene).rendered) == 3


def test_one_screen_leaving_does_not_stop_the_rendering_for_others() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            source.may_finish.clear()
            first = Visit(app, "/live/7/fragment", cookie())
            await until(source.rendering.is_set)
            second = Visit(app, "/live/7/fragment", cookie())
            first.task.cancel()
            await first.task
            source.may_finish.set()
            assert "eerste" in await second.whole()

    assert len(play(scene).rendered) == 1


def test_a_screen_told_of_a_change_never_gets_the_fragment_of_before() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = await open_stream(app)
            await fragment(app)
            source.words = "tweede"  # the version read stays 3: only dropping the cache can show this
            app.hub.publish("7", 4)
            assert await visit.event() == changed(4)
            _, html = await fragment(app)
            assert "tweede" in html

    play(scene)


def test_a_rendering_overtaken_by_a_change_is_not_kept() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = await open_stream(app)
            source.may_finish.clear()
            early = asyncio.create_task(fragment(app))
            await until(source.rendering.is_set)
            source.words = "tweede"
            app.hub.publish("7", 4)
            assert await visit.event() == changed(4)
            source.may_finish.set()
            await early
            assert len(app.hub.fragments) == 0
            assert "tweede" in (await fragment(app))[1]

    play(scene)


REFUSED = {
    "no cookie": ("/live/7/stream", ""),
    "other name": ("/live/7/stream", "sessionid=abc"),
    "tampered": ("/live/7/stream", "live=tampered"),
    "not ascii": ("/live/7/stream", "live=\xff\xfe"),
    "other channel": ("/live/8/stream", "SEAT"),
    "no such session": ("/live/9/stream", "NOBODY"),
    "logged out": ("/live/7/stream", "OUT"),
    "not a guest": ("/live/7/stream", "STRANGER"),
    "fragment without cookie": ("/live/7/fragment", ""),
    "fragment of another channel": ("/live/8/fragment", "SEAT"),
    "fragment after log-out": ("/live/7/fragment?v=1", "OUT"),
    "unknown page": ("/live/7/other", "SEAT"),
    "no number": ("/live/seven/stream", "SEAT"),
    "deeper": ("/live/7/stream/x", "SEAT"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_who_may_not_look_gets_404(case: str) -> None:
    path, given = REFUSED[case]
    made = {"SEAT": SEAT, "OUT": Seat("7", 1, "old"), "STRANGER": Seat("7", 99, "login")}
    made["NOBODY"] = Seat("9", 1, "login")

    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = Visit(app, path, cookie(made[given]) if given in made else given)
            assert await visit.whole() == "Not found"
            assert visit.status == 404
            assert visit.headers["content-type"].startswith("text/plain")
            assert app.hub.listeners("7") == 0

    assert play(scene).rendered == []


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "DELETE"])
def test_only_get_is_answered(method: str) -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = Visit(app, "/live/7/fragment", cookie(), method)
            await visit.whole()
            assert (visit.status, visit.headers["allow"]) == (405, "GET")

    play(scene)


@pytest.mark.parametrize("where", ["admit", "render"])
def test_an_error_gives_500_without_details_in_answer_or_log(
    where: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(source: FakeSource) -> None:
        source.trouble = {where}
        async with live(source) as app:
            visit, text = await fragment(app)
            assert (visit.status, text) == (500, "Server error")
            source.trouble = set()
            assert (await fragment(app))[0].status == 200, "a failed rendering is not kept"

    play(scene)
    assert SECRET not in caplog.text
    assert "live answer failed: ValueError at" in caplog.text


def test_an_error_in_an_open_stream_ends_it(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visit = await open_stream(app)
            source.trouble = {"admit"}
            app.hub.publish("7", 4)
            assert await visit.event() == ""

    play(scene)
    assert SECRET not in caplog.text
