"""A document of a POP for a reader: its ISO days as dates, its keys in words of the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Choices

from .document import Document
from .models import ActionForm, EntryKind, Outcome


def readable(document: Document) -> Document:
    """The same shape, days as ``date`` or None, and ``form``, ``kind`` and ``outcome`` as people say them."""
    goals = [_goal(goal) for goal in document["goals"]]
    return {**document, "goals": goals, "talk_on": _day(document["talk_on"])}


def _goal(goal: Document) -> Document:
    return {
        **goal,
        "due": _day(goal["due"]),
        "outcome": _word(Outcome, goal["outcome"]),
        "actions": [
            {
                **action,
                "form": _word(ActionForm, action["form"]),
                "due": _day(action["due"]),
                "done_on": _day(action["done_on"]),
            }
            for action in goal["actions"]
        ],
        "proof": [
            {**entry, "kind": _word(EntryKind, entry["kind"]), "day": _day(entry["day"])}
            for entry in goal["proof"]
        ],
        "progress": [{**note, "day": _day(note["day"])} for note in goal["progress"]],
    }


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _word(choices: type[Choices], key: str) -> str:
    """A key this version of the site does not know is shown as it is."""
    words: dict[Any, Any] = dict(choices.choices)
    return str(words.get(key, key))
