"""What a Leap2A feed holds, as plain data. Leap2A is the exchange format of ePortfolios: a profile of Atom.

Specification: wiki.leapspecs.org/2A. Mahara, the best known reader and writer of it, departs here and there.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

# What an item is (the text after "leap2:" in rdf:type), as far as we write it; others are read too.
PLAN, ENTRY, RESOURCE, ABILITY, MEETING, PERSON = "plan", "entry", "resource", "ability", "meeting", "person"

IS_PART_OF, HAS_PART, SUPPORTS, SUPPORTED_BY = "is_part_of", "has_part", "supports", "supported_by"
ENCLOSURE = "enclosure"
TARGET, START, END = "target", "start", "end"
PLANNED, COMPLETED = "planned", "completed"
SELF = ("person_type", "Self")
OFFLINE = ("resource_type", "Offline")

# What XML 1.0 can't hold, and half characters; a carriage return would come back as a line end.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNKNOWN = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Link:
    """``rel`` without "leap2:"; ``href`` is the id of an item, or the path of a file inside the ZIP."""

    rel: str
    href: str
    media: str = ""


@dataclass(frozen=True)
class Item:
    """One entry of the feed; ``text`` is plain, ``dates`` holds days by what they are ("target", "start")."""

    id: str
    kind: str
    title: str = ""
    text: str = ""
    updated: dt.datetime | None = None
    published: dt.datetime | None = None
    dates: dict[str, dt.date] = field(default_factory=dict)
    status: str = ""
    categories: tuple[tuple[str, str], ...] = ()  # ("person_type", "Self")
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def linked(self, rel: str) -> list[str]:
        return [link.href for link in self.links if link.rel == rel]

    @property
    def enclosures(self) -> list[str]:
        """Paths inside the ZIP."""
        return self.linked(ENCLOSURE)


@dataclass(frozen=True)
class Feed:
    """``owner``: the name of whose portfolio it is; ``owner_id``: their item of kind person, when there is one."""

    id: str
    title: str
    owner: str
    updated: dt.datetime | None = None
    owner_id: str = ""
    items: tuple[Item, ...] = ()

    def of_kind(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]

    def related(self, rel: str, back: str) -> dict[str, list[Item]]:
        """By id, the items that one links to by ``rel`` and those that link to it by ``back``."""
        found: dict[str, dict[str, Item]] = {}
        items = {item.id: item for item in self.items}
        for item in self.items:
            for href in item.linked(back):
                found.setdefault(href, {})[item.id] = item
            for href in item.linked(rel):
                if href in items:
                    found.setdefault(item.id, {})[href] = items[href]
        return {key: list(each.values()) for key, each in found.items()}

    def parts(self) -> dict[str, list[Item]]:
        """By the id of a whole, its parts; feeds say it from both sides or from one."""
        return self.related(HAS_PART, IS_PART_OF)


def plain(text: str) -> str:
    """A text of several lines as XML can hold it and gives it back."""
    return NOT_IN_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str) -> str:
    return SPACE.sub(" ", plain(text)).strip()


def cleaned(feed: Feed) -> Feed:
    """As it is written, and as it comes back when it is read."""
    return replace(
        feed,
        id=one_line(feed.id),
        title=one_line(feed.title),
        owner=one_line(feed.owner),
        owner_id=one_line(feed.owner_id),
        updated=to_the_second(feed.updated),
        items=tuple(map(cleaned_item, feed.items)),
    )


def cleaned_item(item: Item) -> Item:
    return replace(
        item,
        id=one_line(item.id),
        title=one_line(item.title),
        text=plain(item.text),
        updated=to_the_second(item.updated),
        published=to_the_second(item.published) if item.published else None,
        tags=tuple(filter(None, map(one_line, item.tags))),
        links=tuple(replace(link, href=one_line(link.href)) for link in item.links),
    )


def to_the_second(at: dt.datetime | None) -> dt.datetime:
    """Atom wants a moment of change in everything."""
    return (at or UNKNOWN).astimezone(dt.UTC).replace(microsecond=0)
