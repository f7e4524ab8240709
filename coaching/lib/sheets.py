"""Tables as files for a spreadsheet: CSV the Dutch way, and XLSX. What people typed never becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Value = str | int | Decimal
Row = Sequence[Value]
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# How a text starts that a spreadsheet takes for a formula, also after spaces and in the wide forms of Unicode.
STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
WIDEST = 40


def csv_file(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """UTF-8 with a BOM, ";" between cells, a comma in decimals: what a Dutch spreadsheet opens by itself."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([in_csv(value) for value in row] for row in [head, *rows])
    return out.getvalue().encode("utf-8-sig")


def in_csv(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if looks_like_formula(value) else value
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def looks_like_formula(text: str) -> bool:
    return text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(STARTS_FORMULA)


def xlsx_file(title: str, head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """One sheet with a bold first line that stays in view."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = title, "A2"
    for down, row in enumerate([head, *rows], start=1):
        for across, value in enumerate(row, start=1):
            put(sheet.cell(down, across), value)
    for column, name in zip(sheet.iter_cols(max_row=1), head, strict=True):
        column[0].font = Font(bold=True)
        sheet.column_dimensions[column[0].column_letter].width = min(WIDEST, max(12, len(name) + 2))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Cell, value: Value) -> None:
    """A text stays a text, whatever it starts with, and also after somebody edits the cell; "" leaves it empty."""
    if value == "":
        return
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(value)
