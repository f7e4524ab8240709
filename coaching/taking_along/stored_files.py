"""Files of entries on their way out and in: read from where they are kept, judged again before they are kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from hmac import compare_digest

from coaching.lib import kept_files
from coaching.lib.archives import Archive, PartTooLarge
from coaching.lib.uploads import MAX_FILE_BYTES, Upload, UploadRefused, clean_name, judge, too_large
from portfolio.models import EntryFile

from .arrival import NewFile
from .mine import seal_of

CHUNK = 256 * 1024


class FileGone(Exception):
    """The row is there, its file is not."""


@dataclass(frozen=True)
class Kept:
    """A file on the disk that waits for its row: fields of EntryFile."""

    stored: str
    name: str
    kind: str
    size: int
    sha256: str
    has_thumbnail: bool


def chunks_of(file: EntryFile) -> Iterator[bytes]:
    """Raises FileGone before the first piece."""
    try:
        with open(kept_files.path_of(file.stored), "rb") as opened:
            while piece := opened.read(CHUNK):
                yield piece
    except OSError:
        raise FileGone from None


def judged(file: NewFile, archive: Archive) -> Upload:
    """As an upload, whoever says it came from here: raises UploadRefused with the reason.

    A picture with the seal of this site stays as it is: it was drawn anew here before, and a second time would
    change it.
    """
    try:
        content = archive.read(file.path, MAX_FILE_BYTES)
    except PartTooLarge:
        raise UploadRefused(too_large()) from None
    upload = judge(full_name(file), content)
    return replace(upload, content=content) if is_sealed(file, upload.kind, content) else upload


def full_name(file: NewFile) -> str:
    """With the extension that it has in the ZIP: a title may have none."""
    extension = file.path.rpartition("/")[2].rpartition(".")[2]
    return file.name if file.name.lower().endswith(f".{extension.lower()}") else f"{file.name}.{extension}"


def is_sealed(file: NewFile, kind: str, content: bytes) -> bool:
    expected = seal_of(sha256(content).hexdigest(), kind)
    return compare_digest(expected.encode(), file.seal.encode())


def put(upload: Upload) -> Kept:
    stored = secrets.token_hex(16)
    try:
        kept_files.put(stored, upload)
    except BaseException:
        kept_files.remove(stored)
        raise
    return Kept(
        stored,
        upload.name,
        upload.kind,
        len(upload.content),
        sha256(upload.content).hexdigest(),
        upload.thumbnail is not None,
    )


def put_again(first: Kept, file: NewFile) -> Kept:
    """A copy of its own for another piece that names the same file."""
    content = kept_files.path_of(first.stored).read_bytes()
    thumbnail = kept_files.thumbnail_of(first.stored).read_bytes() if first.has_thumbnail else None
    return put(Upload(clean_name(full_name(file), first.kind), first.kind, content, thumbnail))
