"""A Leap2A feed that somebody uploaded: read without a DTD, entities or anything fetched, and lenient otherwise."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from html.entities import name2codepoint
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser
from django.utils.translation import gettext as _

from coaching.lib.archives import Archive, ArchiveRefused

from . import plain_text
from .leap2a import ENCLOSURE, SELF, Feed, Item, Link, one_line, plain

FEED_NAMES = ("leap2a.xml", "leap.xml", "leap2.xml")
MOST_BYTES = 5 * 1024 * 1024
MOST_ELEMENTS = 100_000
MOST_ITEMS = 5_000
MOST_DEPTH = 200
MOST_ATTRIBUTES = 100
ATOM = "{http://www.w3.org/2005/Atom}"
RDF_TYPE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}type"
# The specification's own, the archived ones Mahara writes, and two older ones.
LEAP = re.compile(r"^\{[^}]*(terms\.leapspecs\.org|cetis\.[a-z.]+/[^}]*leap2)[^}]*\}", re.I)
NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
LONGEST_NAME = 33  # with what stands around it
PIECE = 64 * 1024
DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?([Zz]|[+-]\d\d:?\d\d)?)?)?)?"
)
OWN_NAMES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def is_leap2a(archive: Archive) -> bool:
    return feed_path(archive) is not None


def feed_path(archive: Archive) -> str | None:
    """The feed, at the top of the ZIP or in a folder that holds all of it."""
    found = [name for name in archive.names if name.rpartition("/")[2].lower() in FEED_NAMES]
    found = [name for name in found if name.count("/") <= 1 and not name.startswith("__MACOSX/")]
    return min(found, key=lambda name: (name.count("/"), name), default=None)


def read_archive(archive: Archive) -> Feed:
    """The feed in ``archive``; a file it names but that is not in there is left out. Raises ArchiveRefused."""
    path = feed_path(archive)
    if path is None:
        raise ArchiveRefused(_("There is no leap2a.xml in this ZIP file."))
    folder = path.rpartition("/")[0]
    feed = read_feed(archive.read(path, MOST_BYTES))
    return replace(feed, items=tuple(with_files(item, archive, folder) for item in feed.items))


def with_files(item: Item, archive: Archive, folder: str) -> Item:
    links = []
    for link in item.links:
        path = inside(link.href, archive, folder) if link.rel == ENCLOSURE else link.href
        if path:
            links.append(replace(link, href=path))
    return replace(item, links=tuple(links))


def inside(href: str, archive: Archive, folder: str) -> str:
    """The path of an enclosure as the ZIP names it; "" when it is not in there, so never a path outside."""
    tried = [f"{folder}/{each}" if folder else each for each in (href, unquote(href))]
    return next((path for path in tried if path in archive), "")


class Counted(TreeBuilder):
    """Builds the tree and stops at one that is too deep or too large, before it is in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = self.length = 0

    def start(self, tag: Any, attrs: dict[Any, Any], /) -> Element:
        self.depth, self.length = self.depth + 1, 0
        self.elements += 1
        if self.depth > MOST_DEPTH or self.elements > MOST_ELEMENTS or len(attrs) > MOST_ATTRIBUTES:
            raise ArchiveRefused(too_large())
        return super().start(tag, attrs)

    def data(self, data: str, /) -> None:
        """Of a text that is longer than anybody writes, its beginning."""
        self.length += len(data)
        if self.length <= plain_text.MOST_HTML:
            super().data(data)

    def end(self, tag: Any, /) -> Element:
        self.depth, self.length = self.depth - 1, 0
        return super().end(tag)


def read_feed(data: bytes) -> Feed:
    """``data`` is the XML; enclosures are as it names them, from the folder it lies in."""
    root = parsed(data)
    if root.tag != f"{ATOM}feed":
        raise ArchiveRefused(unreadable())
    entries = root.findall(f"{ATOM}entry")
    if len(entries) > MOST_ITEMS:
        raise ArchiveRefused(too_large())
    items = tuple(map(item_of, entries))
    author = root.find(f"{ATOM}author")
    own = next((item for item in items if item.kind == "person" and SELF in item.categories), None)
    return Feed(
        id=line(root, "id"),
        title=line(root, "title"),
        owner=(line(author, "name") if author is not None else "") or (own.title if own else ""),
        owner_id=(line(author, "uri") if author is not None else "") or (own.id if own else ""),
        updated=moment(line(root, "updated")),
        items=without_doubles(items),
    )


def parsed(data: bytes) -> Element:
    parser = XMLParser(target=Counted(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        for piece in pieces_of(data):
            parser.feed(NAMED.sub(as_number, piece))
        return parser.close()
    except DefusedXmlException:
        raise ArchiveRefused(
            _("The portfolio in this ZIP file has parts that could do harm. It was not read.")
        ) from None
    except (ParseError, ValueError, LookupError):
        raise ArchiveRefused(unreadable()) from None


def pieces_of(data: bytes) -> Iterator[bytes]:
    """Replacing in all of it at once would take twenty times its memory. No name is cut in two."""
    at = 0
    while at < len(data):
        end = at + PIECE
        name = data.rfind(b"&", end - LONGEST_NAME, end)
        end = name if name > at else end
        yield data[at:end]
        at = end


def as_number(named: re.Match[bytes]) -> bytes:
    """``&nbsp;`` and the like are used without being declared, which XML does not allow."""
    code = name2codepoint.get(named[1].decode())
    return named[0] if named[1] in OWN_NAMES or code is None else f"&#{code};".encode()


def too_large() -> str:
    return _("The portfolio in this ZIP file is too large to read.")


def unreadable() -> str:
    return _("The portfolio in this ZIP file can't be read: it is no Leap2A file, or it is damaged.")


def without_doubles(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The first of an id stands; one without an id can't be linked to but is kept."""
    seen: dict[str, Item] = {}
    for number, item in enumerate(items):
        seen.setdefault(item.id or f"#{number}", item)
    return tuple(seen.values())


def item_of(entry: Element) -> Item:
    links = tuple(link for each in entry.findall(f"{ATOM}link") if (link := link_of(each)))
    categories = entry.findall(f"{ATOM}category")
    content = entry.find(f"{ATOM}content")
    summary = entry.find(f"{ATOM}summary")
    kind = next((tail(str(each.get(of_rdf("resource"), ""))) for each in entry.findall(RDF_TYPE)), "")
    return Item(
        id=line(entry, "id"),
        kind=kind or "entry",
        title=line(entry, "title"),
        text=text_of(content) or text_of(summary),
        updated=moment(line(entry, "updated")),
        published=moment(line(entry, "published")),
        dates=dict(dates_of(entry)),
        status=next((stage for each in of_leap(entry, "status") if (stage := said(each, "stage"))), ""),
        categories=tuple(
            (tail(scheme), one_line(each.get("term", "")))
            for each in categories
            if (scheme := each.get("scheme", ""))
        ),
        tags=tuple(filter(None, (one_line(e.get("term", "")) for e in categories if not e.get("scheme")))),
        links=links,
    )


def of_rdf(name: str) -> str:
    return RDF_TYPE.replace("type", name)


def line(parent: Element, name: str) -> str:
    found = parent.find(ATOM + name)
    return one_line(text_of(found))


def tail(name: str) -> str:
    """``selection_type`` of "categories:selection_type#", ``plan`` of "leap2:plan", and of whole addresses."""
    return re.split(r"[:/#]", name.strip().rstrip("#/"))[-1]


def of_leap(entry: Element, name: str) -> Iterator[Element]:
    for each in entry:
        if isinstance(each.tag, str) and LEAP.match(each.tag) and each.tag.endswith(f"}}{name}"):
            yield each


def said(element: Element, name: str) -> str:
    """An attribute of leap2, with or without its namespace."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(map(one_line, found), "")


def text_of(element: Element | None) -> str:
    """The content as plain text: type text, html (escaped) or xhtml (elements)."""
    if element is None:
        return ""
    if len(element):
        return plain_text.of_tree(element)
    if element.get("type") in ("html", "text/html"):
        return plain_text.of_html(element.text or "")
    return plain(element.text or "")


def link_of(element: Element) -> Link | None:
    rel, href = tail(element.get("rel", "")), one_line(element.get("href", ""))
    return Link(rel, href, one_line(element.get("type", ""))) if rel and href else None


def dates_of(entry: Element) -> Iterator[tuple[str, dt.date]]:
    for each in of_leap(entry, "date"):
        point, at = said(each, "point"), moment(each.text or "")
        if point and at:
            yield point, at.date()


def moment(text: str) -> dt.datetime | None:
    """A date as found in feeds: a year, a month, a day or a moment, with whatever stands after it ignored."""
    found = DATE.match(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        naive = dt.datetime(year, month or 1, day or 1, hour, minute, min(second, 59))
        return naive.replace(tzinfo=zone(found[7]))
    except ValueError:
        return None


def zone(written: str | None) -> dt.tzinfo:
    if not written or written in "Zz":
        return dt.UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    away = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-away if written[0] == "-" else away)
