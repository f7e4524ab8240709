"""Addresses of a GOP that was handed in: who reads versions, and what its director does with them."""

from __future__ import annotations

from django.utils import timezone

from popgroups.models import GroupPlan, GroupPlanState, Reaction
from tests.scene import Scene
from tests.walk_row import MEMBERS, SCHOOL, Row, page, verb

# "consultant" is the one whom the group asked; the guests of a session were not.
READERS = f"{MEMBERS} coordinator director consultant"


def waits(scene: Scene) -> None:
    GroupPlan.objects.filter(pk=scene.gop.pk).update(state=GroupPlanState.SUBMITTED)


def agreed_if(scene: Scene) -> None:
    """The version of the scene, agreed to just now, provided that something."""
    GroupPlan.objects.filter(pk=scene.gop.pk).update(state=GroupPlanState.RUNNING)
    at, by = timezone.now(), scene.cast.hanneke
    scene.gop_version.reactions.all().delete()
    Reaction.objects.create(version=scene.gop_version, answer="agreed_if", text="Met ouders", by=by, at=at)


def just_now(scene: Scene) -> None:
    GroupPlan.objects.filter(pk=scene.gop.pk).update(state=GroupPlanState.IN_TALK)
    Reaction.objects.filter(pk=scene.extra["gop_reaction"].pk).update(at=timezone.now())


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
    verb("plan_take_care", "gop", MEMBERS, READERS, of="gop_version", before=agreed_if),
    verb(
        "plan_comment",
        "gop",
        f"{MEMBERS} director",
        READERS,
        of="gop_version",
        post={"goal_key": 0, "text": "Mooi plan"},
    ),
    verb(
        "plan_take_back_reaction", "gop", "director", READERS, of="gop_reaction", before=just_now, silent=True
    ),
    verb("take_back_comment", "gop", "director", READERS, of="gop_said"),
    page("plan_promise", "gop", "director", READERS, of="gop_version", post=HELP),
    page("change_promise", "gop", "director", READERS, of="gop_support", post=HELP),
    verb("withdraw_promise", "gop", "director", READERS, of="gop_support"),
]
