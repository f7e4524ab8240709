"""Addresses of the director's overview."""

from __future__ import annotations

from schools.models import ConsentKind
from tests.people import consent
from tests.scene import Scene
from tests.walk_row import EVERYBODY, STAFF, page

# Everybody else at school knows of it; who directs the board is no member, and sees its schools.
BARRED = STAFF.replace("director ", "")


def switched_on(scene: Scene) -> None:
    consent(scene.school, ConsentKind.OVERVIEW)


OVERVIEW = [
    page("school_overview", "overview", "director board", BARRED, of="school", before=switched_on),
    page("school_overview_pdf", "overview", "director board", BARRED, of="school", before=switched_on),
    page("school_overview_csv", "overview", "director board", BARRED, of="school", before=switched_on),
    page("board_overview", "overview", "board", of="board_row", before=switched_on),
    page("board_overview_csv", "overview", "board", of="board_row", before=switched_on),
    page("not_seen", "overview", EVERYBODY),
]
