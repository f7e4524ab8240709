"""PostgreSQL tells every process at once which session is at which version."""

import asyncio
from collections.abc import Callable
from typing import Any

import psycopg2
from django.db import connection as django_connection
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from .log import logger, outline
from .pool import Pool

TOPIC = "coaching_live"
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0


class Listener:
    """Keeps one connection of its own listening; reconnects with ever longer pauses."""

    def __init__(self, pool: Pool, hear: Callable[[str, int], None], connected: Callable[[], None]) -> None:
        self._pool = pool
        self._hear = hear
        self._connected = connected

    async def run(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                connection = await self._pool.run(_connect)
            except Exception as error:
                logger.warning("no live connection to the database: %s", outline(error))
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                wait = FIRST_WAIT
                self._connected()
                await self._listen(connection)
                logger.warning("live connection to the database lost")
            await asyncio.sleep(wait)

    async def _listen(self, connection: Any) -> None:
        """Returns when the connection is lost."""
        loop = asyncio.get_running_loop()
        lost: asyncio.Future[None] = loop.create_future()
        descriptor = connection.fileno()
        loop.add_reader(descriptor, self._read, connection, lost)
        try:
            await lost
        finally:
            loop.remove_reader(descriptor)
            connection.close()

    def _read(self, connection: Any, lost: "asyncio.Future[None]") -> None:
        try:
            connection.poll()
        except psycopg2.Error:
            if not lost.done():
                lost.set_result(None)
            return
        while connection.notifies:
            channel, _, version = connection.notifies.pop(0).payload.partition(":")
            if channel.isdecimal() and version.isdecimal():
                self._hear(channel, int(version))


def _connect() -> Any:
    connection = psycopg2.connect(**django_connection.get_connection_params())
    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {TOPIC}")
    return connection
