"""What the page of a have/need map shows, and the part of it that stands on the page of a GOP."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from coaching.lib.added_up import FEWEST, Step, is_enough, still_shown
from portfolio.models import Competence, Framework

from .maps import competences_of, is_over
from .models import GroupMap, GroupMember, GroupNeed, MapBar, MapContribution, MapMark, PopGroup

BLOCK, GAP = 44, 4  # of the picture of a bar: how wide a block is, and the room between two
DOT, MOST_DOTS = 11, 12  # so many fit under it; the number stands beside it


@dataclass(frozen=True)
class Bar:
    """A row of the map. ``have`` is a Step, None while it can't be shown; ``need`` a number of people or None."""

    competence: Competence
    have: Step | None
    need: int | None

    @property
    def enough(self) -> bool | None:
        """Yes, no, or None: to be talked over."""
        return is_enough(self.have, self.need) if self.have and self.need else None

    @property
    def blocks(self) -> list[tuple[int, bool]]:
        """Left side of each block of the picture, and whether it is filled."""
        filled = list(Step).index(self.have) + 1 if self.have else 0
        return [(number * (BLOCK + GAP), number < filled) for number in range(len(Step))]

    @property
    def dots(self) -> list[int]:
        """The middle of each dot of the picture, one for each person needed."""
        return [number * DOT + DOT // 2 for number in range(min(self.need or 0, MOST_DOTS))]


@dataclass(frozen=True)
class Section:
    framework: Framework
    bars: list[Bar]


@dataclass(frozen=True)
class OwnLine:
    """What the reader put in of one competence; ``well`` is None once it was added up."""

    competence: Competence
    well: bool | None


class MapOf:
    """All that stands on the map of ``group``, in five statements; ``mine``: the place of its reader."""

    def __init__(self, group: PopGroup, mine: GroupMember | None = None) -> None:
        self.group = group
        rows = list(MapContribution.objects.standing().filter(place__group=group))
        self.standing = len(rows)
        self.own = next((row for row in rows if mine and row.place_id == mine.pk), None)
        self.marks = list(MapMark.objects.filter(contribution__in=[row.pk for row in rows]))
        self.bars = list(MapBar.objects.filter(map__group=group).select_related("map"))
        self.needs = dict(GroupNeed.objects.filter(group=group).values_list("competence", "people"))

    @property
    def made(self) -> GroupMap | None:
        return self.bars[0].map if self.bars else None

    @cached_property
    def steps(self) -> dict[int, Step]:
        """Words by key of their competence, as long as five of those who were added up still stand by them."""
        stand = Counter(mark.competence_id for mark in self.marks if mark.well is None)
        shown = (
            (bar.competence_id, still_shown(Step(bar.step), stand[bar.competence_id])) for bar in self.bars
        )
        return {key: step for key, step in shown if step}

    @cached_property
    def own_marks(self) -> dict[int, bool | None]:
        own = self.own.pk if self.own else None
        return {mark.competence_id: mark.well for mark in self.marks if mark.contribution_id == own}

    @cached_property
    def competences(self) -> list[Competence]:
        rows = Competence.objects.filter(pk__in={*self.steps, *self.needs, *self.own_marks})
        return list(rows.select_related("framework").order_by("framework", "order", "pk"))

    @property
    def sections(self) -> list[Section]:
        """Competences of which something is to be seen, by list."""
        found: dict[Framework, list[Bar]] = {}
        for each in self.competences:
            have, need = self.steps.get(each.pk), self.needs.get(each.pk)
            if each.framework and (have or need):
                found.setdefault(each.framework, []).append(Bar(each, have, need))
        return [Section(framework, bars) for framework, bars in found.items()]

    @property
    def own_lines(self) -> list[OwnLine]:
        return [OwnLine(c, self.own_marks[c.pk]) for c in self.competences if c.pk in self.own_marks]


def shown_of(found: MapOf) -> dict[str, Any]:
    return {"map_group": found.group, "map_made": found.made, "map_sections": found.sections}


def page_context(group: PopGroup, mine: GroupMember) -> dict[str, Any]:
    """All of the page: the map, and what its reader put in."""
    found = MapOf(group, mine)
    still_open = not found.made and not is_over(group, timezone.now())
    return {
        **shown_of(found),
        "own": found.own,
        "own_lines": found.own_lines,
        "open": still_open,
        "ready": still_open and found.standing >= FEWEST,
    }


def to_choose(group: PopGroup) -> list[tuple[Competence, int | None]]:
    """Every competence of the lists of the school, with the need that stands now."""
    needs = dict(GroupNeed.objects.filter(group=group).values_list("competence", "people"))
    return [(each, needs.get(each.pk)) for each in competences_of(group)]
