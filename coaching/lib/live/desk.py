"""Checks who may watch, many seats at once: the screens of a session all wake at the same change."""

import asyncio
import time

from .pool import Pool
from .seat import Seat
from .source import LiveSource, Look

LARGEST_BATCH = 100
FRESH = 1.0  # seconds for which a stream's check holds for the fragment that its screen fetches on it


class Desk:
    """One batch at a time; whoever arrives meanwhile is in the next."""

    def __init__(self, source: LiveSource, pool: Pool) -> None:
        self._source = source
        self._pool = pool
        self._waiting: list[tuple[Seat, asyncio.Future[Look | None]]] = []
        self._serving: asyncio.Task[None] | None = None
        self._kept: dict[Seat, tuple[float, Look]] = {}

    async def look(self, seat: Seat) -> Look | None:
        answer: asyncio.Future[Look | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((seat, answer))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        return await answer

    async def look_and_keep(self, seat: Seat) -> Look | None:
        """For a stream, which says "changed" after it."""
        self._kept.pop(seat, None)
        look = await self.look(seat)
        if look is not None:
            self._kept[seat] = (time.monotonic(), look)
        return look

    async def look_again(self, seat: Seat) -> Look | None:
        """For a fragment: what the stream of the same screen found a moment ago; one check, one fragment."""
        at, look = self._kept.pop(seat, (0.0, None))
        return look if look and time.monotonic() - at < FRESH else await self.look(seat)

    def leave(self, seat: Seat) -> None:
        self._kept.pop(seat, None)

    async def _serve(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
            try:
                looks = await self._pool.run(self._source.admit, [seat for seat, _answer in batch])
            except Exception as error:
                _settle(batch, [error] * len(batch))
            else:
                _settle(batch, looks)


def _settle(
    batch: "list[tuple[Seat, asyncio.Future[Look | None]]]", found: "list[Look | None] | list[Exception]"
) -> None:
    for (_seat, answer), look in zip(batch, found, strict=True):
        if answer.done():  # that browser is gone
            continue
        if isinstance(look, Exception):
            answer.set_exception(look)
        else:
            answer.set_result(look)
