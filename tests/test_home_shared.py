"""Home tells what somebody may read, what is to be talked over, and how one's own POP stands."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portfolio.document import document_of
from portfolio.models import DevelopmentPlan, PlanVersion, Share, SignatureKind
from portfolio.sharing import note_opening, share
from schools.models import SchoolYear, User
from tests.people import Cast
from tests.portfolio.pops import make_action, make_goal, make_pop
from tests.test_home import home, things

NEW = '<span class="tag tag-sun">nieuw</span>'


def pop_of(owner: User) -> DevelopmentPlan:
    return make_pop(owner, SchoolYear.start_of(timezone.localdate()))


def give(plan: DevelopmentPlan, viewer: User, number: int = 1) -> Share:
    version = PlanVersion.objects.create(plan=plan, number=number, content=document_of(plan))
    return share(version, viewer, until=None, at=timezone.now())


def opened(given: Share) -> None:
    note_opening(given.thing, given.viewer, timezone.now())


def addresses(person: User) -> list[str]:
    return [thing.url for thing in things(person)]


def test_what_is_shared_stands_on_home_until_it_is_opened(cast: Cast, client: Client) -> None:
    given = give(pop_of(cast.lieke), cast.noor)
    assert given.address in addresses(cast.noor) and given.address not in addresses(cast.tom)
    page = home(client, cast.noor)
    assert f"{cast.lieke.first_name} laat je iets lezen" in page and NEW in page
    assert NEW in client.get(reverse("shared_with_me")).content.decode()
    opened(given)
    assert given.address not in addresses(cast.noor)
    assert NEW not in home(client, cast.noor) + client.get(reverse("shared_with_me")).content.decode()


def test_a_leader_is_asked_quietly_to_talk_over_the_newest_version(cast: Cast) -> None:
    boss, plan = cast.hanneke, pop_of(cast.noor)
    first = give(plan, boss)
    opened(first)
    asked = things(boss)[-1]
    assert asked.url.startswith(first.address) and asked.quiet
    second = give(plan, boss, number=2)
    opened(second)
    assert things(boss)[-1].url.startswith(second.address)
    second.plan_version.signatures.create(kind=SignatureKind.DISCUSSED, person=boss)  # type: ignore[union-attr]
    assert not any("#handtekeningen" in url for url in addresses(boss))


def test_a_colleague_is_not_asked_to_sign(cast: Cast) -> None:
    opened(give(pop_of(cast.noor), cast.tom))
    assert not any("#handtekeningen" in url for url in addresses(cast.tom))


def test_ones_own_pop_stands_on_home_a_line_a_goal(cast: Cast, client: Client) -> None:
    assert "Nog geen POP." in home(client, cast.noor)
    plan = pop_of(cast.noor)
    plan.talk_on = timezone.localdate()
    plan.save()
    goal = make_goal(plan, "Hoe begin ik rustig?")
    for what, done in (("Kijken", timezone.localdate()), ("Doen", None), ("", None)):
        make_action(goal, what, done_on=done)
    opened(give(plan, cast.lieke))
    page = home(client, cast.noor)
    assert f"Mijn POP {plan.year}" in page and "Hoe begin ik rustig?" in page and "Nog geen POP." not in page
    assert "1 van 2 acties gedaan" in page and "Gesprek:" in page
    assert f"Het laatst gelezen door {cast.lieke.name}" in page
    assert "Hoe begin ik rustig?" not in home(client, cast.lieke)


@pytest.mark.parametrize("who", ["noor", "karin", "hanneke", "olaf"])
def test_everybody_finds_what_is_shared_with_them_in_the_menu(cast: Cast, client: Client, who: str) -> None:
    assert f'<a href="{reverse("shared_with_me")}">Met mij gedeeld</a>' in home(client, getattr(cast, who))


@pytest.mark.parametrize("who", ["noor", "karin"])
def test_my_pop_stands_behind_my_portfolio(cast: Cast, client: Client, who: str) -> None:
    page = home(client, getattr(cast, who))
    assert 0 < page.index(">Mijn portfolio</a>") < page.index(">Mijn POP</a>")
