"""One hub per process: who listens to which channel, and the fragments they share."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from .fragments import Fragments

GONE = -1  # put in a queue in place of a version: the browser closed the stream


class Hub:
    def __init__(self) -> None:
        self.forgotten: Callable[[str], None] | None = None  # told too that a channel's pages are old
        self.fragments = Fragments()
        self._queues: dict[str, set[asyncio.Queue[int]]] = {}
        self._latest: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Serve this event loop from now on; what belonged to an earlier one is forgotten."""
        self.fragments = Fragments()
        self._queues.clear()
        self._latest.clear()
        self._loop = loop

    def publish(self, channel: str, version: int) -> None:
        """May be called from any thread. Does nothing in a process that serves no screens."""
        self._call(self._spread, channel, version)

    def subscribe(self, channel: str) -> "asyncio.Queue[int]":
        queue: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
        self._queues.setdefault(channel, set()).add(queue)
        return queue

    def unsubscribe(self, channel: str, queue: "asyncio.Queue[int]") -> None:
        queues = self._queues.get(channel, set())
        queues.discard(queue)
        if not queues:
            self._queues.pop(channel, None)
            self._latest.pop(channel, None)

    def listeners(self, channel: str) -> int:
        return len(self._queues.get(channel, ()))

    def _call(self, callback: Callable[..., None], *args: object) -> None:
        loop = self._loop
        if loop is not None:
            # The loop may close between two lines; nobody is left to be told then.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(callback, *args)

    def _spread(self, channel: str, version: int) -> None:
        # The same change arrives by several ways: on the spot, by NOTIFY and by the poller.
        if version <= self._latest.get(channel, GONE):
            return
        self.fragments.drop(channel)
        if self.forgotten:
            self.forgotten(channel)
        queues = self._queues.get(channel)
        if queues:
            self._latest[channel] = version
            for queue in queues:
                put_newest(queue, version)


def put_newest(queue: "asyncio.Queue[int]", version: int) -> None:
    """A slow screen needs only the newest version, so the queue never holds more than one."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(version)


hub = Hub()
