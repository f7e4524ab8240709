"""Files for a spreadsheet, opened again: what was typed is text, numbers are numbers, nothing is a formula."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from coaching.lib.sheets import Row, csv_file, xlsx_file

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org";"klik")',
    "+31612345678",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\n=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
]
HARMLESS = ["Noor de Wit", "Sanne van ’t Hof; ö", 'Bo "Bo" Vos', "Anne-Fleur", "😀", ""]
HEAD = ["Naam", "Fte", "Minuten"]


def rows(names: list[str]) -> list[Row]:
    return [[name, Decimal("0.8536"), -30] for name in names]


def from_csv(made: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))


def from_xlsx(made: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(made)).worksheets[0]
    return [list(row) for row in sheet.iter_rows()]


def test_csv_is_what_a_dutch_spreadsheet_opens() -> None:
    made = csv_file(HEAD, rows(HARMLESS))
    assert made.startswith(b"\xef\xbb\xbfNaam;Fte;Minuten\r\n")
    assert from_csv(made) == [HEAD, *([name, "0,8536", "-30"] for name in HARMLESS)]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_a_csv_starts_a_formula(name: str) -> None:
    cells = from_csv(csv_file([name], rows([name])))
    for cell in (cells[0][0], cells[1][0]):
        assert cell == f"'{name}"
        assert not cell.strip().startswith(tuple("=+-@＝\t\r\n"))
    assert cells[1][1:] == ["0,8536", "-30"], "a number below zero stays a number"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_an_xlsx_is_a_formula(name: str) -> None:
    made = xlsx_file("Uren", [name, "Fte", "Minuten"], rows([name]))
    cells = [cell for row in from_xlsx(made) for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.data_type for cell in cells if str(cell.value).strip() == name.strip()] == ["s", "s"]
    assert all(b"<f>" not in ZipFile(BytesIO(made)).read(part) for part in ZipFile(BytesIO(made)).namelist())
    assert cells[3].quotePrefix, "also after somebody edits the cell"


def test_an_xlsx_holds_numbers_and_the_words_as_they_were() -> None:
    made = from_xlsx(xlsx_file("Uren", HEAD, rows([*HARMLESS, "Bel\x07Bel"])))
    found = [[cell.value for cell in row] for row in made]
    names = [*HARMLESS[:-1], None, "BelBel"]
    assert found == [HEAD, *([name, 0.8536, -30] for name in names)]
    assert made[0][0].font.bold
