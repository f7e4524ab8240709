"""A framework of competences as Moodle writes it to CSV."""

from __future__ import annotations

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portfolio.models import Competence, Framework
from portfolio.moodle_lists import MAX_ROWS, BadList, keep_list, read_list
from tests.people import Cast

pytestmark = pytest.mark.django_db
HEADER = (
    "Parent ID number,ID number,Short name,Description,Description format,Scale values,Scale configuration,"
    "Rule type (optional),Rule outcome (optional),Rule config (optional),"
    "Cross-referenced competency ID numbers,Exported ID (optional),Is framework,Taxonomy"
)


def line(parent: str, key: str, title: str, about: str = "", framework: str = "") -> str:
    return f'{parent},{key},"{title}","{about}",1,,,,,,,,{framework},'


def file(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *lines]).encode()


ROOT = line("", "KUST", "Kustleraren", "<p>Voor scholen aan zee</p>", "1")


def errors_of(data: bytes) -> list[str]:
    with translation.override("en"), pytest.raises(BadList) as bad:
        read_list(data)
    assert not Framework.objects.exists()
    return bad.value.errors


def test_a_child_may_stand_before_its_parent(cast: Cast) -> None:
    found = read_list(
        file(line("1", "1.1", "Getijden", "<b>Eb &amp; vloed</b> uitleggen"), ROOT, line("", "1", "Water"))
    )
    framework = keep_list(found, cast.zandplaat)
    assert (framework.title, framework.about, framework.key) == (
        "Kustleraren",
        "Voor scholen aan zee",
        "kust",
    )
    tides = framework.competences.get(key="1.1")
    assert tides.parent == framework.competences.get(key="1") and tides.about == "Eb & vloed uitleggen"
    assert [each.key for each in framework.competences.to_score()] == ["1.1"]


def test_columns_go_by_their_header_in_any_order() -> None:
    data = "Is framework;Short name;ID number;Parent ID number\n1;Kust;K;\n;Water;1;\n".encode("utf-8-sig")
    found = read_list(data)
    assert found.title == "Kust" and [row.title for row in found.rows] == ["Water"]


def test_a_list_read_in_again_is_a_next_version(cast: Cast) -> None:
    versions = [
        keep_list(read_list(file(ROOT, line("", "1", "Water"))), cast.zandplaat).version for _ in "ab"
    ]
    assert versions == ["1", "2"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"\x89PNG\x00\x00", "This is not a CSV file we can read."),
        (
            b"naam,functie\nNoor,leraar\n",
            "The first line lacks: Parent id number, Id number, Short name, Is framework.",
        ),
        (file(line("", "1", "Water")), "No line says that it is the framework."),
        (file(ROOT, ROOT), "Line 3: a second framework; one file holds one."),
        (file(ROOT, line("", "", "Water")), "Line 3 has no ID number, or one of over 100 characters."),
        (file(ROOT, line("", "x" * 101, "Water")), "Line 3 has no ID number, or one of over 100 characters."),
        (file(ROOT, line("", "1", "")), "Line 3 has no short name, or one of over 120 characters."),
        (file(ROOT, line("", "1", "x" * 121)), "Line 3 has no short name, or one of over 120 characters."),
        (file(ROOT, line("", "1", "A", "x" * 301)), "Line 3: its description is longer than 300 characters."),
        (file(ROOT, line("", "1", "A"), line("", "1", "B")), "Line 4: ID number 1 stands on line 3 too."),
        (file(ROOT, line("9", "1", "A")), "Line 3: its parent 9 is not in the file."),
        (
            file(ROOT, line("2", "1", "A"), line("1", "2", "B")),
            "Line 3 is its own parent in a circle, or lies too deep.",
        ),
        (file(*[ROOT] * (MAX_ROWS + 1)), "A list has at most 300 rows."),
        (b"x" * (1024 * 1024 + 1), "This file is too large: at most 1 MB."),
    ],
)
def test_what_is_wrong_is_said_by_line(data: bytes, said: str) -> None:
    assert said in errors_of(data)


def test_a_cell_of_brackets_does_not_hold_up_the_site() -> None:
    data = b"Is framework,Short name,ID number,Parent ID number\n1," + b"<" * 130_000 + b",K,\n"
    begin = time.process_time()
    errors_of(data)
    assert time.process_time() - begin < 2, "a pattern that looks again from every bracket takes 15 seconds"


def test_all_errors_are_said_at_once() -> None:
    assert len(errors_of(file(ROOT, line("9", "", ""), line("8", "2", "B")))) == 4


def test_a_coordinator_reads_a_file_in_and_nothing_of_a_bad_one(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.karin)
    address = reverse("read_framework", args=[cast.zandplaat.pk])
    bad = SimpleUploadedFile("kust.csv", file(ROOT, line("9", "1", "<script>alert(1)</script>")))
    page = client.post(address, {"file": bad}).content.decode()
    assert (
        "Regel 3: 9, waar dit onder hoort, staat niet in het bestand." in page
        and not Competence.objects.exists()
    )
    good = SimpleUploadedFile("kust.csv", file(ROOT, line("", "1", "<script>alert(1)</script>Water")))
    page = client.post(address, {"file": good}, follow=True).content.decode()
    assert "Kustleraren" in page and Competence.objects.get().title == "alert(1) Water"
