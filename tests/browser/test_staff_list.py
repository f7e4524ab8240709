"""A coordinator reads in a staff list: file, columns, four lists, report, and takes it back."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.schools.staff_list import HEADER, as_csv, as_xlsx, lines

from .conftest import DESKTOP, PHONE, PICTURES, People, Site
from .test_everybody_can_use_it import check

SCHOOL = "select id from schools_school where name = 'De Zandplaat'"


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    for size, tail in ((DESKTOP, ""), (PHONE, "-360")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=PICTURES / f"lijst-{name}{tail}.png", full_page=True)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def upload(page: Page, name: str, data: bytes) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": data})
    page.locator("main form [type=submit]").first.click()


def looked_at(page: Page, name: str, wrong: list[str]) -> None:
    check(page, name, wrong)
    picture(page, name)


def troubled_csv() -> bytes:
    """The list with a namesake, somebody without an address, twice the same, a formula and a wrong wtf."""
    rows = lines()
    rows[1][4], rows[2][6], rows[3][6] = "", "80", "=1/2"
    return as_csv(
        [*rows, rows[0], ["", "Noor", "de", "Wit", "noor@nieuw.example", *[""] * (len(HEADER) - 5)]]
    )


def test_a_coordinator_reads_in_fourteen_colleagues(demo_site: Site, chromium: Browser) -> None:
    people, wrong = People(demo_site, chromium), list[str]()
    page = people.page("karin")
    page.goto(f"/scholen/{demo_site.rows(SCHOOL)[0][0]}/collegas/")
    page.get_by_role("link", name="Lijst inlezen").click()
    looked_at(page, "kiezen", wrong)
    upload(page, "oud.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    expect(page.locator(".invalid-feedback")).to_contain_text(".xls")
    looked_at(page, "geweigerd", wrong)

    upload(page, "personeel.xlsx", as_xlsx())
    expect(page.locator("h1")).to_have_text("Welke kolom is wat?")
    looked_at(page, "kolommen", wrong)
    page.locator("main form [type=submit]").first.click()
    expect(page.locator("input[name=lines]:checked")).to_have_count(14)
    looked_at(page, "voorbeeld", wrong)
    page.get_by_role("button", name="Voer uit wat is aangevinkt").click()
    expect(page.locator("h1")).to_have_text("Verslag")
    expect(page.locator("main")).to_contain_text("Jorn van der Heide")
    looked_at(page, "verslag", wrong)

    page.goto(f"/scholen/{demo_site.rows(SCHOOL)[0][0]}/collegas/lijst/")
    upload(page, "fouten.csv", troubled_csv())
    page.locator("main form [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("regel 3: In deze regel staat geen e-mailadres.")
    looked_at(page, "fouten", wrong)

    page.goto(f"/scholen/{demo_site.rows(SCHOOL)[0][0]}/collegas/lijst/")
    page.get_by_role("link", name="Verslag").first.click()
    page.get_by_role("button", name="Draai deze lijst terug").click()
    expect(page.locator("main")).to_contain_text("heeft deze lijst teruggedraaid")
    looked_at(page, "teruggedraaid", wrong)
    assert demo_site.rows("select count(*) from schools_user where email like '%@kust.example'")[0][0] in (0,)
    assert wrong == [] and people.foreign == [] and people.complaints == []
    people.contexts[0].close()
