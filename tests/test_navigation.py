"""What stands in the menu for whom."""

from __future__ import annotations

import pytest

from coaching.navigation import links_for, more_links_for
from schools.models import User
from tests.people import Cast, again, make_membership, make_place

pytestmark = pytest.mark.django_db


def bar(person: User) -> list[str]:
    return [link.label for link in links_for(again(person))]


def behind_the_name(person: User) -> list[str]:
    return [link.label for link in more_links_for(again(person))]


def test_who_can_have_talks_finds_them_behind_their_name(cast: Cast) -> None:
    assert "Mijn gesprekken" in behind_the_name(cast.noor)
    assert "Mijn gesprekken" not in behind_the_name(cast.hanneke) and "Gesprekken" in bar(cast.hanneke)
    assert "Mijn gesprekken" not in behind_the_name(cast.olaf)


def test_a_board_director_who_teaches_without_a_role_finds_their_groups(cast: Cast) -> None:
    assert "Mijn groepen" not in bar(cast.bram)
    make_membership(cast.bram, cast.zandplaat)
    make_place(cast.group, cast.bram)
    assert "Mijn groepen" in bar(cast.bram) and "Overzicht" in bar(cast.bram)
