"""A coordinator plans the year of a new school, from the staff list to what each colleague gets by mail."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.schools.smtp_server import SmtpServer, smtp_server
from tests.schools.staff_list import as_csv

from .conftest import PICTURES, People, Site, at, build, environment

MOMENT, A_LITTLE_LATER = "2026-08-24T07:00", "2026-08-24T09:00"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLOCK_CHANGE = dt.date(2026, 10, 25)
CLOSED_IN_THE_NORTH = [  # school year 2026–2027
    ("2026-08-01", "2026-08-16"),
    ("2026-10-10", "2026-10-18"),
    ("2026-12-19", "2027-01-03"),
    ("2027-02-20", "2027-02-28"),
    ("2027-03-29", "2027-03-29"),
    ("2027-04-24", "2027-05-02"),
    ("2027-05-05", "2027-05-06"),
    ("2027-05-17", "2027-05-17"),
    ("2027-07-10", "2027-07-31"),
]
GROUPS = {
    "Onderbouw": ["Sanne", "Bart", "Els", "Meryem", "Aïsha"],
    "Bovenbouw": ["Jorn", "Ruben", "Lotte", "Kees", "Nadia"],
    "Zorg en zaken": ["Maaike", "Wim", "Tess", "Omar"],
}


@dataclass(frozen=True)
class Told:
    """What one calendar mail says to one person."""

    method: str
    sequence: int
    uid: str
    start: dt.datetime


@pytest.fixture
def young_site(tmp_path: Path) -> Iterator[Site]:
    database, scene = build(tmp_path / "young.sqlite3", "young_school", moment=MOMENT)
    site = Site(database, scene, moment=MOMENT)
    site.start()
    yield site
    site.kill()


@pytest.fixture
def karin(young_site: Site, chromium: Browser) -> Iterator[Page]:
    people = People(young_site, chromium)
    yield people.page("karin")
    assert people.foreign == [] and people.complaints == []
    for context in people.contexts:
        context.close()


@pytest.fixture
def post_office() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


def deliver(site: Site, office: SmtpServer) -> dict[str, list[Told]]:
    """What the outbox hands to the mail server now, by first name."""
    office.taken.clear()
    env = environment(site.database, site.url) | {"EMAIL_URL": office.url}
    done = subprocess.run(
        [*at(A_LITTLE_LATER), "manage", "deliver_mail"], env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = defaultdict(list)
    for mail in office.taken:
        told = read(mail)
        if told:
            found[first_name(site, str(mail["To"]))].append(told)
    return dict(found)


def first_name(site: Site, address: str) -> str:
    name: str = site.rows("select name from schools_user where email = ?", address)[0][0]
    return name.split()[0]


def read(mail: EmailMessage) -> Told | None:
    """None for a mail without a calendar file."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        return None
    calendar = Calendar.from_ical(str(parts[0].get_content()))
    [event] = calendar.walk("VEVENT")
    method = str(calendar["METHOD"])
    assert parts[0].get_param("method") == method
    assert str(event["ATTENDEE"]).lower() == f"mailto:{mail['To']}"
    assert (event.get("STATUS") == "CANCELLED") == (method == "CANCEL")
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    return Told(method, int(str(event["SEQUENCE"])), str(event["UID"]), event.decoded("DTSTART"))


def read_staff_list(karin: Page, school: int) -> None:
    karin.goto(f"/scholen/{school}/collegas/lijst/")
    file = {"name": "personeel.csv", "mimeType": "text/csv", "buffer": as_csv()}
    karin.set_input_files("input[name=file]", file)  # type: ignore[arg-type]
    karin.locator("main form [type=submit]").first.click()
    expect(karin.locator("h1")).to_have_text("Welke kolom is wat?")
    karin.locator("main form [type=submit]").first.click()
    expect(karin.locator("input[name=lines]:checked")).to_have_count(14)
    karin.get_by_role("button", name="Voer uit wat is aangevinkt").click()
    expect(karin.locator("h1")).to_have_text("Verslag")


def make_groups(karin: Page, school: int) -> None:
    for name, members in GROUPS.items():
        karin.goto(f"/scholen/{school}/groepen/nieuw/")
        karin.fill("input[name=name]", name)
        for member in members:
            karin.get_by_label(re.compile(f"{member} ")).check()
        karin.locator("main form [type=submit]").first.click()
        expect(karin.locator("h1")).to_have_text(name)


def plan_series(karin: Page, school: int) -> None:
    karin.goto(f"/scholen/{school}/jaarplanning/")
    karin.get_by_role("link", name="Reeks plannen").click()
    for box in karin.locator("input[name=groups]").all():
        box.check()
    karin.fill("input[name=times]", "7")
    karin.select_option("select[name=weekday]", "2")
    karin.fill("input[name=first]", "2026-09-01")
    karin.fill("input[name=last]", "2027-07-09")
    karin.fill("input[name=place]", "lokaal 12")
    karin.get_by_role("button", name="Bekijk de data").click()
    expect(karin.locator("#dates h2")).to_have_text("21 data")
    karin.screenshot(path=PICTURES / "20-reeks.png", full_page=True)
    karin.get_by_role("button", name="Zet klaar als concept").click()
    expect(karin.locator("main")).to_contain_text("21 bijeenkomsten zijn nog niet gepubliceerd")


def dates(site: Site, group: str) -> dict[str, dt.datetime]:
    """By UID, as the clock at school shows them."""
    rows = site.rows(
        "select m.uid, m.starts_at from popgroups_meeting m join popgroups_popgroup g on g.id = m.group_id "
        "where g.name = ? order by m.starts_at",
        group,
    )
    return {
        uid: dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC).astimezone(AMSTERDAM)
        for uid, start in rows
    }


def told_once(dated: dict[str, dt.datetime]) -> set[Told]:
    return {Told("REQUEST", 0, uid, starts) for uid, starts in dated.items()}


def open_meeting(karin: Page, site: Site, uid: str) -> None:
    pk = site.rows("select id from popgroups_meeting where uid = ?", uid)[0][0]
    karin.goto(f"/bijeenkomst/{pk}/")


def publish(karin: Page) -> None:
    karin.get_by_role("link", name="Bekijk en publiceer").click()
    expect(karin.locator("main")).to_contain_text("98 mails")
    karin.screenshot(path=PICTURES / "21-publiceren.png", full_page=True)
    karin.get_by_role("button", name="Publiceer").click()
    expect(karin.locator("main")).to_contain_text("21 bijeenkomsten zijn gepubliceerd.")
    karin.screenshot(path=PICTURES / "22-jaarplanning.png", full_page=True)


def move(karin: Page, site: Site, uid: str, day: dt.date) -> None:
    open_meeting(karin, site, uid)
    karin.get_by_role("link", name="Wijzigen").click()
    karin.fill("input[name=day]", day.isoformat())
    karin.locator("main form [type=submit]").first.click()
    expect(karin.locator("main")).to_contain_text("5 mensen krijgen een mail:")
    karin.screenshot(path=PICTURES / "23-verplaatsen.png", full_page=True)
    karin.get_by_role("button", name="Sla op en mail 5 mensen").first.click()


def call_off(karin: Page, site: Site, uid: str) -> None:
    open_meeting(karin, site, uid)
    karin.get_by_role("link", name="Bijeenkomst afzeggen").click()
    karin.locator("main form [type=submit]").first.click()


def test_the_year_of_a_new_school(young_site: Site, karin: Page, post_office: SmtpServer) -> None:
    site, school = young_site, young_site.scene["school"]
    PICTURES.mkdir(exist_ok=True)
    read_staff_list(karin, school)
    make_groups(karin, school)
    deliver(site, post_office)  # whatever the staff list sent
    plan_series(karin, school)
    planned = {group: dates(site, group) for group in GROUPS}
    for starts in [start for dated in planned.values() for start in dated.values()]:
        assert (starts.hour, starts.minute) == (15, 30)
        assert not any(first <= starts.date().isoformat() <= last for first, last in CLOSED_IN_THE_NORTH)
    assert deliver(site, post_office) == {}, "nobody is told of a concept"

    publish(karin)
    told = deliver(site, post_office)
    assert sorted(told) == sorted(name for names in GROUPS.values() for name in names)
    for group, names in GROUPS.items():
        assert all(len(told[name]) == 7 and set(told[name]) == told_once(planned[group]) for name in names)

    # Moved across the clock change: the same time on the wall, another offset from UTC.
    uid, before = next(each for each in planned["Onderbouw"].items() if each[1].date() < CLOCK_CHANGE)
    after = dt.datetime(2026, 11, 10, 15, 30, tzinfo=AMSTERDAM)
    assert before.utcoffset() != after.utcoffset()
    move(karin, site, uid, after.date())
    expect(karin.locator("main")).to_contain_text("dinsdag 10 november, 15.30–17.00 uur")
    moved = {name: [Told("REQUEST", 1, uid, after)] for name in GROUPS["Onderbouw"]}
    assert deliver(site, post_office) == moved

    gone, when = list(planned["Bovenbouw"].items())[-1]
    call_off(karin, site, gone)
    cancelled = {name: [Told("CANCEL", 1, gone, when)] for name in GROUPS["Bovenbouw"]}
    assert deliver(site, post_office) == cancelled
    assert deliver(site, post_office) == {}
