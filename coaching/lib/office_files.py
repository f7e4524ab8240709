"""Documents of office programs: what they are, and whether they run something or reach for something outside.

All of them are zip files. Nothing in them is kept apart or run here; the limits are for whoever opens them later,
and for the memory of this machine: documents are looked through one at a time, and never as a whole.
"""

from __future__ import annotations

import re
import struct
import threading
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from .office_fields import OUTSIDE, runs_or_fetches
from .office_xml import Room, TooMuch, called, elements, is_xml

MAX_PARTS = 3_000
MAX_NAME = 500  # letters of the name of a part
MAX_LIST = 1024 * 1024  # bytes that the list of parts may take; it is read whole
MAX_UNPACKED = 300 * 1024 * 1024  # bytes over all parts, as declared
MAX_RATIO = 100  # times as large unpacked as packed; a spreadsheet of repeated rows stays under 50
SMALL = (1024 * 1024, 20_000)  # bytes and elements of a part that lists types or relations
LARGE = (24 * 1024 * 1024, 400_000)  # ... of all that is looked through; a thesis has a quarter of it
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MAIN_TYPES = {
    "docx": "wordprocessingml.document",
    "xlsx": "spreadsheetml.sheet",
    "pptx": "presentationml.presentation",
}
TYPES_PART = "[Content_Types].xml"
# What a relation leads to, or a part says it is, by the end of its name.
OBJECTS = ("oleobject", "control", "activexcontrolbinary")
FETCHING = (
    "externallink",
    "externallinkpath",
    "connections",
    "querytable",
    "afchunk",
    "subdocument",
    "frame",
)
FETCHING_TYPES = ("externallink+xml", "connections+xml", "querytable+xml")
ODT = b"application/vnd.oasis.opendocument.text"
ODT_READ = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
ODT_SCRIPTS = ("script", "event-listener", "execute-macro")
ODT_OBJECTS = ("object", "object-ole", "plugin", "applet", "floating-frame")
MACROS = re.compile(r"(?:^|/)(?:vbaproject|vbadata|activex|macrosheets|basic|scripts)(?:[./\d]|$)", re.I)
EMBEDDED = re.compile(r"(?:^|/)(?:embeddings/.*\.bin|Object \d+/.*|.+/content\.xml)$", re.I)
LINKED = re.compile(r"(?:^|/)(?:externallinks/.+|connections\.xml)$", re.I)
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
ONE_AT_A_TIME = threading.Lock()  # ten people with a large document must not take ten times the memory


class OfficeRefused(Exception):
    """The document can't be kept; the message is for the user."""


def office_kind(content: bytes) -> str | None:
    """One of docx, xlsx, pptx, odt; None when it is another zip file. Raises OfficeRefused."""
    with ONE_AT_A_TIME:
        try:
            return looked_through(content)
        except OfficeRefused:
            raise
        except TooMuch:
            raise OfficeRefused(too_much()) from None
        except Exception:  # broken, with a password, XML that grows: the parsers have many words for it
            raise OfficeRefused(broken()) from None


def looked_through(content: bytes) -> str | None:
    refuse_long_list(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        kind = kind_of(archive)
        if kind is not None:
            refuse_shape(archive.infolist(), len(content))
            refuse_content(archive, kind, Room(*LARGE))
        return kind


def broken() -> str:
    return _("This document can't be read: it is broken or locked with a password. Try it as a PDF.")


def suspicious() -> str:
    return _("This document is packed in a way that no office program does. Save it as a PDF and add that.")


def refuse_long_list(content: bytes) -> None:
    """Before the list of parts is read: how long is it? A hundred thousand parts would fill the memory."""
    at = content.rfind(END, max(0, len(content) - 65_557))
    if at < 0 or len(content) - at < 22:
        raise OfficeRefused(broken())
    parts, size = struct.unpack("<10xHI6x", content[at : at + 22])
    if parts > MAX_PARTS or size > MAX_LIST or content[max(0, at - 20) : at].startswith(END_64):
        raise OfficeRefused(suspicious())


def kind_of(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    if {"mimetype", "content.xml"} <= names:
        with archive.open("mimetype") as said:
            return "odt" if said.read(len(ODT) + 1) == ODT else None
    if TYPES_PART not in names:
        return None
    return next((kind for kind, part in PARTS.items() if part in names), None)


def refuse_shape(parts: list[zipfile.ZipInfo], size: int) -> None:
    """``size`` of the whole file; parts that lie over each other add up to more than it."""
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, MAX_RATIO * size) or packed > size:
        raise OfficeRefused(suspicious())
    if any(is_odd(part) for part in parts) or len({part.filename.lower() for part in parts}) < len(parts):
        raise OfficeRefused(suspicious())
    if any(part.flag_bits & 1 for part in parts):
        raise OfficeRefused(broken())
    if any(MACROS.search(part.filename) for part in parts):
        raise OfficeRefused(with_macros())
    if any(EMBEDDED.search(part.filename) for part in parts):
        raise OfficeRefused(holding_another())
    if any(LINKED.search(part.filename) for part in parts):
        raise OfficeRefused(reaching_out())


def is_odd(part: zipfile.ZipInfo) -> bool:
    """A path that leads out of the document or never ends, a link in the file system, packing that takes memory."""
    name = part.filename
    leads_out = name.startswith("/") or any(mark in name for mark in "\\:") or ".." in name.split("/")
    packing = part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return leads_out or len(name) > MAX_NAME or packing or (part.external_attr >> 28) == 0xA


def with_macros() -> str:
    return _("There are macros in this document. Save it without macros, or as a PDF, and add that.")


def reaching_out() -> str:
    return _(
        "This document fetches something from elsewhere when it is opened: a template, a picture or another file."
        " Save it as a PDF and add that."
    )


def too_much() -> str:
    return _("There is too much in this document to look through it. Save it as a PDF and add that.")


def holding_another() -> str:
    return _(
        "There is another file or a program inside this document. Save it as a PDF and add that,"
        " with the other file beside it."
    )


def refuse_content(archive: zipfile.ZipFile, kind: str, room: Room) -> None:
    if kind == "odt":
        for name in ODT_READ:
            if name in archive.namelist():
                refuse_odt_part(archive, name, room)
        return
    refuse_types(archive, kind, room)
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            refuse_relations(archive, name, room)
        elif kind == "docx" and is_xml(archive, name) and runs_or_fetches(archive, name, room):
            raise OfficeRefused(reaching_out())


def refuse_types(archive: zipfile.ZipFile, kind: str, room: Room) -> None:
    """What the main part says it is: a document, not one with macros nor a template."""
    listed = elements(archive, TYPES_PART, Room(*SMALL), room)
    said = [met.attributes.get("ContentType", "").strip().lower() for met in listed]
    if any("macroenabled" in each or "vbaproject" in each for each in said):
        raise OfficeRefused(with_macros())
    if any("oleobject" in each or "activex" in each for each in said):
        raise OfficeRefused(holding_another())
    if any(each.endswith(FETCHING_TYPES) for each in said):
        raise OfficeRefused(reaching_out())
    if not any(each.endswith(f"{MAIN_TYPES[kind]}.main+xml") for each in said):
        raise OfficeRefused(broken())


def refuse_relations(archive: zipfile.ZipFile, name: str, room: Room) -> None:
    """A link that somebody may click is fine; what is fetched on opening is not."""
    for met in elements(archive, name, Room(*SMALL), room):
        what = met.attributes.get("Type", "").strip().rpartition("/")[2].lower()
        inside = met.attributes.get("TargetMode", "").strip().lower() in ("", "internal")
        outside = not inside or OUTSIDE.match(met.attributes.get("Target", ""))
        if what in FETCHING or (outside and what != "hyperlink"):
            raise OfficeRefused(reaching_out())
        if what in OBJECTS:
            raise OfficeRefused(holding_another())


def refuse_odt_part(archive: zipfile.ZipFile, name: str, room: Room) -> None:
    for met in elements(archive, name, room):
        links = [link.strip().lower() for link in called("href", met.attributes)]
        if met.name in ODT_SCRIPTS or any(link.startswith("vnd.sun.star.script:") for link in links):
            raise OfficeRefused(with_macros())
        if met.name in ODT_OBJECTS:
            raise OfficeRefused(holding_another())
        fetched = met.name != "a" and any(OUTSIDE.match(link) for link in links)
        if fetched or met.name.startswith("dde-"):
            raise OfficeRefused(reaching_out())
