"""What the director and the group said of the GOP that was handed in, and what was promised."""

from __future__ import annotations

from typing import Any

from popgroups.models import Purpose, Reaction
from popgroups.plan_comments import write_comment
from popgroups.plan_support import promise

REVIEW_WORDS = {
    "gop_answer": "kanariegopantwoord",
    "gop_comment": "kanariegopopmerking",
    "gop_promise": "kanariegoptoezegging",
}


def reviewed(scene: Any) -> None:
    """After tests/scene_gop.py: the version has an answer, its first goal a comment, the plan a look halfway."""
    cast, at, version = scene.cast, scene.at, scene.gop_version
    text = REVIEW_WORDS["gop_answer"]
    Reaction.objects.create(version=version, answer="in_talk", text=text, by=cast.hanneke, at=at)
    key = version.content["goals"][0]["key"]
    comment = write_comment(version, key, REVIEW_WORDS["gop_comment"], cast.hanneke, at)
    help_ = promise(version.plan, cast.hanneke, at, kind="expertise", text=REVIEW_WORDS["gop_promise"])
    halfway = version.plan.versions.create(
        number=2, purpose=Purpose.MIDTERM, made_at=at, made_by=cast.noor, content=version.content
    )
    scene.extra |= {"gop_said": comment, "gop_support": help_, "gop_halfway": halfway}
