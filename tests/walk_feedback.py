"""Addresses of feedback between two colleagues, and of the wall of a group."""

from __future__ import annotations

from tests.scene import Scene
from tests.walk_row import EVERYBODY, Row, page, verb


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
        of="entry_with_files",
        post=lambda s: {"group": s.cast.group.pk},
    ),
    verb("take_back_celebration", "entry", "presenter", "facilitator participant late", of="celebration"),
]
