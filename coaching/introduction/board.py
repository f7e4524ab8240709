"""What a board's director sees of the introductions at its schools: phase and counts, no persons and no texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Min, Q, Value, When

from schools.models import Board, Phase, School, Trajectory

ORDER = {phase: number for number, phase in enumerate(Phase)}


@dataclass(frozen=True)
class SchoolRow:
    """``phase``: the first with something open, by its name; ``done`` of ``planned`` milestones."""

    school: School
    year: str = ""
    phase: str = ""
    done: int = 0
    planned: int = 0
    late: int = 0
    hand_over_on: dt.date | None = None
    is_over: bool = False


def school_rows(boards: list[Board], day: dt.date) -> list[SchoolRow]:
    """Every school of ``boards`` by name, with its newest trajectory; two statements, however many there are."""
    schools = School.objects.filter(board__in=boards).order_by("name", "pk")
    newest: dict[int, Trajectory] = {}
    for trajectory in with_counts(boards, day):
        newest.setdefault(trajectory.school_id, trajectory)
    return [row_of(school, newest.get(school.pk), day) for school in schools]


def with_counts(boards: list[Board], day: dt.date) -> list[Trajectory]:
    open_ = Q(milestones__done_on__isnull=True)
    place = Case(
        *(When(milestones__phase=phase, then=Value(number)) for phase, number in ORDER.items()),
        output_field=IntegerField(),
    )
    rows = (
        Trajectory.objects.filter(school__board__in=boards)
        .select_related("year")
        .annotate(
            planned=Count("milestones"),
            done=Count("milestones", filter=~open_),
            late=Count("milestones", filter=open_ & Q(milestones__due__lt=day)),
            at_phase=Min(place, filter=open_ & Q(milestones__isnull=False)),
        )
    )
    return list(rows.order_by("-year__starts", "pk"))


def row_of(school: School, trajectory: Trajectory | None, day: dt.date) -> SchoolRow:
    if trajectory is None:
        return SchoolRow(school)
    at_phase: int | None = trajectory.at_phase  # type: ignore[attr-defined]
    return SchoolRow(
        school=school,
        year=str(trajectory.year),
        phase="" if at_phase is None else str(list(Phase)[at_phase].label),
        done=trajectory.done,  # type: ignore[attr-defined]
        planned=trajectory.planned,  # type: ignore[attr-defined]
        late=trajectory.late,  # type: ignore[attr-defined]
        hand_over_on=trajectory.hand_over_on,
        is_over=trajectory.is_handed_over(day),
    )
