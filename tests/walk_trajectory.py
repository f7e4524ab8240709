"""Addresses of the introduction: designed by director, coordinator, consultants and Ilse, who is involved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schools.models import SchoolYear
from tests.scene import Scene
from tests.walk_row import STAFF, Row, page, verb

CONSULTANTS = "consultant guest was_guest"
INSIDE = "elsewhere coordinator director"
DESIGNERS = f"{INSIDE} {CONSULTANTS}"
STEERERS = "coordinator director"
OTHERS = "facilitator presenter participant late gone asked board"


def plan(name: str, **more: Any) -> Row:
    return page(name, "trajectory", DESIGNERS, OTHERS, **{"of": "trajectory", **more})


def steered(kind: Any, name: str, **more: Any) -> Row:
    barred = f"{OTHERS} elsewhere {CONSULTANTS}"
    row: Row = kind(name, "trajectory", STEERERS, barred, **{"of": "trajectory", **more})
    return row


def next_year(scene: Scene) -> dict[str, Any]:
    return {"year": SchoolYear.start_of(scene.at.date()) + 1}


MILESTONE = {"title": "Nog een", "phase": "do", "seen": 0}
TRAJECTORY = [
    page("introductions", "trajectory", "board"),
    plan("introduction", of="school"),
    steered(page, "start_introduction", of="school", post=next_year),
    plan("trajectory"),
    plan("change_trajectory", post={"goal": "Samen leren.", "seen": 0}),
    plan("trajectory_pdf"),
    steered(page, "involve", post=lambda s: {"people": [s.cast.tom.memberships.get().pk]}),
    verb(
        "step_out", "trajectory", "elsewhere", f"{OTHERS} coordinator director {CONSULTANTS}", of="trajectory"
    ),
    plan("add_milestone", post=MILESTONE),
    plan("change_milestone", of="milestone", post=MILESTONE),
    verb("remove_milestone", "trajectory", DESIGNERS, OTHERS, of="milestone"),  # not done yet
    verb("milestone_done", "trajectory", DESIGNERS, OTHERS, of="milestone"),
    verb("milestone_open", "trajectory", INSIDE, f"{OTHERS} {CONSULTANTS}", of="milestone"),
    page("trainings", "training", STAFF, "board", of="school"),
    page("unit", "training", STAFF, "board", of="unit"),
    page("material", "training", STAFF, "board", of="material"),
    page(
        "add_unit", "training", DESIGNERS, OTHERS, of="trajectory", post={"title": "Vragen", "minutes": "2"}
    ),
    page("change_unit", "training", DESIGNERS, OTHERS, of="unit", post={"title": "Vragen", "seen": 0}),
    verb("remove_unit", "training", DESIGNERS, OTHERS, of="coming_unit"),
    verb("add_material", "training", DESIGNERS, OTHERS, of="unit", post={"link": "https://lees.example/"}),
    verb("remove_material", "training", STEERERS, f"{OTHERS} elsewhere {CONSULTANTS}", of="material"),
    page(
        "unit_attendance",
        "attendance",
        "coordinator",
        f"{OTHERS} elsewhere director {CONSULTANTS}",
        of="unit",
        post=lambda s: {"people": [s.cast.tom.memberships.get().pk]},
    ),
    plan("hand_over"),
    verb("tick_point", "trajectory", DESIGNERS, OTHERS, of="trajectory", post={"key": "dates", "on": "1"}),
    steered(
        verb,
        "move_hand_over",
        post=lambda s: {"day": str(s.trajectory.hand_over_on + dt.timedelta(days=7))},
    ),
    steered(verb, "hand_over_today"),
    page(
        "change_look_back",
        "trajectory",
        INSIDE,
        f"{OTHERS} {CONSULTANTS}",
        of="trajectory_look_back",
        post={"text": "Het loopt.", "seen": 0},
    ),
]
