"""Addresses of a GOP that was handed in: who reads versions, and what its director does with them."""

from __future__ import annotations

from popgroups.models import GroupPlan, GroupPlanState
from tests.scene import Scene
from tests.walk_row import MEMBERS, SCHOOL, Row, page, verb

# "consultant" is the one whom the group asked; the guests of a session were not.
READERS = f"{MEMBERS} coordinator director consultant"


def waits(scene: Scene) -> None:
    GroupPlan.objects.filter(pk=scene.gop.pk).update(state=GroupPlanState.SUBMITTED)


def reads(name: str, **more: object) -> Row:
    return page(name, "gop", READERS, **{"of": "gop_version", **more})  # type: ignore[arg-type]


HELP = {"kind": "expertise", "text": "Iemand die meekijkt"}
REVIEW = [
    page("plan_queue", "gop", "director", SCHOOL, of="school"),
    reads("plan_version"),
    reads("plan_version_pdf"),
    reads("plan_version_difference", of="gop_halfway", parts={"other": "gop_version"}),
    reads("plan_version_difference_pdf", of="gop_halfway", parts={"other": "gop_version"}),
    verb("plan_react", "gop", "director", READERS, of="gop_version", post={"answer": "agreed"}, before=waits),
    verb(
        "plan_comment",
        "gop",
        f"{MEMBERS} director",
        READERS,
        of="gop_version",
        post={"goal_key": 0, "text": "Mooi plan"},
    ),
    verb("take_back_comment", "gop", "director", READERS, of="gop_said"),
    page("plan_promise", "gop", "director", READERS, of="gop_version", post=HELP),
    page("change_promise", "gop", "director", READERS, of="gop_support", post=HELP),
    verb("withdraw_promise", "gop", "director", READERS, of="gop_support"),
]
