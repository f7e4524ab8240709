"""Documents of office programs: what they are, and whether they hold macros or reach for something outside.

All of them are zip files. Nothing in them is kept apart or run here; the limits are for whoever opens them later.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

MAX_PARTS = 3_000
MAX_LIST = 1024 * 1024  # bytes that the list of parts may take; it is read whole
MAX_UNPACKED = 300 * 1024 * 1024  # bytes over all parts, as declared
MAX_RATIO = 100  # times as large unpacked as packed; a spreadsheet of repeated rows stays under 50
MAX_READ = 40 * 1024 * 1024  # bytes of one part that is read here
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MAIN_TYPES = {
    "docx": "wordprocessingml.document",
    "xlsx": "spreadsheetml.sheet",
    "pptx": "presentationml.presentation",
}
ODT = b"application/vnd.oasis.opendocument.text"
ODT_READ = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
MACROS = re.compile(r"(?:^|/)(?:vbaproject|vbadata|activex|macrosheets|basic|scripts)(?:[./\d]|$)", re.I)
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.I)
HREF = "{http://www.w3.org/1999/xlink}href"
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"


class OfficeRefused(Exception):
    """The document can't be kept; the message is for the user."""


def office_kind(content: bytes) -> str | None:
    """One of docx, xlsx, pptx, odt; None when it is another zip file. Raises OfficeRefused."""
    try:
        refuse_long_list(content)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            kind = kind_of(archive)
            if kind is not None:
                refuse_shape(archive.infolist(), len(content))
                refuse_content(archive, kind)
            return kind
    except OfficeRefused:
        raise
    except Exception:  # broken, with a password, XML that grows: the parsers have many words for it
        raise OfficeRefused(broken()) from None


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
    if "mimetype" in names and read(archive, "mimetype") == ODT and "content.xml" in names:
        return "odt"
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for kind, part in PARTS.items() if part in names), None)


def refuse_shape(parts: list[zipfile.ZipInfo], size: int) -> None:
    """``size`` of the whole file; parts that lie over each other add up to more than it."""
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, MAX_RATIO * size) or packed > size:
        raise OfficeRefused(suspicious())
    if any(is_odd(part) for part in parts):
        raise OfficeRefused(suspicious())
    if any(part.flag_bits & 1 for part in parts):
        raise OfficeRefused(broken())
    if any(MACROS.search(part.filename) for part in parts):
        raise OfficeRefused(with_macros())


def is_odd(part: zipfile.ZipInfo) -> bool:
    """A path that leads out of the document, or a link in the file system."""
    name = part.filename
    leads_out = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    return leads_out or (part.external_attr >> 28) == 0xA


def with_macros() -> str:
    return _("There are macros in this document. Save it without macros, or as a PDF, and add that.")


def reaching_out() -> str:
    return _(
        "This document fetches something from elsewhere when it is opened: a template, a picture or another file."
        " Save it as a PDF and add that."
    )


def refuse_content(archive: zipfile.ZipFile, kind: str) -> None:
    if kind == "odt":
        for name in ODT_READ:
            if name in archive.namelist():
                refuse_odt_part(archive, name)
        return
    refuse_types(archive, kind)
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            refuse_relations(archive, name)


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """At most MAX_READ bytes, whatever the part says of itself."""
    with archive.open(name) as part:
        content = part.read(MAX_READ + 1)
    if len(content) > MAX_READ:
        raise OfficeRefused(suspicious())
    return content


def elements(archive: zipfile.ZipFile, name: str) -> Iterator[Element]:
    """The elements of an XML part one by one, each forgotten once looked at. Entities and DTDs raise."""
    for event, element in iterparse(BytesIO(read(archive, name)), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            yield element
        else:
            element.clear()


def refuse_types(archive: zipfile.ZipFile, kind: str) -> None:
    """What the main part says it is: a document, not one with macros nor a template."""
    said = [element.get("ContentType", "") for element in elements(archive, "[Content_Types].xml")]
    if any("macroenabled" in each.lower() or "vbaproject" in each.lower() for each in said):
        raise OfficeRefused(with_macros())
    if not any(each.endswith(f"{MAIN_TYPES[kind]}.main+xml") for each in said):
        raise OfficeRefused(broken())


def refuse_relations(archive: zipfile.ZipFile, name: str) -> None:
    """A link that somebody may click is fine; what is fetched on opening is not."""
    for element in elements(archive, name):
        outside = element.get("TargetMode", "").lower() == "external"
        if outside and not element.get("Type", "").endswith("/hyperlink"):
            raise OfficeRefused(reaching_out())


def refuse_odt_part(archive: zipfile.ZipFile, name: str) -> None:
    for element in elements(archive, name):
        link = element.get(HREF, "")
        if link.lower().startswith("vnd.sun.star.script:"):
            raise OfficeRefused(with_macros())
        if OUTSIDE.match(link) and element.tag.rpartition("}")[2] != "a":
            raise OfficeRefused(reaching_out())
