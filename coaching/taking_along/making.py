"""The ZIP is made outside the request's thread: a quick one comes at once, a slow one behind a page that waits.

The one who asks has one job in the memory of this process, or, in another process, begins it there. The ZIP is a
file without a name: it is gone when it was sent, when nobody fetched it, and when the process ends.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from .packing import Parcel, pack

AT_ONCE_SECONDS = 2.0  # how long a request waits before it shows that it takes longer
WAITING_REQUESTS = 2  # of the few threads that serve pages; others wait on the page
KEPT_SECONDS = 120.0  # for whoever asked
FRESH_SECONDS = 5.0  # what was made longer ago goes to who waited for it only
JOBS = 6  # being made at one time
log = logging.getLogger(__name__)


class TooBusy(Exception):
    """Many are being made just now."""


@dataclass
class Job:
    name: str
    began: float
    done: threading.Event = field(default_factory=threading.Event)
    made: IO[bytes] | None = None
    ended: float = 0.0
    is_told: bool = False

    def is_over(self, now: float) -> bool:
        return self.done.is_set() and now > self.ended + KEPT_SECONDS

    @property
    def seconds(self) -> int:
        return int(time.monotonic() - self.began)

    def forget(self) -> None:
        if self.made:
            self.made.close()


class Desk:
    """The jobs of this process, one a person."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.lock = threading.Lock()
        self.jobs: dict[int, Job] = {}
        self.waiting = threading.BoundedSemaphore(WAITING_REQUESTS)

    def find(self, person: int) -> Job | None:
        """The one that was begun; looking begins none."""
        with self.lock:
            self._tidy(time.monotonic())
            return self.jobs.get(person)

    def job(self, person: int, parcel: Callable[[], Parcel], *, waited: bool) -> Job:
        """The one of ``person`` that was begun, or a new one of ``parcel``. Raises TooBusy.

        ``waited``: they come from the page on which they waited; else one that is no longer fresh is made anew.
        """
        with self.lock:
            now = time.monotonic()
            self._tidy(now)
            if found := self.jobs.get(person):
                if waited or not found.done.is_set() or now <= found.ended + FRESH_SECONDS:
                    return found
                self.jobs.pop(person).forget()
            if sum(not job.done.is_set() for job in self.jobs.values()) >= JOBS:
                raise TooBusy
        content = parcel()
        with self.lock:
            if person not in self.jobs:
                self.jobs[person] = job = Job(content.name, time.monotonic())
                threading.Thread(target=self._run, args=(job, content), daemon=True).start()
            return self.jobs[person]

    def _tidy(self, now: float) -> None:
        for person in [person for person, job in self.jobs.items() if job.is_over(now)]:
            self.jobs.pop(person).forget()

    def _run(self, job: Job, parcel: Parcel) -> None:
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed when it was sent)
        try:
            pack(parcel, file)  # type: ignore[arg-type]
            file.seek(0)
            job.made = file
        except Exception as error:  # by its class only, never with somebody's text
            log.error("Taking along failed: %s", type(error).__name__)
            file.close()
        job.ended = time.monotonic()
        job.done.set()
        alarm = threading.Timer(KEPT_SECONDS + 1, self._tidy_later)
        alarm.daemon = True
        alarm.start()

    def _tidy_later(self) -> None:
        with self.lock:
            self._tidy(time.monotonic())

    def wait(self, job: Job) -> bool:
        """Whether it is ready within AT_ONCE_SECONDS; at once where other requests wait already."""
        if job.done.is_set() or not self.waiting.acquire(blocking=False):
            return job.done.is_set()
        try:
            return job.done.wait(AT_ONCE_SECONDS)
        finally:
            self.waiting.release()

    def hand_over(self, person: int, job: Job) -> IO[bytes] | None:
        """The ZIP, once; None when it could not be made, or another tab of the same person has it."""
        with self.lock:
            if self.jobs.get(person) is job:
                del self.jobs[person]
            made, job.made = job.made, None
        return made


desk = Desk()
os.register_at_fork(after_in_child=desk.forget)
