"""The first visit in a browser: by keyboard, with a tab that is closed half-way, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PHONE, People, Site

QUESTION = "Hoe kan ik mijn uitleg korter maken?"
GOAL = (
    "select g.question, a.what from portfolio_goal g join portfolio_goalaction a on a.goal_id = g.id "
    "join portfolio_developmentplan p on p.id = g.plan_id join schools_user u on u.id = p.owner_id "
    "where u.email like 'tom@%'"
)


@pytest.fixture
def visitors(demo_site: Site, chromium: Browser) -> Iterator[People]:
    people = People(demo_site, chromium)
    yield people
    for context in people.contexts:
        context.close()


def type_marks(page: Page, *marks: str) -> None:
    """One after the other from the first field on, by keyboard alone."""
    page.locator("input[name^=good_]").first.focus()
    for mark in marks:
        page.keyboard.type(mark)
        page.keyboard.press("Tab")


def press_submit(page: Page) -> None:
    page.locator("main form [type=submit]").first.focus()
    page.keyboard.press("Enter")


def test_by_keyboard_and_what_was_typed_outlives_the_tab(demo_site: Site, visitors: People) -> None:
    page = visitors.page("tom", PHONE)
    page.goto("/start/")
    type_marks(page, "4", "9", "8", "7")
    expect(page.locator("[data-draft-status]")).to_contain_text("Bewaard")
    page.close()
    page = visitors.contexts[0].new_page()
    page.goto("/start/")
    expect(page.locator("input[name^=fun_]").first).to_have_value("9")
    press_submit(page)
    expect(page.locator("h1")).to_have_text("Zo ziet dat eruit")
    page.locator("input[name=pick]").first.focus()
    page.keyboard.press("Space")
    press_submit(page)
    expect(page.locator(".tag-leaf")).to_have_text("Interpersoonlijk")
    page.get_by_label("leervraag").type(QUESTION)
    page.get_by_label("Mijn eerste stap").type("Kijken bij Samir")
    press_submit(page)
    expect(page.get_by_text("Je doel staat in je POP.")).to_be_visible()
    assert demo_site.rows(GOAL) == [(QUESTION, "Kijken bij Samir")]
    assert visitors.foreign == visitors.complaints == []


def test_without_scripts(demo_site: Site, visitors: People, chromium: Browser) -> None:
    plain = chromium.new_context(java_script_enabled=False, base_url=demo_site.url, locale="nl-NL")
    key = demo_site.scene["cookies"]["tom"]
    plain.add_cookies([{"name": "sessionid", "value": key, "url": demo_site.url}])
    visitors.contexts.append(plain)
    page = plain.new_page()
    page.goto("/start/")
    type_marks(page, "4", "9")
    press_submit(page)
    page.locator("input[name=own]").fill("Korter uitleggen")
    press_submit(page)
    expect(page.locator(".tag-leaf")).to_have_text("Korter uitleggen")
    page.get_by_label("leervraag").fill(QUESTION)
    page.get_by_label("Mijn eerste stap").fill("Kijken bij Samir")
    press_submit(page)
    expect(page.get_by_text("Je doel staat in je POP.")).to_be_visible()
    assert demo_site.rows(GOAL) == [(QUESTION, "Kijken bij Samir")]
