"""A real server process on a file database, and real browsers of several people at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

FLAGS = [
    "--lang=nl-NL",  # days and times in fields as in a Dutch browser
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
expect.set_options(timeout=10_000)  # ms; a busy machine is slow, not wrong
PICTURES = Path(__file__).resolve().parents[2] / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """One server process with its database file; ``kill`` is SIGKILL, ``start`` goes on where it was.

    ``moment``: when the server believes it is, as ISO text; empty for now.
    """

    database: Path
    scene: dict[str, Any]
    moment: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [*at(self.moment), "uvicorn", "coaching.asgi:application", "--port", str(self.port)]
        command += ["--timeout-graceful-shutdown", "1", "--no-access-log", "--log-level", "warning"]
        self.process = subprocess.Popen(command, env=environment(self.database, self.url))
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/inloggen/", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the server did not answer")

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.database, timeout=20) as connection:
            return connection.execute(sql, values).fetchall()


def at(moment: str) -> list[str]:
    """How to run a module, at ``moment`` when there is one."""
    return [sys.executable, "-m", *(["tests.browser.at_moment", moment] if moment else [])]


def environment(database: Path, url: str = "http://127.0.0.1") -> dict[str, str]:
    own = {"DEBUG": "0", "LOCAL": "1", "DATABASE_URL": f"sqlite:///{database}", "SITE_URL": url}
    return {**os.environ, **own}


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The database with the cast, built once; each site gets a copy."""
    return build(tmp_path_factory.mktemp("stage") / "stage.sqlite3")


@pytest.fixture(scope="session")
def demo_stage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    return build(tmp_path_factory.mktemp("demo") / "demo.sqlite3", "demo")


def build(database: Path, *what: str, moment: str = "") -> tuple[Path, dict[str, Any]]:
    command = [*at(moment), "tests.browser.stage", *what]
    built = subprocess.run(command, env=environment(database), capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database, json.loads(built.stdout.splitlines()[-1])


@pytest.fixture
def site(stage: tuple[Path, dict[str, Any]], tmp_path: Path) -> Iterator[Site]:
    yield from serve(stage, tmp_path)


@pytest.fixture
def demo_site(demo_stage: tuple[Path, dict[str, Any]], tmp_path: Path) -> Iterator[Site]:
    yield from serve(demo_stage, tmp_path)


def serve(stage: tuple[Path, dict[str, Any]], folder: Path) -> Iterator[Site]:
    shutil.copy(stage[0], folder / "site.sqlite3")
    site = Site(folder / "site.sqlite3", stage[1])
    site.start()
    yield site
    site.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is missing: ./test installs it"
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


class People:
    """Opens a browser of its own for each person, and watches what pages ask for and complain about."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site, self.browser = site, browser
        self.contexts: list[BrowserContext] = []
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.heard: dict[str, list[str]] = {}

    def context(self, name: str = "", size: dict[str, int] = DESKTOP) -> BrowserContext:
        view: Any = size
        context = self.browser.new_context(locale="nl-NL", viewport=view, base_url=self.site.url)
        if name:
            key = self.site.scene["cookies"][name]
            context.add_cookies([{"name": "sessionid", "value": key, "url": self.site.url}])
        context.on("request", lambda request: self._note(request.url))
        context.on("console", lambda line: self._complain(line.text) if line.type == "error" else None)
        context.on("weberror", lambda error: self._complain(str(error.error)))
        self.contexts.append(context)
        return context

    def page(self, name: str = "", size: dict[str, int] = DESKTOP) -> Page:
        page = self.context(name, size).new_page()
        page.set_default_timeout(8000)
        self.heard[name] = []
        page.on("response", lambda reply: self._listen(name, reply))
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.site.url, "data:", "blob:", "about:")):
            self.foreign.append(url)

    def _complain(self, text: str) -> None:
        self.complaints.append(text)

    def _listen(self, name: str, reply: Any) -> None:
        if "/stream" in reply.url or not reply.ok:
            return
        with suppress(PlaywrightError):  # a body may go with its page
            self.heard[name].append(reply.text())


def go(page: Page, address: str) -> None:
    """To ``address``, loaded anew, also when the page does so itself at that very moment after a change."""
    address = address.partition("#")[0]  # with a place in the page, nothing would be loaded
    try:
        page.goto(address)
    except PlaywrightError as stopped:
        if "interrupted by another navigation" not in str(stopped) and "ERR_ABORTED" not in str(stopped):
            raise
        page.wait_for_load_state()
        page.goto(address)


@pytest.fixture
def people(site: Site, chromium: Browser) -> Iterator[People]:
    people = People(site, chromium)
    yield people
    for context in people.contexts:
        context.close()
