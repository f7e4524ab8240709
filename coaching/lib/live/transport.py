"""How a change reaches the screens of this process and of every other one."""

import asyncio

from django.db import DatabaseError, connection

from .hub import Hub, hub
from .listener import TOPIC, Listener
from .log import logger, outline
from .pool import Pool
from .source import LiveSource

POLL_SQLITE = 0.25
POLL_POSTGRESQL = 5.0
LONGEST_WAIT = 5.0


def announce(channel: str, version: int) -> None:
    """Tell all screens that a session is at a version. Call it in `transaction.on_commit`."""
    hub.publish(channel, version)
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [TOPIC, f"{channel}:{version}"])
    except DatabaseError as error:
        # The change itself is safe, and the poller of every process finds it within seconds.
        logger.warning("change not announced: %s", outline(error))


class Transport:
    """Hears what other processes changed, and passes it on to this process's hub."""

    def __init__(self, source: LiveSource, to: Hub, pool: Pool, interval: float | None = None) -> None:
        self._source = source
        self._hub = to
        self._pool = pool
        self._listens = connection.vendor == "postgresql"
        self._interval = interval or (POLL_POSTGRESQL if self._listens else POLL_SQLITE)
        self._last_id = -1
        self._hurry = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Afterwards no change is missed: where to continue from is known."""
        await self._catch_up()
        self._tasks.append(asyncio.create_task(self._poll()))
        if self._listens:
            listener = Listener(self._pool, self._hub.publish, self._hurry.set)
            self._tasks.append(asyncio.create_task(listener.run()))

    async def stop(self) -> None:
        await stop_tasks(self._tasks)

    async def _poll(self) -> None:
        wait = self._interval
        while True:
            await self._pause(wait)
            wait = self._interval if await self._catch_up() else min(wait * 2, max(LONGEST_WAIT, wait))

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
        except TimeoutError:
            pass
        self._hurry.clear()

    async def _catch_up(self) -> bool:
        try:
            self._last_id, changes = await self._pool.run(self._source.changes_since, self._last_id)
        except Exception as error:
            logger.error("changes not read: %s", outline(error))
            return False
        for channel, version in changes:
            self._hub.publish(channel, version)
        return True


async def stop_tasks(tasks: "list[asyncio.Task[None]]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    tasks.clear()
