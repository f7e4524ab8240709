"""A PDF in a real browser: chosen, pressed, there; and one that takes longer, behind a page that says so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from playwright.sync_api import Download, expect

from tests import pdf_checks

from .conftest import People, Site
from .test_everybody_can_use_it import check, visitors

__all__ = ["visitors"]  # a fixture


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_choice_of_the_portfolio_comes_as_a_pdf(demo_site: Site, visitors: People) -> None:
    noor = visitors.page("noor")
    noor.goto("/portfolio/")
    noor.get_by_role("link", name="Op papier (pdf)").click()
    wrong: list[str] = []
    check(noor, "portfolio op papier", wrong)
    noor.get_by_role("link", name="Vink alles aan").click()
    with noor.expect_download() as started:
        noor.get_by_role("button", name="Maak de pdf").click()
    made = content(started.value)
    pdf_checks.check(made, title="Uit het portfolio van Noor de Wit", headings=["Uit mijn portfolio"])
    pdf_checks.keep_pictures(made, "portfolio-demo")
    assert wrong == [] and visitors.foreign == [] and visitors.complaints == []


def test_a_long_one_shows_how_long_it_has_been_busy_and_then_comes(
    demo_site: Site,
    visitors: People,
) -> None:
    lines = "\n".join(f"regel {number}." for number in range(6_000))
    with sqlite3.connect(demo_site.database, timeout=20) as connection:
        owner = "select id from schools_user where email like 'noor@%'"
        connection.execute(f"update portfolio_entry set text = ? where owner_id = ({owner})", [lines])
    noor = visitors.page("noor")
    noor.goto("/portfolio/pdf/")
    noor.get_by_role("checkbox").first.check()
    wrong: list[str] = []
    with noor.expect_download(timeout=60_000) as started:
        noor.get_by_role("button", name="Maak de pdf").click()
        expect(noor.get_by_role("heading", level=1)).to_have_text("De pdf wordt gemaakt")
        expect(noor.get_by_role("timer")).to_contain_text("bezig")
        check(noor, "de pdf wordt gemaakt", wrong)
    assert len(pdf_checks.texts(content(started.value))) > 50
    assert wrong == [] and visitors.foreign == []
