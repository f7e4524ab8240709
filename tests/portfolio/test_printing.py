"""Documents as their readers get them: POP, versions, what changed, a choice out of the portfolio."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib import pdf
from portfolio.models import (
    ActionPlan,
    DevelopmentPlan,
    PlanVersion,
    ShareOpening,
    Signature,
    SignatureKind,
)
from portfolio.papers import SECTIONS
from schools.models import Role, RoleHeld, User
from tests import pdf_checks
from tests.people import Cast
from tests.portfolio.paper import ALL, document, lend, reads, statements, text_of
from tests.portfolio.pop import QUESTIONS, freeze, make_pop

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=http://kwaad.example/x.png> <style>*{display:none}</style> {{ 7*7 }} 🎉 שלום"


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


@pytest.fixture
def pop(cast: Cast) -> DevelopmentPlan:
    return make_pop(cast.noor)


@pytest.fixture
def version(pop: DevelopmentPlan) -> PlanVersion:
    return freeze(pop)


# -- the POP -----------------------------------------------------------------------------------------------


IN_ORDER = [
    *(
        "De Zandplaat",
        "Persoonlijk ontwikkelingsplan",
        "Noor de Wit",
        "versie 1 van",
        "eigendom van Noor de Wit",
    ),
    *(
        "gedeeld met Hanneke Smit op",
        "Waar sta ik?",
        "rustig blijf",
        "Luisteren",
        "Waar wil ik heen?",
        "overgangen",
    ),
    *(
        "nieuwe collega's begeleiden",
        "Mijn doelen",
        "1",
        QUESTIONS[0],
        "Klassenmanagement 1",
        "uiterlijk",
        "In maart",
    ),
    *("stem", "twintig minuten", "Wat ik doe", "lesbezoek", "0,75", "Stille start gelukt 1", "Eerste week"),
    *(
        "deels gehaald",
        "Voordoen",
        "na de pauze",
        QUESTIONS[1],
        QUESTIONS[2],
        "Wat spreken we af?",
        "vervanging",
    ),
    *("15", "€ 250", "Ondertekening", "Opgesteld", "Noor de Wit", "Besproken"),
]
HEADINGS = [
    "Persoonlijk ontwikkelingsplan",
    "Waar sta ik?",
    "Waar wil ik heen?",
    "Mijn doelen",
    "Ondertekening",
]


def test_a_pop_of_three_goals_is_a_document_of_two_pages(
    cast: Cast, noor: Client, version: PlanVersion
) -> None:
    lend(version, cast.hanneke)
    Signature.objects.create(version=version, kind=SignatureKind.DRAWN_UP, person=cast.noor)
    made = document(noor, "version_pdf", version.pk, **ALL)
    title = f"POP {version.content['year']} van Noor de Wit"
    pdf_checks.check(made, title=title, headings=HEADINGS, in_order=IN_ORDER, pages=2)
    pictures = pdf_checks.keep_pictures(made, "pop")
    assert len(pictures) == 2 and all(picture.stat().st_size > 20_000 for picture in pictures)
    assert not re.search(r"\b(score|cijfer|punten)\b", text_of(made))


def test_in_english_it_says_the_same(cast: Cast, noor: Client, version: PlanVersion) -> None:
    User.objects.filter(pk=cast.noor.pk).update(language="en")
    made = document(noor, "version_pdf", version.pk, **ALL)
    title = f"POP {version.content['year']} of Noor de Wit"
    pdf_checks.check(
        made, title=title, language="en", headings=["My goals"], in_order=["lesson visit", "0.75"]
    )


def test_its_owner_chooses_the_parts(noor: Client, version: PlanVersion) -> None:
    made = text_of(document(noor, "version_pdf", version.pk, sections=["goals"], submit="x"))
    assert QUESTIONS[2] in made and "Wat ik doe" in made
    for left_out in (
        "Waar sta ik?",
        "Eerste week",
        "Stille start",
        "Voordoen",
        "Wat spreken we af?",
        "Opgesteld",
    ):
        assert left_out not in made


def test_the_form_comes_first_and_asks_for_one_part(
    noor: Client, pop: DevelopmentPlan, version: PlanVersion
) -> None:
    for name, pk in (("version_pdf", version.pk), ("pop_pdf", pop.pk)):
        reply = noor.get(reverse(name, args=[pk]))
        assert "Wat komt er op papier?" in reply.content.decode()
        assert reply.content.decode().count("checked") == len(SECTIONS)
        reply = noor.get(reverse(name, args=[pk]), {"submit": "x"})
        assert "Vink minstens één onderdeel aan." in reply.content.decode()
        reply = noor.get(reverse(name, args=[pk]), {"submit": "x", "sections": "geheim"})
        assert reply["Content-Type"].startswith("text/html")


def test_the_living_text_is_a_concept_to_sign_on_paper(noor: Client, pop: DevelopmentPlan) -> None:
    made = document(noor, "pop_pdf", pop.pk, **ALL)
    pdf_checks.check(
        made, title=f"POP {pop.year} van Noor de Wit", in_order=["concept van", QUESTIONS[0], "Opgesteld"]
    )
    assert "gedeeld met" not in text_of(made)


def test_what_is_empty_does_not_show(cast: Cast, noor: Client) -> None:
    plan = make_pop(cast.noor, goals=0)
    DevelopmentPlan.objects.filter(pk=plan.pk).update(
        standing="", heading="", wish="", agreements="", agreed_minutes=None, agreed_money=None, talk_on=None
    )
    plan.strengths.clear()
    made = document(noor, "pop_pdf", plan.pk, **ALL)
    pdf_checks.check(made, title=f"POP {plan.year} van Noor de Wit", headings=["Ondertekening"], pages=1)
    for empty in ("Waar sta ik?", "Waar wil ik heen?", "Mijn doelen", "Wat spreken we af?", "Terug"):
        assert empty not in text_of(made)


def test_hostile_and_long_text_is_letters_on_as_many_pages_as_it_takes(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    lines = [f"regel {number}." for number in range(800)]
    DevelopmentPlan.objects.filter(pk=pop.pk).update(standing=HOSTILE, looking_back="\n".join(lines))
    pop.goals.update(question=HOSTILE, visible=HOSTILE)
    made = document(noor, "pop_pdf", pop.pk, **ALL)
    written = HOSTILE.removesuffix("שלום")
    pdf_checks.check(
        made,
        title=f"POP {pop.year} van Noor de Wit",
        in_order=[written, written, written, *lines, "Opgesteld"],
    )
    assert len(pdf_checks.texts(made)) > 10


def test_long_texts_stand_below_each_other_and_are_read_one_after_the_other(
    noor: Client, pop: DevelopmentPlan
) -> None:
    where, wishes = ([f"{word}{number}." for number in range(150)] for word in ("waar", "wens"))
    DevelopmentPlan.objects.filter(pk=pop.pk).update(standing="\n".join(where), wish="\n".join(wishes))
    pop.goals.filter(order=1).update(why="\n".join(where), question="a" * 500)
    made = document(noor, "pop_pdf", pop.pk, **ALL)
    pdf_checks.check(
        made,
        title=f"POP {pop.year} van Noor de Wit",
        in_order=[*where, "Luisteren", "overgangen", *wishes, "a" * 500, *where, "twintig minuten"],
    )
    # A pair of texts at the end of a page goes to the next one, and is not left on this one as well.
    for read in (text_of(made), pdf_checks.spoken(made)):
        assert read.count("Eerste week: drie van de vijf") == 3
        assert [read.count(f"Stille start gelukt {order}") for order in (1, 2, 3)] == [1, 1, 1]
    pdf_checks.keep_pictures(made, "pop-lang", dots=40)


# -- who reads what ----------------------------------------------------------------------------------------


def test_a_director_gets_the_version_as_it_was_shared_and_that_is_seen(
    cast: Cast, client: Client, pop: DevelopmentPlan, version: PlanVersion
) -> None:
    lend(version, cast.hanneke)
    lend(version, cast.tom)
    pop.goals.update(question="later geschreven")
    made = document(reads(client, cast.hanneke), "version_pdf", version.pk)
    assert QUESTIONS[0] in text_of(made) and "later geschreven" not in text_of(made)
    assert "gedeeld met Hanneke Smit" in text_of(made) and "Tom" not in text_of(made)
    assert "€ 250" in text_of(made)
    assert ShareOpening.objects.get().share.viewer == cast.hanneke


def test_a_colleague_reads_no_agreements_with_the_director(
    cast: Cast, client: Client, pop: DevelopmentPlan, version: PlanVersion
) -> None:
    lend(version, cast.tom)
    made = document(reads(client, cast.tom), "version_pdf", version.pk, sections=["agreements"], submit="x")
    assert QUESTIONS[0] in text_of(made) and "gedeeld met Tom Veenstra" in text_of(made)
    assert "Wat spreken we af?" not in text_of(made) and "250" not in text_of(made)
    DevelopmentPlan.objects.filter(pk=pop.pk).update(agreements="geheime afspraak", standing="Nieuw")
    second = freeze(pop, 2)
    lend(second, cast.tom)
    made = document(client, "version_difference_pdf", version.pk, second.pk)
    assert "Nieuw" in text_of(made) and "geheime" not in text_of(made)


def test_a_name_that_sees_nothing_by_it_is_not_on_it(cast: Cast, noor: Client, version: PlanVersion) -> None:
    lend(version, cast.tom)
    lend(version, cast.esra)
    RoleHeld.objects.create(membership=cast.tom.memberships.get(), role=Role.DIRECTOR)
    made = text_of(document(noor, "version_pdf", version.pk, **ALL))
    assert "Esra Kaya" in made and "Tom" not in made


def test_taken_back_means_no_pdf_at_the_next_request(
    cast: Cast, client: Client, version: PlanVersion
) -> None:
    lend(version, cast.hanneke)
    reads(client, cast.hanneke)
    assert client.get(reverse("version_pdf", args=[version.pk])).status_code == 200
    version.shares.get().revoke(timezone.now())
    assert client.get(reverse("version_pdf", args=[version.pk])).status_code == 404


def test_the_living_text_is_for_nobody_else(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    lend(freeze(pop), cast.hanneke)
    reads(client, cast.hanneke)
    for name in ("pop_pdf", "pop_difference_pdf"):
        assert client.get(reverse(name, args=[pop.pk]), ALL).status_code == 404


# -- what changed ------------------------------------------------------------------------------------------


def test_what_changed_is_marked_by_words_too(
    cast: Cast, noor: Client, pop: DevelopmentPlan, version: PlanVersion
) -> None:
    DevelopmentPlan.objects.filter(pk=pop.pk).update(standing="Ik sta voor het vijfde jaar voor groep 6.")
    pop.goals.filter(order=3).delete()
    second = freeze(pop, 2)
    for numbers in ((version.pk, second.pk), (second.pk, version.pk)):
        made = document(noor, "version_difference_pdf", *numbers)
        pdf_checks.check(
            made,
            title=f"POP {pop.year}: wat er veranderde",
            headings=["Wat er veranderde in mijn POP", "Waar sta ik?"],
            in_order=[
                *("van versie 1", "naar versie 2", "eigendom van Noor de Wit", "Waar sta ik?"),
                *("Ik sta voor het", "[weg: vierde]", "[nieuw: vijfde]", "jaar voor groep 6."),
                *("Doel 3", f"[weg: {QUESTIONS[2]}]"),
            ],
        )
    assert "Waar wil ik heen?" not in text_of(made)
    pdf_checks.keep_pictures(made, "pop-verschil")


def test_from_the_last_version_to_now(noor: Client, pop: DevelopmentPlan, version: PlanVersion) -> None:
    made = text_of(document(noor, "pop_difference_pdf", pop.pk))
    assert "Er is niets veranderd." in made
    pop.goals.filter(order=1).update(learned="Kort en rustig.")
    made = text_of(document(noor, "pop_difference_pdf", pop.pk))
    assert "naar de tekst zoals die er nu staat" in made and "[nieuw: Kort en rustig.]" in made
    assert "Voordoen werkt beter dan vertellen." in made


def test_what_was_never_shared_has_nothing_to_compare(noor: Client, pop: DevelopmentPlan) -> None:
    reply = noor.get(reverse("pop_difference_pdf", args=[pop.pk]))
    assert reply.status_code == 302 and reply["Location"] == reverse("pop_difference", args=[pop.pk])


def test_only_versions_of_one_pop_are_compared(cast: Cast, noor: Client, version: PlanVersion) -> None:
    foreign = freeze(make_pop(cast.tom, goals=1))
    lend(foreign, cast.noor)
    for pair in ((version.pk, foreign.pk), (foreign.pk, version.pk)):
        assert noor.get(reverse("version_difference_pdf", args=pair)).status_code == 404


# -- the card, and what it costs ---------------------------------------------------------------------------


def test_a_pap_is_a_card_of_half_a_page(cast: Cast, noor: Client, plan: ActionPlan) -> None:
    ActionPlan.objects.filter(pk=plan.pk).update(
        works_when="iedereen schrijft\nbinnen drie minuten", buddy=cast.tom
    )
    made = document(noor, "plan_pdf", plan.pk)
    pdf_checks.check(
        made,
        title="Actieplan (PAP)",
        headings=["Actieplan (PAP)"],
        in_order=[
            "De Zandplaat",
            plan.intention,
            "iedereen schrijft",
            "Tom Veenstra",
            "eigendom van Noor de Wit",
        ],
        pages=1,
    )
    pdf_checks.keep_pictures(made, "pap")


def test_more_goals_cost_no_more_statements(cast: Cast, noor: Client) -> None:
    small = make_pop(cast.noor, goals=1)
    one = statements(noor, "pop_pdf", small.pk, **ALL)
    small.delete()
    # The turnstile counts in the cache, with five of them.
    assert statements(noor, "pop_pdf", make_pop(cast.noor).pk, **ALL) == one <= 12 + 5
