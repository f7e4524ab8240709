from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schools.models import Role
from tests.people import Cast, again, make_membership

PAGE = "/profiel/"


@pytest.fixture
def noor(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.noor)
    return client


def test_name_and_language_are_ones_own(cast: Cast, noor: Client) -> None:
    assert noor.post(PAGE, {"name": " Noor  Witte ", "language": "en"})["Location"] == PAGE
    changed = again(cast.noor)
    assert (changed.name, changed.language) == ("Noor Witte", "en")
    assert noor.get(PAGE)["Content-Language"] == "en"
    assert again(cast.tom).name == "Tom Veenstra"


@pytest.mark.parametrize(
    "bad",
    [{"name": ""}, {"name": "https://evil.example"}, {"name": "N" * 121}, {"language": "xx"}],
)
def test_a_bad_name_or_language_changes_nothing(cast: Cast, noor: Client, bad: dict[str, str]) -> None:
    answer = noor.post(PAGE, {"name": "Noor", "language": "en"} | bad)
    assert answer.status_code == 200 and set(answer.context["form"].errors) == set(bad)
    assert (again(cast.noor).name, again(cast.noor).language) == ("Noor de Wit", "nl")


def test_nothing_else_can_be_changed_here(cast: Cast, noor: Client) -> None:
    more = {"email": "x@example.org", "is_active": "", "password": "x", "roles": "director"}
    noor.post(PAGE, {"name": "Noor", "language": "nl"} | more)
    changed = again(cast.noor)
    assert changed.email == "noor.de.wit@example.org" and changed.is_active
    assert not cast.zandplaat.is_directed_by(changed)


def test_my_schools_and_the_ways_to_log_in(cast: Cast, noor: Client) -> None:
    page = noor.get(PAGE).content.decode()
    assert "De Zandplaat" in page and reverse("account_email") in page
    assert reverse("account_set_password") in page, "without a password one is chosen, not changed"


def test_it_is_for_who_is_logged_in(db: None) -> None:
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_few_queries(cast: Cast, noor: Client, number: int, django_assert_num_queries: Any) -> None:
    for school in [cast.duin, cast.vaart][: number - 1]:
        make_membership(cast.noor, school, Role.TEACHER)
    noor.get(PAGE)
    with django_assert_num_queries(7):
        noor.get(PAGE)
