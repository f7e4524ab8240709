"""Erased is erased: what a tab left open still typed for something that is gone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from schools.drafts import drafts_about
from schools.models import Draft

from .models import ActionPlan, DevelopmentPlan, Entry, Goal, GoalAction

KINDS: dict[str, Any] = {
    "plan": ActionPlan,
    "entry": Entry,
    "pop": DevelopmentPlan,
    "goal": Goal,
    "goalaction": GoalAction,
}


def stray_drafts() -> QuerySet[Draft]:
    gone: list[str] = []
    for kind, model in KINDS.items():
        named = drafts_about(kind)
        for key in named.keys() - model.objects.in_bulk(named).keys():
            gone += named[key]
    return Draft.objects.filter(field__in=gone)
