"""Columns by their names, and cells as people and systems write them."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal

import pytest

from schools.staff_columns import guess, is_enough, known_headers, letter
from schools.staff_values import read_values
from tests.schools.staff_list import HEADER

FULL = {"name": 0, "email": 1, "fte": 2, "days": 3, "start": 4, "end": 5, "function": 6, "number": 7}
WIDTH = 8


def row(**cells: str) -> list[str]:
    start = {"name": "Anne Bos", "email": "anne@example.org"} | cells
    return [start.get(field, "") for field in FULL]


def value(field: str, text: str) -> object:
    values = read_values(row(**{field: text}), FULL, WIDTH)
    assert not values.problem, values.problem
    return getattr(values, field)


def problem(**cells: str) -> str:
    return read_values(row(**cells), FULL, WIDTH).problem


# -- columns -----------------------------------------------------------------------------------------------


def test_the_columns_of_a_believable_list() -> None:
    assert guess(HEADER) == {
        "number": 0,
        "given": 1,
        "infix": 2,
        "family": 3,
        "email": 4,
        "function": 5,
        "fte": 6,
        "days": 7,
        "start": 8,
        "end": 9,
        "group": 10,
    }


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *[(each, "given") for each in ("VOORNAAM", "Roepnaam", "givenName", "First name", "nickname")],
        *[
            (each, "infix")
            for each in ("tussenvoegsel", "Voorvoegsel", "tv", "prefix", "name-prefix", "infix")
        ],
        *[(each, "family") for each in ("Achternaam", "Familienaam", "family name", "Surname", "LastName")],
        *[
            (each, "email")
            for each in ("E-mail", "e mail", "EMAIL", "Emailadres", "mail", "Zakelijke e-mail")
        ],
        *[(each, "email") for each in ("EmailBusiness", "userPrincipalName", "[E-mail]")],
        *[(each, "number") for each in ("Personeelsnummer", "medewerker-nummer", "employeeCode", "stamnr")],
        *[(each, "number") for each in ("EmployeeNumber", "leerkrachtkey")],
        *[(each, "function") for each in ("Functie", "rol", "function")],
        *[(each, "fte") for each in ("WTF", "werktijdfactor", "FTE", "Deeltijdfactor")],
        *[(each, "start") for each in ("Startdatum", "in dienst", "Begindatum")],
        *[(each, "end") for each in ("Einddatum", "uit dienst")],
        *[(each, "group") for each in ("groep", "Klas", "team")],
        *[(each, "name") for each in ("Naam", "volledige naam", "Name")],
    ],
)
def test_synonyms(header: str, field: str) -> None:
    assert guess(["x", header]) == {field: 1}


def test_naam_beside_a_first_name_is_the_last_name() -> None:
    assert guess(["Naam", "Voornaam"]) == {"family": 0, "given": 1}


def test_of_two_columns_with_one_name_the_first_is_taken() -> None:
    assert guess(["Naam", "E-mail", "E-mail"])["email"] == 1


def test_a_work_address_goes_before_another_one() -> None:
    assert guess(["Naam", "E-mail", "Zakelijke e-mail"])["email"] == 2


def test_what_is_enough() -> None:
    assert is_enough({"email": 0, "family": 1}) and is_enough({"email": 0, "name": 1})
    assert not is_enough({"email": 0, "infix": 1}) and not is_enough({"name": 0})


def test_a_header_has_two_cells_or_more() -> None:
    assert known_headers(["Naam"]) == 0 and known_headers(["Naam", "x", "e-mail", "email"]) == 2


def test_letters() -> None:
    assert [letter(place) for place in (0, 25, 26, 99)] == ["A", "Z", "AA", "CV"]


# -- who ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vries, de, Anne", "Anne de Vries"),
        ("Vries, Anne de", "Anne de Vries"),
        ("de Vries, Anne", "Anne de Vries"),
        ("Heide, van der, Jorn", "Jorn van der Heide"),
        ("A. de Vries", "A. de Vries"),
        ("Anne de Vries-Jansen", "Anne de Vries-Jansen"),
        ("Hof, van ’t, Wim", "Wim van ’t Hof"),
        ("Anne", "Anne"),
        ("Anne www.reclame.nl", "Anne"),
    ],
)
def test_whole_names(text: str, name: str) -> None:
    assert value("name", text) == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Anne", "de", "Vries"), "Anne de Vries"),
        (("Anne", "", "Vries, de"), "Anne de Vries"),
        (("", "", "Vries"), "Vries"),
        (("Anne", "", ""), "Anne"),
    ],
)
def test_names_in_parts(parts: tuple[str, str, str], name: str) -> None:
    matched = {"given": 0, "infix": 1, "family": 2, "email": 3}
    assert read_values([*parts, "a@example.org"], matched, 4).name == name


@pytest.mark.parametrize(
    "text", ["Anne@Example.ORG", "ANNE@EXAMPLE.ORG", "<anne@example.org>", "mailto:anne@example.org"]
)
def test_addresses(text: str) -> None:
    assert value("email", text) == "anne@example.org"


@pytest.mark.parametrize(
    "text", ["", "-", "anne", "anne@", "a b@example.org", "a@example.org; b@example.org"]
)
def test_no_address(text: str) -> None:
    assert problem(email=text)


def test_a_problem_still_says_whom_it_is_about() -> None:
    assert read_values(row(email=""), FULL, WIDTH).name == "Anne Bos"


def test_names_that_can_not_be() -> None:
    assert problem(name="") != problem(name="N" * 130) != ""


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("Leerkracht", "teacher"),
        ("leerkracht groep 5", "teacher"),
        ("Leraar LB", "teacher"),
        ("Docent Nederlands", "teacher"),
        ("IB'er", "ib"),
        ("Intern begeleider", "ib"),
        ("Onderwijsassistente", "assistant"),
        ("Leerkrachtondersteuner", "assistant"),
        ("Conciërge", "caretaker"),
        ("administratief medewerker", "administrator"),
        ("Directeur", "director"),
        ("Overig", "other"),
        ("", ""),
    ],
)
def test_functions(text: str, function: str) -> None:
    assert value("function", text) == function


def test_an_unknown_function_is_a_note() -> None:
    values = read_values(row(function="coördinator"), FULL, WIDTH)
    assert not values.problem and values.function == "" and "coördinator" in values.note


# -- how much and when -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fte"),
    [
        *[("0,8", "0.8"), ("0.8", "0.8"), ("80%", "0.8"), ("80 %", "0.8"), (",8", "0.8"), ("1", "1")],
        *[("1,0000", "1"), ("0,85364", "0.8536"), ("0.30000000000000004", "0.3"), ("62,5%", "0.625")],
        *[("0", "0"), ("1,2", "1.2")],
    ],
)
def test_fte(text: str, fte: str) -> None:
    assert value("fte", text) == Decimal(fte)


@pytest.mark.parametrize("text", ["80", "36", "1,3", "veel", "0,8,1", "-0,5", ",", "%", "1.23E+05", "121%"])
def test_no_fte(text: str) -> None:
    assert problem(fte=text)


def test_no_fte_is_none() -> None:
    assert value("fte", "") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *[("ma di do", "124"), ("ma, di en do", "124"), ("Ma/Di/Do", "124"), ("ma-di-do", "124")],
        *[("12345", "12345"), ("ma-vr", "12345"), ("ma t/m vr", "12345"), ("1-5", "12345"), ("vr ma", "15")],
        *[
            ("maandag dinsdag", "12"),
            ("Mon Tue", "12"),
            ("5", "5"),
            ("441", "14"),
            ("", ""),
            ("di - do", "234"),
        ],
    ],
)
def test_work_days(text: str, days: str) -> None:
    assert value("days", text) == days


@pytest.mark.parametrize("text", ["ma om de week", "8", "do-ma", "2026-05-01", "0,8", "--"])
def test_unread_work_days_are_a_note(text: str) -> None:
    values = read_values(row(days=text), FULL, WIDTH)
    assert not values.problem and values.days == "" and text in values.note


@pytest.mark.parametrize(
    "text",
    [
        *["1-8-2026", "01-08-2026", "1/8/2026", "01.08.2026", "2026-08-01", "2026/8/1", "46235"],
        *["2026-08-01 00:00:00", "1-8-2026 0:00", "2026-08-01T00:00:00"],
    ],
)
def test_dates(text: str) -> None:
    assert value("start", text) == value("end", text) == dt.date(2026, 8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "31-2-2026",
        "8/31/2026",
        "1-8-26",
        "augustus",
        "1.23E+05",
        "99999",
        "1-1-1800",
        "0-0-0000",
        "2026",
        "²²²²²",
    ],
)
def test_no_date(text: str) -> None:
    assert text in problem(start=text) and text in problem(end=text)


@pytest.mark.parametrize("text", ["31-12-9999", "9999-12-31", ""])
def test_an_end_that_means_no_end(text: str) -> None:
    assert value("end", text) is None


def test_a_number_shortened_by_excel_is_only_shown() -> None:
    assert value("number", "1.23E+05") == "1.23E+05"


@pytest.mark.parametrize("field", ["name", "email", "fte", "start", "function", "number"])
def test_a_formula_is_said_and_never_taken(field: str) -> None:
    said = problem(**{field: '=HYPERLINK("http://x.invalid")'})
    assert '=HYPERLINK("http://x.invalid")' in said


def test_more_cells_than_names_is_a_problem() -> None:
    assert read_values([*row(), "x"], FULL, WIDTH).problem


def test_long_nonsense_is_judged_at_once() -> None:
    began = time.monotonic()
    for text in ("a" * 500, "1" * 500, "- " * 250, "ma " * 160, "a@" * 250, "van " * 120, ",;" * 250):
        read_values([text] * 8, FULL, WIDTH)
    assert time.monotonic() - began < 0.5
