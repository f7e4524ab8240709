"""The XML in office documents, met element by element and kept by nobody: no tree is built of it.

A few hundred kilobytes of zip can hold a million elements, a million names or one tag of many megabytes. Each of
those has a limit here, so that looking takes little memory and a few seconds whatever was sent.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

PIECE = 64 * 1024  # bytes that are unpacked at a time
MAX_TAG = 256 * 1024  # bytes of one tag or comment
MAX_NAMES = 2_000  # different names of elements and attributes in one part; office programs use some hundreds
MAX_TEXT = 100_000  # characters of the texts that are asked for, in one part


class TooMuch(Exception):
    """There is more in it than is looked through."""


@dataclass
class Room:
    """What may still be read: bytes (unpacked) and elements. Shared by the parts of one document."""

    size: int
    elements: int

    def take(self, size: int = 0, elements: int = 0) -> None:
        self.size -= size
        self.elements -= elements
        if self.size < 0 or self.elements < 0:
            raise TooMuch


@dataclass
class Met:
    """An element that begins, named without its prefix; "/name" with ``text`` where one ends that was asked for."""

    name: str
    attributes: dict[str, str]
    text: str = ""


class TypesOfItsOwn(Exception):
    """It brings a DTD: entities that grow, or that fetch a file. No office program writes one."""


@dataclass
class Eyes:
    """What the parser tells, up to where it was read."""

    rooms: tuple[Room, ...]
    with_text: frozenset[str]
    met: list[Met] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    letters: int = 0
    inside: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        for room in self.rooms:
            room.take(elements=1)
        self.names.add(tag)
        self.names.update(attributes)
        if len(self.names) > MAX_NAMES:
            raise TooMuch
        name = local(tag)
        self.met.append(Met(name, attributes))
        if name in self.with_text:
            self.inside, self.texts = name, []

    def data(self, text: str) -> None:
        if self.inside:
            self.letters += len(text)
            if self.letters > MAX_TEXT:
                raise TooMuch
            self.texts.append(text)

    def end(self, tag: str) -> None:
        if self.inside and local(tag) == self.inside:
            self.met.append(Met(f"/{self.inside}", {}, "".join(self.texts)))
            self.inside = ""

    def doctype(self, *_about: object) -> None:
        raise TypesOfItsOwn

    def parser(self) -> expat.XMLParserType:
        """Names come as they are written, prefix and all: written out, a namespace can be repeated without end."""
        made = expat.ParserCreate()
        made.buffer_text = True
        made.StartElementHandler, made.EndElementHandler = self.start, self.end
        made.CharacterDataHandler, made.StartDoctypeDeclHandler = self.data, self.doctype
        return made


def local(name: str) -> str:
    return name.rpartition(":")[2]


def called(name: str, attributes: dict[str, str]) -> list[str]:
    """The attributes of that name, whatever is before it: which of two counts is not known without namespaces."""
    return [value for key, value in attributes.items() if local(key) == name]


def elements(
    archive: zipfile.ZipFile, part: str, *rooms: Room, with_text: frozenset[str] = frozenset()
) -> Iterator[Met]:
    """The elements of ``part`` in their order. Raises TooMuch, TypesOfItsOwn, and ExpatError when it is no XML."""
    eyes = Eyes(rooms, with_text)
    parser, fed = eyes.parser(), 0
    with archive.open(part) as opened:
        while piece := opened.read(PIECE):
            fed += len(piece)
            for room in rooms:
                room.take(size=len(piece))
            parser.Parse(piece)
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise TooMuch
            yield from eyes.met
            eyes.met.clear()
    parser.Parse(b"", True)
    yield from eyes.met


def is_xml(archive: zipfile.ZipFile, part: str) -> bool:
    """By how it begins; the name of a part says nothing of what it is used as."""
    with archive.open(part) as opened:
        head = opened.read(64)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x00\xff\xfe").startswith(b"<")
