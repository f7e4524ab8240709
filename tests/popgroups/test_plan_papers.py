"""The GOP on paper: what it must be, and what is never on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from coaching.lib import pdf
from popgroups.models import GroupPlan
from popgroups.plan_reviews import react
from popgroups.plan_support import promise
from schools.models import User
from tests import pdf_checks
from tests.people import Cast
from tests.portfolio.paper import document, text_of

from .conftest import Enter
from .plans import TITLES, days_ago, hand_in, make_group_plan, rewrite_goal

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=http://kwaad.example/x.png> {{ 7*7 }} 🎉"


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


@pytest.fixture
def plan(cast: Cast) -> GroupPlan:
    return make_group_plan(cast.group)


def test_a_gop_is_a_document_of_two_pages(cast: Cast, plan: GroupPlan, enter: Enter) -> None:
    version = hand_in(plan, cast.noor, days_ago(9))
    promise(plan, cast.hanneke, timezone.now(), kind="hours", minutes=180, text="voor de bezoeken")
    react(version, "agreed_if", "Met de ouders erbij.", cast.hanneke, timezone.now())
    client = enter(cast.hanneke)
    User.objects.update(language="nl")
    made = document(client, "plan_version_pdf", version.pk)
    pdf_checks.check(
        made,
        title="GOP 2026–2027 van Bovenbouw",
        headings=["Onze doelen", "Ons jaar", "Ondertekening"],
        in_order=[
            *("De Zandplaat", "Bovenbouw", "versie 1 van", "In het kort", "We beginnen vaak onrustig."),
            *(TITLES[0], "2.3 Rust in de school", "binnen drie minuten", "Twee lesbezoeken", "Noor de Wit"),
            *(TITLES[1], "Ons jaar", "aug", "jul", "1. Twee lesbezoeken", "1. Eén signaal", "Halverwege"),
            *("6 uur per lid", "€ 250", "3 uur per persoon", "akkoord, mits", "Met de ouders erbij."),
            *("Ondertekening", "Noor de Wit", "Hanneke Smit"),
        ],
        pages=2,
    )
    # Hours are a sum; of the members only those who see to something are named.
    text = text_of(made)
    assert "Samir" not in text and "Lieke" not in text
    assert text.count("We beginnen op tijd.") == 1
    assert len(pdf_checks.keep_pictures(made, "gop")) == 2


def test_what_people_typed_is_text_in_english_too(cast: Cast, plan: GroupPlan, enter: Enter) -> None:
    rewrite_goal(plan, HOSTILE)
    version = hand_in(plan, cast.noor, days_ago(2))
    made = document(enter(cast.karin), "plan_version_pdf", version.pk)
    pdf_checks.check(made, title="GOP 2026–2027 of Bovenbouw", language="en", headings=["Our year"])
    assert "{{ 7*7 }}" in text_of(made)


def test_the_difference_between_two_versions(cast: Cast, plan: GroupPlan, enter: Enter) -> None:
    first = hand_in(plan, cast.noor, days_ago(9))
    rewrite_goal(plan, "Rust bij de deur")
    second = hand_in(plan, cast.noor, days_ago(2))
    made = document(enter(cast.tom), "plan_version_difference_pdf", second.pk, first.pk)
    title = "GOP 2026–2027 of Bovenbouw: what changed"
    pdf_checks.check(made, title=title, language="en", in_order=["[gone: in", "[added: bij"])
    assert "Ouders" not in text_of(made)
