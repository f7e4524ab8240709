"""A believable staff list of fourteen invented colleagues, as CSV and as XLSX, to be uploaded in tests."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEADER = [
    *("Personeelsnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "E-mail", "Functie", "WTF"),
    *("Werkdagen", "Datum in dienst", "Datum uit dienst", "Groep"),
]
# Number, given name, prefix, family name, function, wtf, work days, first day, group.
PEOPLE: list[tuple[str, str, str, str, str, str, str, str, str]] = [
    ("001201", "Sanne", "", "Visser", "Leerkracht", "0,8", "ma di do vr", "1-8-2019", "1/2A"),
    ("001202", "Bart", "", "Mol", "Leerkracht", "1", "ma-vr", "1-8-2012", "3"),
    ("001203", "Els", "", "Prins", "Leerkracht", "0,4", "ma di", "15-10-2021", "4"),
    ("001204", "Meryem", "el", "Idrissi", "Leerkracht", "0,8536", "ma di wo do", "1-8-2023", "4"),
    ("001205", "Jorn", "van der", "Heide", "Leerkracht", "0,6", "wo do vr", "1-8-2020", "5"),
    ("001206", "Maaike", "de", "Groot-Öztürk", "Intern begeleider", "0,7", "di wo do vr", "1-1-2018", ""),
    ("001207", "Ruben", "", "Dijkstra", "Leerkracht", "1,0000", "12345", "1-8-2024", "6"),
    ("001208", "Aïsha", "", "Bouali", "Onderwijsassistent", "0,5", "ma di wo", "1-9-2022", "1/2B"),
    ("001209", "Wim", "van", "’t Hof", "Conciërge", "0,6", "ma wo vr", "1-8-2009", ""),
    ("001210", "Lotte", "", "Hendriks", "Leerkracht", "0,8", "ma di do vr", "1-8-2025", "7"),
    ("001211", "Kees", "", "Postma", "Leerkracht", "0,2", "vr", "1-8-1998", "8"),
    ("001212", "Nadia", "", "Yıldız", "Leerkracht", "0,9", "ma di wo do vr", "1-8-2016", "8"),
    ("001213", "Tess", "ten", "Brink", "Administratief medewerker", "0,5", "ma do", "1-3-2020", ""),
    ("001214", "Omar", "", "Haddad", "Leerkracht", "0,8", "ma di wo do", "1-8-2026", "7"),
]
SMALL = str.maketrans("ïöüıë", "iouie", " ’'")


def address(given: str, infix: str, family: str) -> str:
    name = f"{given}.{infix}{family}".lower().replace(" ", "").translate(SMALL)
    return f"{name}@kust.example"


def lines() -> list[list[str]]:
    return [
        [number, given, infix, family, address(given, infix, family), function, fte, days, start, "", group]
        for number, given, infix, family, function, fte, days, start, group in PEOPLE
    ]


def as_text(rows: list[list[str]], delimiter: str = ";", end: str = "\r\n") -> str:
    return "".join(delimiter.join(row) + end for row in rows)


def as_csv(rows: list[list[str]] | None = None, encoding: str = "utf-8-sig") -> bytes:
    return as_text([HEADER, *(rows or lines())]).encode(encoding)


def typed(header: str, text: str) -> Any:
    """As Excel keeps it: numbers as numbers, dates as dates."""
    if header == "WTF" and text:
        return float(text.replace(",", "."))
    if header.startswith("Datum") and text:
        day, month, year = (int(part) for part in text.split("-"))
        return dt.datetime(year, month, day)
    return text or None


def as_xlsx(rows: list[list[Any]] | None = None, header: list[str] | None = None) -> bytes:
    """``rows`` as they are; without them the fourteen colleagues, with real numbers and dates."""
    book = Workbook()
    sheet = book.active
    sheet.append(header or HEADER)
    kept = rows or [[typed(*pair) for pair in zip(HEADER, row, strict=True)] for row in lines()]
    for row in kept:
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()
