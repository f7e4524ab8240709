"""Bringing in what somebody took along: all of it at once or nothing of it, and never twice."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO
from uuid import UUID

from django.utils.translation import gettext as _

from coaching.lib.archives import Archive, ArchiveRefused
from coaching.lib.uploads import Upload, UploadRefused
from portfolio import files
from schools.models import User
from schools.submissions import once

from . import from_leap2a, from_own
from .arrival import Arrival, NewFile, Skipped
from .leap2a_reading import is_leap2a, read_archive
from .sifting import Sifted, sift
from .stored_files import Kept, judged, put
from .writing_in import write_in

SECONDS_TO_JUDGE = 8.0  # of a preview; the rest is judged when it is brought in
CHUNK = 1024 * 1024


@dataclass
class Preview:
    """``files``: how many come in; ``unjudged``: how many were not looked into for lack of time.

    ``is_of_another``: the ZIP names somebody else as its owner.
    """

    sifted: Sifted
    is_of_another: bool = False
    files: int = 0
    unjudged: int = 0
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True)
class Brought:
    """What came in."""

    sifted: Sifted
    files: int
    skipped: list[Skipped]

    def report(self) -> dict[str, Any]:
        """As JSON holds it, for the page that is shown next."""
        return {
            "lines": [asdict(line) for line in self.sifted.lines],
            "skipped": [asdict(each) for each in self.skipped],
            "files": self.files,
        }


def arrival_of(archive: Archive, file: BinaryIO, day: dt.date) -> Arrival:
    """What is in the ZIP, ours or Leap2A. Raises ArchiveRefused."""
    if from_own.is_own(archive):
        return from_own.read(archive, day)
    if is_leap2a(archive):
        return from_leap2a.read(read_archive(archive), sum_of(file)[:24], day)
    raise ArchiveRefused(
        _("There is no portfolio in this ZIP file: neither one of this program nor one in Leap2A.")
    )


def sum_of(file: BinaryIO) -> str:
    total = sha256()
    file.seek(0)
    while piece := file.read(CHUNK):
        total.update(piece)
    return total.hexdigest()


def preview_of(archive: Archive, arrival: Arrival, user: User) -> Preview:
    """What would happen; writes nothing. Files are judged as they would be."""
    names = arrival.owner.casefold(), user.name.casefold()
    preview = Preview(sift(arrival, user), is_of_another=bool(arrival.owner) and names[0] != names[1])
    preview.skipped = list(preview.sifted.skipped)
    until, room = time.monotonic() + SECONDS_TO_JUDGE, files.QUOTA - files.used_by(user.pk)
    for file in files_of(preview.sifted):
        if time.monotonic() > until:
            preview.unjudged += 1
            continue
        try:
            room -= len(checked(file, archive, room).content)
            preview.files += 1
        except UploadRefused as refused:
            preview.skipped.append(Skipped(file.name, str(refused)))
    return preview


def files_of(sifted: Sifted) -> list[NewFile]:
    return [file for entry in sifted.entries for file in entry.files]


def checked(file: NewFile, archive: Archive, room: int) -> Upload:
    if file.path not in archive:
        raise UploadRefused(_("This file is not in the ZIP."))
    upload = judged(file, archive)
    if len(upload.content) > room:
        raise UploadRefused(files.no_room())
    return upload


def bring_in(
    archive: Archive, arrival: Arrival, user: User, key: UUID | None, at: dt.datetime
) -> Brought | None:
    """Files first, then all rows in one transaction; None when the form with ``key`` was sent before."""
    skipped: list[Skipped] = []
    kept: dict[str, list[Kept]] = {}
    try:
        keep_files(archive, sift(arrival, user), user, kept, skipped)
        brought = once(key, lambda: write_in(arrival, user, kept, at))
    except BaseException:
        forget(kept, set())
        raise
    used = {row.stored for rows in (brought[1] if brought else []) for row in rows}
    forget(kept, used)
    return Brought(brought[0], len(used), [*brought[0].skipped, *skipped]) if brought else None


def keep_files(
    archive: Archive, sifted: Sifted, user: User, kept: dict[str, list[Kept]], skipped: list[Skipped]
) -> None:
    """Onto the disk, outside the transaction: judging pictures takes long, and others have to write meanwhile."""
    room = files.QUOTA - files.used_by(user.pk)
    for entry in sifted.entries:
        rows = kept.setdefault(entry.id, [])
        for file in entry.files:
            try:
                if len(rows) >= files.MOST_FILES:
                    raise UploadRefused(
                        _("Ten files is the most for one piece. Begin another one for the rest.")
                    )
                rows.append(put(checked(file, archive, room)))
                room -= rows[-1].size
            except UploadRefused as refused:
                skipped.append(Skipped(file.name, str(refused)))


def forget(kept: dict[str, list[Kept]], used: set[str]) -> None:
    files.remove(*(row.stored for rows in kept.values() for row in rows if row.stored not in used))
