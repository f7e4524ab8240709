"""Addresses of entries of the portfolio and their files."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.lib.files import picture
from tests.scene import Scene
from tests.walk_row import Data, Row, page, verb

READERS = "presenter director"  # whose it is, and whom it is shared with


def own(name: str, *, of: str = "entry_with_files", post: Data | None = None) -> Row:
    """What only the owner of an entry does; who may read it is told no."""
    return page(name, "entry", "presenter", "director", of=of, post=post)


def rewritten(scene: Scene) -> dict[str, object]:
    return {"seen": 1, "kind": "success", "title": "Gelukt", "q_situation": "Toen.", "day": "2026-03-03"}


ENTRIES = [
    page("entry", "entry", READERS, of="entry_with_files"),
    page("entry", "entry", "presenter participant", of="shared_entry"),
    page("entry_share", "entry", "presenter", "director", of="entry_with_files"),
    page("entry", "entry", "facilitator", of="entry"),
    page("entry", "entry", "participant", of="learned"),
    own("entry_edit", post=rewritten),
    verb("entry_drop_drafts", "entry", "presenter", "director", of="entry_with_files"),
    own("entry_delete", post={}),
    verb(
        "file_add",
        "entry",
        "presenter",
        "director",
        of="entry_with_files",
        post=lambda s: {"file": SimpleUploadedFile("foto.png", picture())},
    ),
    page("file", "entry", READERS, of="file"),
    page("file", "entry", READERS, of="picture"),
    page("thumbnail", "entry", READERS, of="picture"),
    own("file_delete", of="file", post={}),
]
