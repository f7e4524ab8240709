"""The order of goals in a plan: places 1, 2, 3, each taken once. Call while the plan is held."""

from __future__ import annotations

from typing import Any

from coaching.lib.states import StaleMove

from .models import ON_THE_MOVE


def close_gaps(goals: Any) -> int:
    """Places without holes among ``goals`` (the manager of a plan's); returns how many there are."""
    rows = list(goals.all())
    for place, goal in enumerate(rows, start=1):
        if goal.order != place:
            goals.filter(pk=goal.pk).update(order=place)
    return len(rows)


def change_places(goal: Any, goals: Any, *, up: bool) -> None:
    """``goal`` with the one above or below it; at the end nothing changes. Raises StaleMove when it moved since."""
    beside = goals.filter(**{f"order__{'lt' if up else 'gt'}": goal.order})
    other = beside.order_by("-order" if up else "order").first()
    if other is not None:
        _put(goals, goal, goal.order, ON_THE_MOVE)
        _put(goals, other, other.order, goal.order)
        _put(goals, goal, ON_THE_MOVE, other.order)


def _put(goals: Any, goal: Any, before: int, after: int) -> None:
    if not goals.filter(pk=goal.pk, order=before).update(order=after):
        raise StaleMove
