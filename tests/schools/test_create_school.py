from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from schools.models import Invitation, OutgoingMail, Role, School, User

pytestmark = pytest.mark.usefixtures("house_mail", "db")
WORDS = {
    "name": "De Kiem",
    "place": "Hoorn",
    "brin": "14gh",
    "director_name": "Dora Roos",
    "director_email": "Dora@Example.org",
}


def create(**changed: str | bool) -> str:
    out = StringIO()
    call_command("create_school", stdout=out, **(WORDS | changed))
    return out.getvalue()


def link_in(said: str) -> str:
    return next(word for word in said.split() if word.startswith("http")).removeprefix(
        "http://localhost:8000"
    )


def test_a_first_school_with_its_director() -> None:
    said = create(sector="vo", region="noord")
    school = School.objects.get()
    assert (school.name, school.place, school.brin, school.sector, school.region) == (
        "De Kiem",
        "Hoorn",
        "14GH",
        "vo",
        "noord",
    )
    assert not school.is_demo and OutgoingMail.objects.get().to == "dora@example.org"
    Client().post(link_in(said), {"name": "Dora Roos", "password": ""})
    assert school.is_directed_by(User.objects.get(email="dora@example.org"))


def test_a_second_time_changes_nothing() -> None:
    create()
    said = create()
    assert "there already" in said and "--new-link" in said
    assert School.objects.count() == Invitation.objects.count() == OutgoingMail.objects.count() == 1


def test_a_lost_link_is_made_again() -> None:
    create()
    Invitation.objects.update(made_at="2026-01-01T00:00Z")
    assert Client().get(link_in(create(new_link=True))).status_code == 200
    assert Invitation.objects.get().role == Role.DIRECTOR


def test_after_the_director_came_in_it_says_so() -> None:
    Client().post(link_in(create()), {"name": "Dora Roos", "password": ""})
    assert "already belongs" in create()
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "https://evil.example"},
        {"place": " "},
        {"brin": "ABCD"},
        {"brin": "14GH123"},
        {"director_email": "dora"},
        {"director_email": "d@example.org\nBcc: x@example.org"},
        {"director_name": "\x00"},
        {"sector": "xx"},
        {"region": "oost"},
    ],
)
def test_nonsense_is_refused_with_what_is_wrong(bad: dict[str, str]) -> None:
    with pytest.raises(CommandError) as refused:
        create(**bad)
    assert next(iter(bad)) in str(refused.value)
    assert not School.objects.exists() and not OutgoingMail.objects.exists()
