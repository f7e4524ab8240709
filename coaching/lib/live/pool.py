import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections

T = TypeVar("T")
THREADS = 2


class Pool:
    """The few threads, and so the few database connections, that all open screens share."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = threads
        self._executor: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[..., T], *args: object) -> T:
        if self._executor is None:
            self._executor = ThreadPoolExecutor(self._threads, thread_name_prefix="live")
        return await asyncio.get_running_loop().run_in_executor(self._executor, _tidily, work, args)

    def stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


def _tidily(work: Callable[..., T], args: tuple[object, ...]) -> T:
    close_old_connections()
    try:
        return work(*args)
    finally:
        close_old_connections()
