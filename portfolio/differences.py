"""What changed between two documents of a POP, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.lib.markup import hours

from .document import Document, readable

SAME, ADDED, REMOVED = "same", "added", "removed"
WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4_000  # of one text; comparing takes the square of it, and longer ones are shown whole


@dataclass(frozen=True)
class Run:
    """Some words that stayed, came or went."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One text of the plan that is not the same in both. ``goal``: which goal it is of, 0 for the plan itself."""

    goal: int
    label: str
    runs: list[Run]


def differences(old: Document, new: Document) -> list[Difference]:
    """Only what differs, in the order of the document."""
    before, after = readable(old), readable(new)
    return [*_of(0, _plan_lines(before), _plan_lines(after)), *_of_goals(before["goals"], after["goals"])]


def _of_goals(before: list[Document], after: list[Document]) -> Iterator[Difference]:
    """Goals by their key, in the order they have now; those that went come last."""
    old, new = ({goal["key"]: goal for goal in goals} for goals in (before, after))
    for number, key in enumerate({**new, **old}, start=1):
        yield from _of(number, _goal_lines(old.get(key, {})), _goal_lines(new.get(key, {})))


def _of(goal: int, before: dict[str, str], after: dict[str, str]) -> Iterator[Difference]:
    for label in {**before, **after}:
        old, new = before.get(label, ""), after.get(label, "")
        if old != new:
            yield Difference(goal, label, runs(old, new))


def runs(old: str, new: str) -> list[Run]:
    """``old`` turned into ``new``: without what was removed it reads ``new``, without what was added ``old``."""
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [Run(REMOVED, old), Run(ADDED, new)]
    found: list[Run] = []
    for same, group in groupby(_pieces(before, after), key=lambda piece: piece.same):
        pieces = list(group)
        left, came = ("".join(getattr(piece, side) for piece in pieces) for side in ("old", "new"))
        words = [Run(SAME, came)] if same else [Run(REMOVED, left), Run(ADDED, came)]
        found += [run for run in words if run.text]
    return found


@dataclass(frozen=True)
class Piece:
    same: bool
    old: str
    new: str


def _pieces(before: list[str], after: list[str]) -> list[Piece]:
    """A blank between two changes belongs to the change: "one two" → "six ten" is one run, not three."""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found = []
    for place, (tag, i, j, k, m) in enumerate(codes):
        old, new = "".join(before[i:j]), "".join(after[k:m])
        between = 0 < place < len(codes) - 1 and not new.strip()
        found.append(Piece(tag == "equal" and not between, old, new))
    return found


def _plan_lines(plan: Document) -> dict[str, str]:
    return {
        _("Where am I?"): plan["standing"],
        _("My strengths"): ", ".join(plan["strengths"]),
        _("Where do I want to go?"): plan["heading"],
        _("What would I like to do one day?"): plan["wish"],
        _("What do we agree on?"): plan["agreements"],
        _("Hours"): _amount(plan["agreed_minutes"], hours),
        _("Money"): _amount(plan["agreed_money"], lambda euros: f"€ {euros}"),
        _("When do we talk?"): _day(plan["talk_on"]),
        _("How do I look back on this year?"): plan["looking_back"],
    }


def _goal_lines(goal: Document) -> dict[str, str]:
    if not goal:
        return {}
    return {
        _("My learning question: how can I ..."): goal["question"],
        _("What will be visible when it works?"): goal["visible"],
        _("Why does this matter to me?"): goal["why"],
        _("Competences"): ", ".join(goal["competences"]),
        _("What I do"): "\n".join(_action(action) for action in goal["actions"]),
        _("What or whom do I need?"): goal["support"],
        _("By when?"): _day(goal["due"]),
        _("Examples"): "\n".join(entry["title"] for entry in goal["proof"]),
        _("How it goes"): "\n".join(f"{_day(note['day'])}: {note['text']}" for note in goal["progress"]),
        _("How did it end?"): goal["outcome"],
        _("What did I learn?"): goal["learned"],
        _("What comes next?"): goal["next_step"],
    }


def _action(action: Document) -> str:
    done = _("done on %(day)s") % {"day": _day(action["done_on"])} if action["done_on"] else ""
    told = [action["what"], action["form"], _day(action["due"]), _amount(action["minutes"], hours), done]
    return " · ".join(filter(None, told))


def _amount(value: int | None, words: Any) -> str:
    return "" if value is None else str(words(value))


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else ""
