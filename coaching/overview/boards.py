"""A board over its schools: one row a school whose PMR agrees, and the totals of those rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from schools.models import Board, ConsentKind, School, SchoolYear, ShownKind
from schools.switches import allowing

from .numbers import Cell, Numbers, all_together, numbers_of
from .parts import Part


@dataclass(frozen=True)
class BoardNumbers:
    """``off``: schools of which nothing is shown, as their PMR has not agreed."""

    rows: list[Numbers]
    total: Numbers
    off: list[School]

    @property
    def schools(self) -> int:
        return len(self.rows) + len(self.off)

    @property
    def part(self) -> Part:
        """The last that anything was told of."""
        return self.total.newest[0].part

    @property
    def lines(self) -> list[tuple[Numbers, list[Cell]]]:
        """Each school with what was told of that part."""
        return [(row, [row.cell(self.part, kind) for kind in ShownKind]) for row in self.rows]


def board_numbers(board: Board, year: SchoolYear, at: dt.datetime) -> BoardNumbers:
    schools = list(board.schools.order_by("name", "pk"))
    on = allowing(schools, ConsentKind.OVERVIEW)
    rows = numbers_of([school for school in schools if school.pk in on], year, at)
    total = all_together(board.name, rows, year, timezone.localdate(at))
    return BoardNumbers(rows, total, [school for school in schools if school.pk not in on])
