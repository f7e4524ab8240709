"""Home shows the first visit to whoever needs it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portfolio.models import DevelopmentPlan
from portfolio.start import choose as choose_goal
from schools.models import SchoolYear
from tests.people import Cast, settle_in
from tests.test_home import DAY, agree_all, home, meeting_in, things


def test_then_a_first_visit_until_there_are_talents_or_a_pop(cast: Cast, client: Client) -> None:
    agree_all(cast)
    meeting_in(cast, 20 * DAY)
    for person in (cast.noor, cast.ilse):
        assert things(person)[0].url == reverse("first_visit")
    assert "Begin met waar je goed in bent" in home(client, cast.ilse)
    settle_in(cast.noor)
    DevelopmentPlan.objects.create(owner=cast.ilse, year=SchoolYear.of(timezone.localdate()))
    for person in (cast.noor, cast.ilse):
        assert things(person)[0].url != reverse("first_visit")


def test_a_first_visit_that_was_broken_off_goes_on(cast: Cast, client: Client) -> None:
    agree_all(cast)
    settle_in(cast.noor)
    choose_goal(cast.noor, cast.noor.own_competences.get(), timezone.now())
    assert things(cast.noor)[0].url == reverse("first_visit_goal")
    assert "Ga verder met je eerste doel" in home(client, cast.noor)


@pytest.mark.parametrize("who", ["olaf", "bram", "hanneke"])
def test_who_is_no_colleague_is_asked_for_no_first_visit(cast: Cast, who: str) -> None:
    assert reverse("first_visit") not in [thing.url for thing in things(getattr(cast, who))]


def test_without_a_pop_home_says_how_to_begin_one(cast: Cast, client: Client) -> None:
    hint, where = (
        "Nog geen POP. Begin met één leervraag (vijf minuten).",
        f'href="{reverse("my_pop")}">Zo begin je',
    )
    meeting_in(cast, 6 * DAY)
    page = home(client, cast.noor)
    assert hint in page and where in page, "the first visit is not asked for, a meeting goes first"
    agree_all(cast)
    settle_in(cast.ilse)
    assert hint in home(client, cast.ilse), "has talents"
    year = SchoolYear.of(timezone.localdate())
    DevelopmentPlan.objects.create(owner=cast.ilse, year=year)
    page = home(client, cast.ilse)
    assert hint not in page and f"Mijn POP {year}" in page


def test_nobody_is_pointed_to_a_pop_twice_or_without_need(cast: Cast, client: Client) -> None:
    hint = "Nog geen POP."
    page = home(client, cast.ilse)
    assert "Begin met waar je goed in bent" in page and hint not in page
    for who in (cast.hanneke, cast.olaf, cast.bram):
        assert hint not in home(client, who)
