"""The plan of a trajectory as its readers see it: by phase, with what is done and what the site shows of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from schools.models import Milestone, Phase, TrainingUnit, Trajectory, User

from .proofs import Proofs, Shown


@dataclass(frozen=True)
class Line:
    """A milestone with what stands beside it on ``day``."""

    milestone: Milestone
    proof: Shown | None
    is_late: bool


@dataclass
class PhaseOfPlan:
    phase: Phase
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.phase.label)

    @property
    def done(self) -> int:
        return sum(1 for line in self.lines if line.milestone.done_on)

    @property
    def is_done(self) -> bool:
        return 0 < len(self.lines) == self.done

    @property
    def days(self) -> list[dt.date]:
        return sorted(line.milestone.due for line in self.lines if line.milestone.due)


class Plan:
    """Everything of a trajectory that its page and its paper show."""

    def __init__(self, trajectory: Trajectory, day: dt.date) -> None:
        self.trajectory, self.day = trajectory, day
        self.units: list[TrainingUnit] = list(trajectory.units.all())
        proofs = Proofs(trajectory, self.units, day)
        self.phases = [PhaseOfPlan(phase) for phase in Phase]
        by_phase = {each.phase: each for each in self.phases}
        told: Counter[str] = Counter()
        for row in trajectory.milestones.select_related("owner__person"):
            told[row.proof] += 1
            line = Line(row, proofs.of(row.proof, told[row.proof]), row.is_late(day))
            by_phase[Phase(row.phase)].lines.append(line)

    @property
    def all(self) -> int:
        return sum(len(each.lines) for each in self.phases)

    @property
    def done(self) -> int:
        return sum(each.done for each in self.phases)

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.all) if self.all else 0

    @property
    def now(self) -> PhaseOfPlan | None:
        """The first phase in which something is open."""
        return next((each for each in self.phases if each.lines and not each.is_done), None)


def rights(trajectory: Trajectory, user: User, day: dt.date) -> dict[str, Any]:
    """What the page offers ``user``."""
    return {
        "designs": trajectory.can_be_designed_by(user),
        "inside": trajectory.can_be_designed_from_inside_by(user),
        "steers": trajectory.can_be_steered_by(user),
        "takes_part": trajectory.involves(user),
        "is_over": trajectory.is_handed_over(day),
    }
