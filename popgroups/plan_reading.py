"""A document of a GOP (popgroups/plan_document.py) as people read it."""

from __future__ import annotations

import datetime as dt

from portfolio.models import Outcome

from .plan_document import Document

DAYS = ("midterm_on", "evaluation_on")


def readable(document: Document) -> Document:
    """The same with days as dates and keys in the words of the reader's language, for pages and paper."""
    days = {name: _date(document[name]) for name in DAYS}
    return {**document, **days, "goals": [_readable_goal(goal) for goal in document["goals"]]}


def _readable_goal(goal: Document) -> Document:
    outcomes = {key: str(label) for key, label in Outcome.choices}
    activities = [
        {**each, "due": _date(each["due"]), "done_on": _date(each["done_on"])} for each in goal["activities"]
    ]
    return {**goal, "activities": activities, "outcome": outcomes.get(goal["outcome"], "")}


def _date(day: str) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
