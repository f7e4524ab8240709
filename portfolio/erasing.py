"""Erased is erased: what a tab left open typed for what is gone, and lists out of use that nobody used."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from schools.drafts import drafts_about
from schools.models import Draft

from .models import (
    ActionPlan,
    Competence,
    CoreQuadrant,
    DevelopmentPlan,
    Entry,
    FeedbackRequest,
    Framework,
    Goal,
    GoalAction,
    namings,
)

# What drafts are named after.
KINDS: dict[str, Any] = {
    "plan": ActionPlan,
    "entry": Entry,
    "quadrant": CoreQuadrant,
    "pop": DevelopmentPlan,
    "goal": Goal,
    "goalaction": GoalAction,
    "feedback": FeedbackRequest,
}


def stray_drafts() -> QuerySet[Draft]:
    gone: list[str] = []
    for kind, model in KINDS.items():
        typed = drafts_about(kind)
        rows = model.objects.can_be_answered() if model is FeedbackRequest else model.objects
        there = rows.in_bulk(typed).keys()
        gone += [field for key in typed.keys() - there for field in typed[key]]
    return Draft.objects.filter(field__in=gone)


def forget_replaced_lists() -> int:
    """Own lists out of use of which there is a later version, and with which nobody named anything.

    What has no later version stays: its school may bring it back, and that it is there says nothing of anybody.
    """
    replaced = Framework.objects.replaced()
    named = [rows.values("competence") for rows, _path in namings()]
    of_them = Competence.objects.filter(framework__in=replaced).order_by()
    used = [of_them.filter(pk__in=rows).values("framework") for rows in named]
    unused = replaced.exclude(pk__in=used[0].union(*used[1:], all=True))
    return unused.delete()[1].get("portfolio.Framework", 0)
