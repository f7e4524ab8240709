"""Bringing in what somebody took along: all of it at once or nothing of it, and never twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.lib import kept_files
from coaching.lib.archives import Archive, ArchiveRefused
from coaching.lib.uploads import UploadRefused
from portfolio import files
from schools.models import User
from schools.submissions import once

from . import from_leap2a, from_own
from .arrival import Arrival, NewFile, Skipped
from .judging import Judging, OutOfTime
from .leap2a_reading import is_leap2a, read_archive
from .sifting import Sifted, sift
from .stored_files import Kept, put, put_again
from .writing_in import write_in

SECONDS_TO_JUDGE = 8.0  # of a preview; the rest is judged when it is brought in
SECONDS_TO_KEEP = 60.0  # of bringing in; what is not looked into by then stays out
MOST_IN_ALL = 500  # files that are looked into
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
        return fitted(from_own.read(archive, day))
    if is_leap2a(archive):
        return fitted(from_leap2a.read(read_archive(archive), sum_of(file)[:24], day))
    raise ArchiveRefused(
        _("There is no portfolio in this ZIP file: neither one of this program nor one in Leap2A.")
    )


def sum_of(file: BinaryIO) -> str:
    total = sha256()
    file.seek(0)
    while piece := file.read(CHUNK):
        total.update(piece)
    return total.hexdigest()


def fitted(arrival: Arrival) -> Arrival:
    """With no more files than are looked into; how many that leaves out is told."""
    room, cut = MOST_IN_ALL, 0
    for entry in arrival.entries:
        kept = entry.files[: min(files.MOST_FILES, room)]
        room, cut = room - len(kept), cut + len(entry.files) - len(kept)
        entry.files = kept
    if cut:
        what = ngettext("%(count)s file too many", "%(count)s files too many", cut) % {"count": cut}
        why = _("One piece takes ten files, and one ZIP file five hundred.")
        arrival.skipped.append(Skipped(what, why))
    return arrival


def preview_of(archive: Archive, arrival: Arrival, user: User) -> Preview:
    """What would happen; writes nothing. Files are judged as they would be."""
    names = arrival.owner.casefold(), user.name.casefold()
    preview = Preview(sift(arrival, user), is_of_another=bool(arrival.owner) and names[0] != names[1])
    preview.skipped = list(preview.sifted.skipped)
    judging = Judging(archive, files.room_of(user.pk), SECONDS_TO_JUDGE)
    for file in files_of(preview.sifted):
        try:
            judging.take(file)
            preview.files += 1
        except OutOfTime:
            preview.unjudged += 1
        except UploadRefused as refused:
            preview.skipped.append(Skipped(file.name, str(refused)))
    return preview


def files_of(sifted: Sifted) -> list[NewFile]:
    return [file for entry in sifted.entries for file in entry.files]


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
    judging = Judging(archive, files.room_of(user.pk), SECONDS_TO_KEEP)
    first: dict[str, Kept] = {}
    for entry in sifted.entries:
        rows = kept.setdefault(entry.id, [])
        for file in entry.files:
            try:
                upload = judging.take(file)
                rows.append(put(upload) if upload else put_again(first[file.path], file))
                first[file.path] = rows[-1]
            except UploadRefused as refused:
                skipped.append(Skipped(file.name, str(refused)))


def forget(kept: dict[str, list[Kept]], used: set[str]) -> None:
    kept_files.remove(*(row.stored for rows in kept.values() for row in rows if row.stored not in used))
