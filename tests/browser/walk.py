"""What people press in a session, by what the buttons do rather than by their words."""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import suppress

from playwright.sync_api import Page, expect

from .conftest import PHONE, People, Site

QUESTION = "Hoe krijg ik rust in de overgang van instructie naar zelfstandig werken?"
HYPOTHESIS = "Ik vermoed dat de klas niet weet wanneer het praten ophoudt."
TIP_TOM = "Ik zou een stil startblokje van twee minuten nemen."
TIP_NOOR = "Ik zou een leerling de overgang laten aftellen."
PLAN = "Ik begin elke instructie met een stil startblokje."
STEPS = ["Terugblik", "Keuze", "Probleem", "Analyse", "Hypothese", "TIP-parade", "Actieplan", "Afronding"]


def press(page: Page, address: str, text: str = "") -> None:
    """Press the button that posts to ``address``; a question ("toch verder?") is answered yes."""
    form = page.locator(f'form[action$="/{address}/"]', has_text=text or None).first
    asks = form.get_attribute("data-ask")
    form.locator("button").click()
    armed = page.locator(f'form[action$="/{address}/"][data-armed] button').first
    if asks:
        with suppress(AssertionError):  # everybody became ready in the meantime: then nothing is asked
            expect(armed).to_be_visible(timeout=1000)
            armed.click()


def at_step(pages: list[Page], title: str) -> None:
    for page in pages:
        expect(page.locator(".session-head h1")).to_have_text(title)


def go_on(noor: Page, pages: list[Page], title: str) -> None:
    press(noor, "verder")
    at_step([noor, *pages], title)


def own_part(page: Page, field: str) -> None:
    """Wait until the person's own part has followed the step."""
    position = page.locator(".session-bar").get_attribute("data-position")
    expect(page.locator(f'#mine [data-position="{position}"]')).to_be_visible()
    expect(page.locator(field).first).to_be_visible()


def open_lobby(people: People, meeting: int) -> tuple[Page, Page, Page]:
    """Noor opens the session on her laptop, Samir joins on his, Tom on his phone."""
    noor, samir, tom = people.page("noor"), people.page("samir"), people.page("tom", PHONE)
    noor.goto(f"/bijeenkomst/{meeting}/sessie/")
    noor.locator("main form [type=submit]").first.click()
    expect(noor.locator(".session-bar")).to_be_visible()
    for page in (samir, tom):
        page.goto(noor.url)
        page.locator("main form button").first.click()
        expect(page.locator(".session-bar")).to_be_visible()
    expect(noor.locator(".people")).to_contain_text("Tom")
    return noor, samir, tom


def start(noor: Page, pages: list[Page]) -> None:
    press(noor, "start")
    at_step([noor, *pages], STEPS[0])


class Listener(threading.Thread):
    """Keeps the raw bytes of one person's event stream."""

    def __init__(self, site: Site, page: Page) -> None:
        super().__init__(daemon=True)
        session = page.url.rstrip("/").split("/")[-1]
        cookie = next(c for c in page.context.cookies() if c.get("name") == "live")
        self.raw = b""
        self.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        self.connection.request(
            "GET", f"/live/{session}/stream", headers={"Cookie": f"live={cookie.get('value')}"}
        )
        self.reply = self.connection.getresponse()
        assert self.reply.status == 200

    def run(self) -> None:
        try:
            while chunk := self.reply.read1(4096):
                self.raw += chunk
        except (OSError, ValueError, http.client.HTTPException):
            return

    def heard(self, minimum: int) -> bytes:
        """The bytes so far, once at least ``minimum`` changes came by."""
        deadline = time.monotonic() + 10
        while self.raw.count(b"event: changed") < minimum and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.raw
