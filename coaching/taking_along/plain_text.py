"""Formatted text of another portfolio as plain text: our texts are plain, so that nothing in them can run."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from .leap2a import plain

DROPPED = frozenset(("script", "style", "head", "template", "noscript", "object", "iframe"))
OWN_LINES = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
    )
).union(
    (
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
    ),
    ("tr", "ul"),
)
CELLS = frozenset(("td", "th"))
BLANKS = re.compile(r"[\x00-\x20]+")
LINE, PARAGRAPH = "\0", "\1"  # where a block begins or ends; no text holds these
BETWEEN = re.compile("[\0\1 \n]+")
TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9]*)")
MOST_HTML = 200_000  # characters of one text; a page of a book has three thousand
COMMENTS = re.compile(r"<!--[^<]*-->")


class Lines:
    """Collects text: white space counts once, as on a page, and a block begins on a line of its own."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def begin(self, tag: str) -> None:
        if tag in OWN_LINES:
            self.pieces.append(f"{LINE}- " if tag == "li" else LINE)
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in CELLS:
            self.pieces.append(" ")

    def end(self, tag: str) -> None:
        if tag in OWN_LINES:
            self.pieces.append(PARAGRAPH if tag == "p" else LINE)

    def say(self, text: str | None) -> None:
        self.pieces.append(BLANKS.sub(" ", text or ""))

    def text(self) -> str:
        return plain(BETWEEN.sub(space, "".join(self.pieces)))


def space(between: re.Match[str]) -> str:
    """At most one empty line."""
    marks = between[0]
    if PARAGRAPH in marks or marks.count("\n") > 1:
        return "\n\n"
    return "\n" if LINE in marks or "\n" in marks else " "


def of_tree(tree: Element) -> str:
    """XHTML that was parsed with the feed. Walked without recursion, however deep it is."""
    lines = Lines()
    waiting: list[tuple[Element, bool]] = [(tree, False)]
    while waiting:
        element, done = waiting.pop()
        tag = local(element)
        if done:
            lines.end(tag)
            lines.say(element.tail if element is not tree else "")
        elif tag in DROPPED:
            lines.say(element.tail)
        else:
            lines.begin(tag)
            lines.say(element.text)
            waiting.append((element, True))
            waiting.extend((child, False) for child in reversed(list(element)))
    return lines.text()


def local(element: Element) -> str:
    """The name of the tag without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def of_html(text: str) -> str:
    """HTML that was escaped into the feed. Cut at each "<", so that no text, however broken, takes long."""
    lines, dropped = Lines(), 0
    first, *rest = COMMENTS.sub("", text[:MOST_HTML]).split("<")
    lines.say(unescaped(first))
    for piece in rest:
        inside, closed, after = piece.partition(">")
        found = TAG.match(inside) if closed else None
        if not found:
            lines.say("" if dropped else unescaped(f"<{piece}"))
            continue
        tag, ends = found[2].lower(), bool(found[1])
        if tag in DROPPED:
            dropped = max(0, dropped - 1) if ends else dropped + 1
        (lines.end if ends else lines.begin)(tag)
        lines.say("" if dropped else unescaped(after))
    return lines.text()


def unescaped(text: str) -> str:
    """As it is where a character has a number of thousands of digits: Python reads none that long."""
    try:
        return unescape(text)
    except ValueError:
        return text
