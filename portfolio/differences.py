"""What changed between two documents of a POP, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.lib.markup import hours

from .document import Document
from .readable import readable

SAME, ADDED, REMOVED = "same", "added", "removed"
WORDS = re.compile(r"\S+\s*")  # with the space behind it
MOST_WORDS = 4_000  # of one text; past it comparing takes seconds, so the whole text is old and new


@dataclass(frozen=True)
class Run:
    """A piece of text. ``kind``: same, added or removed."""

    kind: str
    text: str

    @property
    def words(self) -> str:
        return self.text.strip()

    @property
    def space(self) -> str:
        """What stands between these words and the next: a new line, or a space."""
        return self.text[len(self.text.rstrip()) :] or " "


@dataclass(frozen=True)
class Section:
    title: str
    runs: list[Run]

    @property
    def changed(self) -> bool:
        return any(run.kind != SAME for run in self.runs)


def differences(old: Document, new: Document) -> list[Section]:
    """Each text that stands in one of the two, in the order of the document, changed or not."""
    before, after = dict(texts_of(old)), dict(texts_of(new))
    titles = [*after, *(title for title in before if title not in after)]
    pairs = [(title, before.get(title, ""), after.get(title, "")) for title in titles]
    return [Section(title, runs_between(was, now)) for title, was, now in pairs if was or now]


def runs_between(old: str, new: str) -> list[Run]:
    """The words of ``old`` and ``new`` once, each marked. Other white space alone is no difference."""
    was, now = WORDS.findall(old), WORDS.findall(new)
    if max(len(was), len(now)) > MOST_WORDS and was != now:
        return [Run(REMOVED, old), Run(ADDED, new)]
    matcher = difflib.SequenceMatcher(None, _bare(was), _bare(now), autojunk=False)
    runs: list[Run] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(was[a:b]), "".join(now[c:d])
        if tag == "equal":
            runs.append(Run(SAME, come))
        else:
            runs += [Run(kind, text) for kind, text in ((REMOVED, gone), (ADDED, come)) if text]
    return runs


def _bare(words: list[str]) -> list[str]:
    return [word.rstrip() for word in words]


def texts_of(document: Document) -> Iterator[tuple[str, str]]:
    """Title → text of everything a POP says, in the reader's language."""
    content = readable(document)
    yield _("Where am I?"), content["standing"]
    yield _("What I am good at"), ", ".join(content["strengths"])
    yield _("Where do I want to go?"), content["heading"]
    yield _("What would I like to do one day?"), content["wish"]
    for number, goal in enumerate(content["goals"], start=1):
        for title, text in texts_of_goal(goal):
            yield _("Goal %(number)s: %(title)s") % {"number": number, "title": title}, text
    yield _("What do we agree on?"), content["agreements"]
    yield _("Hours"), hours(content["agreed_minutes"]) if content["agreed_minutes"] else ""
    yield _("Money"), f"€ {content['agreed_money']}" if content["agreed_money"] else ""
    yield _("When do we talk?"), on(content["talk_on"])
    yield _("How do I look back on this year?"), content["looking_back"]


def texts_of_goal(goal: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield _("learning question"), goal["question"]
    yield _("what will be visible"), goal["visible"]
    yield _("why"), goal["why"]
    yield _("by when"), on(goal["due"])
    yield _("competences"), ", ".join(goal["competences"])
    yield _("actions"), "\n".join(line_of_action(action) for action in goal["actions"])
    yield _("support"), goal["support"]
    yield _("examples"), "\n".join(f"{each['title']} ({each['kind']})" for each in goal["proof"])
    yield _("progress"), "\n".join(f"{on(note['day'])}: {note['text']}" for note in goal["progress"])
    yield _("how it ended"), goal["outcome"]
    yield _("what I learned"), goal["learned"]
    yield _("what comes next"), goal["next_step"]


def line_of_action(action: dict[str, Any]) -> str:
    done = _("done on %(day)s") % {"day": on(action["done_on"])} if action["done_on"] else ""
    length = _("%(hours)s hours") % {"hours": hours(action["minutes"])} if action["minutes"] else ""
    return " · ".join(filter(None, [action["what"], action["form"], on(action["due"]), length, done]))


def on(day: Any) -> str:
    return date_format(day, "j F Y") if day else ""
