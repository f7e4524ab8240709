"""`/live/<channel>/stream` and `/live/<channel>/fragment?v=N`, outside Django's request handling."""

import asyncio
import re
from dataclasses import replace
from urllib.parse import parse_qs

from .desk import Desk
from .fragments import Fragment
from .hub import Hub
from .hub import hub as process_hub
from .log import logger, outline
from .pool import Pool
from .presence import Presence
from .reply import ClientGone, Receive, Reply, Scope, Send
from .seat import Seat, seat_from_cookies
from .source import LiveSource, Look
from .stream import Stream
from .transport import Transport, stop_tasks

PATH = re.compile(r"/live/([0-9]{1,19})/(stream|fragment)")
HEARTBEAT = 15.0


class LiveApp:
    """`poll` overrides the seconds between two looks at the change table; for tests, like `heartbeat`."""

    def __init__(
        self,
        source: LiveSource,
        *,
        hub: Hub = process_hub,
        heartbeat: float = HEARTBEAT,
        poll: float | None = None,
    ) -> None:
        self.source = source
        self.hub = hub
        hub.forgotten = source.forget
        self.pool = Pool()
        self._printers = Pool(1)  # one page after the other: two at once would both come late
        self._heartbeat = heartbeat
        self._poll = poll
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reply = Reply(send)
        try:
            await self._answer(scope, receive, reply)
        except ClientGone:
            pass
        except asyncio.CancelledError:
            # The server is stopping and its patience is over: end the stream as an orderly answer.
            await reply.finish()
        except Exception as error:
            logger.error("live answer failed: %s", outline(error))
            await reply.fail()

    async def start(self) -> None:
        """Begin listening for changes, once per event loop; every request calls this."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._starting is None:
            self._loop = loop
            self.hub.bind(loop)
            self._tasks.clear()
            self._starting = asyncio.create_task(self._begin())
        await asyncio.shield(self._starting)

    async def stop(self) -> None:
        if self._loop is asyncio.get_running_loop():
            self._loop = None
            await self.transport.stop()
            await stop_tasks(self._tasks)
        self.pool.stop()
        self._printers.stop()

    async def settled(self, seconds: float) -> None:
        """Wait until no screen is being made, at most so many seconds."""
        await self.hub.fragments.landed(seconds)

    async def _begin(self) -> None:
        self.desk = Desk(self.source, self.pool)
        self.presence = Presence(self.source, self.pool)
        self.transport = Transport(self.source, self.hub, self.pool, self._poll)
        self._tasks.append(asyncio.create_task(self.presence.run()))
        await self.transport.start()

    async def _answer(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        if scope["method"] != "GET":
            return await reply.plain(405, "Method not allowed")
        path = PATH.fullmatch(scope["path"])
        found = seat_from_cookies(_cookies(scope), path[1]) if path else None
        if path is None or found is None:
            return await reply.plain(404, "Not found")
        await self.start()
        seat, cookie = found
        if path[2] == "stream":
            stream = Stream(seat, cookie, self._heartbeat, self.hub, self.presence, self.desk.look_and_keep)
            try:
                return await stream.run(receive, reply)
            finally:
                self.desk.leave(seat)
        await self._fragment(seat, scope, reply)

    async def _fragment(self, seat: Seat, scope: Scope, reply: Reply) -> None:
        look = await self.desk.look_again(seat)
        if look is None:
            return await reply.plain(404, "Not found")
        wanted = _asked(scope, "as")
        if self.source.shows_everybody(wanted):
            look = replace(look, audience=wanted)
        if look.version <= _known_version(scope):
            return await reply.whole(204, [(b"x-version", str(look.version).encode())])
        key = (seat.channel, look.version, look.audience, look.language)
        fragment = await self.hub.fragments.get(key, lambda: self._render(seat.channel, look))
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"x-version", str(fragment.version).encode()),
        ]
        await reply.whole(200, headers, fragment.html)

    async def _render(self, channel: str, look: Look) -> Fragment:
        version, html = await self._printers.run(self.source.render, channel, look)
        return Fragment(version, html.encode())


def _cookies(scope: Scope) -> str:
    return ";".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")


def _asked(scope: Scope, name: str) -> str:
    return parse_qs(scope["query_string"].decode("latin-1")).get(name, [""])[-1]


def _known_version(scope: Scope) -> int:
    """The version the screen already shows; anything that isn't a number means: none yet."""
    given = _asked(scope, "v")
    return int(given) if re.fullmatch("[0-9]{1,18}", given) else -1
