from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from coaching.lib import pdf, pdf_worker
from coaching.lib.pdf import PdfFailed, PdfUnavailable, Renderer, render_pdf
from tests import pdf_checks

CARD = (
    '<p class="school">De Zandplaat</p><h1 class="document">Actieplan (PAP)</h1>'
    '<div class="card"><p class="intention">Ik begin met een stil startblokje</p><p>Één <em>vraag</em>: “hoe?”</p>'
)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


@pytest.fixture
def own() -> Iterator[Renderer]:
    """A renderer of this test alone."""
    renderer = Renderer()
    yield renderer
    renderer.stop()


def made(html: str, language: str = "nl") -> bytes:
    return render_pdf(html, language=language, title="Actieplan", author="Noor de Wit")


def text_of(document: bytes) -> str:
    return "\n".join(pdf_checks.texts(document))


def test_a_pdf_is_tagged_titled_and_complete() -> None:
    document = made(CARD)
    shown = ["De Zandplaat", "Actieplan (PAP)", "Ik begin met een stil startblokje", "Één vraag: “hoe?”"]
    pdf_checks.check(document, title="Actieplan", headings=["Actieplan (PAP)"], in_order=shown, pages=1)
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert str(opened.docinfo["/Author"]) == "Noor de Wit"
    assert all(line in text_of(document) for line in shown)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_later_pages_carry_the_head_and_each_its_number(language: str) -> None:
    document = made(CARD + '<p class="ownership">eigendom van Noor</p>' + "<p>regel</p>" * 90, language)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages]
    assert len(pages) > 2
    assert all("De Zandplaat" in page and "eigendom van Noor" in page for page in pages)
    with translation.override(language):
        numbering = f"{_('page')} 2 {_('of')} {len(pages)}"
    assert numbering in pages[1] and numbering not in pages[0]


def test_a_title_is_text(own: Renderer) -> None:
    document = render_pdf("<p>tekst</p>", language="nl", title="</title><h1>Kwaad & co</h1>")
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert str(opened.docinfo["/Title"]) == "</title><h1>Kwaad & co</h1>"
    assert "Kwaad" not in text_of(document)


def job(body: str = "<p>tekst</p>") -> list[bytes]:
    words = {"language": "nl", "title": "t", "author": "", "page": "pagina", "of": "van"}
    return [json.dumps({"body": body, **words}).encode()]


def test_a_page_that_takes_too_long_is_stopped_and_the_next_one_works(own: Renderer) -> None:
    own.render(job(), 20)
    slow = own.process
    with pytest.raises(PdfFailed) as failure:
        own.render(job("<p>woord " * 200_000), 0.3)
    assert type(failure.value) is PdfFailed and str(failure.value)
    assert slow is not None and slow.returncode == -signal.SIGKILL
    assert own.render(job(), 20).startswith(b"%PDF")


def test_a_killed_child_is_said_and_replaced(own: Renderer) -> None:
    own.render(job(), 20)
    child = own.process
    assert child is not None
    killer = threading.Timer(0.3, child.kill)
    killer.start()
    with pytest.raises(PdfFailed):
        own.render(job("<p>woord " * 200_000), 20)
    assert child.returncode == -signal.SIGKILL
    assert own.render(job(), 20).startswith(b"%PDF")


def test_after_any_trouble_nobody_gets_the_answer_to_another_job(
    own: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(child: object, frames: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(own, "_exchange", interrupted)
        with pytest.raises(MemoryError):
            own.render([b"{}"], 5)
    assert own.process is None


def test_a_child_is_replaced_after_so_many(own: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PDFS_PER_PROCESS", 2)
    children = []
    for _number in range(4):
        own.render(job(), 20)
        assert own.process is not None
        children.append(own.process)
    pids = [child.pid for child in children]
    assert pids[0] == pids[1] != pids[2] == pids[3]
    assert children[0].returncode is not None  # ended and waited for
    assert not Path(f"/proc/{pids[0]}").exists()


def test_threads_wait_their_turn_and_get_their_own_page(own: Renderer) -> None:
    with ThreadPoolExecutor(6) as pool:
        documents = list(pool.map(lambda n: own.render(job(f"<p>nummer {n} van zes</p>"), 20), range(6)))
    for number, document in enumerate(documents):
        assert f"nummer {number} van zes" in text_of(document)


def test_waiting_too_long_for_a_turn_is_said(own: Renderer) -> None:
    own.busy.acquire()
    try:
        with pytest.raises(PdfFailed):
            own.render(job(), 0.05)
    finally:
        own.busy.release()


def test_without_pango_it_is_unavailable(own: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "from coaching.lib import pdf_worker as w\n"
        "def missing():\n    raise OSError('no pango')\n"
        "w.renderer = missing\nw.main()\n"
    )
    monkeypatch.setattr(pdf, "COMMAND", [sys.executable, "-c", script])
    with pytest.raises(PdfUnavailable):
        own.render(job(), 20)
    assert own.process is None


def test_the_child_knows_no_secrets_and_little_memory(own: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary-key")
    own.render(job(), 20)
    assert own.process is not None
    folder = Path(f"/proc/{own.process.pid}")
    assert b"canary-key" not in (folder / "environ").read_bytes()
    limits = (folder / "limits").read_text()
    assert str(pdf_worker.MEMORY_BYTES) in limits


def test_a_forked_process_does_not_use_the_child_of_its_parent() -> None:
    made(CARD)
    assert pdf.renderer.process is not None
    pid = os.fork()
    if pid == 0:
        os._exit(0 if pdf.renderer.process is None else 1)
    made(CARD)
    assert os.waitpid(pid, 0)[1] == 0
