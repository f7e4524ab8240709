"""Which goals of groups serve which line of the school plan, as far as somebody may read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portfolio.models import Outcome
from schools.models import School, SchoolPlanLine, SchoolYear, User
from schools.school_plan import in_order

from .models import GroupPlanVersion, PopGroup


@dataclass(frozen=True)
class Served:
    """A goal of ``group``, as it stands in the newest version that was handed in."""

    group: PopGroup
    version: GroupPlanVersion
    title: str
    visible: str
    outcome: str


@dataclass(frozen=True)
class Serving:
    """A line of the school plan (None: goals that serve none) and what serves it."""

    line: SchoolPlanLine | None
    goals: list[Served] = field(default_factory=list)

    @property
    def groups(self) -> int:
        return len({goal.group.pk for goal in self.goals})


def newest_versions(school: School, year: SchoolYear, user: User) -> list[GroupPlanVersion]:
    """Of each group whose plan ``user`` may read the last version handed in and not taken back, by group."""
    rows = GroupPlanVersion.objects.visible_to(user).of_school(school, year).newest_of_each()
    return list(rows.order_by("plan__group__name", "plan"))


def serving(school: School, year: SchoolYear, user: User) -> list[Serving]:
    """Every line in use, and those out of use that a goal serves; goals without a line come last.

    Only what was handed in: the living text of a plan is never read here.
    """
    by_line: dict[int | None, list[Served]] = {}
    for version in newest_versions(school, year, user):
        for goal in version.content["goals"]:
            by_line.setdefault(goal["line_key"], []).append(served(version, goal))
    lines = in_order(SchoolPlanLine.objects.filter(school=school))
    shown = [line for line in lines if not line.retired_at or line.pk in by_line]
    known = {line.pk for line in lines}
    loose = [goal for key, goals in by_line.items() if key not in known for goal in goals]
    rows = [Serving(line, by_line.get(line.pk, [])) for line in shown]
    return [*rows, Serving(None, loose)] if loose else rows


def served(version: GroupPlanVersion, goal: dict[str, Any]) -> Served:
    words: dict[str, Any] = dict(Outcome.choices)
    outcome = str(words.get(goal["outcome"], ""))
    return Served(version.plan.group, version, goal["title"], goal["visible"], outcome)
