"""Where a PDF is made while its reader waits, or looks at a page that says how long it has been busy."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from coaching.lib import pdf, printing
from coaching.lib.pdf import PdfFailed
from coaching.lib.printing import Desk, Paper, pdf_page
from schools.models import User
from tests import pdf_checks
from tests.people import Cast

pytestmark = pytest.mark.django_db
PAPER = Paper(html="<h1>Kop</h1><p>tekst</p>", title="Proef", name="proef", back="/terug/")
Ask = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    own = Desk()
    monkeypatch.setattr(printing, "desk", own)
    return own


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


@pytest.fixture
def ask(rf: RequestFactory) -> Ask:
    def page(paper: Paper = PAPER, person: int = 1, **headers: str) -> HttpResponse:
        request = rf.get("/papier/?deel=doelen", headers=headers)
        request.user = User(pk=person, name="Noor de Wit")
        return pdf_page(request, paper)

    return page


class Slow:
    """A renderer that is ready when the test says so."""

    def __init__(self) -> None:
        self.may_go, self.calls = threading.Event(), 0

    def __call__(self, html: str, **words: object) -> bytes:
        self.calls += 1
        assert self.may_go.wait(20)
        return b"%PDF-1.7 " + html.encode()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> Iterator[Slow]:
    renderer = Slow()
    monkeypatch.setattr(printing, "render_pdf", renderer)
    monkeypatch.setattr(printing, "AT_ONCE_SECONDS", 0.01)
    yield renderer
    finish(renderer, desk)  # or it sets its alarm while the next test looks at alarms


def finish(slow: Slow, desk: Desk) -> None:
    slow.may_go.set()
    for job in list(desk.jobs.values()):
        assert job.done.wait(20)


def text_of(reply: HttpResponse) -> str:
    return reply.content.decode()


def test_a_quick_pdf_comes_at_once(ask: Ask, desk: Desk) -> None:
    reply = ask()
    assert reply.status_code == 200 and reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == 'inline; filename="proef.pdf"'
    pdf_checks.check(reply.content, title="Proef", headings=["Kop"], in_order=["Kop", "tekst"], pages=1)
    assert not desk.jobs


def test_a_slow_one_shows_progress_and_comes_at_the_same_address(ask: Ask, slow: Slow, desk: Desk) -> None:
    reply = ask()
    assert reply.status_code == 202
    for shown in (
        "De pdf wordt gemaakt",
        "Proef",
        'hx-get="/papier/?deel=doelen"',
        'href="/terug/"',
        "seconden",
    ):
        assert shown in text_of(reply)
    busy = ask(**{"HX-Request": "true"})
    assert busy.status_code == 200 and "bezig" in text_of(busy) and "<html" not in text_of(busy)
    finish(slow, desk)
    ready = ask(**{"HX-Request": "true"})
    assert ready.status_code == 204 and ready["HX-Redirect"] == "/papier/?deel=doelen"
    assert ask().content.startswith(b"%PDF") and slow.calls == 1


def test_a_page_that_asks_begins_nothing(ask: Ask, slow: Slow, desk: Desk) -> None:
    """Nor does it open the address twice: what it left behind would be made again."""
    asks = {"HX-Request": "true"}
    assert ask(**asks).status_code == 286 and not desk.jobs
    ask()
    finish(slow, desk)
    assert [ask(**asks).status_code for _time in range(3)] == [204, 286, 286]
    assert ask().status_code == 200
    assert ask(**asks).status_code == 286 and not desk.jobs and slow.calls == 1


def test_nobody_asks_for_one_after_the_other(ask: Ask, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking whether one is ready does not count."""
    monkeypatch.setattr(printing, "TIMES", 1)
    assert [ask(person=7).status_code for _time in range(3)] == [202, 202, 202]
    other = Paper(html="<p>een ander</p>", title="Proef", name="proef", back="/terug/")
    assert ask(other, person=7).status_code == 503
    assert ask(other, person=8).status_code == 202 and slow.calls == 2


def test_it_is_handed_over_once(ask: Ask, slow: Slow, desk: Desk) -> None:
    ask()
    finish(slow, desk)
    assert ask().status_code == 200 and not desk.jobs
    ask()
    assert slow.calls == 2


def test_nobody_gets_the_pdf_of_another(ask: Ask, slow: Slow, desk: Desk) -> None:
    ask(person=1)
    ask(person=2)
    finish(slow, desk)
    assert slow.calls == 2 and len(desk.jobs) == 2
    ask(person=1)
    assert [job.person for job in desk.jobs.values()] == [2]


def test_another_text_or_language_is_another_pdf(
    ask: Ask, slow: Slow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "JOBS_EACH", 3)
    ask()
    ask(Paper(html="<h1>Kop</h1><p>nieuwe tekst</p>", title="Proef", name="proef", back="/"))
    with translation.override("en"):
        ask()
    assert len(desk.jobs) == 3


def test_what_nobody_fetches_is_forgotten(
    ask: Ask, slow: Slow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarms: list[tuple[float, Callable[..., None], tuple[object, ...]]] = []

    class Alarm:
        daemon = False

        def __init__(self, seconds: float, call: Callable[..., None], parts: tuple[object, ...]) -> None:
            alarms.append((seconds, call, parts))

        def start(self) -> None:
            """Rung by the test."""

    monkeypatch.setattr(threading, "Timer", Alarm)
    ask()
    finish(slow, desk)
    ((seconds, call, parts),) = alarms
    assert seconds == 60 and len(desk.jobs) == 1
    call(*parts)
    assert not desk.jobs


def test_one_person_keeps_no_heap_of_them(ask: Ask, slow: Slow, desk: Desk) -> None:
    slow.may_go.set()
    for number in range(9):
        paper = Paper(html=f"<p>{number}</p>", title="Proef", name="proef", back="/")
        desk.job(paper, 1, "nl")
        finish(slow, desk)
    assert len(desk.jobs) == printing.JOBS_EACH


def test_too_many_at_one_time_are_refused_with_a_sentence(ask: Ask, slow: Slow) -> None:
    assert printing.JOBS_EACH == 2
    for number in range(printing.JOBS_EACH):
        ask(Paper(html=f"<p>{number}</p>", title="Proef", name="proef", back="/terug/"))
    reply = ask()
    assert reply.status_code == 503 and "over een minuut" in text_of(reply)
    assert ask(person=2).status_code == 202


def test_failing_says_why_once_and_trying_again_works(
    ask: Ask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(html: str, **words: object) -> bytes:
        raise PdfFailed("het duurde te lang")

    with monkeypatch.context() as patched:
        patched.setattr(printing, "render_pdf", fail)
        reply = ask()
    assert reply.status_code == 503 and "het duurde te lang" in text_of(reply)
    assert 'href="/papier/?deel=doelen"' in text_of(reply) and 'href="/terug/"' in text_of(reply)
    assert not desk.jobs and ask().status_code == 200


def test_a_fault_of_ours_is_a_sentence_too_and_logs_no_text(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(html: str, **words: object) -> bytes:
        raise KeyError("geheime tekst")

    monkeypatch.setattr(printing, "render_pdf", fail)
    reply = ask()
    assert reply.status_code == 503 and "Je tekst staat er nog" in text_of(reply)
    assert "KeyError" in caplog.text and "geheime" not in caplog.text


def test_a_renderer_killed_in_the_middle_is_said_and_the_next_try_works(ask: Ask, desk: Desk) -> None:
    ask()  # warm
    assert pdf.renderer.process is not None
    long = Paper(html="<p>" + "woord " * 150_000, title="Lang", name="lang", back="/terug/")
    killer = threading.Timer(0.2, pdf.renderer.process.kill)
    killer.start()
    reply = ask(long)
    assert reply.status_code == 503 and "De pdf is niet gelukt" in text_of(reply)
    assert ask().status_code == 200


def test_few_requests_wait_so_that_others_are_served(
    ask: Ask, slow: Slow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads wait for their PDF; whoever comes third sees progress right away."""
    for _number in range(printing.WAITING_REQUESTS):
        desk.waiting.acquire()
    began = time.monotonic()
    monkeypatch.setattr(printing, "AT_ONCE_SECONDS", 30)
    assert ask().status_code == 202 and time.monotonic() - began < 5


def test_a_forked_process_starts_with_an_empty_desk(ask: Ask, slow: Slow, desk: Desk) -> None:
    ask()
    desk.forget()
    assert not desk.jobs
    finish(slow, desk)


def test_six_pdfs_at_once_leave_logging_in_quick(
    ask: Ask, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of a dozen pages; together they take longer than the log-in page by far."""
    monkeypatch.setattr(printing, "AT_ONCE_SECONDS", 0.01)
    monkeypatch.setattr(printing, "JOBS_EACH", 6)
    papers = [
        Paper(html=f"<h1>{number}</h1>" + "<p>regel tekst</p>" * 400, title="Proef", name="proef", back="/")
        for number in range(6)
    ]
    for paper in papers:
        assert ask(paper).status_code == 202
    busy = [job for job in printing.desk.jobs.values() if not job.done.is_set()]
    began = time.monotonic()
    page = client.get(reverse("account_login"))
    took = time.monotonic() - began
    client.force_login(cast.noor)
    assert page.status_code == 200 and client.get("/").status_code == 200
    assert len(busy) >= 5 and took < 2
    for number, paper in enumerate(papers):
        reply = until_ready(ask, paper)
        assert reply.startswith(b"%PDF") and pdf_checks.texts(reply)[0].startswith(str(number))


def until_ready(ask: Ask, paper: Paper) -> bytes:
    deadline = time.monotonic() + 60
    while (reply := ask(paper)).status_code == 202:
        assert time.monotonic() < deadline
        for job in list(printing.desk.jobs.values()):
            job.done.wait(1)
    return bytes(reply.content)


def test_the_worker_runs_apart_from_the_threads_that_serve_pages(ask: Ask) -> None:
    ask()
    assert pdf.renderer.process is not None and pdf.renderer.process.pid != os.getpid()
