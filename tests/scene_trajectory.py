"""What the scene has of an introduction: a trajectory under way, Ilse involved, one training with a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from coaching.introduction.materials import add_file, add_link
from coaching.lib.uploads import judge
from schools.models import (
    Involved,
    Membership,
    Milestone,
    Phase,
    SchoolYear,
    TrainingAttendance,
    TrainingUnit,
    Trajectory,
    TrajectoryLookBack,
)
from tests.people import Cast

TRAJECTORY_WORDS = {
    "trajectory_goal": "kanarieinvoerdoel",
    "milestone_proof": "kanariemijlpaal",
    "looked_back": "kanarieterugkijken",
}
BEGUN = dt.timedelta(days=60)
# Before the link to the PMR ends (60 days), and mostly in the same school year.
AHEAD = dt.timedelta(days=20)


def introduction_of(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    today = timezone.localdate(at)
    trajectory = Trajectory.objects.create(
        school=cast.zandplaat,
        year=SchoolYear.of(today),
        goal=TRAJECTORY_WORDS["trajectory_goal"],
        begins_on=today - BEGUN,
        hand_over_on=today + AHEAD,
        made_by=cast.karin,
    )
    ilse = Membership.objects.get(person=cast.ilse)
    Involved.objects.create(trajectory=trajectory, membership=ilse, asked_by=cast.karin)
    milestone = Milestone.objects.create(
        trajectory=trajectory,
        phase=Phase.DO,
        title="Eigen sessies",
        proof="own_sessions",
        proof_text=TRAJECTORY_WORDS["milestone_proof"],
        due=today - dt.timedelta(days=1),
        owner=ilse,
    )
    unit = TrainingUnit.objects.create(trajectory=trajectory, title="Luisteren", day=today, minutes=120)
    coming = TrainingUnit.objects.create(trajectory=trajectory, title="Doorvragen", day=today + AHEAD)
    TrainingAttendance.objects.create(unit=unit, membership=ilse)
    add_link(unit, "Kaart", "https://kaart.example/", at)
    file = add_file(unit, "Handout", judge("handout.txt", b"Eerst luisteren."), at, None)
    back = TrajectoryLookBack.objects.create(
        trajectory=trajectory, years=1, text=TRAJECTORY_WORDS["looked_back"]
    )
    return {
        "trajectory": trajectory,
        "milestone": milestone,
        "unit": unit,
        "coming_unit": coming,
        "material": file,
        "trajectory_look_back": back,
    }
