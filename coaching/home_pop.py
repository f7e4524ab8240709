"""Home: where somebody begins their POP who has none of this school year."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from schools.models import Role, SchoolYear

from .home_next import Next
from .today import Today


def pop_to_begin(today: Today, shown: Iterable[Next]) -> SchoolYear | None:
    """The year of a POP that is not there yet; None for who is asked for none, or by one of ``shown`` already."""
    asked = bool(today.start_page) and reverse(today.start_page) in {thing.url for thing in shown}
    if asked or today.pop or not today.user.schools_as(Role.TEACHER, Role.COORDINATOR):
        return None
    return SchoolYear(starts=today.year)
