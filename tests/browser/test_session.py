"""A POP-group plays the default session on three screens at once."""

from __future__ import annotations

import subprocess

from playwright.sync_api import Page, expect

from .conftest import PICTURES, People, Site
from .walk import (
    HYPOTHESIS,
    PLAN,
    QUESTION,
    STEPS,
    TIP_NOOR,
    TIP_TOM,
    Listener,
    at_step,
    go_on,
    open_lobby,
    own_part,
    press,
    start,
)


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, caret="initial")


def pictures(noor: Page, tom: Page, name: str) -> None:
    picture(noor, f"{name}-facilitator")
    picture(tom, f"{name}-phone")


def never_heard(people: People, words: str, *names: str) -> None:
    for name in names:
        assert not any(words in text for text in people.heard[name]), f"{name} received “{words}” too early"


def test_three_people_play_the_whole_session(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    everybody = [samir, tom]
    pictures(noor, tom, "00-lobby")
    start(noor, everybody)
    pictures(noor, tom, "01-terugblik")
    go_on(noor, everybody, STEPS[1])
    choice(noor, samir, tom)
    go_on(noor, everybody, STEPS[2])
    problem(people, noor, samir, tom)
    go_on(noor, everybody, STEPS[3])
    analysis(noor, samir, tom)
    go_on(noor, everybody, STEPS[4])
    hidden_until_shown(site, people, noor, samir, tom)
    go_on(noor, everybody, STEPS[5])
    parade(people, noor, samir, tom)
    go_on(noor, everybody, STEPS[6])
    action_plan(people, noor, samir, tom)
    go_on(noor, everybody, STEPS[7])
    close(noor, samir, tom)
    the_next_session_opens_with_the_plan(site, people)
    assert people.foreign == []
    assert people.complaints == []


def choice(noor: Page, samir: Page, tom: Page) -> None:
    own_part(samir, "#id_text")
    samir.fill("#id_text", "Het wordt steeds onrustig als de instructie ophoudt.")
    samir.locator(".card-form button:not([name=done])").click()
    expect(noor.locator(".notes")).to_contain_text("steeds onrustig")
    press(tom, "stem/1", "Dringend")
    expect(noor.locator(".notes")).to_contain_text("Dringend (1)")
    expect(tom.locator('form[data-vote="1:urgent"] button')).to_have_attribute("aria-pressed", "true")
    expect(noor.locator('form[data-vote="1:urgent"] button')).to_have_attribute("aria-pressed", "false")
    press(noor, "kies/1")
    expect(tom.locator(".session-bar")).to_contain_text("Casus van Samir")
    pictures(noor, tom, "02-keuze")


def problem(people: People, noor: Page, samir: Page, tom: Page) -> None:
    own_part(samir, "#id_question")
    samir.fill("#id_question", QUESTION)
    never_heard(people, QUESTION, "noor", "tom")
    samir.locator("button[name=done]").click()
    expect(tom.locator(".session-aside")).to_contain_text(QUESTION)
    pictures(noor, tom, "03-probleem")


def analysis(noor: Page, samir: Page, tom: Page) -> None:
    own_part(tom, "#id_text")
    tom.fill("#id_text", "Wanneer begint de onrust precies?")
    tom.locator("button[name=done]").click()
    expect(samir.locator(".notes")).to_contain_text("Wanneer begint de onrust precies?")
    pictures(noor, tom, "04-analyse")


def action_plan(people: People, noor: Page, samir: Page, tom: Page) -> None:
    own_part(samir, "textarea[name=intention]")
    expect(samir.locator("textarea[name=intention]")).to_have_value(TIP_TOM)
    pictures(noor, tom, "07-actieplan")
    samir.fill("textarea[name=intention]", PLAN)
    press(samir, "pap")
    expect(samir.locator("#mine")).to_contain_text(PLAN)
    never_heard(people, PLAN, "noor", "tom")


def close(noor: Page, samir: Page, tom: Page) -> None:
    """One line of learning; then the presenter finds the plan afterwards, at home, and as a card on paper."""
    own_part(tom, "input[name=text]")
    tom.fill("input[name=text]", "Eerst vragen, dan pas tips.")
    press(tom, "geleerd")
    expect(tom.locator("#mine")).to_contain_text("Eerst vragen, dan pas tips.")
    pictures(noor, tom, "08-afronding")
    press(noor, "verder")
    expect(samir.locator("h1")).to_contain_text("Bovenbouw")
    expect(samir.locator("main")).to_contain_text("De werknotities verdwijnen over 30 dagen")
    expect(samir.locator("main")).not_to_contain_text("Je hebt nog geen actieplan")
    picture(samir, "09-na-afloop")
    samir.goto("/")
    expect(samir.locator("main")).to_contain_text(PLAN)
    picture(samir, "10-vandaag-inbrenger")
    samir.get_by_role("link", name=PLAN, exact=True).click()
    picture(samir, "11-pap")
    # On a busy machine a page that shows progress comes first.
    with samir.expect_download(timeout=60_000) as card:
        samir.locator("a[href$='/pdf/']").first.click()
    card.value.save_as(PICTURES / "12-pap.pdf")
    subprocess.run(
        ["pdftoppm", "-r", "60", "-png", str(PICTURES / "12-pap.pdf"), str(PICTURES / "12-pap")], check=True
    )


def hidden_until_shown(site: Site, people: People, noor: Page, samir: Page, tom: Page) -> None:
    """Tom writes his hypothesis, reloads, and is ready; nobody else gets a word of it before "Toon alles"."""
    streams = [Listener(site, page) for page in (noor, samir)]
    for stream in streams:
        stream.start()
    own_part(tom, "#id_text")
    tom.fill("#id_text", HYPOTHESIS)
    expect(tom.locator("[data-draft-status]").first).to_contain_text("Bewaard om")
    tom.reload()
    expect(tom.locator("#id_text")).to_have_value(HYPOTHESIS)
    tom.locator("button[name=done]").click()
    expect(tom.locator(".own-cards")).to_contain_text(HYPOTHESIS)
    expect(noor.locator(".ready-count")).to_contain_text("1 van 3 klaar")
    for page in (noor, samir):
        assert HYPOTHESIS not in page.content()
    never_heard(people, HYPOTHESIS, "noor", "samir")
    press(noor, "toon-alles")
    for page in (noor, samir, tom):
        expect(page.locator(".notes")).to_contain_text(HYPOTHESIS)
    for stream in streams:
        raw = stream.heard(2)
        assert raw.count(b"event: changed") >= 2
        assert b"vermoed" not in raw
    pictures(noor, tom, "05-hypothese")
    press(samir, "hypothese/3")
    expect(noor.locator(".session-aside")).to_contain_text(HYPOTHESIS)


def parade(people: People, noor: Page, samir: Page, tom: Page) -> None:
    """Hidden writing, then one tip a turn; only the presenter sees and sets the marks."""
    for page, tip in ((tom, TIP_TOM), (noor, TIP_NOOR)):
        own_part(page, "#id_text")
        page.fill("#id_text", tip)
        page.locator("button[name=done]").click()
        expect(page.locator(".own-cards")).to_contain_text(tip)
    never_heard(people, TIP_TOM, "noor", "samir")
    never_heard(people, TIP_NOOR, "samir", "tom")
    press(noor, "volgende-tip")
    for page in (noor, samir):
        expect(page.locator(".spotlight")).to_contain_text(TIP_NOOR)
    assert TIP_TOM not in samir.content()
    press(noor, "volgende-tip")
    for page in (tom, samir):
        expect(page.locator(".spotlight")).to_contain_text(TIP_TOM)
    expect(samir.locator(".spotlight [data-marks] button").first).to_be_visible()
    samir.locator(".spotlight [data-marks] button").first.click()
    expect(samir.locator(".spotlight [aria-pressed=true]")).to_have_count(1)
    assert tom.locator("[data-marks]").count() == noor.locator("[data-marks]").count() == 0
    board = samir.context.new_page()
    board.goto(samir.url + "digibord/")
    expect(board.locator(".spotlight")).to_contain_text(TIP_TOM)
    assert board.locator("main form").count() == 0
    picture(board, "06-digibord")
    board.close()
    pictures(noor, tom, "06-tip-parade")
    picture(samir, "06-tip-parade-inbrenger")


def the_next_session_opens_with_the_plan(site: Site, people: People) -> None:
    noor, samir = people.page("noor"), people.page("samir")
    noor.goto(f"/bijeenkomst/{site.scene['next_meeting']}/sessie/")
    noor.locator("main form [type=submit]").first.click()
    samir.goto(noor.url)
    samir.locator("main form button").first.click()
    expect(noor.locator(".people")).to_contain_text("Samir")
    press(noor, "start")
    at_step([noor, samir], STEPS[0])
    expect(noor.locator(".session-cards")).to_contain_text(PLAN)
    samir.locator("input[value=done]").check()
    samir.locator("#mine form[action*=terugblik] button").click()
    expect(noor.locator(".session-cards")).not_to_contain_text(PLAN)
