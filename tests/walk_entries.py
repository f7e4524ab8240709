"""Addresses of entries of the portfolio and their files."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.lib.files import picture
from tests.scene import Scene
from tests.walk_row import EVERYBODY, Data, Row, page, verb

READERS = "presenter director"  # whose it is, and whom it is shared with


def own(name: str, *, of: str = "shared_entry", post: Data | None = None) -> Row:
    """What only the owner of an entry does; who may read it is told no."""
    return page(name, "entry", "presenter", "director", of=of, post=post)


def rewritten(scene: Scene) -> dict[str, object]:
    return {"seen": 1, "kind": "success", "title": "Gelukt", "q-situation": "Toen.", "day": "2026-03-03"}


def between_two(name: str, **more: object) -> Row:
    """What stands between whoever asks and whoever is asked: here the presenter and the participant."""
    return page(name, "feedback", "presenter participant", **more)  # type: ignore[arg-type]


def asked(name: str, **more: object) -> Row:
    return verb(name, "feedback", "participant", "presenter", **more)


def on_the_wall(scene: Scene) -> dict[str, object]:
    return {"group": scene.cast.group.pk}


FEEDBACK = [
    page("feedback", "feedback", EVERYBODY),
    page(
        "feedback_ask",
        "feedback",
        EVERYBODY,
        post=lambda s: {"asked": s.cast.ilse.pk, "question": "Wat viel je op?"},
    ),
    between_two("feedback_request", of="answered"),
    between_two("feedback_request", of="open_question"),
    verb(
        "feedback_answer", "feedback", "participant", "presenter", of="answered", post={"answer": "Nog iets."}
    ),
    verb(
        "feedback_answer",
        "feedback",
        "participant",
        "presenter",
        of="open_question",
        post={"answer": "Rust."},
    ),
    asked("feedback_refuse", of="open_question"),
    verb(
        "feedback_keep",
        "feedback",
        "presenter",
        "participant",
        of="answered",
        post=lambda s: {"seen": s.answered.answer_mark},
    ),
    verb("feedback_decline", "feedback", "presenter", "participant", of="answered"),
    verb("feedback_withdraw", "feedback", "presenter", "participant", of="open_question"),
    page(
        "celebrate",
        "entry",
        "presenter",
        of="wall_entry",
        post=lambda s: {"group": s.cast.group.pk},
        silent=True,
    ),
    page(
        "celebrate",
        "entry",
        "presenter",
        "director",
        of="shared_entry",
        post=lambda s: {"group": s.cast.group.pk},
    ),
    verb("take_back_celebration", "entry", "presenter", "facilitator participant late", of="celebration"),
]
ENTRIES = [
    page("entry", "entry", READERS, of="shared_entry"),
    page("entry", "entry", "facilitator", of="entry"),
    page("entry", "entry", "participant", of="learned"),
    own("entry_edit", post=rewritten),
    verb("entry_drop_drafts", "entry", "presenter", "director", of="shared_entry"),
    own("entry_delete", post={}),
    verb(
        "file_add",
        "entry",
        "presenter",
        "director",
        of="shared_entry",
        post=lambda s: {"file": SimpleUploadedFile("foto.png", picture())},
    ),
    page("file", "entry", READERS, of="file"),
    page("file", "entry", READERS, of="picture"),
    page("thumbnail", "entry", READERS, of="picture"),
    own("file_delete", of="file", post={}),
    *FEEDBACK,
]
