"""A Leap2A feed as a file. The strings of the namespaces are those of the specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from . import leap2a
from .leap2a import Feed, Item, Link, cleaned

VERSION = "http://www.leapspecs.org/2010-07/2A/"
NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmlns:leap2": "http://terms.leapspecs.org/",
    "xmlns:categories": "http://wiki.leapspecs.org/2A/categories/",
}
OF_ATOM = ("enclosure", "related", "alternate", "self", "via")  # these relations carry no "leap2:"


class FeedBroken(ValueError):
    """A link to nothing, two items of one id: a mistake of whoever made the feed, not of a user."""


def written(feed: Feed, files: Container[str]) -> bytes:
    """``feed`` as XML in UTF-8. ``files``: the paths in the ZIP it goes into."""
    feed = cleaned(feed)
    refuse_what_is_broken(feed, files)
    out = StringIO()
    page = Page(XMLGenerator(out, encoding="utf-8", short_empty_elements=True))
    page.write_feed(feed)
    return out.getvalue().encode()


def refuse_what_is_broken(feed: Feed, files: Container[str]) -> None:
    ids = {item.id for item in feed.items}
    if len(ids) < len(feed.items):
        raise FeedBroken("two items of one id")
    for item in feed.items:
        for link in item.links:
            known = link.href in files if link.rel == leap2a.ENCLOSURE else link.href in ids
            if not known and not is_elsewhere(link.href):
                raise FeedBroken(f"{item.id}: {link.rel} leads to nothing")


def is_elsewhere(href: str) -> bool:
    return href.startswith(("https://", "http://"))


class Page:
    """Elements one after another; ``tag`` writes one that holds a text or nothing."""

    def __init__(self, out: XMLGenerator) -> None:
        self.out = out

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.out.startElement(name, AttributesImpl(attributes))

    def tag(self, name: str, text: str = "", **attributes: str) -> None:
        given = {key.replace("__", ":"): value for key, value in attributes.items() if value}
        self.start(name, given)
        if text:
            self.out.characters(text)
        self.out.endElement(name)
        self.out.ignorableWhitespace("\n")

    def write_feed(self, feed: Feed) -> None:
        self.out.startDocument()
        self.start("feed", {**NAMESPACES, "xmlns:portfolio": f"{feed.id}/"})
        self.out.ignorableWhitespace("\n")
        self.tag("leap2:version", VERSION)
        self.tag("id", feed.id)
        self.tag("title", feed.title)
        self.tag("updated", moment(feed.updated))
        self.start("author", {})
        self.tag("name", feed.owner)
        if feed.owner_id:
            self.tag("uri", feed.owner_id)
        self.out.endElement("author")
        for item in feed.items:
            self.write_item(item)
        self.out.endElement("feed")
        self.out.endDocument()

    def write_item(self, item: Item) -> None:
        self.start("entry", {})
        self.tag("title", item.title)
        self.tag("id", item.id)
        self.tag("updated", moment(item.updated))
        if item.published:
            self.tag("published", moment(item.published))
        self.tag("content", item.text, type="text")
        self.tag("rdf:type", rdf__resource=f"leap2:{item.kind}")
        for link in item.links:
            self.write_link(link)
        for scheme, term in item.categories:
            self.tag("category", term=term, scheme=f"categories:{scheme}#")
        for tag in item.tags:
            self.tag("category", term=tag)
        for point, day in item.dates.items():
            self.tag("leap2:date", day.isoformat(), leap2__point=point)
        if item.status:
            self.tag("leap2:status", leap2__stage=item.status)
        self.out.endElement("entry")
        self.out.ignorableWhitespace("\n")

    def write_link(self, link: Link) -> None:
        rel = link.rel if link.rel in OF_ATOM else f"leap2:{link.rel}"
        self.tag("link", rel=rel, type=link.media, href=link.href)


def moment(at: dt.datetime | None) -> str:
    return at.isoformat() if at else ""
