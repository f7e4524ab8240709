"""One ZIP is read at a time, and nobody brings one after the other all day: it is much work and memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from coaching.lib.turnstile import seconds_to_wait

TIMES, SECONDS = 30, 600  # of one person: bringing, looking and the yes are three
WAIT_SECONDS = 5.0  # of the few threads that serve pages


class NotNow(Exception):
    """Somebody else's ZIP is being read, or this person brought many."""


class Room:
    """For one at a time, in this process."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.lock = threading.Lock()

    @contextmanager
    def turn(self, person: int) -> Iterator[None]:
        """Raises NotNow."""
        if seconds_to_wait(f"bring:{person}", timezone.now(), times=TIMES, seconds=SECONDS):
            raise NotNow
        if not self.lock.acquire(timeout=WAIT_SECONDS):
            raise NotNow
        try:
            yield
        finally:
            self.lock.release()


room = Room()
os.register_at_fork(after_in_child=room.forget)
