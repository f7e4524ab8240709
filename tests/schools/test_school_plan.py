"""The lines of the school plan: written by the director, read by all staff."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import MoveRefused
from schools.models import School, SchoolPlanLine, User
from schools.school_plan import bring_back, in_order, rewrite_line, write_line
from tests.people import Cast


@pytest.fixture
def director(cast: Cast) -> Client:
    return enter(cast.hanneke)


def enter(user: User) -> Client:
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, name: str, pk: int, **data: Any) -> str:
    data.setdefault("once_key", str(uuid.uuid4()))
    return str(client.post(reverse(name, args=[pk]), data, follow=True).content.decode())


def plan(client: Client, school: School) -> str:
    return str(client.get(reverse("school_plan", args=[school.pk])).content.decode())


def line_of(school: School, number: str = "2.3", text: str = "Rust in de school") -> SchoolPlanLine:
    return SchoolPlanLine.objects.create(school=school, number=number, text=text)


def test_a_director_writes_a_line_and_all_staff_read_it(cast: Cast, director: Client) -> None:
    assert "Add the first line" in plan(director, cast.zandplaat)
    key = str(uuid.uuid4())
    for _twice in range(2):
        text = send(director, "new_plan_line", cast.zandplaat.pk, number="2.3", text="Rust!", once_key=key)
    assert "2.3</strong> Rust!" in text and SchoolPlanLine.objects.count() == 1
    for reader in (cast.noor, cast.karin, cast.olaf, cast.bram):
        text = plan(enter(reader), cast.zandplaat)
        assert "2.3</strong> Rust!" in text and "Out of use" not in text and "Add a line" not in text
    assert enter(cast.vera).get(reverse("school_plan", args=[cast.zandplaat.pk])).status_code == 404
    assert "Rust" not in plan(enter(cast.bram), cast.duin)


def test_lines_stand_in_the_order_of_their_numbers(cast: Cast) -> None:
    for number in ("", "10", "2.10", "2.9", "2", "2.9b", "2.9a", "III"):
        line_of(cast.zandplaat, number)
    got = [line.number for line in in_order(SchoolPlanLine.objects.all())]
    assert got == ["III", "2", "2.9", "2.9a", "2.9b", "2.10", "10", ""]


def test_a_line_is_changed_and_nobody_overwrites_another(cast: Cast, director: Client) -> None:
    line = line_of(cast.zandplaat)
    changed = send(director, "change_plan_line", line.pk, number="2.4", text="Stilte", was=str(line))
    assert "2.4</strong> Stilte" in changed
    late = send(director, "change_plan_line", line.pk, number="2.3", text="Rust", was=str(line))
    assert "Somebody changed this line meanwhile" in late and "2.4 Stilte" in late
    line.refresh_from_db()
    assert str(line) == "2.4 Stilte"
    assert 'value="Stilte"' in late, "the form begins again with what it reads now"


def test_out_of_use_it_stays_and_comes_back(cast: Cast, director: Client) -> None:
    line = line_of(cast.zandplaat)
    for _twice in range(2):
        text = send(director, "retire_plan_line", line.pk)
    assert "1 line out of use" in text and "Use again" in text
    line.refresh_from_db()
    assert line.retired_at and line.retired_at <= timezone.now()
    other = line_of(cast.zandplaat, text="Nieuw")
    assert "has the number 2.3 by now" in send(director, "restore_plan_line", line.pk)
    other.retire(timezone.now())
    assert "In use again" in send(director, "restore_plan_line", line.pk)
    assert "Use again" not in plan(enter(cast.noor), cast.zandplaat)


@pytest.mark.parametrize(
    ("number", "text", "said"),
    [
        ("2.3", "Nog een", "Another line has this number"),
        ("1" * 13, "Lang", "at most 12"),
        ("1", "x" * 301, "at most 300"),
        ("1", "   ", "required"),
        ("1", "\0", "Null characters"),
    ],
)
def test_what_is_refused(cast: Cast, director: Client, number: str, text: str, said: str) -> None:
    line_of(cast.zandplaat)
    assert said in send(director, "new_plan_line", cast.zandplaat.pk, number=number, text=text)
    assert SchoolPlanLine.objects.count() == 1


def test_of_two_who_write_one_number_at_once_the_second_is_refused(cast: Cast) -> None:
    """By the table itself; without a number, and out of use, there may be as many as there are."""
    made = [write_line(cast.zandplaat, number, "Rust") for number in ("2.3", "", "")]
    with pytest.raises(MoveRefused), transaction.atomic():
        write_line(cast.zandplaat, "2.3", "Ouders")
    with pytest.raises(MoveRefused), transaction.atomic():
        rewrite_line(made[1], "2.3", "Ouders", was=str(made[1]))
    made[0].retire(timezone.now())
    write_line(cast.zandplaat, "2.3", "Ouders")
    with pytest.raises(MoveRefused, match=r"2\.3"), transaction.atomic():
        bring_back(made[0])


def test_the_same_number_at_another_school_is_another_line(cast: Cast, director: Client) -> None:
    line_of(cast.duin)
    assert "Saved" in send(director, "new_plan_line", cast.zandplaat.pk, number="2.3", text="Rust")


def test_markup_in_a_line_is_text(cast: Cast, director: Client) -> None:
    line_of(cast.zandplaat, text="<script>alert(1)</script> {{ 7 }}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}" in plan(director, cast.zandplaat)


def test_nobody_else_writes(cast: Cast) -> None:
    line = line_of(cast.zandplaat)
    for person, refused in ((cast.noor, 403), (cast.karin, 403), (cast.bram, 403), (cast.vera, 404)):
        client = enter(person)
        for name, pk in (("new_plan_line", cast.zandplaat.pk), ("change_plan_line", line.pk)):
            assert client.get(reverse(name, args=[pk])).status_code == refused
            assert client.post(reverse(name, args=[pk]), {"text": "x"}).status_code == refused
        assert client.post(reverse("retire_plan_line", args=[line.pk])).status_code == refused
    assert str(SchoolPlanLine.objects.get()) == "2.3 Rust in de school"
