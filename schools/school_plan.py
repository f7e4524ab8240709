"""The lines of a school plan: what a director writes there, and in which order they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove

from .models import School, SchoolPlanLine


def in_order(lines: Iterable[SchoolPlanLine]) -> list[SchoolPlanLine]:
    """As people count: 2.9 before 2.10; lines without a number come last."""
    return sorted(lines, key=place_of)


def place_of(line: SchoolPlanLine) -> tuple[bool, list[tuple[int, str]], int]:
    parts = re.findall(r"(\d+)|([^\d.\s]+)", line.number)
    return not parts, [(int(digits or 0), word.casefold()) for digits, word in parts], line.pk


def number_is_taken(school: School, number: str, besides: SchoolPlanLine | None = None) -> bool:
    """By a line in use; one out of use gives its number free."""
    lines = SchoolPlanLine.objects.in_use().filter(school=school, number=number)
    return bool(number) and lines.exclude(pk=besides.pk if besides else 0).exists()


def write_line(school: School, number: str, text: str) -> SchoolPlanLine:
    """Raises MoveRefused when another line in use has ``number``."""
    refuse_taken(school, number)
    return SchoolPlanLine.objects.create(school=school, number=number, text=text)


def refuse_taken(school: School, number: str, besides: SchoolPlanLine | None = None) -> None:
    if number_is_taken(school, number, besides):
        raise MoveRefused(_("Another line has this number. Choose a different one."))


def rewrite_line(line: SchoolPlanLine, number: str, text: str, *, was: str) -> None:
    """Compare and set; ``was``: the line as the screen showed it.

    Raises StaleMove when it is no longer that, MoveRefused when another line in use has ``number``.
    """
    refuse_taken(line.school, number, line)
    if str(line) != was or not (
        SchoolPlanLine.objects.filter(pk=line.pk, number=line.number, text=line.text).update(
            number=number, text=text
        )
    ):
        raise StaleMove(_("Somebody changed this line meanwhile. It reads now: “%(line)s”.") % {"line": line})


def bring_back(line: SchoolPlanLine) -> None:
    """Raises MoveRefused when another line in use has taken its number."""
    if number_is_taken(line.school, line.number, line):
        raise MoveRefused(
            _("Another line has the number %(number)s by now. Change that one first.")
            % {"number": line.number}
        )
    line.bring_back()
