"""What goes wrong in a real school: a killed server, a phone without network, a late arrival, no mouse."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from .conftest import PHONE, People, Site
from .walk import STEPS, at_step, go_on, open_lobby, own_part, press, start

SAVED = "Bewaard om"


def test_a_killed_server_loses_nothing_that_was_called_saved(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    start(noor, [samir, tom])
    go_on(noor, [samir, tom], STEPS[1])
    own_part(tom, "#id_text")
    status = tom.locator("#mine [data-draft-status]").first
    tom.locator("#id_text").press_sequentially("Ik wil het hebben over ", delay=15)
    saved = ""
    for part in ("werkdruk ", "in de bouw ", "en overleg ", "na schooltijd "):
        tom.locator("#id_text").press_sequentially(part, delay=15)
        if part.startswith("na"):
            break
        expect(status).to_contain_text(SAVED)
        saved = tom.locator("#id_text").input_value()
    site.kill()
    tom.locator("#id_text").press_sequentially("zonder server", delay=15)
    expect(status).not_to_contain_text(SAVED)
    everything = tom.locator("#id_text").input_value()
    kept = site.rows("select text from schools_draft")[0][0]
    assert saved and everything.startswith(kept) and kept.startswith(saved.strip())
    site.start()
    expect(status).to_contain_text(SAVED, timeout=20000)
    tom.reload()
    expect(tom.locator("#id_text")).to_have_value(everything)
    at_step([tom], STEPS[1])


def test_a_phone_that_slept_catches_up(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    start(noor, [samir, tom])
    tom.context.set_offline(True)
    go_on(noor, [samir], STEPS[1])
    go_on(noor, [samir], STEPS[2])
    expect(tom.locator("#offline")).to_be_visible(timeout=12000)
    tom.context.set_offline(False)
    at_step([tom], STEPS[2])
    expect(tom.locator("#offline")).to_be_hidden()


def test_somebody_late_lands_in_the_same_step_with_the_same_clock(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    start(noor, [samir, tom])
    go_on(noor, [samir, tom], STEPS[1])
    lieke = people.page("lieke", PHONE)
    lieke.goto(noor.url)
    lieke.locator("main form button").first.click()
    at_step([lieke], STEPS[1])
    seconds = [in_seconds(page.locator("[data-clock]").last.inner_text()) for page in (noor, lieke)]
    assert abs(seconds[0] - seconds[1]) <= 2


def in_seconds(clock: str) -> int:
    minutes, seconds = clock.lstrip("-").split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_writer_keeps_the_field_when_the_step_moves_on(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    start(noor, [samir, tom])
    go_on(noor, [samir, tom], STEPS[1])
    own_part(tom, "#id_text")
    tom.locator("#id_text").press_sequentially("Een halve zin ov", delay=10)
    go_on(noor, [samir], STEPS[2])
    at_step([tom], STEPS[2])
    expect(tom.locator("#mine")).to_contain_text("Maak je zin af")
    tom.locator("#id_text").press_sequentially("er de overgang.", delay=10)
    tom.locator(".card-form button:not([name=done])").click()
    expect(tom.locator("#id_text")).to_have_count(0)
    assert site.rows("select text from intervision_contribution") == [("Een halve zin over de overgang.",)]


def test_a_half_sentence_is_handed_back_at_the_next_step(site: Site, people: People) -> None:
    """What was typed and not added can be put in the box of the new step, copied, or thrown away."""
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    tom.context.grant_permissions(["clipboard-read", "clipboard-write"])
    start(noor, [samir, tom])
    go_on(noor, [samir, tom], STEPS[1])
    own_part(tom, "#id_text")
    tom.locator("#id_text").fill("Werkdruk in de bouw")
    expect(tom.locator("#mine [data-draft-status]").first).to_contain_text(SAVED)
    tom.locator("#id_text").blur()
    for title in STEPS[2:4]:
        go_on(noor, [samir, tom], title)
    own_part(tom, "#id_text")
    leftover = tom.locator(".leftover")
    expect(leftover).to_contain_text("Werkdruk in de bouw")
    leftover.locator("[data-copy]").click()
    expect(leftover.locator("[data-copy]")).to_have_text("Gekopieerd")
    assert tom.evaluate("navigator.clipboard.readText()") == "Werkdruk in de bouw"
    leftover.locator("[data-insert]").click()
    expect(tom.locator("#id_text")).to_have_value("Werkdruk in de bouw")
    expect(tom.locator("#mine [data-draft-status]").first).to_contain_text(SAVED)
    tom.reload()
    expect(tom.locator("#id_text")).to_have_value("Werkdruk in de bouw")
    expect(leftover).to_have_count(0)


def test_a_press_does_not_wait_for_a_screen_that_is_being_fetched(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    start(noor, [samir, tom])
    waiting: list[Route] = []
    noor.route("**/live/*/fragment*", lambda route: waiting.append(route))
    press(samir, "klaar")
    noor.wait_for_timeout(50)  # lets the route be handled
    expect(tom.locator(".ready-count")).to_contain_text("1 van 3")
    with noor.expect_response("**/klok/", timeout=5000) as answer:
        press(noor, "klok")
    assert waiting, "the screen was being fetched all the while"
    assert answer.value.status == 204
    waiting[0].continue_()
    noor.unroute("**/live/*/fragment*")
    expect(tom.locator("[data-clock][data-paused]").first).to_be_attached()


def tab_to(page: Page, wanted: Callable[[], Locator]) -> None:
    """Press Tab until ``wanted`` has the focus, as somebody without a mouse does."""
    expect(wanted()).to_be_visible()
    for _ in range(120):
        if wanted().evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def key_press(page: Page, address: str) -> None:
    button = lambda: page.locator(f'form[action$="/{address}/"] button').first  # noqa: E731
    tab_to(page, button)
    page.keyboard.press("Enter")
    if page.locator(f'form[action$="/{address}/"][data-armed]').count():
        tab_to(page, button)
        page.keyboard.press("Enter")


def test_the_keyboard_alone_plays_a_session(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    key_press(noor, "start")
    at_step([noor, samir, tom], STEPS[0])
    for title in STEPS[1:5]:
        key_press(noor, "verder")
        at_step([noor, tom], title)
    own_part(tom, "#id_text")
    tab_to(tom, lambda: tom.locator("#id_text"))
    tom.keyboard.type("Ik vermoed dat het aan de wisseling ligt.")
    tab_to(tom, lambda: tom.locator("button[name=done]"))
    tom.keyboard.press("Enter")
    expect(noor.locator(".ready-count")).to_contain_text("1 van 3 klaar")
    key_press(noor, "toon-alles")
    expect(tom.locator(".notes")).to_contain_text("wisseling")
    for title in STEPS[5:]:
        key_press(noor, "verder")
        at_step([noor, tom], title)
    key_press(noor, "verder")
    expect(tom.locator("main")).to_contain_text("De werknotities verdwijnen")


def test_without_javascript_the_steps_still_move(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    start(noor, [samir, tom])
    plain = people.browser.new_context(java_script_enabled=False, base_url=site.url, locale="nl-NL")
    people.contexts.append(plain)
    plain.add_cookies([{"name": "sessionid", "value": site.scene["cookies"]["noor"], "url": site.url}])
    page = plain.new_page()
    page.goto(noor.url)
    page.locator('form[action$="/verder/"] button').click()
    expect(page.locator(".session-head h1")).to_have_text(STEPS[1])
    at_step([tom], STEPS[1])


def test_a_move_reaches_every_screen_within_a_second(site: Site, people: People) -> None:
    noor, samir, tom = open_lobby(people, site.scene["meeting"])
    start(noor, [samir, tom])
    took = []
    for title in STEPS[1:4]:
        before = time.monotonic()
        press(noor, "verder")
        at_step([tom, samir], title)
        took.append(time.monotonic() - before)
        at_step([noor], title)
    assert sorted(took)[1] < 1.5  # pressing twice and looking at two screens one after the other included
