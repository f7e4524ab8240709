"""What the director and the group said of the GOP that was handed in, and what was promised."""

from __future__ import annotations

from typing import Any

from popgroups.models import GroupPlan, Purpose, Reaction
from popgroups.plan_comments import write_comment
from popgroups.plan_support import promise
from tests.people import make_group

REVIEW_WORDS = {
    "gop_answer": "kanariegopantwoord",
    "gop_comment": "kanariegopopmerking",
    "gop_promise": "kanariegoptoezegging",
}


def reviewed(scene: Any) -> None:
    """After tests/scene_gop.py: the version has an answer, its first goal a comment, the plan a look halfway."""
    cast, at, version = scene.cast, scene.at, scene.gop_version
    text = REVIEW_WORDS["gop_answer"]
    reaction = Reaction.objects.create(version=version, answer="in_talk", text=text, by=cast.hanneke, at=at)
    key = version.content["goals"][0]["key"]
    comment = write_comment(version, key, REVIEW_WORDS["gop_comment"], cast.hanneke, at)
    help_ = promise(version.plan, cast.hanneke, at, kind="expertise", text=REVIEW_WORDS["gop_promise"])
    halfway = version.plan.versions.create(
        number=2, purpose=Purpose.MIDTERM, made_at=at, made_by=cast.noor, content=version.content
    )
    scene.extra |= {
        "gop_reaction": reaction,
        "gop_said": comment,
        "gop_support": help_,
        "gop_halfway": halfway,
    }


def more_of_a_review(scene: Any) -> None:
    """Two more of everything: plans of other groups that wait, versions, answers, comments, promises."""
    cast, at, plan = scene.cast, scene.at, scene.gop_version.plan
    content = scene.gop_version.content
    for number in (1, 2):
        other = GroupPlan.objects.create(group=make_group(cast.zandplaat, f"Groep {number}", [cast.noor]))
        other.versions.create(number=1, made_at=at, made_by=cast.noor, content=content)
        for goal_key in (0, content["goals"][0]["key"]):
            write_comment(scene.gop_version, goal_key, f"Nog {number}", cast.tom, at)
        newer = plan.versions.create(number=number + 2, made_at=at, made_by=cast.tom, content=content)
        Reaction.objects.create(version=newer, answer="agreed", by=cast.hanneke, at=at)
        promise(plan, cast.hanneke, at, kind="hours", minutes=60)
        promise(plan, cast.hanneke, at, kind="money", euros=10)
