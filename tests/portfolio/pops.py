"""A POP to test with, and what a browser sends of its cards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from portfolio.models import DevelopmentPlan, Goal, GoalAction
from schools.drafts import save_draft
from schools.models import SchoolYear, User
from tests.people import again

DAY = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.UTC)


def make_pop(owner: User, starts: int = 2026, **texts: Any) -> DevelopmentPlan:
    year, _made = SchoolYear.objects.get_or_create(starts=starts)
    return DevelopmentPlan.objects.create(owner=again(owner), year=year, **texts)


def make_goal(plan: DevelopmentPlan, question: str = "", **texts: Any) -> Goal:
    return Goal.objects.create(plan=plan, order=plan.goals.count() + 1, question=question, **texts)


def make_action(goal: Goal, what: str = "", **more: Any) -> GoalAction:
    return GoalAction.objects.create(goal=goal, what=what, **more)


def send(client: Client, name: str, pk: int, *, by_itself: Any = True, **data: Any) -> Any:
    """A card, as static/js/cards.js sends it or as its button does."""
    headers = {"X-Card": "save"} if by_itself else {}
    told = {key: value for key, value in data.items() if value is not None}
    return client.post(reverse(name, args=[pk]), told, headers=headers)


def typed(writer: User, field: str, text: str) -> None:
    save_draft(writer, field, text, 1, AT)
