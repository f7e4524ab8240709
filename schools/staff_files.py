"""A staff list as uploaded, CSV or XLSX told apart by content, read into rows of plain text."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

MAX_BYTES = 2 * 1024 * 1024
MAX_PEOPLE = 500  # each may be ticked, and a form of more than 1,000 fields is refused
MAX_COLUMNS = 100
MAX_CELL = 500  # characters
HEADER_WITHIN = 20  # rows: a list may start with a title
ZIP_START = b"PK\x03\x04"
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and every Office file with a password
DELIMITERS = (";", ",", "\t")
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
FORMULA_STARTS = ("=", "+", "-", "@")


class Unreadable(Exception):
    """The file can't be used; the message is one sentence for the user."""


@dataclass(frozen=True)
class FileRow:
    """``number`` is the line in the file, counted from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """Cells are one line of clean text; each row is at least as wide as the header."""

    header: list[str]
    rows: list[FileRow]


KnowsHeader = Callable[[list[str]], int]


def read_table(data: bytes, known: KnowsHeader) -> Table:
    """``known`` says how many cells of a row are column names. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(too_large())
    if data.startswith(OLD_OFFICE_START):
        raise Unreadable(
            _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")
        )
    if data.startswith(ZIP_START):
        from .staff_workbooks import sheets_of  # only who uploads a workbook waits for its library

        return first_table(sheets_of(data), known)
    text = decoded(data)
    if not text.strip():
        raise Unreadable(_("This file is empty."))
    return first_table((lines_of(text, delimiter) for delimiter in delimiters_of(text, known)), known)


def too_large() -> str:
    return _("This file is too large. At most 2 MB and 500 people at once.")


def not_a_list() -> str:
    return _("This is not a file we can read. Save the list as .xlsx or as .csv and upload that.")


# -- text --------------------------------------------------------------------------------------------------


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else Windows-1252, in which Excel and DUO still write."""
    encodings = [name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not text.lstrip().startswith(("%PDF", "<", "{\\rtf")):
            return text
    raise Unreadable(not_a_list())


def delimiters_of(text: str, known: KnowsHeader) -> list[str]:
    """The delimiter under which most column names are recognised; the file may name its own (``sep=;``)."""
    first = text.lstrip().splitlines()[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return [first[-1]]
    best = max(DELIMITERS, key=lambda each: most_known(top_of(text, each), known))
    return [best]


def top_of(text: str, delimiter: str) -> list[FileRow]:
    return list(islice(lines_of(text, delimiter), HEADER_WITHIN))


def most_known(rows: list[FileRow], known: KnowsHeader) -> int:
    return max((known(row.cells) for row in rows), default=0)


def lines_of(text: str, delimiter: str) -> Iterator[FileRow]:
    """Rows with anything in them. A quoted cell may run over several lines; its row is the first of them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Unreadable(not_a_list()) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield FileRow(number, cells[:MAX_COLUMNS])
        number = reader.line_num + 1


def plain(text: str, number: int) -> str:
    """One line without odd blanks, control or direction characters. Raises Unreadable when it is too long."""
    if len(text) > MAX_CELL:
        raise Unreadable(_("A cell in line %(number)s holds too much text.") % {"number": number})
    shown = (
        " " if char.isspace() or unicodedata.category(char) == "Cc" else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    words = " ".join("".join(shown).split())
    # Lists that were made safe for Excel, such as our own, carry an apostrophe before a formula's sign.
    return words[1:] if words.startswith("'") and words[1:].startswith(FORMULA_STARTS) else words


def clean_file_name(name: str | None) -> str:
    return plain((name or "")[:MAX_CELL], 0)


# -- the table in it ---------------------------------------------------------------------------------------


def first_table(sheets: Iterator[Iterator[FileRow]], known: KnowsHeader) -> Table:
    """The first sheet with a row of column names, and what stands under it. Raises Unreadable."""
    for sheet in sheets:
        table = table_in(sheet, known)
        if table is not None:
            return table
    raise Unreadable(
        _("We find no row with column names in this file, such as “Voornaam”, “Achternaam” and “E-mail”.")
    )


def table_in(sheet: Iterator[FileRow], known: KnowsHeader) -> Table | None:
    rows = list(islice(sheet, HEADER_WITHIN + MAX_PEOPLE + 1))
    top = rows[:HEADER_WITHIN]
    best = most_known(top, known)
    if not best:
        return None
    place = next(place for place, row in enumerate(top) if known(row.cells) == best)
    clean = [FileRow(row.number, [plain(cell, row.number) for cell in row.cells]) for row in rows[place:]]
    header, under = trimmed(clean[0].cells), [row for row in clean[1:] if any(row.cells)]
    if not under:
        raise Unreadable(_("There is nobody in this list: under the column names everything is empty."))
    if len(under) > MAX_PEOPLE:
        raise Unreadable(too_large())
    return Table(header, [FileRow(row.number, as_wide(row.cells, len(header))) for row in under])


def trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end."""
    width = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[:width]


def as_wide(cells: list[str], width: int) -> list[str]:
    """At least ``width`` cells; more only when something stands in them."""
    return trimmed(cells) + [""] * (width - len(trimmed(cells)))
