"""A GOP from three browsers at once: everybody sees the others' text, nothing is lost, all agree."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests import pdf_checks

from .conftest import DESKTOP, PHONE, PICTURES, People, Site, go
from .test_printing import PATIENCE, content

SAVED, NOT_SAVED = "Bewaard om", "NIET bewaard"
WRITERS = ("noor", "samir", "tom")
EVERYBODY = (*WRITERS, "lieke", "esra")


def begin(site: Site, people: People) -> dict[str, Page]:
    """Noor begins the plan of the group; Samir and Tom open it too."""
    pages = {"noor": people.page("noor")}
    pages["noor"].goto(f"/groepen/{site.scene['group']}/")
    pages["noor"].get_by_role("link", name="Begin ons GOP").click()
    pages["noor"].get_by_role("button", name="Begin ons GOP").click()
    expect(field(pages["noor"], "title")).to_be_visible()
    for name in WRITERS[1:]:
        pages[name] = people.page(name)
        pages[name].goto(pages["noor"].url)
    return pages


def field(page: Page, name: str) -> Locator:
    return page.locator(f"textarea[name={name}]").first


def state_of(box: Locator) -> Locator:
    return box.locator("xpath=ancestor::form").locator("[data-card-state]")


def writes(page: Page, name: str, text: str) -> None:
    """Types ``text`` key by key, without waiting until it is saved."""
    field(page, name).click()
    field(page, name).press_sequentially(text, delay=10)


def saved(page: Page, name: str) -> None:
    field(page, name).blur()
    expect(state_of(field(page, name))).to_contain_text(SAVED)


def write_together(site: Site, pages: dict[str, Page]) -> None:
    """Three at once, each in a card of their own; everybody reads all of it within seconds."""
    texts = {
        "noor": ("standing", "Het eerste kwartier na de pauze is onrustig."),
        "samir": ("title", "Rust in de overgangen"),
        "tom": ("agreements", "Wie er niet is, leest het verslag."),
    }
    for who, (name, text) in texts.items():
        writes(pages[who], name, text)
    expect(pages["noor"].get_by_text("Samir schrijft hier")).to_be_visible()
    expect(pages["tom"].get_by_text("Noor schrijft hier")).to_be_visible()
    for who, (name, _text) in texts.items():
        saved(pages[who], name)
    for page in pages.values():
        for name, text in texts.values():
            expect(field(page, name)).to_have_value(text)
    plan = site.rows("select standing, agreements from popgroups_groupplan")[0]
    goal = site.rows("select title from popgroups_groupgoal")[0]
    assert (plan[0], goal[0], plan[1]) == tuple(text for _name, text in texts.values())


def collide(site: Site, pages: dict[str, Page]) -> None:
    """Two in one card: both texts are shown to who was later, who chooses; nothing typed is written over."""
    noor, tom = pages["noor"], pages["tom"]
    writes(tom, "visible", "Iedereen begint vanzelf")
    field(noor, "visible").fill("In maart beginnen alle groepen binnen drie minuten.")
    saved(noor, "visible")
    field(tom, "visible").blur()
    both = tom.locator("[data-card-conflict] table").first
    expect(both).to_contain_text("binnen drie minuten")
    expect(both).to_contain_text("Iedereen begint vanzelf")
    expect(field(tom, "visible")).to_have_value("Iedereen begint vanzelf")
    expect(state_of(field(tom, "visible"))).to_contain_text(NOT_SAVED)
    tom.get_by_role("button", name="Laat staan wat bewaard is").click()
    expect(field(tom, "visible")).to_have_value("In maart beginnen alle groepen binnen drie minuten.")


def add_more(pages: dict[str, Page]) -> None:
    """What one adds stands on the screens of the others, without loading them anew."""
    samir, noor = pages["samir"], pages["noor"]
    samir.get_by_role("button", name="Voeg een activiteit toe").first.click()
    writes(samir, "what", "Twee lesbezoeken per collega")
    saved(samir, "what")
    expect(noor.locator(".action-line").first).to_have_text("Twee lesbezoeken per collega")
    samir.get_by_role("button", name="Voeg een doel toe").click()
    expect(noor.locator("section.card-goal")).to_have_count(2)
    samir.locator("section.card-goal").last.get_by_role("link", name="Haal weg").click()
    samir.get_by_role("button", name="Ja, haal weg").click()
    expect(noor.locator("section.card-goal")).to_have_count(1)


def ask_for_a_change(pages: dict[str, Page]) -> None:
    """Noor says yes; Tom asks for more; Samir adds it, and the yes of Noor was to an earlier text."""
    noor, tom, samir = (pages[name] for name in ("noor", "tom", "samir"))
    noor.get_by_role("button", name="Ik ben het eens met deze tekst").click()
    expect(noor.locator("#agreeing")).to_contain_text("Neem mijn ja terug")
    tom.get_by_text("Ik wil eerst iets veranderen").click()
    tom.locator("#agreeing textarea").fill("Graag ook waaraan we het merken.")
    tom.get_by_role("button", name="Zeg het tegen de groep").click()
    expect(samir.locator("#agreeing")).to_contain_text("Graag ook waaraan we het merken.")
    writes(samir, "indicators", "Vier van de vijf dagen lukt het.")
    saved(samir, "indicators")
    expect(noor.locator("#agreeing")).to_contain_text("ja, op een eerdere tekst")
    noor.get_by_role("link", name="Wat is er anders sinds mijn antwoord?").click()
    expect(noor.locator("ins").nth(1)).to_contain_text("Vier van de vijf dagen")
    noor.go_back()


def all_agree(site: Site, people: People, pages: dict[str, Page]) -> None:
    address = pages["noor"].url
    for name in EVERYBODY:
        page = pages.setdefault(name, pages.get(name) or people.page(name))
        go(page, address)
        page.get_by_role("button", name="Ik ben het eens met deze tekst").click()
        expect(page.get_by_role("button", name="Ik ben het eens met deze tekst")).to_have_count(0)
    assert site.rows("select state from popgroups_groupplan") == [("adopted",)]


def hand_in(site: Site, page: Page) -> None:
    """First the literal list of who will read what."""
    go(page, page.url)
    page.get_by_role("link", name="Indienen").click()
    expect(page.get_by_role("heading", name="Precies dit wordt zichtbaar")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Hanneke Smit")
    expect(page.locator("main")).not_to_contain_text("Graag ook waaraan we het merken.")
    picture(page, "indienen")
    page.get_by_role("button", name="Ja, dien het in").click()
    expect(page.locator(".who-sees").first).to_contain_text("Ingediend op")
    assert site.rows("select number, purpose from popgroups_groupplanversion") == [(1, "plan")]


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    for size, tail in ((DESKTOP, ""), (PHONE, "-360")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=PICTURES / f"gop-{name}{tail}.png", full_page=True)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def say_let_us_talk(people: People) -> Page:
    """The director reads what was handed in, asks something about goal 1, and wants to talk."""
    hanneke = people.page("hanneke")
    hanneke.goto("/")
    hanneke.get_by_role("link", name="Lees het GOP").click()
    expect(hanneke.locator(".who-sees").first).to_contain_text("de coördinator")
    hanneke.get_by_text("Opmerking bij dit doel").click()
    talk = hanneke.locator(".plan-talk").first
    talk.locator("textarea").fill("Hoe weten jullie in maart dat het gelukt is?")
    talk.get_by_role("button", name="Plaats het").click()
    expect(hanneke.locator(".plan-talk").first).to_contain_text("Hoe weten jullie in maart")
    hanneke.get_by_label("Wat zie je graag anders of meer?").fill("Maak doel 1 meetbaar.")
    hanneke.get_by_role("button", name="In gesprek").click()
    expect(hanneke.locator("main")).to_contain_text("Maak doel 1 meetbaar.")
    picture(hanneke, "in-gesprek")
    return hanneke


def amend(site: Site, people: People, pages: dict[str, Page]) -> None:
    """The group reads what the director said beside the text, changes one sentence, agrees and hands in anew."""
    samir = pages["samir"]
    go(samir, samir.url)
    expect(samir.locator("main")).to_contain_text("Maak doel 1 meetbaar.")
    expect(samir.locator("main")).to_contain_text("Hoe weten jullie in maart")
    field(samir, "visible").fill("In maart beginnen acht van de tien groepen binnen drie minuten.")
    saved(samir, "visible")
    all_agree(site, people, pages)
    go(samir, samir.url)
    samir.get_by_role("link", name="Indienen").click()
    samir.get_by_role("button", name="Ja, dien het in").click()
    expect(samir.locator(".who-sees").first).to_contain_text("Ingediend op")


def read_the_difference_and_agree(site: Site, hanneke: Page) -> None:
    """What she reads first is that one sentence, word by word, and nothing else."""
    hanneke.goto("/")
    hanneke.get_by_role("link", name="Lees het GOP").click()
    changed = hanneke.locator("section[aria-labelledby=changed]")
    expect(changed.get_by_role("heading")).to_contain_text("Wat er veranderde na het gesprek over versie 1")
    expect(changed.locator("dt")).to_have_text(["Doel 1 · Wat is er te zien als het lukt?"])
    gone, came = changed.locator("dd del"), changed.locator("dd ins")
    expect(gone).to_have_text(["[weg: alle]"])
    expect(came).to_have_text(["[erbij: acht van de tien]"])
    picture(hanneke, "verschil")
    hanneke.get_by_role("button", name="Akkoord", exact=True).click()
    expect(hanneke.locator("main")).to_contain_text("loopt")
    assert site.rows("select state from popgroups_groupplan") == [("running",)]


def agree_on_a_condition(site: Site, hanneke: Page, samir: Page) -> None:
    """The condition stands with the group until they say that they took care of it."""
    hanneke.get_by_label("Wat zie je graag anders of meer?").fill("Nodig de ouders uit.")
    hanneke.get_by_role("button", name="Akkoord, mits ...").click()
    expect(hanneke.get_by_role("button", name="Neem mijn reactie terug")).to_be_visible()
    picture(hanneke, "mits")
    go(samir, samir.url)
    expect(samir.locator("main")).to_contain_text("Nodig de ouders uit.")
    picture(samir, "loopt-mits")
    samir.get_by_role("button", name="Verwerkt").click()
    expect(samir.get_by_role("button", name="Verwerkt")).to_have_count(0)
    picture(samir, "loopt")
    moves = site.rows("select verb from popgroups_groupplanmove order by at, id")
    assert moves[-1] == ("condition_met",)
    hanneke.reload()
    expect(hanneke.locator("main")).to_contain_text("we hebben verwerkt wat de directeur vroeg")


def print_both(site: Site, hanneke: Page) -> None:
    for key, number in site.rows("select id, number from popgroups_groupplanversion order by number"):
        hanneke.goto(f"/gop-versie/{key}/")
        with hanneke.expect_download(timeout=PATIENCE) as started:
            hanneke.get_by_role("link", name="PDF").click()
        made = content(started.value)
        text = "alle groepen" if number == 1 else "acht van de tien groepen"
        pdf_checks.check(
            made, title=pdf_title(made), headings=["Onze doelen"], in_order=[f"versie {number} van", text]
        )
        pdf_checks.keep_pictures(made, f"gop-versie-{number}")


def pdf_title(made: bytes) -> str:
    """It names the school year of today."""
    told = PdfReader(BytesIO(made)).metadata
    assert told is not None and str(told.title).endswith("van Bovenbouw")
    return str(told.title)


def test_three_write_all_agree_the_director_asks_for_more_and_agrees_to_exactly_that(
    site: Site, people: People
) -> None:
    pages = begin(site, people)
    write_together(site, pages)
    collide(site, pages)
    add_more(pages)
    picture(pages["noor"], "schrijven")
    ask_for_a_change(pages)
    all_agree(site, people, pages)
    hand_in(site, pages["noor"])
    hanneke = say_let_us_talk(people)
    amend(site, people, pages)
    read_the_difference_and_agree(site, hanneke)
    agree_on_a_condition(site, hanneke, pages["samir"])
    print_both(site, hanneke)
    assert people.complaints == [line for line in people.complaints if "409" in line]
    assert people.foreign == []
