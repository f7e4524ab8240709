"""What changed between two documents of a GOP, word by word."""

from __future__ import annotations

from typing import Any

from portfolio.differences import Difference, runs

from .plan_document import Document


def differences(old: Document, new: Document) -> list[Difference]:
    """Only what differs, in the order of the document."""
    before, after = _lines(old), _lines(new)
    return [
        Difference(goal, label, runs(before.get((goal, label), ""), after.get((goal, label), "")))
        for goal, label in {**before, **after}
        if before.get((goal, label), "") != after.get((goal, label), "")
    ]


def _lines(document: Document) -> dict[tuple[int, str], Any]:
    found = {(0, name): document[name] for name in ("standing", "agreements", "indicators")}
    for number, goal in enumerate(document["goals"], start=1):
        found |= {(number, name): goal[name] for name in ("title", "visible")}
    return found
