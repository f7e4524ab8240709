"""The words on screen for what the document names by keys, in the language of now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field

from portfolio.structures import questions_of

ROOMS = {
    "ActionPlan": "portfolio",
    "DevelopmentPlan": "portfolio",
    "Goal": "portfolio",
    "GoalAction": "portfolio",
}
ROOMS |= {"Case": "intervision", "Contribution": "intervision", "Taps": "intervision", "Meeting": "popgroups"}
ROOMS |= {"HourLine": "schools", "Membership": "schools", "RoleHeld": "schools"}


def _field(model: str, name: str) -> Field[Any, Any]:
    found: Any = apps.get_model(ROOMS.get(model, "portfolio"), model)._meta.get_field(name)
    return found


def label(model: str, name: str) -> str:
    """What a form asks with."""
    return str(_field(model, name).verbose_name)


def said(model: str, name: str, key: str) -> str:
    """What a choice is called; the key itself when it is not one any more."""
    return str(dict(_field(model, name).flatchoices).get(key, key))


def year_name(starts: int) -> str:
    return f"{starts}–{starts + 1}"


def answers(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What was written at the questions of a structure."""
    questions = {each.key: str(each.label) for each in questions_of(entry["structure"])}
    for part in entry["parts"]:
        if part["text"]:
            yield questions.get(part["key"], ""), part["text"]
