"""Rendered fragments in process memory: never in the database, never for one person."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

MAX_FRAGMENTS = 512
MAX_BYTES = 32 * 1024 * 1024

Key = tuple[str, int, str, str]  # channel, version, audience, language


@dataclass(frozen=True)
class Fragment:
    version: int
    html: bytes


class Fragments:
    """A bounded cache in which each missing fragment is rendered once, however many screens ask for it."""

    def __init__(self, limit: int = MAX_FRAGMENTS, max_bytes: int = MAX_BYTES) -> None:
        self._limit = limit
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Key, Fragment] = OrderedDict()
        self._flights: dict[Key, asyncio.Future[Fragment]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    async def get(self, key: Key, render: Callable[[], Awaitable[Fragment]]) -> Fragment:
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.ensure_future(render())
            flight.add_done_callback(partial(self._land, key))
        # One screen that goes away must not take the rendering from the others.
        return await asyncio.shield(flight)

    async def landed(self, seconds: float) -> None:
        """Wait until what is being rendered now is there, at most so many seconds."""
        if self._flights:
            await asyncio.wait(list(self._flights.values()), timeout=seconds)

    def drop(self, channel: str) -> None:
        """Forget a channel's fragments, those still being rendered too."""
        for key in [key for key in self._kept if key[0] == channel]:
            self._bytes -= len(self._kept.pop(key).html)
        for key in [key for key in self._flights if key[0] == channel]:
            del self._flights[key]

    def _land(self, key: Key, flight: "asyncio.Future[Fragment]") -> None:
        failed = flight.cancelled() or flight.exception() is not None
        if self._flights.get(key) is not flight:
            return
        del self._flights[key]
        if not failed:
            self._keep(key, flight.result())

    def _keep(self, key: Key, fragment: Fragment) -> None:
        channel, _, audience, language = key
        key = (channel, fragment.version, audience, language)
        replaced = self._kept.pop(key, None)
        self._bytes += len(fragment.html) - (len(replaced.html) if replaced else 0)
        self._kept[key] = fragment
        while len(self._kept) > self._limit or self._bytes > self._max_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.html)
