"""Everything of one person in one ZIP, and nothing of anybody else."""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256
from threading import Event

import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from coaching.lib.archives import opened
from coaching.lib.kept_files import path_of
from coaching.lib.pdf import PdfUnavailable, render_pdf
from coaching.taking_along import making, packing
from coaching.taking_along.leap2a_reading import read_archive, read_feed
from coaching.taking_along.views import out
from portfolio.models import ActionPlan, DevelopmentPlan, Entry, EntryFile
from tests.people import Cast
from tests.taking_along.conftest import packed, parts, text_of, zip_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]


def test_a_colleague_stays_a_colleague(whole: DevelopmentPlan, cast: Cast) -> None:
    """The buddy, the giver of feedback, whoever signed and who may see it: none of them by name."""
    text = text_of(packed(cast.noor))
    assert cast.tom.name not in text and cast.tom.email not in text
    assert "een collega" in text and '"buddy": "colleague"' in text


def test_it_holds_everything_in_every_form(whole: DevelopmentPlan, cast: Cast) -> None:
    held = parts(packed(cast.noor))
    assert set(held) >= {"mine.json", "index.html", "leap2a.xml", "stijl.css", "LEESMIJ.txt"}
    mine = json.loads(held["mine.json"])
    assert mine["schema"] == "collegiale-coaching/1" and mine["account"]["email"] == cast.noor.email
    assert [version["content"]["schema"] for version in mine["portfolio"]["pops"][0]["versions"]] == ["pop/1"]
    for word in ("Hoe kan ik rustig beginnen?", "Zingen", "Kinderen zien groeien", "Ik wacht 3 seconden"):
        assert word in held["mine.json"].decode() and word in held["index.html"].decode()
    files = EntryFile.objects.filter(entry__owner=cast.noor)
    assert files.count() == 3
    for file in files:
        content = held[f"bestanden/{file.sha256}.{file.kind}"]
        assert sha256(content).hexdigest() == file.sha256 and len(content) == file.size
    year = f"pdf/pop-{whole.year.starts}-{whole.year.starts + 1}"
    papers = {name for name in held if name.startswith("pdf/")}
    card = ActionPlan.objects.get(owner=cast.noor)
    assert papers == {
        f"{year}.pdf",
        f"{year}-versie-1.pdf",
        f"pdf/actieplan-{card.pk}.pdf",
        "pdf/portfolio.pdf",
    }


def test_its_leap2a_is_read_by_others_rules(whole: DevelopmentPlan, cast: Cast) -> None:
    with opened(io.BytesIO(packed(cast.noor))) as archive:
        feed = read_archive(archive)
    by_title = {item.title: item for item in feed.items}
    year = whole.year.starts
    goals = feed.parts()[by_title[f"POP {year}–{year + 1}"].id]
    assert [goal.title for goal in goals] == ["Hoe kan ik rustig beginnen?", "Hoe kan ik nee zeggen?"]
    actions = feed.parts()[goals[0].id]
    assert [action.status for action in actions] == ["completed", "planned"]
    assert (feed.owner, by_title["Noor de Wit" if "Noor de Wit" in by_title else cast.noor.name].kind) == (
        cast.noor.name,
        "person",
    )
    supported = feed.related("supports", "supported_by")
    assert {each.title for each in supported[by_title["Stil begin"].id]} >= {"Zingen", "Interpersoonlijk"}
    assert by_title["Lesbrief"].kind == "resource" and len(by_title["Lesbrief"].enclosures) == 1


def test_the_page_in_it_runs_nothing(whole: DevelopmentPlan, cast: Cast) -> None:
    nasty = "<script>window.__xss=1</script><img src=x onerror=alert(1)>"
    Entry.objects.create(owner=cast.noor, kind="success", title=nasty, text=nasty)
    page = parts(packed(cast.noor))["index.html"].decode()
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    assert "script-src 'none'" in page
    assert set(re.findall(r'(?:src|href)="([^"#]+)"', page)) == {
        "stijl.css",
        *(
            f"bestanden/{file.sha256}.{file.kind}"
            for file in EntryFile.objects.filter(entry__owner=cast.noor)
        ),
    }


def test_nasty_text_comes_through_whole_or_without_what_no_file_can_hold(cast: Cast) -> None:
    text = "שלום 👩🏽‍🏫 \u202e \x0b ]]> &nbsp; {{ 7 }} =HYPERLINK()"
    Entry.objects.create(owner=cast.noor, kind="success", title="Vreemd", text=text)
    held = parts(packed(cast.noor))
    assert json.loads(held["mine.json"])["portfolio"]["entries"][0]["text"] == text
    assert read_feed(held["leap2a.xml"]).of_kind("entry")[0].text == text.replace("\x0b", "")


def test_its_papers_are_real_and_name_nobody_else(
    whole: DevelopmentPlan, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "render_pdf", render_pdf)
    held = parts(packed(cast.noor))
    papers = {name: PdfReader(io.BytesIO(held[name])) for name in held if name.startswith("pdf/")}
    texts = {name: "".join(page.extract_text() for page in paper.pages) for name, paper in papers.items()}
    assert len(texts) == 4 and not [name for name, text in texts.items() if cast.tom.name in text]
    [version] = [text for name, text in texts.items() if "versie" in name]
    assert "Hoe kan ik rustig beginnen?" in version and "een collega" in version


def test_what_is_missing_is_said(whole: DevelopmentPlan, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_pango(html: str, **words: str) -> bytes:
        raise PdfUnavailable("Geen pango hier.")

    monkeypatch.setattr(packing, "render_pdf", without_pango)
    gone = EntryFile.objects.get(entry__owner=cast.noor, kind="pdf")
    path_of(gone.stored).unlink()
    held = parts(packed(cast.noor))
    words = held["LEESMIJ.txt"].decode()
    assert "Geen pango hier." in words and gone.name in words
    assert not [name for name in held if name.startswith("pdf/") or gone.sha256 in name]
    assert gone.name in held["mine.json"].decode()


# -- the page ----------------------------------------------------------------------------------------------


@pytest.fixture
def noor(whole: DevelopmentPlan, cast: Cast, client: Client) -> Client:
    client.force_login(cast.noor)
    return client


def test_the_page_says_what_is_in_it_and_sends_it(noor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 60)
    page = noor.get("/meenemen/").content.decode()
    assert "/meenemen/zip/" in page and "Alles van mij meenemen" in page
    reply = noor.get("/meenemen/zip/")
    assert re.fullmatch(
        r'attachment; filename="mijn-portfolio-\d{4}-\d\d-\d\d\.zip"', reply["Content-Disposition"]
    )
    assert reply["Cache-Control"] == "no-store" and reply["X-Content-Type-Options"] == "nosniff"
    assert "Hoe kan ik rustig beginnen?" in parts(zip_of(reply))["mine.json"].decode()
    assert not making.desk.jobs


def test_a_slow_one_is_waited_for_on_a_page(noor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go = Event()
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 0.01)
    monkeypatch.setattr(packing, "render_pdf", lambda html, **words: b"%PDF" if may_go.wait(20) else b"")
    waits = noor.get("/meenemen/zip/")
    assert waits.status_code == 202 and "Je ZIP-bestand wordt gemaakt" in waits.content.decode()
    asked = noor.get("/meenemen/zip/", headers={"HX-Request": "true"})
    assert asked.status_code == 200 and "seconden" in asked.content.decode()
    [job] = making.desk.jobs.values()
    may_go.set()
    assert job.done.wait(20)
    address = noor.get("/meenemen/zip/", headers={"HX-Request": "true"})["HX-Redirect"]
    assert address == "/meenemen/zip/?waited=1" and f'href="{address}"' in waits.content.decode()
    monkeypatch.setattr(making, "FRESH_SECONDS", -1)
    assert "mine.json" in parts(zip_of(noor.get(address)))
    assert not making.desk.jobs


def test_a_page_that_goes_on_asking_begins_nothing(noor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download leaves the page that waited standing."""
    asks = {"HX-Request": "true"}
    assert noor.get("/meenemen/zip/", headers=asks).status_code == 286 and not making.desk.jobs
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 0)
    noor.get("/meenemen/zip/")
    [job] = making.desk.jobs.values()
    assert job.done.wait(20)
    answers = [noor.get("/meenemen/zip/", headers=asks).status_code for _time in range(3)]
    assert answers == [204, 286, 286]
    zip_of(noor.get("/meenemen/zip/?waited=1"))
    assert noor.get("/meenemen/zip/", headers=asks).status_code == 286 and not making.desk.jobs


def test_one_that_nobody_fetched_is_not_given_to_who_asks_anew(
    noor: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lacks what was written since."""
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 0)
    noor.get("/meenemen/zip/")
    [job] = making.desk.jobs.values()
    assert job.done.wait(20)
    Entry.objects.create(owner=cast.noor, kind="success", title="Net geschreven")
    job.ended -= making.FRESH_SECONDS + 1
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 60)
    reply = noor.get("/meenemen/zip/")
    assert "Net geschreven" in parts(zip_of(reply))["mine.json"].decode()


def test_one_that_can_not_be_made_is_said(noor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(parcel: object, out: object) -> None:
        raise OSError("schijf vol, met geheime tekst")

    monkeypatch.setattr(making, "pack", broken)
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 60)
    reply = noor.get("/meenemen/zip/", follow=True)
    assert "kon niet gemaakt worden" in reply.content.decode()


def test_not_one_after_the_other_all_day(noor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "TIMES", 1)
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 60)
    cache.clear()
    zip_of(noor.get("/meenemen/zip/"))
    refused = noor.get("/meenemen/zip/")
    assert refused.status_code == 503 and "Probeer het over tien minuten" in refused.content.decode()
