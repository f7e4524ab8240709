"""The hours of a school: the coordinator's table, the director's totals, and both as files."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from openpyxl import load_workbook

from schools.budgets import Balance
from schools.hour_books import totals_of
from schools.hours import correct
from schools.models import (
    BoardDirector,
    Consent,
    Fte,
    HourLine,
    LineKind,
    Membership,
    Role,
    RoleHeld,
    SchoolYear,
    TaskCode,
    User,
)
from tests.people import Cast, again, make_person

from .screens import as_, membership_of, url
from .test_hours import OFF, allot, held, words

NAMES = (
    "Esra Kaya",
    "Ilse Bakker",
    "Karin Bos",
    "Lieke Jansen",
    "Noor de Wit",
    "Samir Haddou",
    "Tom Veenstra",
)


def page(person: User, cast: Cast, **asked: Any) -> str:
    return words(as_(person).get(url("school_hours", cast.zandplaat.pk), asked))


def table(person: User, cast: Cast, **asked: Any) -> list[str]:
    """The names in the table, from top to bottom."""
    html = page(person, cast, **asked).partition("<tbody>")[2].partition("</tbody>")[0]
    return [part.partition("</a>")[0].rpartition(">")[2] for part in html.split('<th scope="row">')[1:]]


def works(person: User, fte: str) -> Membership:
    row = membership_of(person)
    Fte.objects.create(membership=row, valid_from=dt.date(2020, 1, 1), value=Decimal(fte))
    return row


def filled(cast: Cast) -> None:
    """Tom, two days a week, has 6 of the 15 hours and spent 8.5; Noor spent 2 of 15."""
    allot(cast)
    works(cast.tom, "0.4")
    held(cast.tom, 510)
    held(cast.noor, 120)


# -- the coordinator ---------------------------------------------------------------------------------------


def test_the_table_says_who_has_too_many(cast: Cast) -> None:
    filled(cast)
    text = page(cast.karin, cast)
    row = text.partition("Tom Veenstra")[2].partition("</tr>")[0]
    for cell in (">0,4<", ">6<", ">8,5<", ">0<", "2,5 uur te veel"):
        assert cell in row, cell
    assert "13</td>" in text.partition("Noor de Wit")[2].partition("</tr>")[0]
    assert url("person_hours", membership_of(cast.tom).pk) in text
    assert set(NAMES) <= set(table(cast.karin, cast))
    assert cast.hanneke.name not in table(cast.karin, cast)


def test_filter_and_sort(cast: Cast) -> None:
    filled(cast)
    assert table(cast.karin, cast) == sorted(table(cast.karin, cast))
    assert table(cast.karin, cast, name="TOM v") == ["Tom Veenstra"]
    assert table(cast.karin, cast, over="on") == ["Tom Veenstra"]
    assert table(cast.karin, cast, sort="held")[:2] == ["Tom Veenstra", "Noor de Wit"]
    assert table(cast.karin, cast, sort="left")[:2] == ["Tom Veenstra", "Noor de Wit"]
    assert table(cast.karin, cast, sort="fte")[0] == "Tom Veenstra"
    assert table(cast.karin, cast, sort="geen", year="x") == table(cast.karin, cast)
    assert "Niemand past bij wat je vroeg" in page(cast.karin, cast, name="niemand")


def test_one_task_code_at_a_time(cast: Cast) -> None:
    allot(cast)
    held(cast.tom, 60)
    held(cast.tom, 45, "meeting:2", task_code="SCHOLING")
    text = page(cast.karin, cast)
    assert "Per taakcode" in text and "0,75 uur besteed, 0 gepland" in text
    only = page(cast.karin, cast, task_code="SCHOLING").partition("Tom Veenstra")[2].partition("</tr>")[0]
    assert ">0,75<" in only and ">–<" in only, "the budget is of another code"


def test_last_year_is_a_choice(cast: Cast) -> None:
    filled(cast)
    this = timezone.localdate().year - (timezone.localdate().month < 8)
    line = HourLine.objects.get(membership__person=cast.noor)
    HourLine.objects.filter(pk=line.pk).update(day=dt.date(this, 7, 31))
    row = page(cast.karin, cast).partition("Noor de Wit")[2].partition("</tr>")[0]
    assert ">2<" not in row


def test_a_coordinator_reads_and_corrects_lines_of_a_person(cast: Cast) -> None:
    filled(cast)
    line = HourLine.objects.get(membership__person=cast.tom)
    text = words(as_(cast.karin).get(url("person_hours", membership_of(cast.tom).pk)))
    assert url("correct_hours", line.pk) in text and "na deze bijeenkomst 8,5 van 6 uur" in text
    assert url("undo_hours", line.pk) not in text and "Zelf iets boeken" not in text
    assert "Iets boeken voor Tom" in text


def test_the_fte_has_the_decimals_that_were_filled_in(cast: Cast) -> None:
    works(cast.tom, "0.8536")
    works(cast.noor, "0.5000")
    text = page(cast.karin, cast)
    assert ">0,8536<" in text and ">0,5<" in text
    people = words(as_(cast.karin).get(url("colleagues", cast.zandplaat.pk)))
    assert "Wtf 0,8536" in people or "wtf 0,8536" in people


def test_without_consent_there_are_totals_and_the_reason(cast: Cast) -> None:
    filled(cast)
    for person in (cast.lieke, cast.esra, cast.samir):
        held(person, 60)
    Consent.objects.update(revoked_at=timezone.now())
    text = page(cast.karin, cast)
    assert OFF in text and url("consents", cast.zandplaat.pk) in text
    assert "13,5" not in text and "uren besteed" not in text, "a sum of hours that may not be kept"
    assert "Tom Veenstra" not in text and "CSV" not in text
    for name in ("school_hours_csv", "school_hours_xlsx"):
        reply = as_(cast.karin).get(url(name, cast.zandplaat.pk), follow=True)
        assert "de PMR heeft daar niet mee ingestemd" in words(reply)
    lines = words(as_(cast.karin).get(url("person_hours", membership_of(cast.tom).pk)))
    assert OFF in lines and "8,5" not in lines


# -- the director ------------------------------------------------------------------------------------------


def test_a_director_sees_the_total_of_the_year_and_nothing_more(cast: Cast) -> None:
    """A person's only once the year is over: one that grows on the day of a meeting tells who was there."""
    filled(cast)
    year = SchoolYear.start_of(timezone.localdate())
    for month, day in ((7, 31), (8, 1), (8, 7)):
        with time_machine.travel(dt.datetime(year + 1, month, day, 9, tzinfo=dt.UTC)):
            early = page(cast.hanneke, cast, year=year)
        assert "Tom Veenstra" not in early and "vanaf 8 aug" in early and "uren besteed" not in early
    with time_machine.travel(dt.datetime(year + 1, 8, 8, 9, tzinfo=dt.UTC)):
        text = page(cast.hanneke, cast, name="Tom", task_code="x", sort="held", year=year)
    assert "8,5 uur" in text.partition("Tom Veenstra")[2].partition("</li>")[0]
    for hidden in ("te veel", "0,4", "<table", "CSV", url("person_hours", membership_of(cast.tom).pk)):
        assert hidden not in text, hidden
    assert as_(cast.hanneke).get(url("person_hours", membership_of(cast.tom).pk)).status_code == 403


def test_what_is_booked_or_corrected_once_it_was_told_moves_nothing(cast: Cast) -> None:
    """Two looks with a late meeting, or a correction, between them would tell who was there."""
    allot(cast)
    people = [cast.tom, cast.noor, cast.samir, cast.lieke, cast.esra]
    for person in people:
        held(person, 450)
    year, line = SchoolYear.start_of(timezone.localdate()), HourLine.objects.get(membership__person=cast.tom)
    with time_machine.travel(dt.datetime(year + 1, 8, 8, 9, tzinfo=dt.UTC)):
        before, seen = (
            page(each, cast, year=year).partition("<main")[2] for each in (cast.hanneke, cast.karin)
        )
        for person in people[1:]:
            held(person, 90, "meeting:99")
        correct(line, minutes=330, reason="Was er niet.", by=cast.tom, at=timezone.now())
    with time_machine.travel(dt.datetime(year + 1, 8, 12, 9, tzinfo=dt.UTC)):
        assert page(cast.hanneke, cast, year=year).partition("<main")[2] == before and "37,5" in before
        assert page(cast.karin, cast, year=year).partition("<main")[2] != seen, (
            "the coordinator keeps the books"
        )
    assert "Geboekt vóór 8 aug" in before


def test_who_coordinates_and_directs_the_board_reads_no_lines(cast: Cast) -> None:
    filled(cast)
    BoardDirector.objects.create(board=cast.board, person=cast.karin, valid_from=dt.date(2020, 1, 1))
    karin, tom = again(cast.karin), membership_of(cast.tom).pk
    assert "Tom Veenstra" not in page(karin, cast)
    for address in (url("person_hours", tom), url("school_hours_csv", cast.zandplaat.pk)):
        assert as_(karin).get(address).status_code == 403
    assert not HourLine.objects.visible_to(karin).exists()


def test_who_coordinates_and_directs_sees_no_more_than_a_director(cast: Cast) -> None:
    filled(cast)
    RoleHeld.objects.create(membership=membership_of(cast.karin), role=Role.DIRECTOR)
    karin, tom = again(cast.karin), membership_of(cast.tom).pk
    assert "Tom Veenstra" not in page(karin, cast)
    for address in (url("person_hours", tom), url("school_hours_csv", cast.zandplaat.pk)):
        assert as_(karin).get(address).status_code == 403


def test_without_consent_a_director_sees_no_names(cast: Cast) -> None:
    filled(cast)
    Consent.objects.update(revoked_at=timezone.now())
    text = page(cast.hanneke, cast)
    assert OFF in text and "Tom Veenstra" not in text and "Samen" in text
    assert "10,5" not in text, "two people are too few for a sum"


def balance(minutes: int) -> Balance:
    return Balance(Membership(), Decimal(1), 900, minutes, 0)


def test_no_sum_over_fewer_than_five() -> None:
    four, five = [balance(60)] * 4, [balance(60)] * 5
    assert totals_of(four).people is None and totals_of(four).held is None
    assert (totals_of(five).people, totals_of(five).held, totals_of(five).budget) == (5, 300, 4500)
    assert totals_of([*four, balance(0)]).held is None, "only four are behind it"


# -- downloads ---------------------------------------------------------------------------------------------

HOSTILE = ("=HYPERLINK(1)", "+31 6", "-Anna", "@noor")


def hostile(cast: Cast) -> list[str]:
    """Colleagues whose names a spreadsheet would calculate with."""
    allot(cast)
    for number, name in enumerate(HOSTILE):
        person = make_person(f"Iemand {number}", cast.zandplaat)
        User.objects.filter(pk=person.pk).update(name=name)
        held(again(person), 75)
    return sorted(HOSTILE)


def csv_rows(cast: Cast, **asked: Any) -> list[list[str]]:
    reply = as_(cast.karin).get(url("school_hours_csv", cast.zandplaat.pk), asked)
    assert reply["Content-Disposition"].startswith('attachment; filename="uren-')
    return list(csv.reader(StringIO(reply.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_cells(cast: Cast, **asked: Any) -> list[list[Any]]:
    reply = as_(cast.karin).get(url("school_hours_xlsx", cast.zandplaat.pk), asked)
    return [list(row) for row in load_workbook(BytesIO(reply.content)).worksheets[0].iter_rows()]


def some_hours(cast: Cast) -> None:
    filled(cast)
    held(cast.noor, 45, "meeting:2", task_code="SCHOLING")
    today = timezone.localdate()
    HourLine.objects.create(
        membership=membership_of(cast.noor), kind=LineKind.PLANNED, day=today, minutes=80, source="meeting:3"
    )


def test_both_files_hold_a_line_a_person_in_hours_and_minutes(cast: Cast) -> None:
    some_hours(cast)
    rows = csv_rows(cast)
    assert rows[0][:4] == ["Naam", "Functie", "Wtf", "Taakcode"]
    assert rows[0][4:8] == ["Uren budget", "Uren gepland", "Uren besteed", "Uren over"]
    assert rows[0][8:] == ["Minuten budget", "Minuten gepland", "Minuten besteed", "Minuten over"]
    tom = ["6,00", "0,00", "8,50", "-2,50", "360", "0", "510", "-150"]
    assert ["Tom Veenstra", "leraar", "0,4", "alle", *tom] in rows
    noor = ["15,00", "1,33", "2,75", "10,92", "900", "80", "165", "655"]
    assert ["Noor de Wit", "leraar", "1", "alle", *noor] in rows
    values = [[cell.value for cell in row] for row in xlsx_cells(cast)]
    assert ["Noor de Wit", "leraar", 1, "alle", 15, 1.33, 2.75, 10.92, 900, 80, 165, 655] in values
    assert len(values) == len(rows)


def test_without_hours_set_apart_no_budget_and_nothing_left_are_in_the_file(cast: Cast) -> None:
    held(cast.tom, 60)
    row = next(row for row in csv_rows(cast) if row[0] == "Tom Veenstra")
    assert row[4:] == ["", "0,00", "1,00", "", "", "0", "60", ""]


def test_both_files_hold_planned_and_held_by_person_and_code(cast: Cast) -> None:
    some_hours(cast)
    TaskCode.objects.create(school=cast.zandplaat, code="SCHOLING", name="=Cursus")
    rows = csv_rows(cast, per="code")
    assert rows[0][3:6] == ["Taakcode", "Naam van de code", "Uren gepland"]
    assert rows[0][6:] == ["Uren besteed", "Minuten gepland", "Minuten besteed"]
    tom = ["Tom Veenstra", "leraar", "0,4", "professionalisering", "", "0,00", "8,50", "0", "510"]
    assert tom in rows
    assert [row[3:] for row in rows if row[0] == "Noor de Wit"] == [
        ["SCHOLING", "'=Cursus", "0,00", "0,75", "0", "45"],
        ["professionalisering", "", "1,33", "2,00", "80", "120"],
    ]
    assert any(row[0] == "Esra Kaya" and row[-2:] == ["0", "0"] for row in rows)
    cells = xlsx_cells(cast, per="code")
    assert ["Noor de Wit", "leraar", 1, "SCHOLING", "=Cursus", 0, 0.75, 0, 45] in [
        [cell.value for cell in row] for row in cells
    ]
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n"}


def test_of_a_past_year_both_files_tell_the_fte_of_then(cast: Cast) -> None:
    filled(cast)
    this = SchoolYear.start_of(timezone.localdate())
    tom = membership_of(cast.tom)
    Fte.objects.create(membership=tom, valid_from=dt.date(this, 8, 1), value=Decimal("0.8"))
    for starts, fte in ((this - 1, "0,4"), (this, "0,8")):
        for per in ("", "code"):
            rows = csv_rows(cast, year=starts, per=per)
            assert [row[2] for row in rows if row[0] == "Tom Veenstra"] == [fte], (starts, per)


def test_a_file_of_one_task_code_only(cast: Cast) -> None:
    some_hours(cast)
    rows = {row[0]: row for row in csv_rows(cast, task_code="SCHOLING")}
    assert rows["Noor de Wit"][3:8] == ["SCHOLING", "", "0,00", "0,75", ""], "the budget is of another code"
    assert rows["Tom Veenstra"][6] == "0,00"
    split = csv_rows(cast, task_code="SCHOLING", per="code")
    assert [row[0] for row in split[1:]] == ["Noor de Wit"]
    text = page(cast.karin, cast, task_code="SCHOLING")
    assert "task_code=SCHOLING&amp;per=code" in text and "Alleen taakcode SCHOLING." in text


def test_opened_again_no_cell_is_a_formula(cast: Cast) -> None:
    names = hostile(cast)
    cells = [cell for row in xlsx_cells(cast) for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert sorted(cell.value for cell in cells if cell.value in HOSTILE) == names
    texts = [cell for row in csv_rows(cast)[1:] for cell in row[:4]]
    assert {f"'{name}" for name in names} <= set(texts)
    assert not [text for text in texts if text.strip().startswith(tuple("=+-@\t\r"))]


@pytest.mark.parametrize("who", ["noor", "hanneke", "olaf", "bram"])
def test_the_files_are_the_coordinators(cast: Cast, who: str) -> None:
    for name in ("school_hours_csv", "school_hours_xlsx"):
        assert as_(getattr(cast, who)).get(url(name, cast.zandplaat.pk)).status_code == 403


def test_the_menu_leads_there(cast: Cast) -> None:
    address = url("school_hours", cast.zandplaat.pk)
    home = words(as_(cast.karin).get("/"))
    assert f'<a href="{address}">Uren</a>' in home
    assert address in words(as_(cast.hanneke).get("/"))
    assert address not in words(as_(cast.noor).get("/"))
