"""The child process of coaching.lib.pdf: reads jobs on stdin, writes PDFs on stdout, touches nothing else.

A job is a length (4 bytes) and that much JSON; an answer is a mark (1 byte), a length and a body.
It knows no Django, no database and no key; all it can open are the bytes it read when it started.
"""

from __future__ import annotations

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
}
STYLE = Path(__file__).resolve().parents[2] / "static" / "css" / "pdf.css"
PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="author" content="{author}"></head><body data-page="{page}" data-of="{of}">{body}</body></html>'
)
Render = Callable[[dict[str, str]], bytes]


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


def own_assets() -> dict[str, tuple[bytes, str]]:
    import font_source_sans_pro

    packages = Path(font_source_sans_pro.__file__).parents[1]
    return {f"asset:{name}.ttf": ((packages / path).read_bytes(), "font/ttf") for name, path in FONTS.items()}


def renderer() -> Render:
    """Import WeasyPrint and parse our stylesheet once. Raises OSError where pango is missing."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    assets = own_assets()

    class OurAssets(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url not in assets:
                raise ValueError("only our own assets")
            body, kind = assets[url]
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    fetcher = OurAssets(timeout=1, allowed_protocols=frozenset(), allow_redirects=False)
    fonts = FontConfiguration()  # one for all: each new one keeps 0.3 MB
    style = CSS(string=STYLE.read_text(), url_fetcher=fetcher, font_config=fonts)

    def render(job: dict[str, str]) -> bytes:
        words = {key: escape(text) for key, text in job.items() if key != "body"}
        page = HTML(string=PAGE.format(body=job["body"], **words), url_fetcher=fetcher)
        made = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
        return bytes(made or b"")

    return render


def answer(render: Render, job: dict[str, str]) -> tuple[bytes, bytes]:
    """The mark and body for one job; a failure is named by its class only, never with text of the page."""
    from weasyprint.urls import FatalURLFetchingError

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, resource.RLIM_INFINITY))
    try:
        return MADE, render(job)
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
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        mark, body = answer(render, json.loads(frame)) if render else (NO_PANGO, b"")
        answers.write(mark)
        write_frame(answers, body)


if __name__ == "__main__":
    main()
