"""What changed between two plans of the same shape, word by word."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from diff_match_patch import diff_match_patch
from django.utils.formats import date_format

SAME, ADDED, REMOVED = "same", "added", "removed"
WORD = re.compile(r"\s+|[^\s]+")
SURROGATES = 0xD800, 0xDFFF
BUDGET_SECONDS = 1.0  # of comparing for a whole plan: two texts that share only blanks would take minutes
Piece = tuple[int, str]
Changed = tuple[int, str, str, str]  # goal, label, text before, text after
Lines = dict[str, str]  # label → text


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


def compared(found: Iterable[Changed]) -> list[Difference]:
    """Each with its words marked; comparing takes BUDGET_SECONDS in all."""
    until = time.monotonic() + BUDGET_SECONDS
    return [
        Difference(goal, label, runs(was, now, until - time.monotonic())) for goal, label, was, now in found
    ]


def changed_in_goals(
    before: list[dict[str, Any]], after: list[dict[str, Any]], lines: Callable[[dict[str, Any]], Lines]
) -> Iterator[Changed]:
    """Goals by their key, in the order they have now; those that went come last. ``lines``: what one says."""
    old, new = ({goal["key"]: goal for goal in goals} for goals in (before, after))
    for number, key in enumerate({**new, **old}, start=1):
        yield from changed(number, lines(old.get(key, {})), lines(new.get(key, {})))


def changed(goal: int, before: Lines, after: Lines) -> Iterator[Changed]:
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


def amount(value: int | None, words: Any) -> str:
    return "" if value is None else str(words(value))


def day_of(day: Any) -> str:
    return date_format(day, "j F Y") if day else ""
