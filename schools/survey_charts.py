"""The lines of the four results over the rounds, as points of a drawing; the words and the table are the page's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .survey_items import Text
from .survey_results import Line, Outcome

LEFT, RIGHT, TOP, BOTTOM, HEIGHT, WIDTH = 30, 375, 14, 214, 250, 400
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    average: Decimal


@dataclass(frozen=True)
class Drawn:
    """``shape``: 1 to 4, the sign at each point, so that lines differ in more than colour."""

    name: Text
    shape: int
    points: list[Point]

    @property
    def path(self) -> str:
        return " ".join(f"{'L' if at else 'M'}{point.x} {point.y}" for at, point in enumerate(self.points))


@dataclass(frozen=True)
class Chart:
    outcome: Outcome
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT

    @property
    def lines(self) -> list[Drawn]:
        return [self._drawn(line, shape) for shape, line in enumerate(self.outcome.lines, start=1)]

    def _drawn(self, line: Line, shape: int) -> Drawn:
        """Lines with the same average stand a little beside each other."""
        points = [
            Point(x_of(at, len(line.averages)) + 6 * shape - 15, y_of(average), average)
            for at, average in enumerate(line.averages)
            if average is not None
        ]
        return Drawn(line.result.name, shape, points)

    @property
    def grid(self) -> list[tuple[int, int]]:
        return [(value, y_of(Decimal(value))) for value in range(LOWEST, HIGHEST + 1)]

    @property
    def names(self) -> list[tuple[int, str]]:
        rounds = self.outcome.rounds
        return [(x_of(at, len(rounds)), each.name) for at, each in enumerate(rounds)]


def x_of(at: int, number: int) -> int:
    """The middle of column ``at`` of ``number``."""
    return LEFT + (RIGHT - LEFT) * (2 * at + 1) // (2 * number)


def y_of(average: Decimal) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * (average - LOWEST) / (HIGHEST - LOWEST))
