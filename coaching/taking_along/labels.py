"""The words on screen for what the document names by keys, in the language of now."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Field

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
