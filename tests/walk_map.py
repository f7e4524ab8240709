"""Addresses of the have/need map of a group, and of the school plan."""

from __future__ import annotations

from typing import Any

from popgroups.maps import digest_of, lines_of, make_map
from popgroups.models import GroupNeed
from schools.models import SchoolPlanLine
from tests.popgroups.maps import mark, put_in
from tests.scene import Scene
from tests.walk_row import MEMBERS, SCHOOL, page, verb

KNOW_OF_IT = "coordinator asked"  # who sees that there is a group, and nothing of its map


def scored(scene: Scene) -> None:
    for person in [*scene.cast.members, scene.cast.late]:
        mark(person, scene.listed, 8)


def all_put_in(scene: Scene) -> None:
    scored(scene)
    for person in scene.cast.members:
        put_in(scene.group, person)


def made(scene: Scene) -> None:
    all_put_in(scene)
    make_map(scene.group, scene.at)
    GroupNeed.objects.create(group=scene.group, competence=scene.listed, people=3)


def listed(scene: Scene) -> dict[str, object]:
    """The list as the screen of whoever comes first shows it; to all it is the same."""
    return {"seen": digest_of(lines_of(scene.cast.late, scene.group))}


MAPS = [
    page("group_map", "map", MEMBERS, KNOW_OF_IT, of="group", before=made),
    page("group_map", "map", MEMBERS, KNOW_OF_IT, of="group", before=all_put_in),
    page("join_map", "map", MEMBERS, KNOW_OF_IT, of="group", before=scored, post=listed),
    verb("leave_map", "map", MEMBERS, KNOW_OF_IT, of="group", before=all_put_in),
    page("make_map", "map", MEMBERS, KNOW_OF_IT, of="group", before=all_put_in, post={"together": "on"}),
    page("map_needs", "map", MEMBERS, KNOW_OF_IT, of="group", post=lambda s: {f"need_{s.listed.pk}": 3}),
]


def written(scene: Scene) -> None:
    """The line of the school plan, and one out of use."""
    for number, retired in (("2.9", None), ("1", scene.at)):
        told: dict[str, Any] = {"number": number, "text": "Rust in de school", "retired_at": retired}
        SchoolPlanLine.objects.get_or_create(school=scene.school, **told)


def rewritten(scene: Scene) -> dict[str, object]:
    return {"number": "2.4", "text": "Stilte", "was": str(scene.plan_line)}


SCHOOL_PLAN = [
    page("school_plan", "school_plan", SCHOOL, of="school", before=written),
    page("plan_line_goals", "gop", SCHOOL, of="school", before=written),
    page(
        "new_plan_line",
        "school_plan",
        "director",
        SCHOOL,
        of="school",
        post={"number": "3", "text": "Ruimte"},
    ),
    page("change_plan_line", "school_plan", "director", SCHOOL, of="plan_line", post=rewritten),
    verb("retire_plan_line", "school_plan", "director", SCHOOL, of="plan_line"),
    verb("restore_plan_line", "school_plan", "director", SCHOOL, of="plan_line"),
]
