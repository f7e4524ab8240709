"""A choice out of the portfolio on paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib import pdf
from coaching.lib.kept_files import thumbnail_of
from coaching.lib.uploads import judge
from portfolio.files import keep
from portfolio.models import Entry, EntryKind, EntryPart
from tests import pdf_checks
from tests.lib.files import picture
from tests.people import Cast
from tests.portfolio.paper import document, lend, statements, text_of

pytestmark = pytest.mark.django_db
SELECTION = "Uit het portfolio van Noor de Wit"


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    pdf.renderer.stop()


@pytest.fixture
def entries(cast: Cast) -> list[Entry]:
    titles = ("Stille start gelukt", "Wat ik leerde over wachten", "Feedback op mijn les")
    kinds = (EntryKind.SUCCESS, EntryKind.REFLECTION, EntryKind.FEEDBACK)
    made = [
        Entry.objects.create(owner=cast.noor, kind=kind, title=title, text=f"Tekst bij {title}.")
        for title, kind in zip(titles, kinds, strict=True)
    ]
    Entry.objects.filter(pk=made[2].pk).update(given_by=cast.lieke)
    EntryPart.objects.create(entry=made[1], key="situation", text="Het was maandagochtend.")
    return made


def test_what_is_ticked_goes_onto_paper(cast: Cast, noor: Client, entries: list[Entry]) -> None:
    asked = {"entries": [entries[0].pk, entries[1].pk], "submit": "x"}
    made = document(noor, "portfolio_pdf", **asked)
    pdf_checks.check(
        made,
        title=SELECTION,
        headings=["Uit mijn portfolio", entries[0].title, entries[1].title],
        in_order=[
            *("De Zandplaat", "Uit mijn portfolio", "Noor de Wit", "reflectie", entries[1].title),
            *(entries[1].text, "Het was maandagochtend.", "succes", entries[0].title, entries[0].text),
        ],
        pages=1,
    )
    assert entries[2].title not in text_of(made)
    pdf_checks.keep_pictures(made, "portfolio")


def test_who_gave_feedback_is_a_colleague_on_paper(noor: Client, entries: list[Entry]) -> None:
    made = text_of(document(noor, "portfolio_pdf", entries=[entries[2].pk], submit="x"))
    assert entries[2].text in made and "van een collega" in made and "Lieke" not in made


def test_pictures_come_along_if_asked_and_other_files_by_name(noor: Client, entries: list[Entry]) -> None:
    photo = keep(entries[0], judge("bord.png", picture()), timezone.now())
    keep(entries[0], judge("plan.txt", b"dagplanning"), timezone.now())
    ticked = {"entries": [entries[0].pk], "submit": "x"}
    named = document(noor, "portfolio_pdf", **ticked)
    pdf_checks.check(named, title=SELECTION, in_order=["Bestanden die erbij horen", "bord.png", "plan.txt"])
    assert images(named) == 0
    shown = document(noor, "portfolio_pdf", pictures="on", **ticked)
    pdf_checks.check(
        shown, title=SELECTION, in_order=["foto: bord.png", "Bestanden die erbij horen", "plan.txt"]
    )
    assert images(shown) == 1 and "dagplanning" not in text_of(shown)
    pdf_checks.keep_pictures(shown, "portfolio-foto")
    assert photo is not None
    thumbnail_of(photo.stored).unlink()
    lost = document(noor, "portfolio_pdf", pictures="on", **ticked)
    assert images(lost) == 0 and "bord.png" in text_of(lost)


def images(made: bytes) -> int:
    with pikepdf.open(BytesIO(made)) as opened:
        return sum(len(page.get_images()) for page in opened.pages)


def test_too_many_pictures_are_said_and_nothing_is_lost(
    noor: Client, entries: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MAX_PICTURES", 0)
    keep(entries[0], judge("bord.png", picture()), timezone.now())
    asked = f"?entries={entries[0].pk}&pictures=on&submit=x"
    reply = noor.get(reverse("portfolio_pdf") + asked)
    assert reply.status_code == 503 and "te veel foto’s" in reply.content.decode()


def test_nothing_of_others_can_be_ticked(cast: Cast, noor: Client, entries: list[Entry]) -> None:
    foreign = Entry.objects.create(owner=cast.tom, kind=EntryKind.SUCCESS, title="Van Tom")
    lend(foreign, cast.noor)
    page = noor.get(reverse("portfolio_pdf")).content.decode()
    assert "Van Tom" not in page and entries[0].title in page
    reply = noor.get(reverse("portfolio_pdf") + f"?entries={foreign.pk}&submit=x")
    assert reply["Content-Type"].startswith("text/html") and "Van Tom" not in reply.content.decode()


def test_the_choice_begins_empty_or_with_all(noor: Client, entries: list[Entry]) -> None:
    assert "checked" not in noor.get(reverse("portfolio_pdf")).content.decode()
    assert noor.get(reverse("portfolio_pdf"), {"all": 1}).content.decode().count("checked") == 3
    reply = noor.get(reverse("portfolio_pdf"), {"submit": "x"})
    assert "Vink minstens één stuk aan." in reply.content.decode()


def test_an_empty_portfolio_says_where_to_begin(noor: Client) -> None:
    assert reverse("entry_new") in noor.get(reverse("portfolio_pdf")).content.decode()


def test_more_entries_cost_no_more_statements(noor: Client, entries: list[Entry]) -> None:
    few = statements(noor, "portfolio_pdf", entries=[entries[0].pk], submit="x")
    more = statements(noor, "portfolio_pdf", entries=[entry.pk for entry in entries], submit="x")
    assert more == few <= 12 + 5  # the turnstile counts in the cache
