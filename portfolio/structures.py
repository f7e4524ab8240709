"""Questions that help to write: STARR, the five phases of Korthagen, first words of sentences. In our own words.

An answer is an EntryPart under the key of its question. Keys stay as they are for ever; words may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Entry, Structure


@dataclass(frozen=True)
class Question:
    """``help``: one line under the box."""

    key: str
    label: Any
    help: Any = ""


@dataclass(frozen=True)
class Answer:
    """A question as a reader sees it, with what was written."""

    label: Any
    text: str


QUESTIONS: dict[str, tuple[Question, ...]] = {
    Structure.FREE: (),
    Structure.STARR: (
        Question("situation", _("Situation"), _("Where and when was it? Who were there, without names?")),
        Question("task", _("Task"), _("What was up to you, what did you want to reach?")),
        Question("action", _("Action"), _("What did you do and say?")),
        Question("result", _("Result"), _("What came of it? How did you notice?")),
        Question(
            "reflection",
            _("Reflection"),
            _("What does it tell you, and what will you do again or otherwise?"),
        ),
    ),
    Structure.KORTHAGEN: (
        Question("acting", _("What did I do?"), _("The moment as it went.")),
        Question(
            "looking_back", _("Looking back"), _("What did you want, think, feel and do? And the others?")
        ),
        Question("essence", _("What was it really about?"), _("One or two things that made the difference.")),
        Question(
            "other_ways",
            _("What else could I have done?"),
            _("Three ways are better than one, also odd ones."),
        ),
        Question("trial", _("What am I going to try?"), _("One small step, and when.")),
    ),
    Structure.STARTERS: (
        Question("proud", _("I am proud of ...")),
        Question("found_out", _("I found out that ...")),
        Question("helped", _("What helped was ...")),
        Question("still_hard", _("What I still find hard ...")),
        Question("next_time", _("Next time I ...")),
    ),
}
ABOUT: dict[str, Any] = {
    Structure.FREE: _("just write"),
    Structure.STARR: _("five questions about one situation"),
    Structure.KORTHAGEN: _("five phases from what happened to what you try next"),
    Structure.STARTERS: _("first words to go on from"),
}


def questions_of(structure: str) -> tuple[Question, ...]:
    return QUESTIONS.get(structure, ())


def answers_of(entry: Entry) -> list[Answer]:
    """What was answered, in the order of the questions; with ``parts`` prefetched it asks nothing more."""
    texts = {part.key: part.text for part in entry.parts.all()}
    asked = questions_of(entry.structure)
    found = [Answer(each.label, texts[each.key]) for each in asked if texts.get(each.key, "").strip()]
    known = {each.key for each in asked}
    return found + [Answer("", text) for key, text in texts.items() if key not in known and text.strip()]
