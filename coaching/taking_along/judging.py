"""The files of a ZIP, each looked into once, for a limited time, and only while there is room for more."""

from __future__ import annotations

import time

from django.utils.translation import gettext as _

from coaching.lib.archives import Archive
from coaching.lib.uploads import Upload, UploadRefused
from portfolio import files

from .arrival import NewFile
from .stored_files import judged


class OutOfTime(UploadRefused):
    """The time is over; this file was not looked into."""


class Judging:
    """``room``: bytes its owner may still keep; ``seconds``: for all files together.

    A small ZIP may name one picture four thousand times, and judging that once takes a tenth of a second.
    """

    def __init__(self, archive: Archive, room: int, seconds: float) -> None:
        self.archive, self.room = archive, room
        self.until = time.monotonic() + seconds
        self.sizes: dict[str, int] = {}
        self.refused: dict[str, str] = {}

    def take(self, file: NewFile) -> Upload | None:
        """What may be kept; None for one that was taken before. Raises UploadRefused with the reason."""
        if file.path in self.refused:
            raise UploadRefused(self.refused[file.path])
        try:
            upload = None if file.path in self.sizes else self._look_into(file)
            size = len(upload.content) if upload else self.sizes[file.path]
            if size > self.room:
                raise UploadRefused(files.no_room())
        except OutOfTime:
            raise
        except UploadRefused as refused:
            self.refused[file.path] = str(refused)
            raise
        self.sizes[file.path] = size
        self.room -= size
        return upload

    def _look_into(self, file: NewFile) -> Upload:
        if file.path not in self.archive:
            raise UploadRefused(_("This file is not in the ZIP."))
        if self.archive.size_of(file.path) > self.room:
            raise UploadRefused(files.no_room())
        if time.monotonic() > self.until:
            raise OutOfTime(
                _("There was no time left to look into this file. Add it yourself, from the ZIP.")
            )
        return judged(file, self.archive)
