"""Files of entries on the disk: kept under random names, counted against a quota, gone with their rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from coaching.lib.uploads import Upload, UploadRefused
from schools.models import User
from schools.submissions import once

from .models import Entry, EntryFile

QUOTA = 200 * 1024 * 1024  # bytes of one person, over all their entries
MOST_FILES = 10  # in one entry
STRAY_AFTER = dt.timedelta(hours=24)  # without a row for so long: it never gets one
THUMBNAIL, HALF_WRITTEN = ".thumb", ".part"


def path_of(stored: str) -> Path:
    return Path(settings.FILES_DIR) / stored


def thumbnail_of(stored: str) -> Path:
    return Path(settings.FILES_DIR) / f"{stored}{THUMBNAIL}"


def keep(entry: Entry, upload: Upload, at: dt.datetime, key: UUID | None = None) -> EntryFile | None:
    """Add ``upload`` to ``entry``; None when the form with ``key`` was sent before. Raises UploadRefused.

    The file first, then its row: a row always has its file, a file without a row is swept up later.
    """
    stored = secrets.token_hex(16)
    try:
        put(stored, upload)
        made = once(key, lambda: add_row(entry, upload, stored, at))
    except BaseException:
        remove(stored)
        raise
    if made is None:
        remove(stored)
    return made


def add_row(entry: Entry, upload: Upload, stored: str, at: dt.datetime) -> EntryFile:
    """In a transaction: of two of the same person at once the second waits, here or for SQLite's only writer."""
    room = hold_room(entry.owner_id)
    if entry.files.count() >= MOST_FILES:
        raise UploadRefused(_("Ten files is the most for one piece. Begin another one for the rest."))
    if len(upload.content) > room:
        raise UploadRefused(no_room())
    return EntryFile.objects.create(
        entry=entry,
        name=upload.name,
        kind=upload.kind,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        stored=stored,
        has_thumbnail=upload.thumbnail is not None,
        made_at=at,
    )


def no_room() -> str:
    return _(
        "Your files would take more than 200 MB together. Delete one that you no longer need, then add this one."
    )


def used_by(owner: int) -> int:
    """Bytes of all files of the person with key ``owner``."""
    return int(EntryFile.objects.filter(entry__owner=owner).aggregate(all=Sum("size", default=0))["all"])


def room_of(owner: int) -> int:
    """Bytes that the person with key ``owner`` may still add."""
    return QUOTA - used_by(owner)


def hold_room(owner: int) -> int:
    """As room_of, and it stays so until the transaction ends: nobody else adds a row for ``owner`` meanwhile."""
    User.objects.select_for_update(no_key=True).get(pk=owner)
    return room_of(owner)


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
    folder, before = Path(settings.FILES_DIR), (now - STRAY_AFTER).timestamp()
    old = [path for path in folder.iterdir() if changed_at(path) < before] if folder.is_dir() else []
    known = set(EntryFile.objects.values_list("stored", flat=True))
    stray = {path.name.split(".")[0] for path in old} - known
    remove_later(stray)
    return len(stray)
