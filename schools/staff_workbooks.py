"""An XLSX file read as text: formulas as written, dates as 2026-08-01, and nothing that could do harm."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .staff_files import MAX_COLUMNS, FileRow, Unreadable, not_a_list, too_large

MAX_PARTS = 500
MAX_ROWS = 100_000  # over all sheets, empty ones too: one cell far down makes openpyxl give all above it
MAX_SHEETS = 20
MAX_STYLES = 512 * 1024  # bytes; openpyxl makes objects of all of them, hundreds of times as large
SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet[\s/>]")  # several may name one and the same part
MAX_UNZIPPED = 10 * 1024 * 1024  # bytes over all parts, as declared; unzipping stops at what is declared
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
# Office writes none of these; they are how an XML file grows or reads other files. The second half is UTF-16.
FORBIDDEN = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)

# openpyxl warns of what it leaves out, and quotes cells; those are not for a log.
warnings.filterwarnings("ignore", module="openpyxl")


def sheets_of(data: bytes) -> Iterator[Iterator[FileRow]]:
    """The rows of each visible sheet that hold anything. Raises Unreadable, also while they are read."""
    refuse_what_is_unsafe(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except Exception:  # a broken workbook makes openpyxl raise whatever comes first
        raise Unreadable(not_a_list()) from None
    if len(book.sheetnames) > MAX_SHEETS:
        raise Unreadable(too_many_sheets())
    counted = count(1)
    return (rows_of(sheet, counted) for sheet in book.worksheets if sheet.sheet_state == "visible")


def too_many_sheets() -> str:
    return _(
        "There are too many sheets in this file. Save the sheet with your colleagues as a file of its own."
    )


def refuse_what_is_unsafe(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            refuse_parts(archive.infolist())
            for part in archive.infolist():
                refuse_content(archive.read(part))
    except Unreadable:
        raise
    except Exception:  # broken, with a password, packed in a way unknown here: zipfile has many words for it
        raise Unreadable(not_a_list()) from None


def refuse_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    styles = (part.file_size for part in parts if part.filename.lower() == "xl/styles.xml")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNZIPPED:
        raise Unreadable(too_large())
    if any(size > MAX_STYLES for size in styles):
        raise Unreadable(_("There is too much layout in this file. Save the list as .csv and upload that."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(_("There are macros in this file. Save it as .xlsx without macros and upload that."))
    if not names >= NEEDED:
        raise Unreadable(not_a_list())


def refuse_content(content: bytes) -> None:
    """Of every part, whatever it is called: a workbook says itself which of its parts it reads."""
    if any(word in content for word in FORBIDDEN):
        raise Unreadable(not_a_list())
    if len(SHEET.findall(content.replace(b"\x00", b""))) > MAX_SHEETS:  # as UTF-16 too
        raise Unreadable(too_many_sheets())


def rows_of(sheet: Any, counted: Iterator[int]) -> Iterator[FileRow]:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
            if next(counted) > MAX_ROWS:
                raise Unreadable(too_large())
            if row.count(None) < len(row):
                yield FileRow(number, [as_text(value) for value in row])
    except Unreadable:
        raise
    except Exception:  # as above: the sheet itself is only read now
        raise Unreadable(not_a_list()) from None


def as_text(value: Any) -> str:
    """The value as somebody would type it. A formula is its own text, never its outcome."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return without_zeros(value)
    if isinstance(value, str):
        return value
    return str(getattr(value, "text", None) or "=")  # formulas over a range of cells are objects


def without_zeros(value: float) -> str:
    """0.8, 12345, 123000 for 1.23E+05: all digits, no exponent."""
    written = format(Decimal(repr(value)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
