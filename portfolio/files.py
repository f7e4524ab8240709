"""Files of entries on the disk: kept under random names, counted against a quota, gone with their rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from coaching.lib.kept_files import put, remove
from coaching.lib.uploads import Upload, UploadRefused
from schools.models import User
from schools.submissions import once

from .models import Entry, EntryFile

QUOTA = 200 * 1024 * 1024  # bytes of one person, over all their entries
MOST_FILES = 10  # in one entry


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
