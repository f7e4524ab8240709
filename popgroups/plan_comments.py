"""The threads under a GOP: a director and a group write in them, and who reads its versions reads along."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused
from schools.models import User

from .models import GroupPlanVersion, PlanComment
from .plan_review_forms import WHOLE_PLAN, CommentForm

TAKE_BACK_WITHIN = dt.timedelta(minutes=15)  # after that somebody may have read it, and talked about it


@dataclass(frozen=True)
class Thread:
    """``key`` of a goal of the version, 0 for the plan as a whole. ``comments`` each with ``can_go``."""

    key: int
    form: CommentForm
    comments: list[Any] = field(default_factory=list)


def write_comment(
    version: GroupPlanVersion, goal_key: int, text: str, by: User, at: dt.datetime
) -> PlanComment:
    """Raises MoveRefused for a goal that is not in ``version``."""
    if goal_key != WHOLE_PLAN and goal_key not in keys_of(version):
        raise MoveRefused(_("This goal is not in this version of the plan."))
    return PlanComment.objects.create(plan=version.plan, goal_key=goal_key, text=text, by=by, at=at)


def keys_of(version: GroupPlanVersion) -> list[int]:
    return [goal["key"] for goal in version.content["goals"]]


def take_back(comment: PlanComment, at: dt.datetime) -> None:
    """Gone for everybody. Raises MoveRefused once it was answered, or stood there for a while."""
    rows = PlanComment.objects.filter(~Exists(answers()), pk=comment.pk, at__gt=at - TAKE_BACK_WITHIN)
    if not rows.delete()[0]:
        raise MoveRefused(
            _("It has been answered, or stands there too long to take back. Write what you mean now.")
        )


def answers() -> QuerySet[PlanComment]:
    """What somebody else wrote after a comment in the same thread."""
    later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    others = PlanComment.objects.filter(later, plan=OuterRef("plan"), goal_key=OuterRef("goal_key"))
    return others.exclude(by=OuterRef("by"))


def threads(
    version: GroupPlanVersion, reader: User, at: dt.datetime, refused: CommentForm | None = None
) -> list[Thread]:
    """The whole plan first, then goal by goal; what was said of goals that went since stands with the whole.

    ``refused``: a form that was sent and not accepted, with what was typed in it.
    """
    rows = PlanComment.objects.filter(plan=version.plan).annotate(answered=Exists(answers()))
    comments: list[Any] = list(rows.select_related("by").order_by("at", "pk"))
    found = {key: Thread(key, CommentForm(key=key)) for key in (WHOLE_PLAN, *keys_of(version))}
    if refused is not None:
        key = refused.key if refused.key in found else WHOLE_PLAN
        found[key] = Thread(key, refused)
    for comment in comments:
        fresh = comment.at > at - TAKE_BACK_WITHIN
        comment.can_go = fresh and not comment.answered and comment.is_by(reader)
        comment.of_gone_goal = comment.goal_key not in found
        found.get(comment.goal_key, found[WHOLE_PLAN]).comments.append(comment)
    return list(found.values())


@dataclass(frozen=True)
class Said:
    """What is said of the version others read, for who writes on: ``comments`` each with ``goal``, its place."""

    version: Any
    comments: list[Any]


def said_of(version: Any) -> Said:
    """``version``: with its last answer, as plan_reviews.answered gives it."""
    places = {key: place for place, key in enumerate(keys_of(version), start=1)}
    comments: list[Any] = list(PlanComment.objects.filter(plan=version.plan_id).select_related("by"))
    for comment in comments:
        comment.goal = places.get(comment.goal_key)
    return Said(version, comments)
