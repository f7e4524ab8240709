"""States that only move along a table, by one conditional update."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

Moves = dict[str, tuple[str, ...]]


class StaleMove(Exception):
    """The thing is no longer what the screen showed; nothing was changed. The message is for the user."""

    def __str__(self) -> str:
        return super().__str__() or _("This was changed in the meantime. Look again, and then decide.")


class MoveRefused(Exception):
    """The move is not allowed from here; nothing was changed. The message is for the user."""


def move(row: models.Model, moves: Moves, to: str, field: str = "state", **values: Any) -> None:
    """Set ``field`` to ``to`` and ``values`` with it, if ``moves`` allows it from the state ``row`` was read in.

    Raises MoveRefused when the table has no such move, StaleMove when somebody else moved first.
    """
    before = getattr(row, field)
    if to not in moves.get(before, ()):
        names: dict[Any, Any] = dict(row._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
        words = {"before": names.get(before, before), "after": names.get(to, to)}
        raise MoveRefused(_("“%(before)s” can't become “%(after)s”.") % words)
    rows = type(row)._default_manager.filter(pk=row.pk, **{field: before})
    if not rows.update(**{field: to}, **values):
        raise StaleMove
    for name, value in {field: to, **values}.items():
        setattr(row, name, value)
