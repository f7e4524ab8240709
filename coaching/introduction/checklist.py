"""What has to be arranged before the consultant goes: a list in code, ticked by people.

Source: domain.md §6 and what schools report on introductions that faded out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import MoveRefused
from schools.models import HandOverTick, Trajectory, User


@dataclass(frozen=True)
class Point:
    key: str
    words: Any
    why: Any
    from_inside: bool = False  # no consultant says so of themselves


POINTS = (
    Point(
        "steered",
        _("Somebody from inside steers it from now on"),
        _("With a name, and with hours for it in the annual task."),
        from_inside=True,
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
        from_inside=True,
    ),
    Point(
        "look_back",
        _("The look-backs after one and two years are in the agenda"),
        _("The site proposes a day for each."),
    ),
)
FROM_INSIDE = {point.key for point in POINTS if point.from_inside}
KEYS = {point.key for point in POINTS}


def ticked(trajectory: Trajectory) -> list[tuple[Point, HandOverTick | None]]:
    """Every point with who ticked it and when, or None."""
    found = {tick.key: tick for tick in trajectory.ticks.select_related("by")}
    return [(point, found.get(point.key)) for point in POINTS]


def tick(trajectory: Trajectory, key: str, on: bool, by: User) -> None:
    """Twice is once; ``key`` is one of KEYS. Raises MoveRefused for what is not for ``by`` to say."""
    found = HandOverTick.objects.filter(trajectory=trajectory, key=key)
    if not may_tick(trajectory, key, found.first(), by):
        raise MoveRefused(gettext("Who steers the introduction from inside decides on this point."))
    if on:
        HandOverTick.objects.get_or_create(trajectory=trajectory, key=key, defaults={"by": by})
    else:
        found.delete()


def may_tick(trajectory: Trajectory, key: str, found: HandOverTick | None, by: User) -> bool:
    """Who is from outside takes back their own ticks alone, and says nothing of what they do themselves."""
    if key in FROM_INSIDE:
        return trajectory.can_be_steered_by(by)
    return found is None or found.by_id == by.pk or trajectory.can_be_designed_from_inside_by(by)
