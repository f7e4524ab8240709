"""A made-up source and a made-up browser: live tests need no models and no database."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

from coaching.lib.live import seat as seats
from coaching.lib.live.app import LiveApp
from coaching.lib.live.hub import Hub
from coaching.lib.live.seat import Seat
from coaching.lib.live.source import Look, Pair

SEAT = Seat("7", 1, "login-1")
SECRET = "wat Fatima schreef"


class FakeSource:
    def __init__(self) -> None:
        self.versions: dict[str, int] = {"7": 3, "8": 1}
        self.words = "eerste"
        self.guests = {1: ("participant", "nl"), 2: ("presenter", "nl"), 3: ("participant", "en")}
        self.batches: list[int] = []
        self.rendered: list[tuple[str, str, str]] = []
        self.changes: list[tuple[str, int]] = []
        self.forgotten: list[str] = []
        self.seen_pairs: list[set[Pair]] = []
        self.left_pairs: list[set[Pair]] = []
        self.trouble: set[str] = set()
        self.rendering = threading.Event()
        self.may_finish = threading.Event()
        self.may_finish.set()

    def admit(self, seats: list[Seat]) -> list[Look | None]:
        self._stumble("admit")
        self.batches.append(len(seats))
        return [self._look(seat) for seat in seats]

    def _look(self, seat: Seat) -> Look | None:
        version, guest = self.versions.get(seat.channel), self.guests.get(seat.user_id)
        welcome = version and guest and seat.auth_hash.startswith("login")
        return Look(*guest, version) if version and guest and welcome else None

    def shows_everybody(self, audience: str) -> bool:
        return audience == "board"

    def render(self, channel: str, look: Look) -> tuple[int, str]:
        self._stumble("render")
        self.rendered.append((channel, look.audience, look.language))
        version, words = self.versions[channel], self.words
        self.rendering.set()
        self.may_finish.wait(5)
        return version, f"<p>{words} {look.audience} {look.language} ✓</p>"

    def forget(self, channel: str) -> None:
        self.forgotten.append(channel)

    def changes_since(self, last_id: int) -> tuple[int, list[tuple[str, int]]]:
        self._stumble("changes")
        news = [] if last_id < 0 else self.changes[last_id:]
        return len(self.changes), news

    def seen(self, pairs: set[Pair]) -> None:
        self._stumble("seen")
        self.seen_pairs.append(pairs)

    def left(self, pairs: set[Pair]) -> None:
        self.left_pairs.append(pairs)

    def _stumble(self, where: str) -> None:
        if where in self.trouble:
            raise ValueError(SECRET)


class Visit:
    """One request to an ASGI app, its answer readable while it is still going on."""

    def __init__(self, app: Any, path: str, cookie: str = "", method: str = "GET", body: bytes = b"") -> None:
        path, _, query = path.partition("?")
        headers = [(b"cookie", cookie.encode("latin-1"))] if cookie else []
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode("latin-1"),
            "headers": [(b"host", b"testserver"), *headers],
            "http_version": "1.1",
        }
        self.status = 0
        self.headers: dict[str, str] = {}
        self._buffer = b""
        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._incoming.put_nowait({"type": "http.request", "body": body, "more_body": False})
        self.task = asyncio.create_task(app(scope, self._incoming.get, self._outgoing.put))

    def hang_up(self) -> None:
        self._incoming.put_nowait({"type": "http.disconnect"})

    async def chunk(self) -> bytes | None:
        """The next piece of the body, or None at its end."""
        message = await asyncio.wait_for(self._outgoing.get(), 5)
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return b""
        self._buffer += message["body"]
        return message["body"] if message.get("more_body") else None

    async def event(self) -> str:
        """The next event or comment, or an empty text at the end of the stream."""
        while b"\n\n" not in self._buffer:
            if await self.chunk() is None and b"\n\n" not in self._buffer:
                return ""
        event, self._buffer = self._buffer.split(b"\n\n", 1)
        return event.decode()

    async def whole(self) -> str:
        while await self.chunk() is not None:
            pass
        await self.task
        return self._buffer.decode()


def changed(version: int) -> str:
    return f"id: {version}\nevent: changed\ndata: {version}"


def cookie(seat: Seat = SEAT) -> str:
    return f"{seats.COOKIE}={seats.sign(seat)}"


def as_on(vendor: str) -> Any:
    return patch.object(type(connection), "vendor", vendor, create=True)


@asynccontextmanager
async def live(source: FakeSource, **options: Any) -> AsyncIterator[LiveApp]:
    """An app that hears nothing from other processes, unless `poll` or `vendor` says otherwise."""
    with as_on(options.pop("vendor", "sqlite")):
        app = LiveApp(source, hub=options.pop("hub", Hub()), **{"poll": 60.0, **options})
        try:
            yield app
        finally:
            await app.stop()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def open_stream(app: LiveApp, seat: Seat = SEAT) -> Visit:
    """A stream past its greeting: `retry` and the version it found."""
    visit = Visit(app, f"/live/{seat.channel}/stream", cookie(seat))
    assert await visit.event() == "retry: 2000"
    assert (await visit.event()).startswith("id: ")
    return visit


async def fragment(app: Any, query: str = "", seat: Seat = SEAT) -> tuple[Visit, str]:
    visit = Visit(app, f"/live/{seat.channel}/fragment{query}", cookie(seat))
    return visit, await visit.whole()


def play(scene: Callable[[FakeSource], Coroutine[Any, Any, None]]) -> FakeSource:
    source = FakeSource()
    asyncio.run(scene(source))
    return source
