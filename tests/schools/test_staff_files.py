"""Reading a staff list: whatever a school's system or Excel makes of it, and what is refused, in one sentence."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from schools.staff_columns import known_headers
from schools.staff_files import MAX_BYTES, MAX_PEOPLE, Table, Unreadable, read_table
from schools.staff_workbooks import refuse_what_is_unsafe
from tests.schools.staff_list import HEADER, as_csv, as_text, as_xlsx, lines

SMALL = "Naam;E-mail;wtf\r\nAïsha ’t Hof;aisha@example.org;0,8\r\n"
FOUND = (["Naam", "E-mail", "wtf"], [["Aïsha ’t Hof", "aisha@example.org", "0,8"]])


def read(data: bytes) -> Table:
    return read_table(data, known_headers)


def seen(data: bytes) -> tuple[list[str], list[list[str]]]:
    table = read(data)
    return table.header, [row.cells for row in table.rows]


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data)
    return str(refused.value)


# -- text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert seen(SMALL.encode(encoding)) == FOUND


def test_utf_16_of_either_order_with_its_mark() -> None:
    assert seen(b"\xff\xfe" + SMALL.encode("utf-16-le")) == FOUND
    assert seen(b"\xfe\xff" + SMALL.encode("utf-16-be")) == FOUND


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters(delimiter: str) -> None:
    header, rows = seen(as_text([HEADER, *lines()], delimiter).replace("0,", "0.").encode())
    assert header == HEADER and len(rows) == 14
    assert rows[4][1:4] == ["Jorn", "van der", "Heide"]


def test_a_comma_in_a_quoted_name_is_no_delimiter() -> None:
    text = 'Naam,E-mail,wtf\n"Vries, de, Anne",anne@example.org,"0,8"\n'
    assert seen(text.encode())[1] == [["Vries, de, Anne", "anne@example.org", "0,8"]]


def test_a_file_may_name_its_own_delimiter() -> None:
    assert seen(("sep=|\r\n" + SMALL.replace(";", "|")).encode()) == FOUND


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(end: str) -> None:
    assert seen(SMALL.replace("\r\n", end).encode()) == FOUND


def test_quoted_newlines_and_the_lines_they_take() -> None:
    table = read(b'Naam;E-mail\n"Anne\r\nBos";anne@example.org\nBart;bart@example.org\n')
    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "Anne Bos"), (4, "Bart")]


def test_empty_rows_are_passed_over_and_counted() -> None:
    table = read("\n;;\nNaam;E-mail\n\nAnne;anne@example.org\n;\n\u00a0;  \n;;;;\n\n".encode())
    assert [(row.number, row.cells) for row in table.rows] == [(5, ["Anne", "anne@example.org"])]


def test_odd_blanks_and_hidden_signs_go() -> None:
    text = "Naam;E-mail\nAnne\u00a0 de\u200b  Vries\u202e ;\tanne@example.org\x07\n"
    assert seen(text.encode())[1] == [["Anne de Vries", "anne@example.org"]]


def test_two_columns_with_the_same_header_both_stay() -> None:
    assert seen(b"Naam;E-mail;E-mail\nAnne;a@example.org;b@example.org")[0] == ["Naam", "E-mail", "E-mail"]


def test_a_title_above_the_header_is_passed_over() -> None:
    text = "Personeel 2026-2027;;\n;;\nVoornaam;Achternaam;E-mail\nAnne;Bos;anne@example.org"
    table = read(text.encode())
    assert table.header == ["Voornaam", "Achternaam", "E-mail"]
    assert [row.number for row in table.rows] == [4]


def test_short_and_long_lines() -> None:
    assert seen(b"Naam;E-mail;wtf\nAnne;a@example.org\nBart;b@example.org;1;;\nEls;e@example.org;1;x")[1] == [
        ["Anne", "a@example.org", ""],
        ["Bart", "b@example.org", "1"],
        ["Els", "e@example.org", "1", "x"],
    ]


def test_the_apostrophe_of_a_safe_export_goes() -> None:
    assert seen(b"Naam;E-mail\n'=1+1;'s@example.org")[1] == [["=1+1", "'s@example.org"]]


def test_a_believable_list_is_the_same_either_way() -> None:
    for data in (as_csv(), as_csv(encoding="utf-16")):
        assert seen(data) == (HEADER, lines())
    header, rows = seen(as_xlsx())
    assert header == HEADER and len(rows) == 14
    assert rows[0] == [
        *("001201", "Sanne", "", "Visser", "sanne.visser@kust.example", "Leerkracht", "0.8"),
        *("ma di do vr", "2019-08-01", "", "1/2A"),
    ]


# -- workbooks ---------------------------------------------------------------------------------------------


def one_row(*cells: object) -> list[str]:
    """What is read of one XLSX row under Naam, E-mail, wtf, Startdatum."""
    return read(as_xlsx([list(cells)], ["Naam", "E-mail", "wtf", "Startdatum"])).rows[0].cells


def test_a_formula_is_shown_as_its_text() -> None:
    link = '=HYPERLINK("http://x.invalid")'
    assert one_row(link, "a@example.org", "=1/2", "=TODAY()")[::2] == [link, "=1/2"]


def test_a_formula_with_a_kept_outcome_is_still_its_text() -> None:
    """Excel keeps the outcome beside the formula; it is not what we read."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Naam</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>E-mail</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>A9&amp;B9</f><v>Anne Bos</v></c>'
        '<c r="B2" t="inlineStr"><is><t>a@example.org</t></is></c></row></sheetData></worksheet>'
    )
    rows = read(with_part("xl/worksheets/sheet1.xml", sheet.encode())).rows
    assert rows[0].cells == ["=A9&B9", "a@example.org"]


def test_an_array_formula_is_shown_as_text() -> None:
    book = Workbook()
    book.active.append(["Naam", "E-mail"])
    book.active["A2"] = ArrayFormula("A2:A3", "=B2:B3")
    book.active["B2"] = "a@example.org"
    made = BytesIO()
    book.save(made)
    assert read(made.getvalue()).rows[0].cells == ["=B2:B3", "a@example.org"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.8, "0.8"),
        (1, "1"),
        (1.23e5, "123000"),
        (1.5e-3, "0.0015"),
        (True, "1"),
        (dt.datetime(2026, 8, 1), "2026-08-01"),
        (dt.date(2026, 8, 1), "2026-08-01"),
        (dt.datetime(2026, 8, 1, 8, 30), "2026-08-01 08:30"),
        (dt.time(8, 30), "08:30:00"),
    ],
)
def test_cells_of_other_kinds(value: object, text: str) -> None:
    assert one_row("Anne", "a@example.org", value)[2] == text


def test_empty_rows_of_a_sheet_and_a_second_sheet() -> None:
    book = Workbook()
    book.active.append(["Uitleg bij deze lijst"])
    hidden, people = book.create_sheet("oud"), book.create_sheet("personeel")
    hidden.append(["Naam", "E-mail"])
    hidden.append(["Oud", "oud@example.org"])
    hidden.sheet_state = "hidden"
    people["B3"], people["C3"] = "Naam", "E-mail"
    people["B5"], people["C5"] = "Anne", "a@example.org"
    people["B400"] = " "
    made = BytesIO()
    book.save(made)
    table = read(made.getvalue())
    assert [(row.number, row.cells) for row in table.rows] == [(5, ["", "Anne", "a@example.org"])]


# -- refusals ----------------------------------------------------------------------------------------------


def with_part(name: str, content: bytes, source: bytes = b"") -> bytes:
    """A workbook with one of its parts replaced or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(source or as_xlsx())) as old, zipfile.ZipFile(made, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", 8) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n "])
def test_an_empty_file(data: bytes) -> None:
    assert "empty" in refusal(data) or "leeg" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"<html><table><tr><td>Naam</td></tr></table></html>",
        b"Naam;E-mail\x81\x8d\n",
        b"\xff\xfe\x00",
        b"\xff\xfe\x00\x00N\x00\x00\x00",
        b"Naam\x00;E-mail\nAnne;a@example.org",
        zipped(a=b"x"),
        zipped(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"x"}),
        zipped(**{"xl/workbook.xml": b"x", "[Content_Types].xml": b"x"}),
        zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        b"PK\x03\x04" + b"x" * 500,
        as_xlsx()[:-300],
        with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        with_part("xl/workbook.xml", b"<oops"),
    ],
)
def test_what_is_no_list(data: bytes) -> None:
    assert "CSV" in refusal(data).upper()


def test_old_excel_files_and_locked_ones() -> None:
    assert ".xls" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


def test_macros() -> None:
    assert "macro" in refusal(with_part("xl/vbaProject.bin", b"\x00"))


def test_a_file_that_is_too_large() -> None:
    assert "500" in refusal(b"a" * (MAX_BYTES + 1))


def test_too_many_people() -> None:
    people = [[f"Naam {n}", f"p{n}@example.org", 1, None] for n in range(MAX_PEOPLE + 1)]
    header = ["Naam", "E-mail", "wtf", "Startdatum"]
    assert len(read(as_xlsx(people[:-1], header)).rows) == MAX_PEOPLE
    assert "500" in refusal(as_xlsx(people, header))
    text = as_text([["Naam", "E-mail"], *[[row[0], row[1]] for row in people]])  # type: ignore[list-item]
    assert "500" in refusal(text.encode())


def test_no_header() -> None:
    words = refusal(b"appel;peer\nrood;groen\n")
    assert "Voornaam" in words
    assert refusal(b"Jan;jan@example.org\n") == refusal(as_xlsx([["rood"]], ["appel", "peer"])) == words


def test_a_header_and_nobody_under_it() -> None:
    assert refusal(b"Naam;E-mail\n;\n") != refusal(b"appel;peer")


def test_an_unclosed_quote_says_where() -> None:
    assert "2" in refusal(b'Naam;E-mail\n"Anne;a@example.org\n' + b"Bart;b@example.org\n" * 40)


def test_a_zip_bomb_is_refused_at_once() -> None:
    bomb = with_part("xl/worksheets/sheet1.xml", b"\x00" * (80 * 1024 * 1024))
    assert len(bomb) < MAX_BYTES
    tracemalloc.start()
    began = time.monotonic()
    assert "500" in refusal(bomb)
    took, most = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 1 and most < 50 * 1024 * 1024


def test_many_parts_are_refused() -> None:
    assert "500" in refusal(zipped(**{f"p{n}": b"" for n in range(600)}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]><sst>&b;&c;</sst>'
    )
    assert "CSV" in refusal(with_part("xl/sharedStrings.xml", laughs.encode(encoding))).upper()


def test_one_cell_far_down_does_not_keep_us_busy() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Naam</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>E-mail</t></is></c></row>'
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    began = time.monotonic()
    refusal(with_part("xl/worksheets/sheet1.xml", sheet.encode()))
    assert time.monotonic() - began < 5


XMLNS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NOBODY = f'<worksheet {XMLNS}><sheetData><row r="%s"><c r="A%s"><v>1</v></c></row></sheetData></worksheet>'


def with_sheets(number: int) -> bytes:
    book = Workbook()
    for _place in range(number - 1):
        book.create_sheet()
    book.worksheets[-1].append(["Naam", "E-mail"])
    book.worksheets[-1].append(["Anne", "a@example.org"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_workbook_of_many_sheets_is_refused() -> None:
    assert len(read(with_sheets(20)).rows) == 1
    assert "te veel bladen" in refusal(with_sheets(21))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_many_sheets_of_one_part_are_refused(encoding: str) -> None:
    link = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    sheets = "".join(f'<x:sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 22))
    book = (
        f"<x:workbook {XMLNS.replace('xmlns', 'xmlns:x')} {link}><x:sheets>{sheets}</x:sheets></x:workbook>"
    )
    assert "te veel bladen" in refusal(with_part("xl/workbook.xml", book.encode(encoding)))


def test_rows_are_counted_over_all_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schools.staff_workbooks.MAX_ROWS", 1000)
    data = with_sheets(3)
    for part in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        data = with_part(part, (NOBODY % (400, 400)).encode(), data)
    assert len(read(data).rows) == 1
    data = with_part("xl/worksheets/sheet2.xml", (NOBODY % (700, 700)).encode(), data)
    assert "500" in refusal(data)


def test_much_layout_is_refused() -> None:
    styles = f"<styleSheet {XMLNS}><cellXfs>%s</cellXfs></styleSheet>"
    assert read(with_part("xl/styles.xml", (styles % ("<xf/>" * 1000)).encode())).rows
    assert "opmaak" in refusal(with_part("xl/styles.xml", (styles % ("<xf/>" * 110_000)).encode()))


@pytest.mark.parametrize("name", ["sheet1.XML", "sheet1.Xml", "sheet1.png"])
def test_entities_are_refused_whatever_the_part_is_called(name: str) -> None:
    source = as_xlsx()
    with zipfile.ZipFile(BytesIO(source)) as archive:
        links = archive.read("xl/_rels/workbook.xml.rels").replace(b"sheet1.xml", name.encode())
        kinds = archive.read("[Content_Types].xml").replace(b"sheet1.xml", name.encode())
        sheet = archive.read("xl/worksheets/sheet1.xml").removeprefix(b'<?xml version="1.0"?>')
        assert sheet.startswith(b"<worksheet")
    data = with_part("xl/_rels/workbook.xml.rels", links, with_part("[Content_Types].xml", kinds, source))
    assert read(with_part(f"xl/worksheets/{name}", sheet, data)).rows
    laughs = b"<!DOCTYPE x [<!ENTITY a 'ha'>]>" + sheet  # well-formed: nothing else would refuse it
    with pytest.raises(Unreadable):  # by us: which XML reader is installed makes no difference
        refuse_what_is_unsafe(with_part(f"xl/worksheets/{name}", laughs, data))
