"""What has to be arranged before the consultant goes: a list in code, ticked by people.

Source: domain.md §6 and what schools report on introductions that faded out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from schools.models import HandOverTick, Trajectory, User


@dataclass(frozen=True)
class Point:
    key: str
    words: Any
    why: Any


POINTS = (
    Point(
        "steered",
        _("Somebody of the school leads the introduction from now on"),
        _("With a name, and with hours for it in the annual task."),
    ),
    Point(
        "facilitators",
        _("Every group has at least two facilitators of its own"),
        _("Then a session goes on when one of them is ill or leaves."),
    ),
    Point(
        "dates",
        _("The dates of next year are fixed"),
        _("What is not in the year plan is the first thing that falls out."),
    ),
    Point(
        "hours",
        _("The hours of next year are set apart"),
        _("Also for colleagues who work two days."),
    ),
    Point(
        "material",
        _("The material is here, and the school may go on using it"),
        _("Not on the consultant's own laptop."),
    ),
    Point(
        "newcomers",
        _("New colleagues: somebody sees to it that they are taken along"),
        _("Who is new next year was not at the trainings."),
    ),
    Point(
        "papers",
        _("The consultant has handed in or erased what they had of us"),
        _("Notes, lists and files outside this site too."),
    ),
    Point(
        "look_back",
        _("The look-backs after one and two years are in the agenda"),
        _("The site proposes a day for each."),
    ),
)
KEYS = {point.key for point in POINTS}


def ticked(trajectory: Trajectory) -> list[tuple[Point, HandOverTick | None]]:
    """Every point with who ticked it and when, or None."""
    found = {tick.key: tick for tick in trajectory.ticks.select_related("by")}
    return [(point, found.get(point.key)) for point in POINTS]


def tick(trajectory: Trajectory, key: str, on: bool, by: User) -> None:
    """Twice is once; ``key`` is one of KEYS."""
    if on:
        HandOverTick.objects.get_or_create(trajectory=trajectory, key=key, defaults={"by": by})
    else:
        HandOverTick.objects.filter(trajectory=trajectory, key=key).delete()
