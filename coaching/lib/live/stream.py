"""One open screen: a stream of server-sent events that carries version numbers and nothing else."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .hub import GONE, Hub, put_newest
from .presence import Presence
from .reply import Receive, Reply
from .seat import Seat, unsign
from .source import Look

NO_NEWS = -2
RETRY = b"retry: 2000\n\n"
BEAT = b":\n\n"
CLOSED = b"event: closed\ndata: closed\n\n"
HEADERS = [(b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no")]


def changed(version: int) -> bytes:
    return b"id: %d\nevent: changed\ndata: %d\n\n" % (version, version)


def until_beat(heartbeat: float, now: float) -> float:
    """Seconds to wait, at most ``heartbeat``: many streams beat together, and one question checks them all."""
    together = heartbeat / 30
    return (now + heartbeat) // together * together - now


@dataclass
class Stream:
    seat: Seat
    cookie: str
    heartbeat: float
    hub: Hub
    presence: Presence
    look: Callable[[Seat], Awaitable[Look | None]]

    async def run(self, receive: Receive, reply: Reply) -> None:
        # Listening starts before the first look, so that no change falls between the two.
        queue = self.hub.subscribe(self.seat.channel)
        watcher = asyncio.create_task(self._watch(receive, queue))
        try:
            look = await self.look(self.seat)
            if look is None:
                await reply.plain(404, "Not found")
            else:
                await self._open(look, reply, queue)
        finally:
            watcher.cancel()
            self.hub.unsubscribe(self.seat.channel, queue)

    async def _watch(self, receive: Receive, queue: "asyncio.Queue[int]") -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.hub.unsubscribe(self.seat.channel, queue)
        put_newest(queue, GONE)

    async def _open(self, look: Look, reply: Reply, queue: "asyncio.Queue[int]") -> None:
        pair = (self.seat.channel, self.seat.user_id)
        self.presence.arrive(pair)
        try:
            await reply.start(200, HEADERS)
            await reply.more(RETRY)
            await self._tell(look, reply, queue)
            await reply.finish()
        finally:
            self.presence.leave(pair)

    async def _tell(self, look: Look | None, reply: Reply, queue: "asyncio.Queue[int]") -> None:
        sent = woken = NO_NEWS
        while look is not None:
            version = max(look.version, woken)
            await reply.more(changed(version) if version > sent else BEAT)
            sent = max(sent, version)
            woken = await self._next(queue, sent)
            # An expired cookie ends the stream without "closed": the browser returns with its newer one.
            if woken == GONE or unsign(self.cookie) is None:
                return
            look = await self.look(self.seat)
        await reply.more(CLOSED)

    async def _next(self, queue: "asyncio.Queue[int]", sent: int) -> int:
        """A version newer than the one sent, GONE, or NO_NEWS when a heartbeat is due."""
        try:
            async with asyncio.timeout(until_beat(self.heartbeat, time.monotonic())):
                while True:
                    version = await queue.get()
                    if version == GONE or version > sent:
                        return version
        except TimeoutError:
            return NO_NEWS
