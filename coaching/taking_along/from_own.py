"""A ZIP that was taken along from this program, here or at another school (mine.py tells its shape)."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.lib.archives import Archive
from portfolio.models import (
    HIGHEST,
    MOST_GOALS,
    ActionForm,
    DevelopmentState,
    EntryKind,
    Outcome,
    PlanState,
    Structure,
    TipMark,
)
from schools.models import SchoolYear

from .arrival import (
    Arrival,
    New,
    NewCompetence,
    NewEntry,
    NewFile,
    NewGoal,
    NewPap,
    NewPop,
    NewScore,
    NewTip,
    Skipped,
)
from .checked_json import MOST_BYTES, Row, damaged, loaded
from .mine import SCHEMA
from .packing import DOCUMENT

SUM = re.compile(r"[0-9a-f]{64}")
KIND = re.compile(r"[a-z0-9]{1,5}")
ORIGIN = re.compile(r"[0-9a-f]{24}")
# All schools share the school years that there are; a POP of next year is begun in June.
YEARS, MOST_POPS = range(-10, 2), 15  # years from this one
EURO, MINUTES = 1_000_000, 100_000  # more than anybody agrees on


def is_own(archive: Archive) -> bool:
    return DOCUMENT in archive


def read(archive: Archive, day: dt.date) -> Arrival:
    """Raises ArchiveRefused where anything in it is not as this program writes it. ``day``: today."""
    document = loaded(archive.read(DOCUMENT, MOST_BYTES))
    document.choice("schema", (SCHEMA,))
    origin = document.text("origin", 24)
    if not ORIGIN.fullmatch(origin):
        raise damaged()
    mine = document.row("portfolio")
    return Arrival(
        origin=origin,
        owner=document.row("account").line("name", 200),
        is_own=True,
        competences=[competence(row) for row in mine.rows("competences")],
        scores=[score(row) for row in mine.rows("talents")],
        entries=[entry(row) for row in mine.rows("entries")],
        pops=[pop(row, day) for row in mine.rows("pops", MOST_POPS)],
        paps=[pap(row) for row in mine.rows("paps")],
        tips=[tip(row) for row in mine.rows("tips")],
        notes=[note(row) for row in mine.rows("notes")],
        quadrants=[quadrant(row) for row in mine.rows("quadrants")],
        skipped=left_there(document),
    )


def left_there(document: Row) -> list[Skipped]:
    """What belongs to where it was: it stays in the ZIP, to read."""
    mine = document.row("portfolio")
    versions = sum(len(row.rows("versions")) for row in mine.rows("pops"))
    sessions = len(document.rows("sessions")) + len(document.rows("cases"))
    shares, talks = (len(mine.rows(name)) for name in ("shares", "talks"))
    feedback = len(mine.rows("feedback_asked") + mine.rows("feedback_given"))
    found = [
        (
            versions,
            ngettext("%(count)s frozen version of a POP", "%(count)s frozen versions of POPs", versions),
            _("A version was signed by people there. Share your POP here when you want to."),
        ),
        (
            shares,
            ngettext("%(count)s share", "%(count)s shares", shares),
            _("Nobody here sees what you bring, until you share it."),
        ),
        (
            sessions,
            ngettext("%(count)s session or case", "%(count)s sessions and cases", sessions),
            _("What was said there stays there; what you learned comes with your portfolio."),
        ),
        (
            feedback,
            ngettext("%(count)s question for feedback", "%(count)s questions for feedback", feedback),
            _("Feedback that you kept comes with your portfolio."),
        ),
        (
            talks,
            ngettext("%(count)s talk", "%(count)s talks", talks),
            _("What you agreed with who led you there stays in the ZIP, to read."),
        ),
        (
            len(document.rows("groups")),
            ngettext("%(count)s group", "%(count)s groups", len(document.rows("groups"))),
            _("Groups and hours belong to the school where they were."),
        ),
    ]
    return [Skipped(what % {"count": count}, why) for count, what, why in found if count]


def competence(row: Row) -> NewCompetence:
    values = {
        **{name: row.line(name, 120) for name in ("title_nl", "title_en")},
        **{name: row.line(name, 300) for name in ("about_nl", "about_en")},
    }
    if not values["title_nl"]:
        raise damaged()
    listed = {} if row.truth("own") else {n: row.line(n, 100) for n in ("framework", "version", "key")}
    return NewCompetence(row.id(), values, **listed)


def score(row: Row) -> NewScore:
    values = {
        "good": row.needed("good", HIGHEST),
        "fun": row.needed("fun", HIGHEST),
        "learned": row.truth("learned"),
        "at": moment(row, "at"),
    }
    return NewScore("", values, competence=row.id("competence"))


def moment(row: Row, name: str) -> dt.datetime:
    found = row.moment(name)
    if found is None:
        raise damaged()
    return found


def entry(row: Row) -> NewEntry:
    values = {
        "kind": row.choice("kind", EntryKind.values),
        "title": row.line("title", 200) or "–",
        "text": row.text("text"),
        "structure": row.choice("structure", Structure.values),
        "made_at": moment(row, "made_at"),
        "day": row.day("day") or moment(row, "made_at").date(),
    }
    parts = {part.line("key", 20): part.text("text") for part in row.rows("parts")}
    return NewEntry(
        row.id(),
        values,
        row.ids("competences"),
        list(parts.items()),
        [file(each) for each in row.rows("files")],
    )


def file(row: Row) -> NewFile:
    total, kind = row.text("sha256", 64), row.text("kind", 5)
    if not SUM.fullmatch(total) or not KIND.fullmatch(kind):
        raise damaged()
    return NewFile(row.line("name", 200), f"bestanden/{total}.{kind}", total, row.text("seal", 64))


def pop(row: Row, day: dt.date) -> NewPop:
    """One of an earlier year, or one that was closed, comes in closed; else it is a concept again."""
    year = row.needed("year", 2099)
    if year - SchoolYear.start_of(day) not in YEARS:
        raise damaged()
    over = SchoolYear(starts=year).is_over(day) or row.choice("state", DevelopmentState.values) == "closed"
    texts = ("standing", "heading", "wish", "agreements", "looking_back")
    values = {
        **{name: row.text(name) for name in texts},
        "agreed_minutes": row.number("agreed_minutes", MINUTES),
        "agreed_money": row.number("agreed_money", EURO),
        "talk_on": row.day("talk_on"),
        "made_at": moment(row, "made_at"),
        "state": DevelopmentState.CLOSED if over else DevelopmentState.CONCEPT,
    }
    goals = row.rows("goals")
    places = {each.needed("order", MOST_GOALS) for each in goals}
    if len(places) < len(goals) or 0 in places:
        raise damaged()
    return NewPop(row.id(), values, year, row.ids("strengths"), [goal(each) for each in goals])


def goal(row: Row) -> NewGoal:
    values = {
        "order": row.needed("order", MOST_GOALS),
        "question": row.line("question", 500),
        **{name: row.text(name) for name in ("visible", "why", "support", "learned", "next_step")},
        "due": row.day("due"),
        "outcome": row.choice("outcome", ["", *Outcome.values]),
    }
    return NewGoal(
        row.id(),
        values,
        row.ids("competences"),
        row.ids("proof"),
        [action(each) for each in row.rows("actions")],
        [
            New(each.id(), {"day": needed_day(each), "text": each.text("text")})
            for each in row.rows("progress")
        ],
    )


def needed_day(row: Row) -> dt.date:
    found = row.day("day")
    if found is None:
        raise damaged()
    return found


def action(row: Row) -> tuple[New, str]:
    values = {
        "what": row.line("what", 500),
        "form": row.choice("form", ["", *ActionForm.values]),
        "due": row.day("due"),
        "minutes": row.number("minutes", MINUTES),
        "done_on": row.day("done_on"),
    }
    kind, _colon, number = row.text("source", 120).partition(":")
    return New(row.id(), values), number if kind == "plan" else ""


def pap(row: Row) -> NewPap:
    values = {
        "intention": row.line("intention", 500) or "–",
        "where": row.line("where", 300),
        **{name: row.line(name, 500) for name in ("works_when", "if_then")},
        "due": row.day("due"),
        "state": row.choice("state", PlanState.values),
        "group_sees_title": False,
        "made_at": moment(row, "made_at"),
    }
    return NewPap(row.id(), values, [move(each) for each in row.rows("moves")])


def move(row: Row) -> New:
    states = {name: row.choice(name, PlanState.values) for name in ("before", "after")}
    return New("", {"at": moment(row, "at"), **states, "happened": row.text("happened")})


def tip(row: Row) -> NewTip:
    return NewTip("", {"text": row.text("text"), "mark": row.choice("mark", TipMark.values)}, row.id("plan"))


def note(row: Row) -> New:
    return New(
        "", {"key": row.line("key", 40), "text": row.text("text"), "saved_at": moment(row, "saved_at")}
    )


def quadrant(row: Row) -> New:
    names = ("quality", "pitfall", "challenge", "allergy")
    return New(row.id(), {**{name: row.line(name, 200) for name in names}, "made_at": moment(row, "made_at")})
