"""PDFs outside the request's thread: a quick one comes at once, a slow one behind a page that shows progress.

There is no table and no file of jobs. The key of a job is what goes onto the paper and for whom; the same address
asked again finds it in the memory of this process, or, in another process, starts it there. So any number of
processes works, rights are asked again each time, and no bytes of anybody stay behind for longer than a minute.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .pdf import PdfFailed, render_pdf
from .turnstile import seconds_to_wait

AT_ONCE_SECONDS = 1.0  # how long a request waits before it shows progress instead
WAITING_REQUESTS = 2  # of the few threads that serve pages; others show progress right away
KEPT_SECONDS = 60.0  # for whoever asked; then it is forgotten
PATIENCE = 90.0  # seconds until a turn comes
JOBS, JOBS_EACH = 24, 2  # being made at one time at most: of all, of one person (one runs, one waits)
TIMES, SECONDS = 30, 60  # of one person
STOP_ASKING = 286  # for htmx: the answer to a page that asks for what is no longer there
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paper:
    """What goes onto the paper, and where its reader came from. ``for_all``: the same bytes for every reader."""

    html: str
    title: str
    name: str  # of the file, without .pdf
    back: str  # address to return to
    author: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    for_all: bool = False


@dataclass
class Job:
    person: int
    began: float
    for_all: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    made: bytes = b""
    failed: str = ""
    ended: float = 0.0
    is_told: bool = False

    def is_over(self, now: float) -> bool:
        return self.done.is_set() and now > self.ended + KEPT_SECONDS


class Desk:
    """The jobs of this process, each for one person."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.lock = threading.Lock()
        self.jobs: dict[str, Job] = {}
        self.waiting = threading.BoundedSemaphore(WAITING_REQUESTS)

    def job(self, paper: Paper, person: int, language: str) -> tuple[str, Job]:
        """The one that was begun for the same paper, or a new one. Raises PdfFailed where too many wait."""
        key = key_of(paper, person, language)
        with self.lock:
            self._tidy()
            if key not in self.jobs:
                self._make_room(person)
                self.jobs[key] = job = Job(person, time.monotonic(), paper.for_all)
                threading.Thread(target=self._run, args=(key, job, paper, language), daemon=True).start()
            return key, self.jobs[key]

    def find(self, key: str) -> Job | None:
        """The one that was begun; looking begins none."""
        with self.lock:
            self._tidy()
            return self.jobs.get(key)

    def _tidy(self) -> None:
        now = time.monotonic()
        self.jobs = {key: job for key, job in self.jobs.items() if not job.is_over(now)}

    def _make_room(self, person: int) -> None:
        busy = [job.person for job in self.jobs.values() if not job.done.is_set()]
        if len(busy) >= JOBS or busy.count(person) >= JOBS_EACH:
            raise PdfFailed(_("Many PDFs are being made just now. Try again in a minute."))
        own = [key for key, job in self.jobs.items() if job.person == person and job.done.is_set()]
        for key in own[: -JOBS_EACH + 1]:
            del self.jobs[key]  # made, never fetched

    def _run(self, key: str, job: Job, paper: Paper, language: str) -> None:
        with translation.override(language):
            self._make(job, paper, language)
        job.ended = time.monotonic()
        alarm = threading.Timer(KEPT_SECONDS, self._drop, (key, job))
        alarm.daemon = True
        alarm.start()
        job.done.set()

    def _make(self, job: Job, paper: Paper, language: str) -> None:
        words = {"language": language, "title": paper.title, "author": paper.author}
        try:
            job.made = render_pdf(paper.html, pictures=paper.pictures, patience=PATIENCE, **words)
        except PdfFailed as failure:
            job.failed = str(failure)
        except Exception as error:
            log.error(
                "PDF failed: %s", type(error).__name__
            )  # by its class only, never with text of the page
            job.failed = _("The PDF could not be made. Your text is as it was; try again.")

    def _drop(self, key: str, job: Job) -> None:
        with self.lock:
            if self.jobs.get(key) is job:
                del self.jobs[key]

    def wait(self, job: Job) -> bool:
        """Whether it is ready within AT_ONCE_SECONDS; at once where other requests wait already."""
        if job.done.is_set() or not self.waiting.acquire(blocking=False):
            return job.done.is_set()
        try:
            return job.done.wait(AT_ONCE_SECONDS)
        finally:
            self.waiting.release()

    def hand_over(self, key: str, job: Job) -> bytes:
        """Its bytes, once, or for all within the minute. Raises PdfFailed with the reason where it has none."""
        if job.failed or not job.for_all:
            self._drop(key, job)
        if job.failed:
            raise PdfFailed(job.failed)
        return job.made


desk = Desk()
os.register_at_fork(after_in_child=desk.forget)


def key_of(paper: Paper, person: int, language: str) -> str:
    """Its text hashed; a picture by its address, which names its content."""
    parts = [
        "" if paper.for_all else str(person),
        language,
        paper.title,
        paper.author,
        paper.html,
        *paper.pictures,
    ]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def pdf_page(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The PDF; a page that shows progress (202), to be asked for again at the same address; or why not (503)."""
    person, language = int(request.user.pk or 0), get_language() or "nl"
    key = key_of(paper, person, language)
    found = desk.find(key)
    if request.headers.get("HX-Request"):
        return still_busy(request, found)
    try:
        if found is None:
            must_not_hurry(person)
        key, job = desk.job(paper, person, language)
        if not desk.wait(job):
            return progress(request, paper, job)
        made = desk.hand_over(key, job)
    except PdfFailed as failure:
        context = {"reason": str(failure), "paper": paper, "address": request.get_full_path()}
        return render(request, "printing/failed.html", context, status=503)
    headers = {"Content-Disposition": f'inline; filename="{paper.name}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def progress(request: HttpRequest, paper: Paper, job: Job) -> HttpResponse:
    context = {"paper": paper, "seconds": seconds_of(job), "address": request.get_full_path()}
    return render(request, "printing/progress.html", context, status=202)


def must_not_hurry(person: int) -> None:
    """Raises PdfFailed for who asks for one after the other: there is one worker for all."""
    if seconds_to_wait(f"pdf:{person}", timezone.now(), times=TIMES, seconds=SECONDS):
        raise PdfFailed(_("Many PDFs are being made just now. Try again in a minute."))


def still_busy(request: HttpRequest, job: Job | None) -> HttpResponse:
    """What the progress page asks each second: its line anew, or the word, once, to open the address again."""
    if job is None or job.is_told:
        return HttpResponse(_("Busy no more."), status=STOP_ASKING)
    if job.done.is_set():
        job.is_told = True
        return HttpResponse(status=204, headers={"HX-Redirect": request.get_full_path()})
    return render(request, "printing/_seconds.html", {"seconds": seconds_of(job)})


def seconds_of(job: Job) -> int:
    return int(time.monotonic() - job.began)
