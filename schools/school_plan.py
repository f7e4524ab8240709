"""The lines of a school plan: what a director writes there, and in which order they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove

from .models import School, SchoolPlanLine


def in_order(lines: Iterable[SchoolPlanLine]) -> list[SchoolPlanLine]:
    """As people count: 2.9 before 2.10; lines without a number come last."""
    return sorted(lines, key=place_of)


def place_of(line: SchoolPlanLine) -> tuple[bool, list[tuple[int, str]], int]:
    parts = re.findall(r"(\d+)|([^\d.\s]+)", line.number)
    return not parts, [(int(digits or 0), word.casefold()) for digits, word in parts], line.pk


@contextmanager
def of_its_own(line: SchoolPlanLine | None = None) -> Iterator[None]:
    """Raises MoveRefused when another line in use has the number; one out of use gives its number free."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        if line is None:
            raise MoveRefused(_("Another line has this number. Choose a different one.")) from taken
        raise MoveRefused(
            _("Another line has the number %(number)s by now. Change that one first.")
            % {"number": line.number}
        ) from taken


def write_line(school: School, number: str, text: str) -> SchoolPlanLine:
    """Raises MoveRefused when another line in use has ``number``."""
    with of_its_own():
        return SchoolPlanLine.objects.create(school=school, number=number, text=text)


def rewrite_line(line: SchoolPlanLine, number: str, text: str, *, was: str) -> None:
    """Compare and set; ``was``: the line as the screen showed it.

    Raises StaleMove when it is no longer that, MoveRefused when another line in use has ``number``.
    """
    rows = SchoolPlanLine.objects.filter(pk=line.pk, number=line.number, text=line.text)
    with of_its_own():
        if str(line) == was and rows.update(number=number, text=text):
            return
    raise StaleMove(_("Somebody changed this line meanwhile. It reads now: “%(line)s”.") % {"line": line})


def bring_back(line: SchoolPlanLine) -> None:
    """Raises MoveRefused when another line in use has taken its number."""
    with of_its_own(line):
        line.bring_back()
