"""The entries of a portfolio, bundled by kind: successes first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from schools.models import User

from .models import Competence, Entry, EntryFile, EntryKind
from .structures import answers_of

ORDER = (
    EntryKind.SUCCESS,
    EntryKind.FEEDBACK,
    EntryKind.PROOF,
    EntryKind.REFLECTION,
    EntryKind.LEARNING,
    EntryKind.CERTIFICATE,
)
SHOWN = 6  # of each kind, while all kinds are shown


@dataclass(frozen=True)
class Card:
    """An entry with the first thing it says, its tags and its first picture."""

    entry: Entry
    text: str
    tags: list[Competence]
    files: list[EntryFile]

    @property
    def picture(self) -> EntryFile | None:
        return next((file for file in self.files if file.has_thumbnail), None)


@dataclass(frozen=True)
class Bundle:
    kind: EntryKind
    cards: list[Card]
    number: int  # with those that are not shown

    @property
    def more(self) -> int:
        return self.number - len(self.cards)


def card_of(entry: Entry) -> Card:
    """Of an entry with parts, competences and files prefetched."""
    text = entry.text or next((each.text for each in answers_of(entry)), "")
    said = "" if text == entry.title else text
    return Card(entry, said, list(entry.competences.all()), list(entry.files.all()))


def bundles_of(owner: User, kind: str = "", competence: Competence | None = None) -> list[Bundle]:
    """All that ``owner`` has, newest first within a kind; in four statements."""
    rows = Entry.objects.filter(owner=owner).prefetch_related("parts", "competences", Prefetch("files"))
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(competences=competence) if competence else rows
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        found[row.kind].append(row)
    return [
        Bundle(each, [card_of(entry) for entry in found[each][: None if kind else SHOWN]], len(found[each]))
        for each in ORDER
        if found[each]
    ]
