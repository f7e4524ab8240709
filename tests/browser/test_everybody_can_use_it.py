"""axe finds nothing on any page of the walk, in both languages and sizes; nothing scrolls sideways at 320 px."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import DESKTOP, PHONE, PICTURES, People, Site
from .pages import MEETING, pages_of_the_walk
from .walk import at_step, press

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def visitors(demo_site: Site, chromium: Browser) -> Iterator[People]:
    people = People(demo_site, chromium)
    yield people
    for context in people.contexts:
        context.close()


def complaints_of(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]


def check(page: Page, name: str, wrong: list[str]) -> None:
    """The page as it stands, on a desk and on a phone."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wrong += [f"{name} {size['width']}: {text}" for text in complaints_of(page)]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
        wrong.append(f"{name}: scrolls sideways at 320 px")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_walk(demo_site: Site, visitors: People, language: str) -> None:
    speak(demo_site, language)
    wrong: list[str] = []
    browsers: dict[str, Page] = {}
    for who, address, name in pages_of_the_walk(demo_site):
        if who not in browsers:
            browsers[who] = visitors.page(who)
            cookie = {"name": "django_language", "value": language, "url": demo_site.url}
            browsers[who].context.add_cookies([cookie])  # type: ignore[list-item]
        page = browsers[who]
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        check(page, name, wrong)
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"pagina-{name}-{language}.png", full_page=True, caret="initial")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.screenshot(path=PICTURES / f"pagina-{name}-{language}-360.png", full_page=True, caret="initial")
    assert wrong == []
    assert visitors.foreign == []


def speak(site: Site, language: str) -> None:
    import sqlite3

    with sqlite3.connect(site.database, timeout=20) as connection:
        connection.execute("update schools_user set language = ?", [language])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_of_a_session(demo_site: Site, visitors: People, language: str) -> None:
    speak(demo_site, language)
    meeting = demo_site.rows(MEETING)[0][0]
    noor, samir = visitors.page("noor"), visitors.page("samir", PHONE)
    noor.goto(f"/bijeenkomst/{meeting}/sessie/")
    noor.locator("main form [type=submit]").first.click()
    samir.goto(noor.url)
    samir.locator("main form button").first.click()
    expect(noor.locator(".people")).to_contain_text("Samir")
    wrong: list[str] = []
    check(noor, f"lobby {language}", wrong)
    guide(noor)
    press(noor, "start")
    for _ in range(8):
        expect(noor.locator(".dock")).to_be_visible()
        title = noor.locator(".session-head h1").inner_text()
        at_step([samir], title)
        check(noor, f"{title} {language} facilitator", wrong)
        check(samir, f"{title} {language} participant", wrong)
        press(noor, "verder")
        expect(noor.locator(".session-head h1").or_(noor.locator(".page-head h1"))).not_to_have_text(title)
    assert wrong == []
    assert visitors.complaints == []


def guide(noor: Page) -> None:
    """Noor takes the role of facilitator when the rotation proposed somebody else."""
    chip = noor.locator(".role-row").first.locator("form", has=noor.locator("text=Noor")).locator("button")
    if chip.count():
        chip.click()
    expect(noor.locator(".role-row").first.locator(".chip-on")).to_have_text("Noor")
