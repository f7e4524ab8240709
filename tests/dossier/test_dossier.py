"""The dossier for the PMR: on a page, on paper, by a link; and what the school fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from coaching.dossier.content import dossier_of
from coaching.dossier.facts import facts_of, fill_in
from coaching.dossier.terms import OF_NOBODY, ROWS
from coaching.lib import pdf, printing
from coaching.lib.states import StaleMove
from coaching.management.commands import clean_up
from coaching.visibility import ITEMS
from schools.consents import make_link
from schools.models import ConsentKind, ConsentLink, DossierFacts, School, User
from schools.school_agreements import accept, propose, settle
from tests import pdf_checks
from tests.people import Cast, consent
from tests.portfolio.paper import document, text_of
from tests.schools.screens import as_

pytestmark = pytest.mark.django_db
FACTS = {
    "operator": "Kustwerk ICT",
    "operator_contact": "servicedesk@kustwerk.example",
    "backup_days": "21",
    "server_place": "een datacentrum in Groningen",
    "officer": "Fenna Functionaris",
    "breach_contact": "Fenna, 023 555 0100",
    "advice": "Akkoord, mits na een jaar bekeken.",
}


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


@pytest.fixture
def token(cast: Cast, settings: Any) -> str:
    settings.EMAIL_BACKEND = "schools.outbox.OutboxBackend"
    return make_link(cast.zandplaat, "Ilse Bakker", cast.ilse.email, cast.karin, timezone.now())[1]


def shown(person: User, school: School) -> str:
    reply = as_(person).get(reverse("dossier", args=[school.pk]))
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def save(person: User, school: School, **changed: Any) -> Any:
    seen = facts_of(school).version
    return as_(person).post(reverse("fill_in_dossier", args=[school.pk]), {**FACTS, "seen": seen, **changed})


def agree(cast: Cast) -> None:
    at = timezone.now()
    text = propose(cast.zandplaat, "De directeur ziet geen casussen.", seen=0, by=cast.karin, at=at)
    settle(cast.zandplaat, text.pk, cast.hanneke, at)
    for person in (cast.noor, cast.hanneke):
        accept(cast.zandplaat, 1, person, at)


# -- what stands in it -------------------------------------------------------------------------------------


def test_it_says_what_is_on_and_off_and_how_far_the_agreement_is(cast: Cast) -> None:
    agree(cast)
    words = shown(cast.tom, cast.zandplaat)
    switches = words.split('id="part-state"')[1].split("</section>")[0]
    assert switches.count("aan sinds") == 1 and switches.count("<span>uit</span>") == 2
    assert "Petra de Boer" in switches and "hoeveel dat er deden, krijgt niemand te zien" in switches
    assert "Noor de Wit" not in words and "De directeur ziet geen casussen." in words


def test_who_sees_what_comes_from_the_table_of_the_site(cast: Cast) -> None:
    words = unescape(shown(cast.noor, cast.zandplaat))
    with translation.override("nl"):
        for item in ITEMS:
            row = words.split(f'id="{item.key}"')[1].split("</tr>")[0]
            for viewer, sight in item.cells:
                assert not sight or f">{viewer.label}</span> <span>{sight.words}</span>" in row


def test_the_terms_are_those_of_the_school_and_of_the_program(cast: Cast) -> None:
    School.objects.filter(pk=cast.zandplaat.pk).update(notes_kept_days=12)
    words = shown(cast.noor, cast.zandplaat)
    for term in ("12 dagen na de sessie", "14 dagen na de bijeenkomst", "het eigen schooljaar en 2 daarna"):
        assert term in words, term
    assert "%(" not in words


def test_all_that_the_night_forgets_stands_among_the_terms(cast: Cast) -> None:
    """Whoever teaches it to forget something new, writes down here what that is and for how long it is kept."""
    nightly = {name for name in vars(clean_up) if name.startswith("forget_")}
    told = {name for row in ROWS for name in row.forgotten_by}
    assert len(nightly) > 10 and told | OF_NOBODY == nightly
    words = shown(cast.noor, cast.zandplaat)
    for term in ("90 dagen na vertrek", "730 dagen na de vragenlijst", "1 uur"):
        assert term in words, term


def test_what_is_not_known_is_a_line_to_write_on_and_then_is_filled_in(cast: Cast) -> None:
    blank = shown(cast.noor, cast.zandplaat)
    assert "Concept: de school heeft nog niets ingevuld" in blank and "……" in blank
    assert "Kustscholen" in blank, "the board answers for it unless somebody says otherwise"
    save(cast.karin, cast.zandplaat)
    words = shown(cast.noor, cast.zandplaat)
    assert "Versie 1, ingevuld op" in words
    for fact in ("Kustwerk ICT (servicedesk@kustwerk.example)", "21 dagen", *FACTS.values()):
        assert fact in words, fact
    with_marks = [re.search(r"kenmerk ([0-9A-F]{4}-[0-9A-F]{4})", text) for text in (blank, words)]
    assert all(with_marks) and len({found.group(1) for found in with_marks if found}) == 2


def test_its_mark_changes_with_what_it_says_and_not_with_who_agrees(cast: Cast) -> None:
    agree(cast)
    day = timezone.localdate()
    before = dossier_of(cast.zandplaat, day).mark
    accept(cast.zandplaat, 1, cast.tom, timezone.now())
    consent(cast.zandplaat, ConsentKind.SURVEYS)
    assert dossier_of(cast.zandplaat, day).mark == before
    save(cast.hanneke, cast.zandplaat)
    assert dossier_of(cast.zandplaat, day).mark != before


# -- filling in --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"backup_days": "0"},
        {"backup_days": "4000"},
        {"operator": "x" * 201},
        {"advice": "x" * 8001},
        {"seen": ""},
    ],
)
def test_what_can_not_be_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    reply = save(cast.karin, cast.zandplaat, **wrong)
    assert reply.context["form"].errors and not DossierFacts.objects.exists()


def test_two_who_fill_it_in_at_once_lose_nothing(cast: Cast) -> None:
    save(cast.karin, cast.zandplaat)
    late = save(cast.hanneke, cast.zandplaat, seen=0, operator="Andere ICT")
    assert late.context["form"].non_field_errors() and "Andere ICT" in late.content.decode()
    row = DossierFacts.objects.get()
    assert (row.operator, row.version, row.changed_by) == ("Kustwerk ICT", 1, cast.karin)
    with pytest.raises(StaleMove):
        fill_in(row, seen=0, by=cast.karin, at=timezone.now())


def test_what_was_filled_in_before_stays_readable_with_who_did(cast: Cast) -> None:
    save(cast.karin, cast.zandplaat, advice="Niet aan beginnen.")
    save(cast.hanneke, cast.zandplaat, seen=1, advice="Mag, met afspraken.")
    assert [row.version for row in DossierFacts.objects.all()] == [1, 2]
    page = as_(cast.noor).get(reverse("dossier", args=[cast.zandplaat.pk])).content.decode()
    old = page.partition("Wat is ingevuld, en door wie")[2].partition("Versie 1")[2]
    assert "Karin Bos" in old and "Niet aan beginnen." in old
    assert "Mag, met afspraken." in page.partition("Wat is ingevuld, en door wie")[0]
    paper = dossier_of(cast.zandplaat, timezone.localdate())
    assert paper.facts.version == 2 and "Niet aan beginnen." not in repr(paper.parts)


# -- the page of who sees what -----------------------------------------------------------------------------


@override_settings(OPERATOR_NAME="Van de server", BACKUP_DAYS=30)
def test_who_sees_what_names_the_operator_of_the_readers_school(cast: Cast) -> None:
    save(cast.karin, cast.zandplaat)
    address = reverse("who_sees_what")
    mine = as_(cast.noor).get(address).content.decode()
    assert "Kustwerk ICT (servicedesk@kustwerk.example)" in mine and "21 dagen" in mine
    for client in (as_(cast.vera), Client()):
        other = client.get(address).content.decode()
        assert "Van de server" in other and "30 dagen" in other and "Kustwerk" not in other


# -- by the link of the PMR --------------------------------------------------------------------------------


def test_a_member_of_the_pmr_reads_it_by_their_own_link(cast: Cast, token: str) -> None:
    confirm_page = Client().get(reverse("pmr_consent", args=[token])).content.decode()
    page, paper = (reverse(name, args=[token]) for name in ("pmr_dossier", "pmr_dossier_pdf"))
    assert page in confirm_page
    reply = Client().get(page)
    words = reply.content.decode()
    assert "Dossier voor de PMR" in words and paper in words and "no-store" in reply["Cache-Control"]
    assert reverse("fill_in_dossier", args=[cast.zandplaat.pk]) not in words


@pytest.mark.parametrize("how", ["over", "unknown", "left"])
def test_a_dead_link_or_one_of_who_left_opens_no_dossier(cast: Cast, token: str, how: str) -> None:
    if how == "over":
        ConsentLink.objects.update(expires_at=timezone.now())
    if how == "left":
        User.objects.filter(pk=cast.ilse.pk).update(is_active=False)
    for name in ("pmr_dossier", "pmr_dossier_pdf"):
        reply = Client().get(reverse(name, args=["x" * 43 if how == "unknown" else token]))
        assert reply.status_code == 404 and "Zandplaat" not in reply.content.decode()


# -- on paper ----------------------------------------------------------------------------------------------

IN_ORDER = [
    *("De Zandplaat", "Dossier voor de PMR", "Versie 1", "kenmerk", "Waar het voor is"),
    *("Wat aanstaat, en wat is afgesproken", "Schakelaar", "aan sinds", "Wie wat doet", "directeur"),
    *("Wat er wordt bewaard, en hoe lang", "Op welke grond", "Wie ziet wat", "de POP-groep", "nooit"),
    *("Wie de server beheert", "Kustwerk ICT", "21 dagen", "Wat je als collega kunt vragen"),
    *("Bijlage A", "Akkoord, mits na een jaar bekeken.", "Wat er mis kan gaan", "Bijlage B", "……"),
    *("Bijlage C", "De directeur ziet geen casussen.", "Ondertekening", "Directeur", "Lid van de PMR"),
]
HEADINGS = ["Dossier voor de PMR", "Wie ziet wat", "Bijlage A: concept van een DPIA", "Ondertekening"]


def test_on_paper_it_is_a_document_to_sign(cast: Cast) -> None:
    agree(cast)
    save(cast.karin, cast.zandplaat)
    made = document(as_(cast.noor), "dossier_pdf", cast.zandplaat.pk)
    title = "Dossier voor de PMR van De Zandplaat"
    pdf_checks.check(made, title=title, headings=HEADINGS, in_order=IN_ORDER)
    pictures = pdf_checks.keep_pictures(made, "pmr-dossier")
    assert 8 <= len(pictures) <= 14 and "Noor de Wit" not in text_of(made)


def test_many_who_open_it_at_once_get_one_that_was_made_once(
    cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def render(html: str, **_words: Any) -> bytes:
        made.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr(printing, "render_pdf", render)
    for person in (cast.noor, cast.tom, cast.noor):
        assert document(as_(person), "dossier_pdf", cast.zandplaat.pk)
    assert Client().get(reverse("pmr_dossier_pdf", args=[token])).content == b"%PDF-1.7"
    assert len(made) == 1
    save(cast.karin, cast.zandplaat)
    assert document(as_(cast.tom), "dossier_pdf", cast.zandplaat.pk)
    assert len(made) == 2, "what it says has changed"


def test_in_english_and_by_the_link_it_says_the_same(cast: Cast, token: str, settings: Any) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    reply = client.get(reverse("pmr_dossier_pdf", args=[token]))
    assert reply.status_code == 200, reply.content[:500]
    order = ["What it is for", "Who sees what", "Annex A", "Annex B", "Signatures"]
    title = "Dossier for the PMR of De Zandplaat"
    pdf_checks.check(bytes(reply.content), title=title, language="en", in_order=order)
