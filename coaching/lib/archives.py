"""Reading a ZIP that somebody uploaded: nothing in it is believed, and nothing of it is unpacked onto the disk."""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

CHUNK = 64 * 1024
LOCAL_HEAD = struct.Struct("<4s22xHH")  # signature, ..., length of the name, length of what is extra
PER_ENTRY_IN_LIST = 46 + 255 + 64  # bytes the list of contents needs for one entry, with the longest name
COMMENT = 66_000  # what zipfile reads at the end of a file, in search of the list of contents
DRIVE = re.compile(r"^[A-Za-z]:")
PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1 | 0x40
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,  # with UnicodeDecodeError
)


class ArchiveRefused(Exception):
    """This file is not read; the message is for the user."""


class PartTooLarge(ArchiveRefused):
    """One file in it is; the others can still be read."""


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes. ``ratio``: unpacked to packed, judged beyond ``ratio_from`` unpacked bytes only."""

    file: int = 300 * 1024 * 1024
    entries: int = 3_000
    unpacked: int = 400 * 1024 * 1024
    ratio: int = 100
    ratio_from: int = 4 * 1024 * 1024
    name: int = 255
    folders: int = 8


DEFAULT = Limits()


class Guarded:
    """A file that refuses to be read in one huge piece: the list of contents is as long as it says itself."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self.file, self.most = file, most

    def read(self, size: int = -1) -> bytes:
        if size > self.most:
            raise ArchiveRefused(too_many())
        found = self.file.read(self.most + 1 if size < 0 else size)
        if len(found) > self.most:
            raise ArchiveRefused(too_many())
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Whoever opened the file closes it."""


class Archive:
    """The files of a ZIP that passed every check; what they unpack to is counted while it is read."""

    def __init__(self, unzipped: zipfile.ZipFile, limits: Limits) -> None:
        self._zip, self._limits = unzipped, limits
        self._files = {each.filename: each for each in unzipped.infolist() if not each.is_dir()}
        self._unpacked: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        return list(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def size_of(self, name: str) -> int:
        """Bytes it unpacks to, as the ZIP admits; more of it is never read."""
        return self._files[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content in pieces; raises ArchiveRefused at the piece with which it becomes too much."""
        entry, size = self._files[name], 0
        try:
            with self._zip.open(entry) as opened:
                while piece := opened.read(CHUNK):
                    size += len(piece)
                    self._count(entry, size)
                    yield piece
        except BROKEN:
            raise ArchiveRefused(broken()) from None

    def read(self, name: str, most: int) -> bytes:
        """The whole content, of at most ``most`` bytes."""
        pieces, size = [], 0
        for piece in self.chunks(name):
            size += len(piece)
            if size > most:
                raise PartTooLarge(_("A part of this ZIP file is too large: %(name)s.") % {"name": name})
            pieces.append(piece)
        return b"".join(pieces)

    def _count(self, entry: zipfile.ZipInfo, size: int) -> None:
        self._unpacked[entry.filename] = max(size, self._unpacked.get(entry.filename, 0))
        unpacked = sum(self._unpacked.values())
        packed = sum(self._files[name].compress_size for name in self._unpacked)
        if unpacked > self._limits.unpacked:
            raise ArchiveRefused(too_large())
        for much, little in ((size, entry.compress_size), (unpacked, packed)):
            if much > self._limits.ratio_from and much > self._limits.ratio * max(little, 1):
                raise ArchiveRefused(blown_up())


@contextmanager
def opened(file: BinaryIO, limits: Limits = DEFAULT) -> Iterator[Archive]:
    """``file`` as an Archive. Raises ArchiveRefused, also later while its parts are read."""
    if file.seek(0, 2) > limits.file:
        raise ArchiveRefused(too_large())
    most = limits.entries * PER_ENTRY_IN_LIST + COMMENT
    try:
        unzipped = zipfile.ZipFile(cast(BinaryIO, Guarded(file, most)))
        refuse_entries(unzipped.infolist(), limits)
        refuse_overlaps(file, unzipped)
    except BROKEN:
        raise ArchiveRefused(broken()) from None
    with unzipped:
        yield Archive(unzipped, limits)


def refuse_entries(entries: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise ArchiveRefused(too_many())
    if sum(entry.file_size for entry in entries) > limits.unpacked:  # what it admits; the rest is counted
        raise ArchiveRefused(too_large())
    for entry in entries:
        refuse_name(entry.orig_filename, limits)
        refuse_kind(entry)
    refuse_doubles([entry.orig_filename for entry in entries])


def refuse_name(name: str, limits: Limits) -> None:
    parts = name.removesuffix("/").split("/")
    odd = any(part in ("", ".", "..") for part in parts) or any(map(is_control, name))
    if odd or "\\" in name or DRIVE.match(name):
        raise ArchiveRefused(
            _("This ZIP file holds a path that leads outside it or can't be read. It was not opened.")
        )
    if len(name.encode(errors="replace")) > limits.name:
        raise ArchiveRefused(_("This ZIP file holds a file with a name that is too long."))
    if len(parts) - 1 > limits.folders:
        raise ArchiveRefused(_("This ZIP file holds folders within folders, too many levels deep."))


def is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs")


def refuse_kind(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise ArchiveRefused(_("This ZIP file is locked with a password. Make one without a password."))
    mode = stat.S_IFMT(entry.external_attr >> 16)
    if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveRefused(_("This ZIP file holds a link to another file. It was not opened."))
    if entry.compress_type not in PACKED_AS:
        raise ArchiveRefused(_("This ZIP file is packed in a way we don't read. Pack it as an ordinary ZIP."))


def refuse_doubles(names: Sequence[str]) -> None:
    """Two that are one on some disk, and a file that is a folder as well."""
    folded = [unicodedata.normalize("NFC", name).casefold() for name in names]
    files = {name for name in folded if not name.endswith("/")}
    above = {name[:at] for name in folded for at, letter in enumerate(name) if letter == "/"}
    if len(set(folded)) < len(folded) or files & above:
        raise ArchiveRefused(_("This ZIP file holds two files of the same name."))


def refuse_overlaps(file: BinaryIO, unzipped: zipfile.ZipFile) -> None:
    """A bomb lets many entries unpack the same bytes; in an honest file each has bytes of its own."""
    entries = sorted(unzipped.infolist(), key=lambda entry: entry.header_offset)
    ends = [entry.header_offset for entry in entries[1:]] + [unzipped.start_dir]
    for entry, end in zip(entries, ends, strict=True):
        file.seek(entry.header_offset)
        signature, name, extra = LOCAL_HEAD.unpack(file.read(LOCAL_HEAD.size))
        begin = entry.header_offset + LOCAL_HEAD.size + name + extra
        if signature != b"PK\x03\x04" or begin + entry.compress_size > end:
            raise ArchiveRefused(broken())


def too_many() -> str:
    return _("There are too many files in this ZIP file.")


def too_large() -> str:
    return _("This ZIP file is too large, or what is packed in it is.")


def blown_up() -> str:
    return _("This ZIP file unpacks to far more than it holds. It was not opened any further.")


def broken() -> str:
    return _("This ZIP file is damaged, or it is no ZIP file.")
