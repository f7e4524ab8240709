"""Which overviews somebody may open, for the menu and for home."""

from __future__ import annotations

from django.urls import reverse

from schools.models import Role, User


def overviews(user: User) -> list[tuple[str, str]]:
    """Name and address of the boards and schools they direct; a director sees the page also while it is off.

    Whoever works at a school is not asked for boards: this runs on every page.
    """
    directs, works = user.schools_as(Role.DIRECTOR), user.schools_as(Role.TEACHER, Role.COORDINATOR)
    boards = [] if works else user.boards_now
    return [
        *((board.name, reverse("board_overview", args=[board.pk])) for board in boards),
        *((school.name, reverse("school_overview", args=[school.pk])) for school in directs),
    ]
