"""Uploaded files on the disk: kept under random names, sent as attachments that can run nothing, swept up.

A row of an app names its file by ``stored``. The file first, then its row: a row always has its file, and a file
without a row is swept up later.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.http import FileResponse

from .uploads import Upload

STRAY_AFTER = dt.timedelta(hours=24)  # without a row for so long: it never gets one
THUMBNAIL, HALF_WRITTEN = ".thumb", ".part"
# A file that somebody opens in the browser after all can run nothing and reach nothing.
LOCKED_UP = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def path_of(stored: str) -> Path:
    return Path(settings.FILES_DIR) / stored


def thumbnail_of(stored: str) -> Path:
    return Path(settings.FILES_DIR) / f"{stored}{THUMBNAIL}"


def put(stored: str, upload: Upload) -> None:
    """On the disk for good once this returns, also when the power fails."""
    folder = Path(settings.FILES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(path_of(stored), upload.content)
    if upload.thumbnail is not None:
        write(thumbnail_of(stored), upload.thumbnail)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(path: Path, content: bytes) -> None:
    half = path.with_name(path.name + HALF_WRITTEN)
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def remove(*stored: str) -> None:
    for path in [path for name in stored for path in (path_of(name), thumbnail_of(name))]:
        path.unlink(missing_ok=True)
        path.with_name(path.name + HALF_WRITTEN).unlink(missing_ok=True)


def remove_later(stored: Iterable[str]) -> None:
    """Once the rows are gone for certain; what a crash leaves behind is swept up."""
    names = list(stored)
    transaction.on_commit(lambda: remove(*names))


def changed_at(path: Path) -> float:
    """Seconds since 1970; without end for what is gone by now: renamed once it was whole, or deleted."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def sweep_strays(now: dt.datetime) -> int:
    """How many files without a row go: of an upload that was cut off, or of an account that was erased."""
    return sweep(named_by_rows(), now)


def named_by_rows() -> set[str]:
    """By ``stored`` of any model there is, so that whoever adds one has nothing to remember here."""
    keeping = [model for model in apps.get_models() if any(f.name == "stored" for f in model._meta.fields)]
    names = [model._base_manager.values_list("stored", flat=True) for model in keeping]
    return {name for rows in names for name in rows if name}


def sweep(known: set[str], now: dt.datetime) -> int:
    """How many old files go whose name is not in ``known``."""
    folder, before = Path(settings.FILES_DIR), (now - STRAY_AFTER).timestamp()
    old = [path for path in folder.iterdir() if changed_at(path) < before] if folder.is_dir() else []
    stray = {path.name.split(".")[0] for path in old} - known
    remove_later(stray)
    return len(stray)


class Sent(FileResponse):
    """In large pieces: each one waits for the server's loop."""

    block_size = 256 * 1024


def send(path: Path, type_: str, name: str = "") -> FileResponse | None:
    """As an attachment called ``name``; without a name, to be shown. None when it is not on the disk."""
    try:
        opened = path.open("rb")
    except OSError:  # gone, or a disk that can't be read: the row says what should have been here
        return None
    return Sent(opened, as_attachment=bool(name), filename=name, content_type=type_, headers=LOCKED_UP)
