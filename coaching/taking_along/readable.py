"""The document of one person (mine.py) in words, for index.html: sections of things with lines and texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.lib.markup import hours as in_hours
from portfolio.prompts import QUESTIONS

from .labels import answers, label, said, year_name
from .leap2a_mine import GOAL_TEXTS, PAP_TEXTS, POP_TEXTS
from .mine import Document, path_of


@dataclass
class Thing:
    """``lines``: short facts; ``texts``: what was written, each below its question; ``files``: name and path."""

    title: str
    lines: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Thing] = field(default_factory=list)


@dataclass
class Section:
    key: str
    title: str
    things: list[Thing]


def sections_of(document: Document) -> list[Section]:
    """Only those that hold anything."""
    mine = document["portfolio"]
    titles = {row["id"]: row["title_nl"] for row in mine["competences"]}
    found = [
        Section("pop", _("My POPs"), [pop(row, titles) for row in mine["pops"]]),
        Section("portfolio", _("My portfolio"), [entry(row, titles) for row in mine["entries"]]),
        Section("pap", _("My action plans (PAPs)"), [pap(row) for row in mine["paps"]]),
        Section("tips", _("Tips I kept"), [Thing("", texts=[("", row["text"])]) for row in mine["tips"]]),
        Section("talents", _("My talents"), [*talents(mine, titles)]),
        Section("notes", _("For myself alone"), [*notes(mine)]),
        Section("feedback", _("Feedback"), [*feedback(mine)]),
        Section("sharing", _("What I shared"), [share(row, mine) for row in mine["shares"]]),
        Section("talks", _("My talks"), [talk(row) for row in [*mine["talks"], *mine["talks_led"]]]),
        Section("groups", _("My groups and their meetings"), [group(row) for row in document["groups"]]),
        Section("sessions", _("What I wrote in sessions"), [*sessions(document)]),
        Section("school", _("My schools and my hours"), [school(row) for row in document["schools"]]),
        Section("drafts", _("Typed and not saved yet"), [*drafts(document)]),
    ]
    return [section for section in found if section.things]


def on(text: str) -> str:
    """A day or a moment of the document in words, with its year; "" when there is none."""
    if not text:
        return ""
    moment = dt.datetime.fromisoformat(text)
    return date_format(timezone.localdate(moment) if moment.tzinfo else moment.date(), "j F Y")


def facts(*pairs: tuple[str, object]) -> list[str]:
    return [f"{name.rstrip('?')}: {value}" for name, value in pairs if value]


def asked(model: str, row: Document, names: Iterable[str]) -> list[tuple[str, str]]:
    return [(label(model, name), row[name]) for name in names if row[name]]


def pop(row: Document, titles: dict[int, str]) -> Thing:
    return Thing(
        f"POP {year_name(row['year'])}",
        facts(
            (_("state"), said("DevelopmentPlan", "state", row["state"])),
            (_("What I am good at"), named(row["strengths"], titles)),
            (_("hours"), in_hours(row["agreed_minutes"]) if row["agreed_minutes"] else ""),
            (_("euros"), row["agreed_money"]),
            (label("DevelopmentPlan", "talk_on"), on(row["talk_on"])),
            (_("versions"), len(row["versions"])),
        ),
        asked("DevelopmentPlan", row, POP_TEXTS),
        parts=[goal(each, titles) for each in row["goals"]],
    )


def named(numbers: list[int], titles: dict[int, str]) -> str:
    return ", ".join(titles[number] for number in numbers if number in titles)


def goal(row: Document, titles: dict[int, str]) -> Thing:
    actions = [
        Thing(
            action["what"],
            facts(
                (label("GoalAction", "form"), said("GoalAction", "form", action["form"])),
                (label("GoalAction", "due"), on(action["due"])),
                (_("done on"), on(action["done_on"])),
            ),
        )
        for action in row["actions"]
    ]
    return Thing(
        row["question"] or _("Goal"),
        facts(
            (label("Goal", "due"), on(row["due"])),
            (_("competences"), named(row["competences"], titles)),
            (label("Goal", "outcome"), said("Goal", "outcome", row["outcome"])),
        ),
        [*asked("Goal", row, GOAL_TEXTS), *((on(note["day"]), note["text"]) for note in row["progress"])],
        parts=actions,
    )


def entry(row: Document, titles: dict[int, str]) -> Thing:
    return Thing(
        row["title"],
        facts(
            (_("kind"), said("Entry", "kind", row["kind"])),
            (_("date"), on(row["day"])),
            (_("given by"), _("a colleague") if row["given_by"] == "colleague" else ""),
            (_("competences"), named(row["competences"], titles)),
        ),
        [*([("", row["text"])] if row["text"] else []), *answers(row)],
        [(file["name"], path_of(file)) for file in row["files"]],
    )


def pap(row: Document) -> Thing:
    told = ((on(move["at"]), move["happened"]) for move in row["moves"] if move["happened"])
    return Thing(
        row["intention"],
        facts(
            (_("state"), said("ActionPlan", "state", row["state"])),
            (label("ActionPlan", "due"), on(row["due"])),
            (label("ActionPlan", "buddy"), _("a colleague") if row["buddy"] == "colleague" else ""),
        ),
        [*asked("ActionPlan", row, PAP_TEXTS), *told],
    )


def talents(mine: Document, titles: dict[int, str]) -> Iterator[Thing]:
    for number, title in titles.items():
        scores = [score for score in mine["talents"] if score["competence"] == number]
        yield Thing(
            title,
            [
                _("%(day)s: I can do this %(good)s, I like it %(fun)s")
                % {"day": on(score["at"]), "good": score["good"], "fun": score["fun"]}
                for score in scores
            ],
        )


def notes(mine: Document) -> Iterator[Thing]:
    for row in mine["notes"]:
        yield Thing("", texts=[(str(QUESTIONS.get(row["key"], row["key"])), row["text"])])
    for row in mine["quadrants"]:
        names = ("quality", "pitfall", "challenge", "allergy")
        yield Thing(_("Core quadrant"), facts(*((label("CoreQuadrant", name), row[name]) for name in names)))


def feedback(mine: Document) -> Iterator[Thing]:
    for row in mine["feedback_asked"]:
        state = said("FeedbackRequest", "state", row["state"])
        yield Thing(_("Asked of a colleague"), [on(row["at"]), state], [("", row["question"])])
    for row in mine["feedback_given"]:
        yield Thing(_("Given to a colleague"), [on(row["at"])], [("", row["text"])])


def share(row: Document, mine: Document) -> Thing:
    entries = {each["id"]: each["title"] for each in mine["entries"]}
    paps = {each["id"]: each["intention"] for each in mine["paps"]}
    pops = {each["id"]: f"POP {year_name(each['year'])}" for each in mine["pops"]}
    return Thing(
        entries.get(row["entry"]) or paps.get(row["pap"]) or pops.get(row["pop"], ""),
        facts(
            (_("with"), _("a colleague")),
            (_("from"), on(row["made_at"])),
            (_("until and including"), on(row["until"])),
            (_("taken back"), on(row["ended_at"])),
            (_("times opened"), str(row["opened"])),
        ),
    )


def talk(row: Document) -> Thing:
    texts = [
        (_("What we agreed on"), row.get("agreements")),
        *((_("What we agreed on before"), each["text"]) for each in row.get("agreed_before", [])),
        (_("My preparation"), row.get("preparation")),
    ]
    return Thing(
        f"{said('Talk', 'kind', row['kind']).capitalize()}, {on(row['starts_at'])}",
        facts((_("state"), said("Talk", "state", row["state"]))),
        [(title, text) for title, text in texts if text],
    )


def group(row: Document) -> Thing:
    meetings = [
        ", ".join(
            filter(
                None,
                [
                    on(each["starts_at"]),
                    said("Meeting", "kind", each["kind"]),
                    said("Meeting", "state", each["state"]),
                    _("I was there") if each["present"] else "",
                ],
            )
        )
        for each in row["meetings"]
    ]
    when = facts((_("from"), on(row["from"])), (_("until and including"), on(row["until"])))
    return Thing(f"{row['group']}, {row['school']}", [*when, *meetings])


def sessions(document: Document) -> Iterator[Thing]:
    for row in document["cases"]:
        texts = asked("Case", row, ("situation", "tried", "question"))
        yield Thing(_("Case I prepared"), [on(row["meeting"])], texts)
    for row in document["sessions"]:
        words = [(said("Contribution", "kind", card["kind"]), card["text"]) for card in row["contributions"]]
        question = [(_("My question"), row["question"])] if row["question"] else []
        taps = facts(*((label("Taps", name), value) for name, value in row["taps"].items()))
        yield Thing(f"{row['method']}, {on(row['day'])}", taps, [*question, *words])


def school(row: Document) -> Thing:
    roles = ", ".join(said("RoleHeld", "role", role) for role in row["roles"])
    lines = facts(
        (label("Membership", "function"), said("Membership", "function", row["function"])),
        (_("roles"), roles),
        (_("from"), on(row["from"])),
        (_("until and including"), on(row["until"])),
        *((f"{_('fte')} {on(each['from'])}", each["value"]) for each in row["fte"]),
    )
    hours = [
        ", ".join(
            filter(
                None,
                [
                    on(line["day"]),
                    said("HourLine", "kind", line["kind"]),
                    said("HourLine", "activity", line["activity"]),
                    f"{line['minutes']} min",
                    line["note"] or line["reason"],
                ],
            )
        )
        for line in row["hours"]
    ]
    agreed = [
        _("agreed to version %(version)s of the school's agreement on %(day)s")
        % {"version": yes["version"], "day": on(yes["at"])}
        for yes in row["agreed"]
    ]
    return Thing(row["school"], [*lines, *agreed, *hours])


def drafts(document: Document) -> Iterator[Thing]:
    for row in document["drafts"]:
        yield Thing("", [on(row["saved_at"])], [("", row["text"])])
