"""Addresses of what somebody writes about themselves, and of the first visit."""

from __future__ import annotations

from portfolio.about_me import CORNERS, mark_of
from tests.scene import WORDS, Scene
from tests.walk_row import EVERYBODY, page, verb


def other_corners(scene: Scene) -> dict[str, str]:
    seen = {f"seen_{corner}": mark_of(getattr(scene.quadrant, corner)) for corner in CORNERS}
    return {"quality": WORDS["quadrant"], "challenge": "Loslaten", **seen}


NEEDS = {"theme": "needs"}
START = [
    page("about_me", "about_me", EVERYBODY),
    page(
        "about_theme",
        "about_me",
        EVERYBODY,
        parts=NEEDS,
        post={"autonomy": "Mijn eigen rooster.", "seen_autonomy": mark_of("")},
    ),
    verb("about_drop_drafts", "about_me", EVERYBODY, parts=NEEDS),
    page("about_delete", "about_me", EVERYBODY, post={}),
    page("quadrant_new", "about_me", EVERYBODY, post={"quality": "Geduldig"}),
    page("quadrant", "about_me", "facilitator", of="quadrant", post=other_corners),
    page("quadrant_delete", "about_me", "facilitator", of="quadrant", post={}),
    verb("quadrant_drop_drafts", "about_me", "facilitator", of="quadrant"),
    page("first_visit", "talents", EVERYBODY, post={}),
    page("first_visit_choose", "talents", EVERYBODY, post={"own": "Stembanden"}),
    page("first_visit_goal", "pop", EVERYBODY, post={"question": "Hoe kan ik zachter praten?"}),
]
