"""Addresses of the GOP for its group: the living text is for members of today alone."""

from __future__ import annotations

from popgroups.adopting import hand_in
from popgroups.models import GroupPlanState
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_goals import served_by
from popgroups.plan_writing import mark_of
from tests.scene import Scene
from tests.scene_gop import all_agree, fresh, put
from tests.walk_row import MEMBERS, Data, Row, page, verb


def seen(scene: Scene) -> dict[str, object]:
    return {"seen": digest_of(document_of(fresh(scene.gop)))}


def agreed(scene: Scene) -> None:
    all_agree(fresh(scene.gop), scene.at)


def submitted(scene: Scene) -> None:
    plan = fresh(scene.gop)
    hand_in(plan, scene.cast.noor, all_agree(plan, scene.at), scene.at)


def running(scene: Scene) -> None:
    fresh(scene.gop).go(GroupPlanState.RUNNING, "agreed", scene.cast.hanneke, scene.at)
    put(fresh(scene.gop), scene.cast.noor, scene.at, midterm="Twee van de drie groepen.")


def ended(scene: Scene) -> None:
    running(scene)
    fresh(scene.gop).go(GroupPlanState.EVALUATED, "evaluated", scene.cast.noor, scene.at)


def of_text(scene: Scene) -> dict[str, object]:
    return {"seen": mark_of(scene.gop, ["standing"]), "standing": "Nu anders"}


def of_goal(scene: Scene) -> dict[str, object]:
    return {"seen": mark_of(scene.group_goal, ["title", "visible"]), "title": "Rust", "visible": ""}


def of_review(scene: Scene) -> dict[str, object]:
    return {"seen": mark_of(scene.group_goal, ["outcome", "learned"]), "outcome": "reached", "learned": ""}


def of_activity(scene: Scene) -> dict[str, object]:
    names = ["what", "due", "minutes", "member_id"]
    return {"seen": mark_of(scene.group_activity, names), "what": "Samen kijken"}


def own(name: str, post: Data | None = None, **more: object) -> Row:
    return page(name, "gop", MEMBERS, post=post, **{"of": "gop", **more})  # type: ignore[arg-type]


def does(name: str, **more: object) -> Row:
    return verb(name, "gop", MEMBERS, **{"of": "gop", **more})  # type: ignore[arg-type]


GOP = [
    page("new_group_plan", "gop", MEMBERS, "asked coordinator", of="group", post={}, silent=True),
    own("group_plan"),
    own("group_plan_now", {"field": "gop-1-standing"}),
    does("group_plan_text", parts={"part": "standing"}, post=of_text),
    does("group_goal_add"),
    own("group_plan_taken_away", lambda scene: {"key": scene.gop_taken_away.pk}),
    own("group_plan_themes", {"own": "Ouders"}),
    does("group_theme_remove", of="group_theme"),
    does("group_goal_save", of="group_goal", post=of_goal),
    does("group_goal_shift", of="group_goal", post={"to": "up"}),
    own("group_goal_remove", {"sure": "1"}, of="group_goal"),
    own(
        "group_goal_serves",
        lambda s: {"line": s.gop_line.pk, "seen": served_by(s.group_goal)},
        of="group_goal",
    ),
    does("group_goal_review", of="group_goal", post=of_review, before=running),
    does("group_activity_add", of="group_goal", silent=True),  # one in which nothing is written is there
    does("group_activity_save", of="group_activity", post=of_activity),
    own("group_activity_remove", {"sure": "1"}, of="group_activity"),
    does("group_activity_done", of="group_activity", post={"done": "1"}, before=running),
    does("group_plan_agree", post=seen),
    own("group_plan_wish", {"wish": "Graag een datum"}),
    verb("group_plan_answer_take_back", "gop", MEMBERS, of="gop", before=agreed),
    own("group_plan_hand_in", seen, before=agreed),
    own("group_plan_review", seen, parts={"purpose": "midterm"}, before=running),
    own("group_plan_take_back", {}, before=submitted),
    does("group_plan_amend", before=running),
    does("group_plan_reopen", before=ended),
    own("group_plan_difference"),
    own("group_plan_since_yes"),
    own("group_plan_readers", lambda scene: {"person": scene.guest.pk}),
    does("plan_reader_end", of="gop_reader"),
]
