"""Who sees what: items × viewers, in one table (domain.md §5).

The page "Wie ziet wat" shows it, and tests/test_access.py maps every address of the site to one of its items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Viewer:
    """A column of the table."""

    key: str
    label: Any


@dataclass(frozen=True)
class Sight:
    """A cell: ``level`` is "all", "part" or "never"; ``words`` say it to the reader."""

    level: str
    words: Any


@dataclass(frozen=True)
class Item:
    """A row: what it is, whose it is, and who sees it. ``in_use``: the site has it now; else it is a promise."""

    key: str
    label: Any
    owner: Any
    group: Sight | None = None
    partner: Sight | None = None
    coordinator: Sight | None = None
    director: Sight | None = None
    consultant: Sight | None = None
    in_use: bool = True

    def sight(self, viewer: str) -> Sight | None:
        """What ``viewer`` (key of a column) sees of it; None when the question does not arise."""
        found: Sight | None = getattr(self, viewer)
        return found

    @property
    def cells(self) -> list[tuple[Viewer, Sight | None]]:
        return [(viewer, self.sight(viewer.key)) for viewer in VIEWERS]


VIEWERS = (
    Viewer("group", _("the POP-group")),
    Viewer("partner", _("buddy or visit partner")),
    Viewer("coordinator", _("coordinator")),
    Viewer("director", _("director")),
    Viewer("consultant", _("outside consultant")),
)

NEVER = Sight("never", _("never"))
NEVER_PER_PERSON = Sight("never", _("never per person"))
IF_SHARED = Sight("part", _("if you share it"))
ADDED_UP = Sight("part", _("only added up, from five people on"))
COUNTS = Sight("part", _("never per person; only how many, from five on"))
AS_PUBLISHED = Sight("all", _("as you publish it"))

ITEMS = (
    Item(
        "session",
        _("case, questions, hypotheses and tips of a session"),
        _("whoever brings in the case"),
        group=Sight("part", _("who took part, until it is cleaned up; who joins later never")),
        coordinator=NEVER,
        director=NEVER,
        consultant=Sight("part", _("only as a guest everybody said yes to, until the session closes")),
    ),
    Item(
        "notes",
        _("your notes, what you are typing, and your three taps"),
        _("you"),
        group=Sight("never", _("never; the taps only added up, from five people on")),
        coordinator=NEVER,
        director=NEVER,
        consultant=NEVER,
    ),
    Item(
        "pap",
        _("action plan (PAP)"),
        _("you"),
        group=Sight("part", _("the first line and how it stands, if you agree")),
        partner=IF_SHARED,
        coordinator=COUNTS,
        director=Sight("part", _("if you share it; else only how many, from five on")),
        consultant=NEVER,
    ),
    Item(
        "pop",
        _("development plan (POP)"),
        _("you"),
        group=IF_SHARED,
        partner=IF_SHARED,
        coordinator=NEVER_PER_PERSON,
        director=Sight("part", _("only the version you share")),
        consultant=NEVER,
    ),
    Item(
        "entry",
        _("portfolio"),
        _("you"),
        group=Sight("part", _("each piece only if you share it; on the wall a success you put there")),
        partner=Sight("part", _("each piece only if you share it")),
        coordinator=NEVER,
        director=Sight("part", _("each piece only if you share it, until you take it back")),
        consultant=NEVER,
    ),
    Item(
        "feedback",
        _("feedback that you ask of a colleague"),
        _("you"),
        group=NEVER,
        partner=Sight("part", _("whom you ask: the question and their own answer, until you keep it")),
        coordinator=NEVER,
        director=Sight("never", _("never, unless you ask them")),
        consultant=NEVER,
    ),
    Item(
        "talents",
        _("your talents"),
        _("you"),
        group=NEVER,
        coordinator=NEVER,
        director=NEVER,
        consultant=NEVER,
    ),
    Item(
        "map",
        _("what you let be added up in the map of your group"),
        _("you"),
        group=Sight("part", _("only added up, in words, from five people on; never who takes part")),
        coordinator=NEVER,
        director=NEVER,
        consultant=NEVER,
    ),
    Item(
        "about_me",
        _("what you write about yourself: core quadrants, needs, what moves you"),
        _("you, and nobody else for ever"),
        group=NEVER,
        partner=NEVER,
        coordinator=NEVER,
        director=NEVER,
        consultant=NEVER,
    ),
    Item(
        "competences",
        _("the lists of competences of your school"),
        _("the school"),
        group=Sight("all", _("all staff")),
        coordinator=Sight("all", _("yes")),
        director=Sight("all", _("yes")),
        consultant=Sight("all", _("yes")),
    ),
    Item(
        "dates",
        _("date and duration of a meeting"),
        _("the school"),
        group=Sight("all", _("of your own group")),
        partner=Sight("all", _("of your own visits")),
        coordinator=Sight("all", _("yes")),
        director=Sight("all", _("yes")),
        consultant=Sight("part", _("of sessions they are a guest in")),
    ),
    Item(
        "attendance",
        _("who was there, and hours per person"),
        _("you"),
        group=Sight("part", _("who was there, of your own meetings")),
        partner=Sight("part", _("of your own visits")),
        coordinator=Sight("part", _("yes, once the PMR has agreed")),
        director=Sight("part", _("your total of the year, once the PMR has agreed; else totals")),
        consultant=NEVER,
    ),
    Item(
        "overview",
        _("numbers about your school: groups, meetings, how many make a PAP"),
        _("the school"),
        group=NEVER,
        coordinator=NEVER,
        director=Sight("part", _("about people as spans, once a quarter, once the PMR has agreed")),
        consultant=NEVER,
    ),
    Item(
        "group",
        _("group: its members and its agreement"),
        _("the group"),
        group=Sight("all", _("everything; who is asked in: names and agreement")),
        coordinator=Sight("all", _("yes")),
        director=NEVER,
        consultant=NEVER,
    ),
    Item(
        "people",
        _("names, functions and roles at school"),
        _("the school"),
        group=Sight("part", _("names and functions of colleagues")),
        coordinator=Sight("all", _("yes")),
        director=Sight("all", _("yes")),
        consultant=NEVER,
    ),
    Item(
        "consent",
        _("what the PMR has agreed to"),
        _("the PMR"),
        group=Sight("all", _("all staff")),
        coordinator=Sight("all", _("yes")),
        director=Sight("all", _("yes")),
        consultant=Sight("all", _("yes")),
    ),
    Item(
        "trajectory",
        _("plan of the introduction: goal, milestones, hand-over"),
        _("the school"),
        group=Sight("part", _("who takes part in its design")),
        coordinator=Sight("all", _("yes")),
        director=Sight("all", _("yes; the board's director only phases and numbers")),
        consultant=Sight("part", _("until the hand-over, which ends by itself on its day")),
    ),
    Item(
        "training",
        _("trainings of the introduction and their material"),
        _("the school"),
        group=Sight("all", _("all staff")),
        coordinator=Sight("all", _("yes")),
        director=Sight("all", _("yes")),
        consultant=Sight("part", _("until the hand-over")),
    ),
    Item(
        "school_agreement",
        _("the agreement of your school, and your yes to it"),
        _("the school"),
        group=Sight("all", _("the text; who agreed, and how many, nobody sees")),
        coordinator=Sight("all", _("the same, and a text that is proposed")),
        director=Sight("all", _("the same, and a text that is proposed")),
        consultant=Sight("part", _("the text")),
    ),
    Item(
        "account",
        _("log-in, language and profile"),
        _("you"),
        group=Sight("part", _("your name")),
        coordinator=Sight("part", _("your name and e-mail address")),
        director=Sight("part", _("your name and e-mail address")),
        consultant=NEVER,
    ),
    Item(
        "visit",
        _("notes of a lesson visit"),
        _("whoever was visited"),
        group=NEVER,
        partner=Sight("all", _("both of you")),
        coordinator=Sight("part", _("date and hours")),
        director=Sight("part", _("hours")),
        consultant=NEVER,
        in_use=False,
    ),
    Item(
        "gop",
        _("plan of the group (GOP)"),
        _("the group"),
        group=Sight("all", _("everybody, also what is still being written")),
        coordinator=Sight("part", _("once it is handed in")),
        director=Sight("part", _("once it is handed in")),
        consultant=Sight("part", _("if the group asks")),
    ),
    Item(
        "school_plan",
        _("the lines of the school plan"),
        _("the school"),
        group=Sight("all", _("all staff")),
        coordinator=Sight("all", _("yes")),
        director=Sight("all", _("yes")),
        consultant=Sight("all", _("yes")),
    ),
    Item(
        "talks",
        _("agreements of a talk with the director"),
        _("you and the director"),
        group=NEVER,
        coordinator=NEVER,
        director=Sight("part", _("their own talks, while they lead you; your preparation never")),
        consultant=NEVER,
    ),
    Item(
        "expertise",
        _("expertise card and “what worked here”"),
        _("you"),
        group=AS_PUBLISHED,
        coordinator=AS_PUBLISHED,
        director=AS_PUBLISHED,
        consultant=NEVER,
        in_use=False,
    ),
    Item(
        "survey",
        _("answers to a survey"),
        _("nobody: they are not tied to a person"),
        group=ADDED_UP,
        coordinator=ADDED_UP,
        director=ADDED_UP,
        consultant=ADDED_UP,
    ),
)
BY_KEY = {item.key: item for item in ITEMS}
