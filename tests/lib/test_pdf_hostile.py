"""What people type, or slip in, ends up as letters on paper: nothing is fetched, attached, run or lost."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.utils.html import escape
from PIL import Image

from coaching.lib import pdf
from coaching.lib.pdf import PdfFailed, Renderer, render_pdf
from tests import pdf_checks

# In the place of the worker: the same, with each opened file and each use of a socket written down and refused.
GUARDED = """
import sys
from coaching.lib import pdf_worker
from weasyprint import HTML  # whatever loading it opens is not the page's doing
notes, real = open({notes!r}, "a", buffering=1), pdf_worker.renderer
def guard(event, details):
    if event.startswith("socket.") or event in ("open", "os.system", "subprocess.Popen", "urllib.Request"):
        print(event, details[0], file=notes)
        raise PermissionError(event)
def renderer():
    made = real()
    made(dict(body="<h1>warm</h1>", language="nl", title="t", author="", page="p", of="o"), {{}})
    sys.addaudithook(guard)
    return made
pdf_worker.renderer = renderer
pdf_worker.main()
"""
# Each falls back to another way of reaching out: image, style, font, object, svg, attachment, frame.
HOSTILE = """
<link rel="stylesheet" href="{url}a.css"><style>@import "{url}b.css"; p {{ background: url({url}c.png) }}
@font-face {{ font-family: x; src: url({url}d.ttf) }} h1 {{ font-family: x }}</style>
<link rel="attachment" href="file:///etc/passwd"><a rel="attachment" href="file:///etc/passwd">x</a>
<img src="{url}e.png"><img src="file:///etc/passwd"><object data="{url}f.png"></object><h1>Kop</h1>
<embed src="{url}h.svg"><iframe src="{url}i.html"></iframe><base href="{url}"><img src="j.png">
<svg><image href="{url}g.png"/></svg><script src="{url}l.js">alert(1)</script><p>tekst</p>
"""
TYPED = (
    '<img src="http://127.0.0.1:{port}/x.png"><link rel=attachment href=file:///etc/passwd>'
    "<style>p {{ display: none }}</style> {{{{ 7*7 }}}} &lt;b&gt; '\"><script>alert(1)</script>"
)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        yield listening


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What the guarded worker was asked to open, a line each."""
    path = tmp_path / "notes"
    monkeypatch.setattr(pdf, "COMMAND", [sys.executable, "-c", GUARDED.format(notes=str(path))])
    pdf.renderer.stop()
    yield path
    pdf.renderer.stop()


def made(html: str, **more: dict[str, bytes]) -> bytes:
    return render_pdf(html, language="nl", title="Kwaad", **more)  # type: ignore[arg-type]


def paragraph(text: str) -> str:
    """As our templates write text of people."""
    return f'<p class="written">{escape(text)}</p>'


def nobody_came(server: socket.socket) -> bool:
    with pytest.raises(TimeoutError):
        server.accept()
    return True


def test_the_guard_sees_what_is_opened(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the next tests would prove nothing."""
    guarded = GUARDED.replace("    return made\n", "    open('/etc/hostname')\n    return made\n")
    monkeypatch.setattr(pdf, "COMMAND", [sys.executable, "-c", guarded.format(notes=str(notes))])
    with pytest.raises(PdfFailed):
        made("<p>tekst</p>")
    assert "open /etc/hostname" in notes.read_text()


def test_a_hostile_page_reaches_nothing(notes: Path, server: socket.socket) -> None:
    document = made(HOSTILE.format(url=f"http://127.0.0.1:{server.getsockname()[1]}/"))
    assert nobody_came(server) and notes.read_text() == ""
    pdf_checks.check_inert(document)
    assert "Kop" in pdf_checks.texts(document)[0] and b"root:" not in document
    with pikepdf.open(BytesIO(document)) as opened:
        streams = [each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream)]
        assert not any(b"root:x:0" in stream for stream in streams)


def test_hostile_text_is_letters(notes: Path, server: socket.socket) -> None:
    typed = TYPED.format(port=server.getsockname()[1])
    document = made(f"<h1>Kop</h1>{paragraph(typed)}<p>Daarna</p>")
    assert nobody_came(server) and notes.read_text() == ""
    pdf_checks.check(document, title="Kwaad", headings=["Kop"], in_order=["Kop", typed, "Daarna"], pages=1)


@pytest.mark.parametrize(
    "text",
    ["👩🏽‍🏫 🎉 👍🏽 🇳🇱", "ŁÓDŹ ß İ ğ", "ሰላም", "Привет", "é" + "\u0301" * 400, "x" * 8_000, "① ✓ →"],
)
def test_strange_letters_are_drawn_and_found_again(text: str) -> None:
    document = made(f"<h1>Kop</h1><p>voor {text} na</p>")
    pdf_checks.check(document, title="Kwaad", headings=["Kop"], in_order=["voor", text, "na"])


@pytest.mark.parametrize("text", ["שלום עולם", "مرحبا بالعالم", "\u200fשלום\u200e 12"])
def test_letters_from_right_to_left_are_drawn_and_found_again(text: str) -> None:
    """On paper they stand in the order they are seen in, so each is looked for by itself."""
    document = made(f"<h1>Kop</h1><p>{text}</p>")
    pdf_checks.check(document, title="Kwaad", headings=["Kop"])
    written = pdf_checks.texts(document)[0]
    assert all(letter in written for letter in text.replace("\u200f", "").replace("\u200e", ""))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("中文", "[U+4E2D][U+6587]"),
        ("foto\u202egpj.exe", "foto[U+202E]gpj.exe"),
        ("nul\x00byte", "nul[U+0000]byte"),
        ("half\ud800paar", "half[U+D800]paar"),
        ("bel\x07", "bel[U+0007]"),
    ],
)
def test_what_no_font_of_ours_draws_is_named_by_its_number(text: str, marked: str) -> None:
    document = made(f"<h1>Kop</h1><p>{escape(text)}</p>")
    pdf_checks.check(document, title="Kwaad", headings=["Kop"], in_order=[marked])


def test_five_thousand_lines_come_out_complete(notes: Path) -> None:
    lines = [f"regel {number}." for number in range(1, 5_001)]
    document = made(f"<h1>Kop</h1>{paragraph(chr(10).join(lines))}")
    assert notes.read_text() == "" and len(pdf_checks.texts(document)) > 80
    pdf_checks.check(document, title="Kwaad", headings=["Kop"], in_order=["Kop", *lines])


def test_forty_pages_are_numbered_and_bookmarked() -> None:
    parts = "".join(
        f'<h2 style="break-before: page">Deel {number}</h2><p>tekst</p>' for number in range(2, 41)
    )
    document = made(f"<h1>Deel 1</h1><p>tekst</p>{parts}")
    headings = [f"Deel {number}" for number in range(1, 41)]
    pdf_checks.check(document, title="Kwaad", headings=headings, in_order=headings, pages=40)


# -- pictures ----------------------------------------------------------------------------------------------


def picture(kind: str = "png") -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(file, {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[kind])
    return file.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_a_picture_of_our_own_stands_on_the_page(notes: Path, kind: str) -> None:
    address = f"asset:{'ab' * 16}.{kind}"
    body = f'<h1>Kop</h1><p><img src="{address}" alt="Een zee"></p>'
    document = made(body, pictures={address: picture(kind)})
    pdf_checks.check(document, title="Kwaad", headings=["Kop"], in_order=["Kop", "Een zee"], pages=1)
    with pikepdf.open(BytesIO(document)) as opened:
        assert len(opened.pages[0].get_images()) == 1
    assert notes.read_text() == ""


def test_a_picture_is_not_there_for_the_next_document() -> None:
    address = f"asset:{'ab' * 16}.png"
    body = f'<p><img src="{address}" alt="Een zee"></p>'
    made(body, pictures={address: picture()})
    with pikepdf.open(BytesIO(made(body))) as opened:
        assert not opened.pages[0].get_images()


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (
            "asset:abcdefab.png",
            b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        ),
        ("asset:abcdefab.jpg", b"\x89PNG\r\n\x1a\n"),
        ("asset:abcdefab.svg", b"\x89PNG\r\n\x1a\n"),
        ("asset:sans-regular.ttf", b"\x89PNG\r\n\x1a\n"),
        ("file:///etc/passwd", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_is_no_picture_of_ours_never_reaches_the_worker(address: str, body: bytes) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        made("<p>tekst</p>", pictures={address: body})


def test_too_many_pictures_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"asset:{number:08x}.png": picture() for number in range(pdf.MAX_PICTURES + 1)}
    with pytest.raises(PdfFailed):
        made("<p>tekst</p>", pictures=many)
    monkeypatch.setattr(pdf, "MAX_PICTURE_BYTES", 10)
    with pytest.raises(PdfFailed):
        made("<p>tekst</p>", pictures={"asset:00000001.png": picture()})


def test_a_broken_picture_leaves_the_text(notes: Path) -> None:
    address = "asset:abcdefab.png"
    document = made(
        f'<p>voor <img src="{address}" alt="Een zee"> na</p>', pictures={address: b"\x89PNG\r\n\x1a\nkapot"}
    )
    assert "voor" in pdf_checks.texts(document)[0] and "na" in pdf_checks.texts(document)[0]


def test_a_worker_that_dies_in_the_middle_of_a_job_with_pictures_is_replaced() -> None:
    own = Renderer()
    try:
        with pytest.raises(PdfFailed):
            own.render([b'{"assets": ["asset:abcdefab.png"], "body": ""}', b"x" * 9], 0.5)
        assert own.process is None
    finally:
        own.stop()
