"""The pages of a staff list: upload, columns, the four lists, what is wrong, who may."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from schools.models import Fte, Membership, Role, StaffImport, StaffRow, User
from tests.people import Cast, again, make_person
from tests.schools.list_screens import (
    carry_out,
    kinds,
    listed,
    of_member,
    page_of,
    preview,
    upload,
)
from tests.schools.screens import as_, membership_of, roles, url
from tests.schools.staff_list import as_csv, as_xlsx

pytestmark = pytest.mark.usefixtures("house_mail")

# -- uploading and columns ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"appel;peer\n1;2",
        b"Naam;E-mail\n",
        b"PK\x03\x04",
    ],
)
def test_a_file_we_can_not_read_is_said_on_the_page(cast: Cast, data: bytes) -> None:
    form = {"file": SimpleUploadedFile("lijst.xlsx", data)}
    answer = as_(cast.karin).post(url("staff_lists", cast.zandplaat.pk), form)
    assert answer.status_code == 200 and len(answer.context["form"].errors["file"]) == 1
    assert not StaffImport.objects.exists()


def test_no_file_at_all(cast: Cast) -> None:
    answer = as_(cast.karin).post(url("staff_lists", cast.zandplaat.pk), {})
    assert answer.status_code == 200 and answer.context["form"].errors["file"]


@pytest.mark.parametrize(
    "name", ["a" * 300 + ".csv", "\u202egpj.csv", "<b>x</b>.csv", "../../etc/passwd", "x\x00y.csv"]
)
def test_odd_file_names(cast: Cast, name: str) -> None:
    staff_import = upload(cast.karin, cast, as_csv(), name)
    assert 0 < len(staff_import.file_name) <= 120 and "\u202e" not in staff_import.file_name
    assert "<b>" not in page_of(cast.karin, staff_import)


def test_the_example_on_the_page_can_be_read(cast: Cast) -> None:
    page = as_(cast.karin).get(url("staff_lists", cast.zandplaat.pk)).content.decode()
    assert "files/voorbeeld-personeelslijst.csv" in page
    found = finders.find("files/voorbeeld-personeelslijst.csv")
    sheet = preview(upload(cast.karin, cast, Path(str(found)).read_bytes()))
    assert kinds(sheet) == {"new": ["Robin van Voorbeeld", "Kim Model"]}
    assert not [line.notes for line in sheet.lines if line.notes]


def test_a_double_submit_keeps_one_list(cast: Cast) -> None:
    key, client = str(uuid.uuid4()), as_(cast.karin)
    for _time in range(2):
        form = {"file": SimpleUploadedFile("lijst.csv", as_csv()), "once_key": key}
        assert client.post(url("staff_lists", cast.zandplaat.pk), form).status_code == 302
    assert StaffImport.objects.count() == 1


def test_the_match_can_be_changed(cast: Cast) -> None:
    staff_import = upload(
        cast.karin, cast, b"Naam;Wie;E-mail;E-mail\nx;Anne Bos;old@example.org;anne@example.org"
    )
    assert staff_import.matched == {"name": 0, "email": 2}
    columns = url("staff_columns", staff_import.pk)
    answer = as_(cast.karin).post(columns, {"name": "1", "email": "3"})
    assert answer["Location"] == url("staff_list", staff_import.pk)
    assert [(line.name, line.values.email) for line in preview(staff_import).new] == [
        ("Anne Bos", "anne@example.org")
    ]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name": "0"},
        {"email": "1"},
        {"name": "0", "email": "0"},
        {"name": "9", "email": "1"},
        {"name": "x"},
    ],
)
def test_a_match_that_says_too_little_is_refused(cast: Cast, form: dict[str, str]) -> None:
    staff_import = upload(cast.karin, cast, b"Naam;E-mail\nAnne;anne@example.org")
    answer = as_(cast.karin).post(url("staff_columns", staff_import.pk), form)
    assert answer.status_code == 200 and answer.context["form"].errors
    staff_import.refresh_from_db()
    assert staff_import.matched == {"name": 0, "email": 1}


def test_without_an_address_column_one_chooses_first(cast: Cast) -> None:
    staff_import = upload(cast.karin, cast, b"Voornaam;Achternaam\nAnne;Bos")
    answer = as_(cast.karin).get(url("staff_list", staff_import.pk))
    assert answer["Location"] == url("staff_columns", staff_import.pk)
    answer = as_(cast.karin).post(url("carry_out_list", staff_import.pk), {})
    assert answer["Location"] == url("staff_list", staff_import.pk)


# -- the four lists ----------------------------------------------------------------------------------------


def test_the_four_lists(cast: Cast) -> None:
    Membership.objects.filter(person=cast.tom).update(work_days="124")
    staff_import = listed(
        cast,
        "Anne Bos;anne@example.org;Leerkracht;0,8;;1-8-2026;",
        of_member(cast.tom, "IB'er;0,5;ma-vr;;"),
        of_member(cast.noor),
        "Zonder Adres;;;;;;",
    )
    sheet = preview(staff_import)
    assert kinds(sheet) == {
        "new": ["Anne Bos"],
        "changed": ["Tom Veenstra"],
        "unchanged": ["Noor de Wit"],
        "problem": ["Zonder Adres"],
    }
    assert [(each.field, each.was, each.becomes) for each in sheet.changed[0].changes] == [
        ("function", "leraar", "intern begeleider (IB’er)"),
        ("days", "ma di do", "ma di wo do vr"),
        ("fte", "–", "0,5"),
    ]
    missing = {row.person.name for row in sheet.missing}
    assert {"Samir Haddou", "Karin Bos", "Hanneke Smit"} <= missing
    assert not missing & {"Tom Veenstra", "Noor de Wit", "Olaf Berg", "Vera Elders"}
    page = page_of(cast.karin, staff_import)
    for words in ("Anne Bos", "Zonder Adres", "Samir Haddou", "Noor de Wit", "ma di do"):
        assert words in page
    assert f'name="ends" value="{membership_of(cast.samir).pk}"' in page and "Vera Elders" not in page


def test_changes_are_carried_out_with_roles_left_alone(cast: Cast) -> None:
    row = of_member(cast.karin, "IB'er;0,5;ma di;1-1-2001;31-7-2099")
    carry_out(cast.hanneke, listed(cast, row), fte_from="2026-08-01")
    stay = membership_of(cast.karin)
    assert (stay.function, stay.work_days, stay.valid_until) == ("ib", "12", dt.date(2099, 7, 31))
    assert stay.valid_from == timezone.localdate() - dt.timedelta(days=400)
    assert stay.fte.get().value == Decimal("0.5") and stay.fte.get().valid_from == dt.date(2026, 8, 1)
    assert roles(cast.karin) == {"teacher", "coordinator"}


def test_an_empty_cell_changes_nothing(cast: Cast) -> None:
    Membership.objects.filter(person=cast.tom).update(valid_until=dt.date(2099, 1, 1), work_days="1")
    assert kinds(preview(listed(cast, of_member(cast.tom)))) == {"unchanged": ["Tom Veenstra"]}


def test_an_fte_to_come_counts_as_known(cast: Cast) -> None:
    today = timezone.localdate()
    for days, fte in ((-10, "0.8"), (30, "0.6")):
        Fte.objects.create(
            membership=membership_of(cast.tom), valid_from=today + dt.timedelta(days=days), value=Decimal(fte)
        )
    for fte, kind in (("0,8", "unchanged"), ("0,6", "unchanged"), ("0,7", "changed")):
        assert list(kinds(preview(listed(cast, of_member(cast.tom, f";{fte};;;"))))) == [kind]


def test_missing_people_stay_unless_ticked(cast: Cast) -> None:
    staff_import = listed(cast, *[of_member(each) for each in (cast.noor, cast.karin, cast.hanneke)])
    report = carry_out(cast.karin, staff_import, ends=[membership_of(cast.samir).pk], last_day="2099-07-31")
    assert "Samir Haddou" in report
    assert membership_of(cast.samir).valid_until == dt.date(2099, 7, 31)
    assert membership_of(cast.tom).valid_until is None


def test_an_end_needs_its_day(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.noor))
    page = carry_out(cast.karin, staff_import, ends=[membership_of(cast.tom).pk], last_day="")
    assert "Vul de laatste dag in." in page and membership_of(cast.tom).valid_until is None
    assert f'value="{membership_of(cast.tom).pk}" id="end-{membership_of(cast.tom).pk}" checked' in page


def test_an_end_that_the_rules_refuse_is_reported(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.noor))
    report = carry_out(
        cast.karin, staff_import, ends=[membership_of(cast.hanneke).pk, membership_of(cast.tom).pk]
    )
    assert membership_of(cast.hanneke).valid_until is None and "Hanneke Smit" in report
    assert membership_of(cast.tom).valid_until == timezone.localdate()
    row = StaffRow.objects.get(name="Hanneke Smit")
    assert row.problem and row.problem in report and not row.applied


def test_what_is_not_ticked_stays_out(cast: Cast) -> None:
    rows = ["Anne Bos;anne@example.org;;;;;", of_member(cast.tom, "IB'er;;;;")]
    report = carry_out(cast.karin, listed(cast, *rows), lines=[])
    assert not User.objects.filter(email="anne@example.org").exists()
    assert membership_of(cast.tom).function == "teacher" and "Anne Bos" in report


def test_names_are_changed_only_of_who_never_came(cast: Cast) -> None:
    fresh = make_person("Anne", cast.zandplaat)
    User.objects.filter(pk=cast.tom.pk).update(last_login=timezone.now())
    tom = f"Thomas V.;{cast.tom.email};;;;;"
    staff_import = listed(cast, f"Anne Bos;{fresh.email};;;;;", tom)
    assert kinds(preview(staff_import)) == {"changed": ["Anne"], "unchanged": ["Tom Veenstra"]}
    assert "Thomas V." in page_of(cast.karin, staff_import)
    carry_out(cast.karin, staff_import)
    assert (again(fresh).name, again(cast.tom).name) == ("Anne Bos", "Tom Veenstra")


# -- problems ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        "Anne Bos;;;;;;",
        "Anne Bos;geen adres;;;;;",
        ";anne@example.org;;;;;",
        "Anne Bos;anne@example.org;;veel;;;",
        "Anne Bos;anne@example.org;;80;;;",
        "Anne Bos;anne@example.org;;;;31-2-2026;",
        "Anne Bos;anne@example.org;;;;;gisteren",
        "Anne Bos;anne@example.org;;;;1-8-2099;1-7-2099",
        "Anne Bos;anne@example.org;;;;;1-1-2020",
        '"=HYPERLINK(""http://x.invalid"")";anne@example.org;;;;;',
        "Anne Bos;anne@example.org;;;;;;te veel",
    ],
)
def test_a_line_with_a_problem_is_left_out_by_its_number(cast: Cast, row: str) -> None:
    staff_import = listed(cast, "Bart Mol;bart@example.org;;;;;", row)
    (problem,) = preview(staff_import).problems
    assert problem.number == 3 and problem.problem
    report = carry_out(cast.karin, staff_import, lines=[2, 3])
    assert "is-invalid" in report or "alert-danger" in report, "a line with a problem can't be ticked"
    report = carry_out(cast.karin, staff_import)
    assert User.objects.filter(email="bart@example.org").exists()
    assert not User.objects.filter(email="anne@example.org").exists()
    assert StaffRow.objects.get(line=3).problem == problem.problem


def test_formula_cells_show_as_text(cast: Cast) -> None:
    data = as_xlsx([['=HYPERLINK("http://x.invalid")', "a@example.org", "=1/2"]], ["Naam", "E-mail", "wtf"])
    staff_import = upload(cast.karin, cast, data, "lijst.xlsx")
    assert staff_import.rows.get().cells[::2] == ['=HYPERLINK("http://x.invalid")', "=1/2"]
    page = page_of(cast.karin, staff_import)
    assert "=HYPERLINK(&quot;http://x.invalid&quot;)" in page and 'href="http://x' not in page
    carry_out(cast.karin, staff_import)
    assert not User.objects.filter(email="a@example.org").exists()


def test_the_same_person_twice(cast: Cast) -> None:
    same = "Anne Bos;anne@example.org;;0,4;;;"
    sheet = preview(listed(cast, same, same))
    assert [line.kind for line in sheet.lines] == ["new", "problem"]
    sheet = preview(listed(cast, same, same.replace("0,4", "0,6")))
    assert [line.kind for line in sheet.lines] == ["problem", "problem"]
    assert "3" in sheet.lines[0].problem and "2" in sheet.lines[1].problem


def test_one_address_for_two_people(cast: Cast) -> None:
    sheet = preview(listed(cast, "Anne Bos;team@example.org;;;;;", "Bart Mol;TEAM@example.org;;;;;"))
    assert [line.kind for line in sheet.lines] == ["problem", "problem"]
    assert len({line.problem for line in sheet.lines}) == 2


def test_one_personnel_number_for_two_addresses(cast: Cast) -> None:
    text = b"Personeelsnummer;Naam;E-mail\n0012;Anne;a@example.org\n12;Anne;b@example.org\n;X;x@example.org\n"
    sheet = preview(upload(cast.karin, cast, text + b";Y;y@example.org"))
    assert [line.kind for line in sheet.lines] == ["problem", "problem", "new", "new"]


def test_somebody_in_a_bad_line_is_not_missing(cast: Cast) -> None:
    sheet = preview(listed(cast, of_member(cast.tom, ";veel;;;"), f"{cast.samir.name};;;;;;"))
    assert not {row.person_id for row in sheet.missing} & {cast.tom.pk, cast.samir.pk}


def test_a_namesake_is_asked_about_and_not_ticked(cast: Cast) -> None:
    staff_import = listed(cast, "Noor de Wit;noor@nieuw.example;;;;;")
    (line,) = preview(staff_import).new
    assert not line.ticked and cast.noor.email in line.notes[0]
    carry_out(cast.karin, staff_import)
    assert not User.objects.filter(email="noor@nieuw.example").exists()


# -- who may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("noor", 403), ("olaf", 403), ("bram", 403), ("vera", 404)])
def test_others_upload_no_list(cast: Cast, who: str, status: int) -> None:
    form = {"file": SimpleUploadedFile("lijst.csv", as_csv())}
    answer = as_(getattr(cast, who)).post(url("staff_lists", cast.zandplaat.pk), form)
    assert answer.status_code == status and not StaffImport.objects.exists()


VERBS = ["staff_list", "staff_columns", "carry_out_list", "undo_list", "discard_list"]


@pytest.mark.parametrize("name", VERBS)
def test_a_coordinator_elsewhere_and_a_teacher_find_no_such_list(cast: Cast, name: str) -> None:
    staff_import = upload(cast.karin, cast, as_csv())
    elsewhere = make_person("Cor Elders", cast.duin, Role.TEACHER, Role.COORDINATOR)
    for each in (elsewhere, cast.noor, cast.vera, cast.bram):
        assert as_(each).post(url(name, staff_import.pk), {}).status_code == 404
    assert StaffImport.objects.get().is_waiting


def test_the_way_in_is_on_the_page_of_colleagues(cast: Cast) -> None:
    page = as_(cast.karin).get(url("colleagues", cast.zandplaat.pk)).content.decode()
    assert url("staff_lists", cast.zandplaat.pk) in page


def test_a_list_can_be_thrown_away_before_and_not_after(cast: Cast) -> None:
    waiting, done = upload(cast.karin, cast, as_csv()), listed(cast, "Anne;anne@example.org;;;;;")
    carry_out(cast.karin, done)
    for each in (waiting, done):
        as_(cast.karin).post(url("discard_list", each.pk))
    assert list(StaffImport.objects.all()) == [done]


def test_the_cells_go_once_it_is_carried_out(cast: Cast) -> None:
    staff_import = upload(cast.karin, cast, as_csv())
    carry_out(cast.karin, staff_import)
    assert {str(row.cells) for row in staff_import.rows.all()} == {"[]"}
