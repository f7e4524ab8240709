"""What a director sees of one school or of many, read in a fixed number of statements.

Of groups, plans and meetings the numbers are exact: when a group meets is known to the director anyway. Of people
only what was told of a closed part of the year (``ShownSpan``) is read here, never what is behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.suppression import Span, together
from popgroups.models import GroupPlanState, GroupPlanVersion, MeetingState, PopGroup
from schools.models import School, SchoolYear, ShownKind, ShownSpan

from .counting import told_on
from .parts import Part
from .words import not_yet, span_words


class Stage(models.TextChoices):
    """How far a GOP is, as a director may know: what a group does before it hands in is the group's own."""

    WRITING = "writing", _("not handed in yet")
    SUBMITTED = "submitted", _("handed in")
    IN_TALK = "in_talk", _("being talked over")
    RUNNING = "running", _("running")
    EVALUATED = "evaluated", _("evaluated")


STAGES = {
    GroupPlanState.SUBMITTED: Stage.SUBMITTED,
    GroupPlanState.RUNNING: Stage.RUNNING,
    GroupPlanState.EVALUATED: Stage.EVALUATED,
}


def stage_of(is_handed_in: bool, state: str | None) -> Stage:
    """By what was handed in last and still stands; whether all said yes meanwhile is the group's own."""
    return STAGES.get(GroupPlanState(state), Stage.IN_TALK) if is_handed_in and state else Stage.WRITING


@dataclass(frozen=True)
class Meetings:
    """Numbers of meetings and their minutes; ``all`` are those held, to come, and past but not marked as held."""

    held: int = 0
    all: int = 0
    minutes_held: int = 0
    minutes_all: int = 0

    def __add__(self, other: Meetings) -> Meetings:
        return Meetings(
            self.held + other.held,
            self.all + other.all,
            self.minutes_held + other.minutes_held,
            self.minutes_all + other.minutes_all,
        )

    @property
    def percent(self) -> int:
        return self.held * 100 // self.all if self.all else 0


@dataclass(frozen=True)
class GroupLine:
    name: str
    stage: Stage
    meetings: Meetings


@dataclass(frozen=True)
class Cell:
    """What stands in one place of the table about people. Without ``span``: not told yet, or never (too few)."""

    kind: ShownKind
    part: Part
    is_told: bool = False
    span: Span | None = None

    @property
    def words(self) -> str:
        return span_words(self.kind, self.span) if self.is_told else not_yet(told_on(self.kind, self.part))

    @property
    def is_presence(self) -> bool:
        return self.kind == ShownKind.PRESENCE


@dataclass
class Numbers:
    """One school, or with ``of`` schools the sum of what is shown of each."""

    name: str
    day: dt.date
    year: SchoolYear
    school: School | None = None
    groups: list[GroupLine] = field(default_factory=list)
    cells: dict[tuple[Part, ShownKind], Cell] = field(default_factory=dict)

    @cached_property
    def meetings(self) -> Meetings:
        return sum((group.meetings for group in self.groups), Meetings())

    @cached_property
    def stages(self) -> list[tuple[Stage, int]]:
        """Every stage with how many groups are there."""
        found = [group.stage for group in self.groups]
        return [(stage, found.count(stage)) for stage in Stage]

    @property
    def handed_in(self) -> int:
        return sum(group.stage != Stage.WRITING for group in self.groups)

    @cached_property
    def parts(self) -> list[Part]:
        return Part.of_year(self.year.starts)

    def cell(self, part: Part, kind: ShownKind) -> Cell:
        return self.cells.get((part, kind), Cell(kind, part))

    @cached_property
    def table(self) -> list[tuple[Part, list[Cell]]]:
        """A row each part that began, its cells in the order of ShownKind."""
        begun = [part for part in self.parts if part.first_day <= self.day]
        return [(part, [self.cell(part, kind) for kind in ShownKind]) for part in begun]

    @cached_property
    def newest(self) -> list[Cell]:
        """Of the last part that anything was told of, else of the first."""
        told = [part for part in self.parts if any((part, kind) in self.cells for kind in ShownKind)]
        return [self.cell(told[-1] if told else self.parts[0], kind) for kind in ShownKind]

    @cached_property
    def presence(self) -> Span | None:
        """Of the year so far, from what was told of its parts."""
        return self._so_far(ShownKind.PRESENCE)

    @cached_property
    def hours(self) -> Span | None:
        return self._so_far(ShownKind.HOURS)

    @property
    def presence_words(self) -> str:
        return span_words(ShownKind.PRESENCE, self.presence)

    @property
    def hours_words(self) -> str:
        return span_words(ShownKind.HOURS, self.hours)

    def _so_far(self, kind: ShownKind) -> Span | None:
        return together(self.cell(part, kind).span for part in self.parts)


def numbers_of(schools: Sequence[School], year: SchoolYear, at: dt.datetime) -> list[Numbers]:
    """Of each of ``schools``, in their order; ask ``agreed`` first whether they may be shown."""
    day = timezone.localdate(at)
    found = {school.pk: Numbers(school.name, day, year, school) for school in schools}
    for school, line in group_lines(found, year):
        found[school].groups.append(line)
    for row in ShownSpan.objects.filter(school__in=found, starts=year.starts):
        part, kind = Part(row.starts, row.part), ShownKind(row.kind)
        found[row.school_id].cells[part, kind] = Cell(kind, part, is_told=True, span=row.span)
    return list(found.values())


def group_lines(schools: Iterable[int], year: SchoolYear) -> Iterable[tuple[int, GroupLine]]:
    """Every open group of ``schools`` with the school it belongs to, by name."""
    is_held, is_planned = Q(meetings__state=MeetingState.HELD), Q(meetings__state=MeetingState.PLANNED)
    counts: Any = {
        "held": Count("meetings", filter=is_held),
        "planned": Count("meetings", filter=is_held | is_planned),
        "minutes_held": Sum("meetings__minutes", filter=is_held, default=0),
        "minutes_planned": Sum("meetings__minutes", filter=is_held | is_planned, default=0),
    }
    rows = PopGroup.objects.filter(school__in=list(schools), year__starts=year.starts, closed_on=None)
    standing = GroupPlanVersion.objects.filter(plan__group=OuterRef("pk"), withdrawn_at=None)
    rows = rows.annotate(handed_in=Exists(standing), **counts)
    fields = ("school", "name", "handed_in", "plan__state")
    for school, name, handed_in, state, *numbers in rows.values_list(*fields, *counts).order_by("name", "pk"):
        yield school, GroupLine(name, stage_of(handed_in, state), Meetings(*numbers))


def all_together(name: str, rows: Sequence[Numbers], year: SchoolYear, day: dt.date) -> Numbers:
    """The totals of ``rows``: groups as they are, people only as far as the rows show them."""
    total = Numbers(name, day, year, groups=[group for row in rows for group in row.groups])
    for part in total.parts:
        for kind in ShownKind:
            cells = [row.cell(part, kind) for row in rows]
            if any(cell.is_told for cell in cells):
                span = together(cell.span for cell in cells)
                total.cells[part, kind] = Cell(kind, part, is_told=True, span=span)
    return total
