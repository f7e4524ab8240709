"""Writing a POP in a real browser: cards save themselves, and two screens never overwrite each other."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .conftest import DESKTOP, PHONE, PICTURES, People, Site

SAVED, NOT_SAVED = "Bewaard om", "NIET bewaard"
QUESTION = "select question, version from portfolio_goal"


def begin(people: People) -> Page:
    page = people.page("noor")
    page.goto("/pop/")
    page.get_by_role("button", name="Begin mijn POP").click()
    expect(question_of(page)).to_be_visible()
    return page


def question_of(page: Page) -> Locator:
    return page.locator("textarea[name=question]").first


def state_of(field: Locator) -> Locator:
    return field.locator("xpath=ancestor::form").locator("[data-card-state]")


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    for size, tail in ((DESKTOP, ""), (PHONE, "-360")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=PICTURES / f"pop-{name}{tail}.png", full_page=True)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def test_a_card_saves_itself_and_says_so_only_then(site: Site, people: People) -> None:
    page = begin(people)
    question = question_of(page)
    question.press_sequentially("Hoe kan ik rust", delay=15)
    expect(state_of(question)).to_have_text("Nog niet bewaard")
    expect(state_of(question)).to_contain_text(SAVED)  # after a pause
    assert site.rows(QUESTION) == [("Hoe kan ik rust", 2)]
    question.press_sequentially(" brengen?", delay=15)
    what = page.locator("textarea[name=what]").first
    what.fill("Een stil startblokje")  # leaving the first card saves it, without a pause
    expect(state_of(question)).to_contain_text(SAVED)
    page.locator("[name=minutes]").first.fill("1,5")
    page.locator("[name=minutes]").first.press("Enter")
    expect(state_of(what)).to_contain_text(SAVED)
    assert site.rows(QUESTION) == [("Hoe kan ik rust brengen?", 3)]
    assert site.rows("select what, minutes from portfolio_goalaction") == [("Een stil startblokje", 90)]
    page.reload()
    expect(question_of(page)).to_have_value("Hoe kan ik rust brengen?")
    assert site.rows("select field from schools_draft") == []
    assert people.complaints == []


def test_reloading_in_the_middle_of_a_word_loses_none_of_it(site: Site, people: People) -> None:
    page = begin(people)
    question_of(page).press_sequentially("Hoe kan ik wach", delay=15)
    page.reload()
    expect(question_of(page)).to_have_value("Hoe kan ik wach")
    expect(state_of(question_of(page))).not_to_contain_text(NOT_SAVED)
    question_of(page).press("End")
    question_of(page).press_sequentially("ten?", delay=15)
    expect(state_of(question_of(page))).to_contain_text(SAVED)
    assert site.rows(QUESTION)[0][0] == "Hoe kan ik wachten?"


def test_without_network_it_says_not_saved_and_mends_itself(site: Site, people: People) -> None:
    page = begin(people)
    question = question_of(page)
    page.context.set_offline(True)
    question.fill("Zonder netwerk")
    question.blur()
    expect(state_of(question)).to_contain_text("NIET bewaard: geen verbinding", timeout=25_000)
    expect(state_of(question).get_by_role("button")).to_have_text("Kopieer")
    assert site.rows(QUESTION)[0][0] == ""
    page.context.set_offline(False)
    expect(state_of(question)).to_contain_text(SAVED, timeout=15_000)
    assert site.rows(QUESTION)[0][0] == "Zonder netwerk"


def test_two_screens_get_both_texts_and_the_writer_chooses(site: Site, people: People) -> None:
    first = begin(people)
    second = first.context.new_page()
    second.goto(first.url)
    question_of(first).fill("Van het eerste scherm")
    question_of(first).blur()
    expect(state_of(question_of(first))).to_contain_text(SAVED)
    question_of(second).fill("Van het tweede scherm")
    question_of(second).blur()
    both = second.locator("[data-card-conflict] table")
    expect(both).to_contain_text("Van het eerste scherm")
    expect(both).to_contain_text("Van het tweede scherm")
    expect(question_of(second)).to_have_value("Van het tweede scherm")
    expect(state_of(question_of(second))).to_contain_text(NOT_SAVED)
    assert site.rows(QUESTION)[0][0] == "Van het eerste scherm"
    picture(second, "twee-versies")
    second.reload()  # what was typed and not saved is still asked about
    expect(both).to_contain_text("Van het eerste scherm")
    second.get_by_role("button", name="Mijn tekst bewaren").click()
    expect(state_of(question_of(second))).to_contain_text(SAVED)
    expect(both).to_have_count(0)
    assert site.rows(QUESTION)[0][0] == "Van het tweede scherm"
    question_of(first).fill("Toch het eerste")
    question_of(first).blur()
    first.get_by_role("button", name="Laat staan wat bewaard is").click()
    expect(question_of(first)).to_have_value("Van het tweede scherm")
    assert site.rows(QUESTION)[0][0] == "Van het tweede scherm"


def test_a_card_that_shows_an_older_text_never_goes_along_with_another(site: Site, people: People) -> None:
    """Both cards of the plan count one version; the save of one says nothing of what the other shows."""
    first = begin(people)
    second = first.context.new_page()
    second.goto(first.url)
    agreed, standing = "textarea[name=agreements]", "textarea[name=standing]"
    second.locator(agreed).fill("Van het tweede scherm")
    second.locator(agreed).blur()
    expect(state_of(second.locator(agreed))).to_contain_text(SAVED)
    first.locator(standing).fill("Hier sta ik")
    first.locator(standing).blur()
    first.get_by_role("button", name="Mijn tekst bewaren").click()
    expect(state_of(first.locator(standing))).to_contain_text(SAVED)
    first.locator(agreed).press_sequentially("E", delay=5)
    first.locator(agreed).blur()
    expect(state_of(first.locator(agreed))).to_contain_text(NOT_SAVED)
    expect(first.locator("[data-card-conflict] table")).to_contain_text("Van het tweede scherm")
    plans = "select standing, agreements from portfolio_developmentplan"
    assert site.rows(plans) == [("Hier sta ik", "Van het tweede scherm")]


def test_the_other_card_goes_along_with_a_save_of_one(site: Site, people: People) -> None:
    page = begin(people)
    for name in ("standing", "agreements", "heading"):
        page.locator(f"textarea[name={name}]").fill(f"Tekst van {name}")
        page.locator(f"textarea[name={name}]").blur()
        expect(state_of(page.locator(f"textarea[name={name}]"))).to_contain_text(SAVED)
    assert site.rows("select version from portfolio_developmentplan") == [(4,)]


def test_a_letter_typed_and_taken_off_again_leaves_nothing_to_save(people: People) -> None:
    page = begin(people)
    question = question_of(page)
    question.press_sequentially("H", delay=5)
    expect(state_of(question)).to_have_text("Nog niet bewaard")
    question.press("Backspace")
    expect(state_of(question)).to_have_text("")


def test_a_link_of_the_page_waits_for_what_is_being_typed(site: Site, people: People) -> None:
    page = begin(people)
    page.get_by_text("Meer over dit doel").click()
    question_of(page).press_sequentially("Hoe kan ik?", delay=5)
    page.get_by_role("link", name="Kies bekwaamheden").click()
    page.wait_for_url("**/bekwaamheden/")
    assert site.rows(QUESTION) == [("Hoe kan ik?", 2)]


def test_an_impossible_day_is_said_beside_its_field(site: Site, people: People) -> None:
    page = begin(people)
    page.get_by_text("Meer over dit doel").click()
    due = page.locator("[name=due]").first
    question_of(page).fill("Hoe kan ik?")
    due.fill("2222-01-01")
    due.blur()
    expect(due).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-card-error]")).to_contain_text("ver van dit schooljaar")
    expect(state_of(due)).to_contain_text(NOT_SAVED)
    due.fill("2027-01-10")
    due.blur()
    expect(state_of(due)).to_contain_text(SAVED)
    expect(page.locator("[data-card-error]")).to_have_count(0)


def test_a_button_of_the_page_waits_for_what_is_being_typed(site: Site, people: People) -> None:
    page = begin(people)
    question_of(page).press_sequentially("Hoe kan ik?", delay=5)
    page.get_by_role("button", name="Voeg een doel toe").click()
    expect(page.locator("textarea[name=question]")).to_have_count(2)
    expect(question_of(page)).to_have_value("Hoe kan ik?")
    assert site.rows(QUESTION)[0][0] == "Hoe kan ik?"


def test_without_javascript_the_same_cards_have_a_button(site: Site, people: People) -> None:
    begin(people)
    context = people.browser.new_context(
        locale="nl-NL",
        base_url=site.url,
        java_script_enabled=False,
        viewport=PHONE,  # type: ignore[arg-type]
    )
    key = site.scene["cookies"]["noor"]
    context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
    page = context.new_page()
    page.goto("/pop/")
    question_of(page).fill("Met een knop")
    question_of(page).locator("xpath=ancestor::form").get_by_role("button", name="Bewaren").click()
    expect(question_of(page)).to_have_value("Met een knop")
    assert site.rows(QUESTION)[0][0] == "Met een knop"
    context.close()
