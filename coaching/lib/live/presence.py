"""Who has a screen open, told to the site in batches instead of a query per screen."""

import asyncio
import time
from collections import Counter

from .log import logger, outline
from .pool import Pool
from .source import LiveSource, Pair

BEAT = 20.0
SETTLE = 0.5
# Longer than the two seconds after which a browser reconnects: a reload is no departure.
GRACE = 3.0


class Presence:
    def __init__(self, source: LiveSource, pool: Pool, settle: float = SETTLE, grace: float = GRACE) -> None:
        self._source = source
        self._pool = pool
        self._settle = settle
        self._grace = grace
        self._open: Counter[Pair] = Counter()
        self._arrived: set[Pair] = set()
        self._gone: dict[Pair, float] = {}
        self._wake = asyncio.Event()
        self._next_beat = time.monotonic() + BEAT

    def arrive(self, pair: Pair) -> None:
        self._open[pair] += 1
        if self._open[pair] == 1 and self._gone.pop(pair, None) is None:
            self._arrived.add(pair)
            self._wake.set()

    def leave(self, pair: Pair) -> None:
        self._open[pair] -= 1
        if self._open[pair] <= 0:
            del self._open[pair]
            self._gone[pair] = time.monotonic()
            self._wake.set()

    async def run(self) -> None:
        while True:
            await self._news_or_beat()
            await asyncio.sleep(self._settle)
            try:
                await self._report()
            except Exception as error:
                logger.error("presence not recorded: %s", outline(error))

    async def _news_or_beat(self) -> None:
        try:
            async with asyncio.timeout(max(0.0, self._next_beat - time.monotonic())):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()

    async def _report(self) -> None:
        now = time.monotonic()
        seen = {pair for pair in self._arrived if pair in self._open}
        self._arrived.clear()
        if now >= self._next_beat:
            self._next_beat = now + BEAT
            seen = set(self._open)
        left = {pair for pair, since in self._gone.items() if now - since >= self._grace}
        for pair in left:
            del self._gone[pair]
        if self._gone:
            self._wake.set()
        if seen:
            await self._pool.run(self._source.seen, seen)
        if left:
            await self._pool.run(self._source.left, left)
