"""PDFs, made by one warm child process: a hostile or endless page can't reach the site, files or network."""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from django.utils import translation
from django.utils.translation import gettext as _

from .pdf_worker import MADE, NO_PANGO, read_frame, write_frame

WALL_SECONDS = 20.0
PDFS_PER_PROCESS = 200
ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "coaching.lib.pdf_worker"]
PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "XDG_CACHE_HOME")  # no keys, no database address
NO_SYSTEM_FONTS = {"FONTCONFIG_FILE": str(ROOT / "coaching" / "lib" / "pdf_fonts.xml")}
MAX_PICTURES = 40
MAX_PICTURE_BYTES = 40_000_000  # of all pictures of one document together
PICTURE = re.compile(r"asset:[0-9a-f]{8,64}\.(png|jpg|webp)")
# Beginnings of the files; whatever else a picture may turn out to be (SVG reads files) never reaches the child.
BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "webp": b"RIFF"}


class PdfFailed(Exception):
    """No PDF came; the message is for the user, and nothing of theirs was changed."""


class PdfUnavailable(PdfFailed):
    """This machine can't make PDFs (pango is missing); the pages work without."""


class Renderer:
    """One child process, started when first needed, one job at a time."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Start without a child. After a fork too: two processes on one pipe would mix up people's pages."""
        self.busy = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.made = 0

    def render(self, frames: Sequence[bytes], seconds: float, patience: float | None = None) -> bytes:
        """The answer to a job (JSON, then its pictures) within ``seconds``, of waiting for a turn not counted."""
        if not self.busy.acquire(timeout=seconds if patience is None else patience):
            raise PdfFailed(_("Many PDFs are being made just now. Try again in a minute."))
        try:
            return self._ask(self._child(), frames, seconds)
        finally:
            self.busy.release()

    def _child(self) -> subprocess.Popen[bytes]:
        if self.process and (self.made >= PDFS_PER_PROCESS or self.process.poll() is not None):
            self.stop()
        if self.process is None:
            env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
            env |= NO_SYSTEM_FONTS
            self.process = subprocess.Popen(  # noqa: S603  (a fixed command)
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=env,
            )
        return self.process

    def _ask(self, child: subprocess.Popen[bytes], frames: Sequence[bytes], seconds: float) -> bytes:
        """Send the job, wait for its answer; a child that is too slow is killed, which ends the waiting."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            child.kill()

        alarm = threading.Timer(seconds, give_up)
        alarm.start()
        mark, body = b"", None
        try:
            mark, body = self._exchange(child, frames)
        except OSError:
            pass  # the child is gone
        finally:
            alarm.cancel()
            if body is None or late.is_set():
                self.stop()  # whatever went wrong: nobody gets the answer to somebody else's job
        return self._checked(mark, body, late.is_set())

    def _exchange(
        self, child: subprocess.Popen[bytes], frames: Sequence[bytes]
    ) -> tuple[bytes, bytes | None]:
        to_child, from_child = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
        for frame in frames:
            write_frame(to_child, frame)
        self.made += 1
        return from_child.read(1), read_frame(from_child)

    def _checked(self, mark: bytes, body: bytes | None, late: bool) -> bytes:
        if mark == MADE and body:
            return body
        if mark == NO_PANGO:
            self.stop()  # so that it works as soon as pango is installed
            raise PdfUnavailable(_("This server can't make PDFs. Use your browser's print button."))
        if late:
            raise PdfFailed(_("Making the PDF took too long, so we stopped. Your text is as it was."))
        raise PdfFailed(_("The PDF could not be made. Your text is as it was; try again."))

    def stop(self) -> None:
        """End the child and wait for it: no zombie stays behind."""
        if self.process is None:
            return
        process, self.process, self.made = self.process, None, 0
        process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                cast(BinaryIO, pipe).close()
            except OSError:
                continue  # a job half written to a child that is gone
        process.wait()


renderer = Renderer()
atexit.register(renderer.stop)
os.register_at_fork(after_in_child=renderer.forget)


def render_pdf(
    html: str,
    *,
    language: str,
    title: str,
    author: str = "",
    pictures: Mapping[str, bytes] | None = None,
    patience: float = WALL_SECONDS,
) -> bytes:
    """A tagged A4 PDF (PDF/UA-1) of ``html``, the content of <body>, in the style of static/css/pdf.css.

    ``pictures`` holds the bytes of what the page names as src="asset:<hex>.png", .jpg or .webp, made by ourselves
    (re-encoded); nothing else is fetched. ``patience``: seconds to wait for a turn. Raises PdfFailed with a reason
    for the user, PdfUnavailable where pango is missing.
    """
    pictures = pictures or {}
    refuse_pictures(pictures)
    with translation.override(language):
        words = {"page": _("page"), "of": _("of")}
    job = {"body": html, "language": language, "title": title, "author": author, **words}
    frames = [json.dumps({**job, "assets": list(pictures)}).encode(), *pictures.values()]
    return renderer.render(frames, WALL_SECONDS, patience)


def refuse_pictures(pictures: Mapping[str, bytes]) -> None:
    """Raises PdfFailed for too many pictures, ValueError for what can't have come out of our own re-encoding."""
    if len(pictures) > MAX_PICTURES or sum(map(len, pictures.values())) > MAX_PICTURE_BYTES:
        raise PdfFailed(_("These are too many pictures for one PDF. Choose fewer of them."))
    for address, body in pictures.items():
        named = PICTURE.fullmatch(address)
        if not named or not body.startswith(BEGINNINGS[named[1]]):
            raise ValueError("not a picture of our own making")
