"""The child process of coaching.lib.pdf: reads jobs on stdin, writes PDFs on stdout, touches nothing else.

A job is a length (4 bytes) and that much JSON, then a frame like it for each picture the JSON names under
"assets"; an answer is a mark (1 byte), a length and a body. It knows no Django, no database and no key; all it
can open are the bytes it read when it started and the pictures of the job at hand.
"""

from __future__ import annotations

import io
import json
import logging
import os
import resource
import struct
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

MADE, REFUSED, NO_PANGO = b"P", b"E", b"U"
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
NESTING = 5_000  # WeasyPrint walks a page by recursion, several frames a level
FONTS = {
    "sans-regular": "font_source_sans_pro/files/SourceSansPro-Regular.ttf",
    "sans-italic": "font_source_sans_pro/files/SourceSansPro-It.ttf",
    "sans-semibold": "font_source_sans_pro/files/SourceSansPro-Semibold.ttf",
    "serif-semibold": "font_source_serif_pro/files/SourceSerifPro-Semibold.ttf",
    # For what those lack; never the fonts of the machine, since a document looks the same everywhere.
    "emoji": "manimgx_fonts/NotoEmoji[wght].ttf",
    "symbols": "manimgx_fonts/NotoSansSymbols[wght].ttf",
    "hebrew": "manimgx_fonts/NotoSansHebrew[wght].ttf",
    "arabic": "manimgx_fonts/NotoSansArabic[wght].ttf",
    "ethiopic": "manimgx_fonts/NotoSansEthiopic[wght].ttf",
}
# Without a glyph, yet part of how letters and emoji join, break or run.
INVISIBLE = frozenset(map(ord, "\t\n\r\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f"))
STYLE = Path(__file__).resolve().parents[2] / "static" / "css" / "pdf.css"
PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="author" content="{author}"></head><body data-page="{page}" data-of="{of}">{body}</body></html>'
)
CONTROLS = frozenset((*range(32), *range(127, 160)))  # some fonts claim to draw them
PICTURES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
Assets = dict[str, tuple[bytes, str]]  # address → bytes and media type
Job = dict[str, Any]
Render = Callable[[Job, Assets], bytes]


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next length-prefixed frame; None when the other side is gone."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = struct.unpack("!I", head)[0]
    body = stream.read(size)
    return body if len(body) == size else None


def write_frame(stream: BinaryIO, body: bytes) -> None:
    stream.write(struct.pack("!I", len(body)) + body)
    stream.flush()


def read_job(stream: BinaryIO) -> tuple[Job, Assets] | None:
    """The next job with its pictures; None when the other side is gone, in the middle of a job too."""
    frame = read_frame(stream)
    if frame is None:
        return None
    job: Job = json.loads(frame)
    pictures: Assets = {}
    for address in job.pop("assets", []):
        body = read_frame(stream)
        if body is None:
            return None
        pictures[address] = (body, PICTURES[address.rpartition(".")[2]])
    return job, pictures


def own_assets() -> Assets:
    import font_source_sans_pro

    packages = Path(font_source_sans_pro.__file__).parents[1]
    return {f"asset:{name}.ttf": ((packages / path).read_bytes(), "font/ttf") for name, path in FONTS.items()}


class Marks(dict[int, int | str]):
    """For str.translate: a character none of our fonts can draw becomes [U+4E2D], so that no text is lost."""

    def __init__(self, drawn: set[int]) -> None:
        super().__init__()
        self.drawn = drawn

    def __missing__(self, point: int) -> int | str:
        known = point in self.drawn or point in INVISIBLE
        self[point] = point if known else f"[U+{point:04X}]"
        return self[point]


def only_kinds_of_ours() -> None:
    """Pillow reads no other kind, nor loads its other readers from disk in the middle of a job."""
    from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    Image._initialized = 2


def marks_for(assets: Assets) -> Marks:
    from fontTools.ttLib import TTFont

    drawn: set[int] = set()
    for body, _kind in assets.values():
        drawn |= set(TTFont(io.BytesIO(body), lazy=True).getBestCmap() or ())
    return Marks(drawn - CONTROLS)


def renderer() -> Render:
    """Import WeasyPrint and parse our stylesheet once. Raises OSError where pango is missing."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    only_kinds_of_ours()
    assets = own_assets()
    marks = marks_for(assets)

    class OurAssets(URLFetcher):
        pictures: Assets = {}

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            found = assets.get(url) or self.pictures.get(url)
            if found is None:
                raise ValueError("only our own assets")
            body, kind = found
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    fetcher = OurAssets(timeout=1, allowed_protocols=frozenset(), allow_redirects=False)
    fonts = FontConfiguration()  # one for all: each new one keeps 0.3 MB
    style = CSS(string=STYLE.read_text(), url_fetcher=fetcher, font_config=fonts)

    def render(job: Job, pictures: Assets) -> bytes:
        words = {key: escape(text) for key, text in job.items() if key != "body"}
        fetcher.pictures = pictures
        body = job["body"].translate(marks)
        page = HTML(string=PAGE.format(body=body, **words), url_fetcher=fetcher)
        made = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
        fetcher.pictures = {}
        return bytes(made or b"")

    return render


def answer(render: Render, job: Job, pictures: Assets) -> tuple[bytes, bytes]:
    """The mark and body for one job; a failure is named by its class only, never with text of the page."""
    from weasyprint.urls import FatalURLFetchingError

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, resource.RLIM_INFINITY))
    try:
        return MADE, render(job, pictures)
    except (Exception, FatalURLFetchingError) as error:  # the last is a BaseException
        return REFUSED, type(error).__name__.encode()


def main() -> None:
    # A library that prints must not end up inside a PDF: stdout becomes /dev/null, answers go elsewhere.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(NESTING)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    render: Render | None
    try:
        render = renderer()
    except OSError:
        render = None
    while (received := read_job(sys.stdin.buffer)) is not None:
        mark, body = answer(render, *received) if render else (NO_PANGO, b"")
        answers.write(mark)
        write_frame(answers, body)


if __name__ == "__main__":
    main()
