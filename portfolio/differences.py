"""What changed between two documents of a POP, word by word."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from diff_match_patch import diff_match_patch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.lib.markup import hours

from .document import Document, readable

SAME, ADDED, REMOVED = "same", "added", "removed"
WORD = re.compile(r"\s+|[^\s]+")
SURROGATES = 0xD800, 0xDFFF
BUDGET_SECONDS = (
    1.0  # of comparing for a whole plan: two texts that share only their blanks would take minutes
)
Piece = tuple[int, str]
Changed = tuple[int, str, str, str]  # goal, label, text before, text after


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
    plan = _changed(0, _plan_lines(before), _plan_lines(after))
    until = time.monotonic() + BUDGET_SECONDS
    return [
        Difference(goal, label, runs(was, now, until - time.monotonic()))
        for goal, label, was, now in (*plan, *_changed_in_goals(before["goals"], after["goals"]))
    ]


def _changed_in_goals(before: list[Document], after: list[Document]) -> Iterator[Changed]:
    """Goals by their key, in the order they have now; those that went come last."""
    old, new = ({goal["key"]: goal for goal in goals} for goals in (before, after))
    for number, key in enumerate({**new, **old}, start=1):
        yield from _changed(number, _goal_lines(old.get(key, {})), _goal_lines(new.get(key, {})))


def _changed(goal: int, before: dict[str, str], after: dict[str, str]) -> Iterator[Changed]:
    for label in {**before, **after}:
        old, new = before.get(label, ""), after.get(label, "")
        if old != new:
            yield goal, label, old, new


def runs(old: str, new: str, seconds: float = BUDGET_SECONDS) -> list[Run]:
    """``old`` turned into ``new``: without what was removed it reads ``new``, without what was added ``old``.

    After ``seconds`` of comparing, the rest is shown as gone and come: never wrong, only less fine.
    """
    numbers: dict[str, str] = {}
    before, after = (_as_letters(text, numbers) for text in (old, new))
    words = {letter: word for word, letter in numbers.items()}
    comparing = diff_match_patch()
    comparing.Diff_Timeout = max(seconds, 0.001)  # 0 would be without end
    pieces = comparing.diff_main(before, after, False)
    spelled = [(kind, "".join(words[letter] for letter in letters)) for kind, letters in pieces]
    found: list[Run] = []
    for same, group in groupby(_joined(spelled), key=lambda piece: piece[0] == diff_match_patch.DIFF_EQUAL):
        found += _spoken(same, list(group))
    return found


def _as_letters(text: str, numbers: dict[str, str]) -> str:
    """One letter a word, as the library compares letters; the surrogates among them are none."""
    for word in WORD.findall(text):
        numbers.setdefault(word, chr(SURROGATES[1] + 1 + len(numbers)))
    return "".join(numbers[word] for word in WORD.findall(text))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """A blank between two changes belongs to both: "one two" → "six ten" is one run of each, not three."""
    for place, (kind, text) in enumerate(pieces):
        if kind == diff_match_patch.DIFF_EQUAL and not text.strip() and 0 < place < len(pieces) - 1:
            yield diff_match_patch.DIFF_DELETE, text
            yield diff_match_patch.DIFF_INSERT, text
        else:
            yield kind, text


def _spoken(same: bool, pieces: list[Piece]) -> list[Run]:
    if same:
        return [Run(SAME, "".join(text for _kind, text in pieces))]
    left = "".join(text for kind, text in pieces if kind == diff_match_patch.DIFF_DELETE)
    came = "".join(text for kind, text in pieces if kind == diff_match_patch.DIFF_INSERT)
    return [run for run in (Run(REMOVED, left), Run(ADDED, came)) if run.text]


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
