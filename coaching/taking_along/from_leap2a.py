"""A Leap2A feed of another portfolio: each item becomes what comes nearest to it here.

plan of goals of actions    POP of this school year (three goals at most; what is over becomes a reflection)
plan with tasks, or alone   goal of that POP, its tasks the actions
entry, activity, meeting    reflection; one that says it was a success by its tag stays one
resource                    example (proof), with its file
achievement                 certificate
ability                     own competence
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from portfolio.models import MOST_GOALS, DevelopmentState, EntryKind
from schools.models import SchoolYear

from . import leap2a
from .arrival import Arrival, New, NewCompetence, NewEntry, NewFile, NewGoal, NewPop, Skipped
from .checked_json import DAYS, LONG_TEXT
from .leap2a import SUPPORTED_BY, SUPPORTS, Feed, Item

BECOMES = {
    "entry": EntryKind.REFLECTION,
    "activity": EntryKind.REFLECTION,
    "meeting": EntryKind.REFLECTION,
    "publication": EntryKind.PROOF,
    "resource": EntryKind.PROOF,
    "achievement": EntryKind.CERTIFICATE,
}
# By kind: how it is called, and why it stays out.
LEFT_OUT = {
    "selection": (
        gettext_lazy("pages and journals"),
        gettext_lazy("Pages and journals only gather things; what is in them comes in by itself."),
    ),
    "person": (gettext_lazy("people"), gettext_lazy("Your name and address stand in your profile here.")),
    "organization": (
        gettext_lazy("organisations"),
        gettext_lazy("Schools and other organisations are not kept in a portfolio here."),
    ),
    "affiliation": (
        gettext_lazy("places of work"),
        gettext_lazy("Where you worked is not kept in a portfolio here."),
    ),
}


class Reading:
    """One feed, with what belongs to what looked up once."""

    def __init__(self, feed: Feed, origin: str, day: dt.date) -> None:
        self.feed, self.day = feed, day
        self.parts = feed.parts()
        self.supported = feed.related(SUPPORTS, SUPPORTED_BY)
        self.inside = {part.id for parts in self.parts.values() for part in parts if part.kind == leap2a.PLAN}
        self.arrival = Arrival(origin=origin, owner=feed.owner, is_own=False)
        self.kinds = kinds_by_tag()

    def read(self) -> Arrival:
        for item in self.feed.items:
            if item.kind in BECOMES:
                self.arrival.entries.append(self.entry(item))
            elif item.kind == leap2a.ABILITY and item.title:
                self.arrival.competences.append(ability(item))
        self.plans()
        self.arrival.skipped += left_out(self.feed)
        return self.arrival

    def entry(self, item: Item) -> NewEntry:
        kind = next((self.kinds[tag] for tag in item.tags if tag in self.kinds), BECOMES.get(item.kind))
        abilities = [each.id for each in self.supported.get(item.id, []) if each.kind == leap2a.ABILITY]
        files = [NewFile(item.title or path.rpartition("/")[2], path) for path in item.enclosures]
        at = moment_of(item)
        values = {
            "kind": kind or EntryKind.REFLECTION,
            "title": title_of(item, 200),
            "text": text_of(item, 200),
            "made_at": at,
            "day": day_of(item) or timezone.localdate(at),
        }
        return NewEntry(item.id, values, abilities, [], files)

    # -- plans ---------------------------------------------------------------------------------------------

    def plans(self) -> None:
        """Those of the top; a plan whose parts have parts is a POP, any other a goal."""
        tops = [item for item in self.feed.of_kind(leap2a.PLAN) if item.id not in self.inside]
        whole = next((item for item in tops if any(map(self.tasks, self.tasks(item)))), None)
        goals = [*self.tasks(whole), *(item for item in tops if item is not whole)] if whole else tops
        if not whole and not goals:
            return
        year = SchoolYear.start_of(self.day)
        values: dict[str, Any] = {"state": DevelopmentState.CONCEPT, "made_at": moment_of(whole or goals[0])}
        if whole:
            values["heading"] = long_text(whole.text)
        made = [self.goal(item, order) for order, item in enumerate(goals[:MOST_GOALS], start=1)]
        self.arrival.pops.append(NewPop("plans", values, year, goals=made))
        for item in goals[MOST_GOALS:]:
            self.arrival.entries.append(self.as_reflection(item))
        if len(goals) > MOST_GOALS:
            self.arrival.skipped.append(more_goals(len(goals) - MOST_GOALS))

    def tasks(self, item: Item) -> list[Item]:
        return [part for part in self.parts.get(item.id, []) if part.kind == leap2a.PLAN]

    def goal(self, item: Item, order: int) -> NewGoal:
        values = {
            "order": order,
            "question": title_of(item, 500),
            "why": text_of(item, 500),
            "due": day_in_range(item.dates.get(leap2a.TARGET)),
        }
        linked = self.supported.get(item.id, [])
        abilities = [each.id for each in linked if each.kind == leap2a.ABILITY]
        proof = [each.id for each in self.feed.items if item in self.supported.get(each.id, [])]
        return NewGoal(
            item.id, values, abilities, proof, [(self.action(task), "") for task in self.tasks(item)]
        )

    def action(self, item: Item) -> New:
        done = day_in_range(item.dates.get(leap2a.END)) or timezone.localdate(moment_of(item))
        values = {
            "what": title_of(item, 500),
            "due": day_in_range(item.dates.get(leap2a.TARGET)),
            "done_on": done if item.status == leap2a.COMPLETED else None,
        }
        return New(item.id, values)

    def as_reflection(self, item: Item) -> NewEntry:
        made = self.entry(item)
        tasks = "\n".join(f"- {one_task(task)}" for task in self.tasks(item))
        made.values["text"] = long_text("\n\n".join(filter(None, [made.values["text"], tasks])))
        return made


def read(feed: Feed, origin: str, day: dt.date) -> Arrival:
    """``origin`` names the ZIP; ``day`` is today, whose school year plans come into."""
    return Reading(feed, origin, day).read()


def kinds_by_tag() -> dict[str, EntryKind]:
    """Our own export tags an entry with its kind, in either language."""
    found: dict[str, EntryKind] = {}
    for language in ("nl", "en"):
        with override(language):
            found |= {str(kind.label): kind for kind in EntryKind}
    return found


def one_task(item: Item) -> str:
    return f"{title_of(item, 500)} ({_('done')})" if item.status == leap2a.COMPLETED else title_of(item, 500)


def more_goals(count: int) -> Skipped:
    words = ngettext("%(count)s plan more than three", "%(count)s plans more than three", count)
    return Skipped(
        words % {"count": count}, _("A POP has at most three goals; the others come into your portfolio.")
    )


def left_out(feed: Feed) -> list[Skipped]:
    counted = Counter(item.kind for item in feed.items)
    known = {*BECOMES, leap2a.PLAN, leap2a.ABILITY}
    return [one_kind(kind, count) for kind, count in sorted(counted.items()) if kind not in known]


def one_kind(kind: str, count: int) -> Skipped:
    otherwise = kind[:40], _("This kind of thing has no place in a portfolio here.")
    name, why = LEFT_OUT.get(kind, otherwise)
    return Skipped(f"{count} × {name}", str(why))


def ability(item: Item) -> NewCompetence:
    return NewCompetence(
        item.id, {"title_nl": item.title[:120], "about_nl": " ".join(item.text[:300].split())}
    )


def title_of(item: Item, most: int) -> str:
    first = item.title or item.text.split("\n")[0]
    return first if len(first) <= most else f"{first[: most - 1]}…"


def text_of(item: Item, most: int) -> str:
    """A title that was too long stands above the text, whole."""
    whole = item.title if len(item.title) > most else ""
    return long_text("\n\n".join(filter(None, [whole, item.text])))


def long_text(text: str) -> str:
    return text if len(text) <= LONG_TEXT else text[:LONG_TEXT]


def moment_of(item: Item) -> dt.datetime:
    at = item.published or item.updated
    return at if at and at.year in DAYS else timezone.now()


def day_of(item: Item) -> dt.date | None:
    return day_in_range(item.dates.get(leap2a.START))


def day_in_range(day: dt.date | None) -> dt.date | None:
    return day if day and day.year in DAYS else None
