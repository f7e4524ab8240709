"""A PDF in a real browser: chosen, pressed, there; and one that takes longer, behind a page that says so."""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Download, expect
from pypdf import PdfReader

from tests import pdf_checks

from .conftest import People, Site
from .test_everybody_can_use_it import check, visitors

__all__ = ["visitors"]  # a fixture
PATIENCE = 90_000  # ms; a busy machine is slow, not wrong


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_choice_of_the_portfolio_comes_as_a_pdf(demo_site: Site, visitors: People) -> None:
    noor = visitors.page("noor")
    noor.goto("/portfolio/")
    noor.get_by_role("link", name="Op papier (pdf)").click()
    wrong: list[str] = []
    check(noor, "portfolio op papier", wrong)
    noor.get_by_role("link", name="Vink alles aan").click()
    with noor.expect_download(timeout=PATIENCE) as started:
        noor.get_by_role("button", name="Maak de pdf").click()
    made = content(started.value)
    pdf_checks.check(made, title="Uit het portfolio van Noor de Wit", headings=["Uit mijn portfolio"])
    pdf_checks.keep_pictures(made, "portfolio-demo")
    assert wrong == [] and visitors.foreign == [] and visitors.complaints == []


def test_a_shared_pop_is_downloaded_by_its_owner_and_by_the_director(
    demo_site: Site,
    visitors: People,
) -> None:
    samir, hanneke = visitors.page("samir"), visitors.page("hanneke")
    samir.goto("/pop/")
    address = samir.get_by_role("link", name="Op papier (pdf)").get_attribute("href") or ""
    wrong: list[str] = []
    samir.goto(address)
    check(samir, "pop op papier", wrong)
    with samir.expect_download(timeout=PATIENCE) as started:
        samir.get_by_role("button", name="Maak de pdf").click()
    concept = content(started.value)
    assert "concept van" in pdf_checks.texts(concept)[0]
    samir.goto(address.replace("/pdf/", "/delen/"))
    samir.get_by_label("Met wie?").select_option(label="Hanneke Smit · De Zandplaat")
    samir.get_by_role("button", name="Bekijk wat er zichtbaar wordt").click()
    samir.get_by_role("button", name="Delen", exact=True).click()
    version = samir.url
    with samir.expect_download(timeout=PATIENCE) as started:
        samir.goto(version)
        samir.get_by_role("link", name="Op papier (pdf)").click()
        check(samir, "versie op papier", wrong)
        samir.get_by_role("button", name="Maak de pdf").click()
    of_owner = content(started.value)
    hanneke.goto(version)
    with hanneke.expect_download(timeout=PATIENCE) as started:
        hanneke.get_by_role("link", name="Op papier (pdf)").click()
    of_director = content(started.value)
    for made in (of_owner, of_director):
        pdf_checks.check(made, title=pdf_title(of_owner), headings=["Mijn doelen"], in_order=["versie 1 van"])
        assert "gedeeld met Hanneke Smit op" in " ".join(pdf_checks.texts(made)[0].split())
    pdf_checks.keep_pictures(of_director, "pop-demo")
    assert wrong == [] and visitors.foreign == [] and visitors.complaints == []


def pdf_title(made: bytes) -> str:
    title = PdfReader(BytesIO(made)).metadata
    assert title is not None and "Samir" in str(title.title)
    return str(title.title)


def test_a_long_one_shows_how_long_it_has_been_busy_and_then_comes(
    demo_site: Site,
    visitors: People,
) -> None:
    lines = "\n".join(f"regel {number}." for number in range(3_000))
    with sqlite3.connect(demo_site.database, timeout=20) as connection:
        owner = "select id from schools_user where email like 'noor@%'"
        connection.execute(f"update portfolio_entry set text = ? where owner_id = ({owner})", [lines])
    noor = visitors.page("noor")
    noor.goto("/portfolio/pdf/")
    noor.get_by_role("checkbox").first.check()
    wrong: list[str] = []
    with noor.expect_download(timeout=PATIENCE) as started:
        noor.get_by_role("button", name="Maak de pdf").click()
        expect(noor.get_by_role("heading", level=1)).to_have_text("De pdf wordt gemaakt")
        expect(noor.get_by_role("timer")).to_contain_text("bezig")
        check(noor, "de pdf wordt gemaakt", wrong)
    assert len(pdf_checks.texts(content(started.value))) > 30
    assert wrong == [] and visitors.foreign == []
