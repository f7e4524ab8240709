"""The year at a glance on a phone: it starts at this week, and the weeks before are one press away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .conftest import PHONE, PICTURES, People, Site, build

MOMENT = "2027-03-15T09:00"


@pytest.fixture
def site_in_march(tmp_path: Path) -> Iterator[Site]:
    database, scene = build(tmp_path / "march.sqlite3", "demo", moment=MOMENT)
    site = Site(database, scene, moment=MOMENT)
    site.start()
    yield site
    site.kill()


def test_on_a_phone_it_starts_at_this_week(site_in_march: Site, chromium: Browser) -> None:
    people, site = People(site_in_march, chromium), site_in_march
    [[school]] = site.rows("select id from schools_school where name = 'De Zandplaat'")
    [[email]] = site.rows(
        "select u.email from schools_user u join schools_membership m on m.person_id = u.id "
        "join schools_roleheld r on r.membership_id = m.id where r.role = 'coordinator' and m.school_id = ?",
        school,
    )[:1]
    page = people.page(email.split("@")[0], PHONE)
    page.goto(f"/scholen/{school}/jaarplanning/?year=2026")
    view, now = page.locator("[data-year]"), page.locator(".year-strip .now").first
    box, line, name = (
        view.bounding_box(),
        now.bounding_box(),
        page.locator(".year-name").nth(1).bounding_box(),
    )
    assert box and line and name
    assert name["x"] + name["width"] < line["x"] < box["x"] + box["width"], (
        "this week stands beside the names"
    )
    assert name["x"] >= box["x"], "the names stay in sight"
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "24-jaarplanning-telefoon.png", full_page=True)
    page.get_by_role("button", name="Eerdere weken").click()
    expect(page.locator("[data-earlier]")).to_be_hidden()
    assert view.evaluate("view => view.scrollLeft") == 0
    assert people.complaints == [] and people.foreign == []
    for context in people.contexts:
        context.close()
