"""The one place where this room touches how files of entries are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from portfolio.models import EntryFile

CHUNK = 256 * 1024


class FileGone(Exception):
    """The row is there, its file is not."""


def chunks_of(file: EntryFile) -> Iterator[bytes]:
    """Raises FileGone before the first piece."""
    path = Path(getattr(settings, "FILES_DIR", settings.VAR_DIR / "files")) / file.stored
    try:
        with open(path, "rb") as opened:
            while piece := opened.read(CHUNK):
                yield piece
    except OSError:
        raise FileGone from None
