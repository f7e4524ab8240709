"""From a first visit to a POP that a director read, until its owner took it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from .conftest import PHONE, PICTURES, People, Site
from .test_everybody_can_use_it import check

QUESTION = "Hoe kan ik stille kinderen vaker een beurt geven?"
PLAN = "Ik gebruik dinsdag de beurtenstokjes."


@pytest.fixture
def visitors(demo_site: Site, chromium: Browser) -> Iterator[People]:
    people = People(demo_site, chromium)
    yield people
    assert people.foreign == []
    for context in people.contexts:
        context.close()


def paper(page: Page, url: str) -> str:
    """The text of a PDF, its words one blank apart; a page of progress first counts as waiting."""
    for _try in range(40):
        reply = page.request.get(url)
        if reply.headers["content-type"].startswith("application/pdf"):
            pages = PdfReader(BytesIO(reply.body())).pages
            return " ".join(" ".join(each.extract_text() for each in pages).split())
        assert reply.ok
        page.wait_for_timeout(500)
    raise AssertionError("no PDF came")


def first_visit(page: Page) -> None:
    """Marks for the first two competences, one to go for, a question and a first step."""
    page.goto("/pop/")
    page.locator("main a[href='/start/']").click()
    marks = page.locator("main input[type=number], main input[type=range]")
    for place, mark in enumerate(("4", "9", "8", "8")):
        marks.nth(place).fill(mark)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.locator("svg").first).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Mijn leervraag").fill(QUESTION)
    page.get_by_role("button", name="Dit is mijn eerste doel").click()


def make_plan_an_action(page: Page) -> None:
    page.goto("/actieplan/nieuw/")
    page.get_by_label("Ik ga").fill(PLAN)
    page.locator("main form button, main form input[type=submit]").last.click()
    page.get_by_role("link", name="Naar mijn POP").click()
    page.get_by_role("radio", name=QUESTION).check()
    page.locator("main form [type=submit]").last.click()
    page.goto("/pop/")
    expect(page.locator(".goal-action textarea").last).to_have_value(PLAN)


def share_until(page: Page, day: dt.date) -> str:
    """Share with the director; returns the address of the version."""
    page.locator("#delen a", has_text="Deel met een collega").click()
    page.get_by_label("Met wie").select_option(label="Hanneke Smit · De Zandplaat")
    page.get_by_role("button", name="Bekijk wat er zichtbaar wordt").click()
    shown = page.locator(".pop-document")
    expect(shown).to_contain_text(QUESTION)
    expect(shown).to_contain_text(PLAN)
    page.get_by_label("Tot en met").fill(day.isoformat())
    page.screenshot(path=PICTURES / "pop-delen.png", full_page=True)
    page.get_by_role("button", name="Delen").click()
    expect(page.get_by_text("Nu te zien voor Hanneke Smit.")).to_be_visible()
    return page.url


def complaints_of_versions(director: Page, teacher: Page) -> list[str]:
    wrong: list[str] = []
    for page, name in ((director, "pop-versie-directeur"), (teacher, "pop-versie-eigenaar")):
        check(page, name, wrong)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    return wrong


def change_and_compare(page: Page, address: str, wrong: list[str]) -> None:
    """Write on after sharing; the difference says it, to the owner."""
    page.goto("/pop/")
    page.get_by_label("leervraag").first.fill("Hoe geef ik iedereen een beurt?")
    expect(page.locator("[data-card-state]", has_text="Bewaard om").first).to_be_visible()
    page.goto(address)
    page.get_by_role("link", name="Wat veranderde ik sinds ik deelde?").click()
    expect(page.locator("ins", has_text="iedereen")).to_have_count(1)
    check(page, "pop-verschil", wrong)
    page.screenshot(path=PICTURES / "pop-verschil.png", full_page=True)


def test_from_a_first_visit_to_a_pop_that_is_shared_read_and_taken_back(visitors: People) -> None:
    teacher, director = visitors.page("lieke"), visitors.page("hanneke", PHONE)
    first_visit(teacher)
    make_plan_an_action(teacher)
    address = share_until(teacher, dt.date.today() + dt.timedelta(days=30))
    assert QUESTION in paper(teacher, f"{address}pdf/?sections=goals&submit=1")

    director.goto("/")
    director.get_by_role("link", name="versie 1").click()
    assert director.url == address
    expect(director.locator(".pop-document")).to_contain_text(QUESTION)
    wrong = complaints_of_versions(director, teacher)
    director.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert PLAN in paper(director, f"{address}pdf/")
    director.get_by_role("button", name="Wij hebben dit besproken").click()
    expect(director.locator("#handtekeningen")).to_contain_text("besproken")

    change_and_compare(teacher.context.new_page(), address, wrong)
    assert wrong == []

    teacher.reload()
    panel = teacher.locator("#delen")
    expect(panel).to_contain_text("geopend")
    expect(panel).not_to_contain_text("nog niet geopend")
    panel.get_by_role("button", name="Nu intrekken").click()
    expect(panel.get_by_role("button", name="Nu intrekken")).to_have_count(0)
    for part in ("", "pdf/"):
        assert director.request.get(f"{address}{part}").status == 404
    director.goto("/gedeeld-met-mij/")
    expect(director.get_by_role("link", name="versie 1")).to_have_count(0)
    assert visitors.complaints == []


def test_a_text_of_a_closed_tab_never_overwrites_what_another_saved(site: Site, people: People) -> None:
    """A types on version 1, B saves version 2, A is kept while typing and closed: the next page asks."""
    a = people.page("noor")
    a.goto("/portfolio/nieuw/")
    a.get_by_label("Titel").fill("Eerst")
    a.locator("main [type=submit]").last.click()
    a.get_by_role("link", name="Bewerken").click()
    b = a.context.new_page()
    b.goto(a.url)
    a.get_by_label("Titel").fill("Van tabblad A")
    expect(a.locator("[data-draft-status]")).to_contain_text("Bewaard")
    b.get_by_label("Titel").fill("Van tabblad B")
    b.locator("main [type=submit]").last.click()
    a.get_by_label("Titel").fill("Van tabblad A, en verder")
    expect(a.locator("[data-draft-status]")).to_contain_text("Bewaard")
    address = a.url
    a.close()
    b.goto(address)
    expect(b.get_by_label("Titel")).to_have_value("Van tabblad A, en verder")
    b.locator("main [type=submit]").last.click()
    expect(b.locator("main table")).to_contain_text("Van tabblad B")
    assert site.rows("select title from portfolio_entry") == [("Van tabblad B",)]
