"""The document of one person (mine.py) as a Leap2A feed, for portfolios of other makers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portfolio.models import EntryKind

from . import leap2a
from .labels import answers, label, year_name
from .leap2a import HAS_PART, IS_PART_OF, SUPPORTED_BY, SUPPORTS, Feed, Item, Link
from .mine import Document, path_of

ME = "portfolio:ik"
WITH_FILE = (EntryKind.PROOF, EntryKind.CERTIFICATE)
POP_TEXTS = ("standing", "heading", "wish", "agreements", "looking_back")
GOAL_TEXTS = ("visible", "why", "support", "learned", "next_step")
PAP_TEXTS = ("where", "works_when", "if_then")


def feed_of(document: Document) -> Feed:
    made_at = moment(document["made_at"])
    items = [Item(ME, leap2a.PERSON, document["account"]["name"], updated=made_at, categories=(leap2a.SELF,))]
    mine = document["portfolio"]
    for make in (abilities, entries, pops, paps):
        items += make(mine)
    items += meetings(document)
    return Feed(
        id=f"urn:collegiale-coaching:{document['origin']}",
        title=_("Portfolio of %(name)s") % {"name": document["account"]["name"]},
        owner=document["account"]["name"],
        owner_id=ME,
        updated=made_at,
        items=tuple(items),
    )


def ref(kind: str, number: Any) -> str:
    return f"portfolio:{kind}-{number}"


def moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def days(**named: str) -> dict[str, dt.date]:
    return {point: dt.date.fromisoformat(day) for point, day in named.items() if day}


def told(model: str, row: Document, names: tuple[str, ...]) -> str:
    """The texts of ``row`` under each other, each below its question."""
    return "\n\n".join(f"{label(model, name)}\n{row[name]}" for name in names if row[name])


def status(is_done: bool) -> str:
    return leap2a.COMPLETED if is_done else leap2a.PLANNED


def links(rel: str, kind: str, numbers: list[Any]) -> list[Link]:
    return [Link(rel, ref(kind, number)) for number in numbers]


def abilities(mine: Document) -> Iterator[Item]:
    newest = {score["competence"]: score for score in mine["talents"]}
    for row in mine["competences"]:
        score = newest.get(row["id"])
        said = row["about_nl"]
        if score:
            marks = {"good": score["good"], "fun": score["fun"]}
            said += "\n\n" + _("I can do this: %(good)s of 10. I like it: %(fun)s of 10.") % marks
        at = moment(score["at"]) if score else moment("")
        by = [entry["id"] for entry in mine["entries"] if row["id"] in entry["competences"]]
        backs = tuple(links(SUPPORTED_BY, "entry", by))
        yield Item(ref("ability", row["id"]), leap2a.ABILITY, row["title_nl"], said, at, links=backs)


def entries(mine: Document) -> Iterator[Item]:
    for row in mine["entries"]:
        parts = [f"{question}\n{text}".strip() for question, text in answers(row)]
        own, others = row["files"][:0], row["files"]
        if row["kind"] in WITH_FILE:
            own, others = row["files"][:1], row["files"][1:]
        yield Item(
            ref("entry", row["id"]),
            leap2a.RESOURCE if own else leap2a.ENTRY,
            row["title"],
            "\n\n".join(filter(None, [row["text"], *parts])),
            moment(row["made_at"]),
            moment(row["made_at"]),
            dates=days(start=row["day"]),
            categories=(leap2a.OFFLINE,) if own else (),
            tags=(str(EntryKind(row["kind"]).label),),
            links=(
                *(enclosure(file) for file in own),
                *links(HAS_PART, "file", [file["id"] for file in others]),
                *links(SUPPORTS, "ability", row["competences"]),
            ),
        )
        yield from (resource(file, row) for file in others)


def enclosure(file: Document) -> Link:
    return Link(leap2a.ENCLOSURE, path_of(file))


def resource(file: Document, entry: Document) -> Item:
    return Item(
        ref("file", file["id"]),
        leap2a.RESOURCE,
        file["name"],
        updated=moment(file["made_at"]),
        categories=(leap2a.OFFLINE,),
        links=(enclosure(file), Link(IS_PART_OF, ref("entry", entry["id"]))),
    )


def pops(mine: Document) -> Iterator[Item]:
    for row in mine["pops"]:
        at, goals = moment(row["made_at"]), [goal["id"] for goal in row["goals"]]
        yield Item(
            ref("pop", row["id"]),
            leap2a.PLAN,
            f"POP {year_name(row['year'])}",
            told("DevelopmentPlan", row, POP_TEXTS),
            at,
            status=status(row["state"] == "closed"),
            links=(*links(HAS_PART, "goal", goals), *links("related", "ability", row["strengths"])),
        )
        for goal in row["goals"]:
            yield from of_goal(goal, row, at)


def of_goal(goal: Document, pop: Document, at: dt.datetime | None) -> Iterator[Item]:
    log = [f"{note['day']}: {note['text']}" for note in goal["progress"]]
    yield Item(
        ref("goal", goal["id"]),
        leap2a.PLAN,
        goal["question"],
        "\n\n".join(filter(None, [told("Goal", goal, GOAL_TEXTS), *log])),
        at,
        dates=days(target=goal["due"]),
        status=status(bool(goal["outcome"])),
        links=(
            Link(IS_PART_OF, ref("pop", pop["id"])),
            *links(HAS_PART, "action", [action["id"] for action in goal["actions"]]),
            *links(SUPPORTS, "ability", goal["competences"]),
            *links(SUPPORTED_BY, "entry", goal["proof"]),
        ),
    )
    for action in goal["actions"]:
        yield Item(
            ref("action", action["id"]),
            leap2a.PLAN,
            action["what"],
            updated=at,
            dates=days(target=action["due"], end=action["done_on"]),
            status=status(bool(action["done_on"])),
            links=(Link(IS_PART_OF, ref("goal", goal["id"])),),
        )


def paps(mine: Document) -> Iterator[Item]:
    for row in mine["paps"]:
        results = [move["happened"] for move in row["moves"] if move["happened"]]
        yield Item(
            ref("pap", row["id"]),
            leap2a.PLAN,
            row["intention"],
            "\n\n".join(filter(None, [told("ActionPlan", row, PAP_TEXTS), *results])),
            moment(row["made_at"]),
            dates=days(target=row["due"]),
            status=status(row["state"] in ("done", "let_go")),
            tags=("PAP",),
        )


def meetings(document: Document) -> Iterator[Item]:
    """Who else was there is theirs to tell."""
    for number, row in enumerate(document["sessions"], start=1):
        yield Item(
            ref("meeting", number),
            leap2a.MEETING,
            row["method"],
            updated=moment(document["made_at"]),
            dates=days(start=row["day"]),
            links=(Link("attended_by", ME),),
        )
