"""Large bodies wait on the disk until they are whole; too large ones are forgotten as they come."""

from __future__ import annotations

import asyncio
import hashlib
import os
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse

from coaching.lib import bodies
from coaching.lib.bodies import COUNTED_FROM, LARGEST_BODY
from coaching.lib.live.asgi import site
from coaching.taking_along import waiting
from coaching.wsgi import application
from tests.people import Cast
from tests.walk_along import FEED

from .live_scene import FakeSource, live, play
from .test_archives import zipped

ZIP = "/meenemen/meegebracht/"
LOG_IN = f"csrftoken=x; sessionid={'a' * 32}"


def request(size: int, path: str = "/", cookie: str = "", kind: str = "text/plain") -> Any:
    headers = {"content-length": str(size), "content-type": kind, "cookie": cookie, "host": "localhost"}
    return {
        "type": "http", "http_version": "1.1", "method": "POST", "path": path, "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "server": ("localhost", 80), "client": ("x", 1),
    }  # fmt: skip


class Browser:
    """Sends ``size`` bytes in pieces; ``gone_after``: how many it sends before the connection is lost."""

    def __init__(self, size: int, gone_after: int | None = None, content: bytes = b"") -> None:
        self.size, self.sent, self.gone_after, self.content = size, 0, gone_after, content

    async def receive(self) -> Any:
        if self.gone_after is not None and self.sent >= self.gone_after:
            return {"type": "http.disconnect"}
        piece = self.content[self.sent : self.sent + 65_536] or b"x" * min(65_536, self.size - self.sent)
        self.sent += len(piece)
        return {"type": "http.request", "body": piece, "more_body": self.sent < self.size}


def digest_page(environ: Any, start: Any) -> list[bytes]:
    """A page that reads all it is told of, and answers with what it read."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start("200 OK", [])
    return [f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode()]


def answer(browser: Browser, page: Any = digest_page, **words: str) -> bytes:
    return b"".join(message.get("body", b"") for message in messages(browser, page, **words))


def messages(browser: Browser, page: Any = digest_page, **words: str) -> list[Any]:
    """What the whole site answers, as it runs for real, with ``page`` for its pages."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            await site(page, app)(request(browser.size, **words), browser.receive, send)

    play(scene)
    return sent


@pytest.mark.parametrize(
    "size", [1, COUNTED_FROM, COUNTED_FROM + 1, bodies.PIECE, 2 * bodies.PIECE, 5_000_000, LARGEST_BODY]
)
def test_a_body_of_any_allowed_size_reaches_the_page_whole(size: int) -> None:
    assert answer(Browser(size)).decode() == f"{size} {hashlib.sha256(b'x' * size).hexdigest()}"


def test_a_page_begins_only_when_all_of_a_large_body_is_there() -> None:
    browser, seen = Browser(3_000_000), []

    def page(environ: Any, start: Any) -> list[bytes]:
        seen.append(browser.sent)
        return digest_page(environ, start)

    answer(browser, page)
    assert seen == [3_000_000]


def test_a_body_that_is_too_large_is_heard_and_forgotten() -> None:
    browser = Browser(LARGEST_BODY + 1)
    assert answer(browser).startswith(b"0 ")
    assert browser.sent == browser.size


def test_nobody_is_listened_to_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LISTENED_TO", LARGEST_BODY + 200_000)
    browser = Browser(LARGEST_BODY * 3)
    answer(browser)
    assert browser.sent < LARGEST_BODY + 400_000


def test_a_larger_body_comes_in_at_its_own_address_for_whoever_is_logged_in() -> None:
    size = LARGEST_BODY + 1
    assert answer(Browser(size), path=ZIP, cookie=LOG_IN).startswith(f"{size} ".encode())
    for path, cookie in ((ZIP, ""), (ZIP, "sessionid="), (ZIP, f"x{LOG_IN}"[:20]), ("/", LOG_IN)):
        assert answer(Browser(size), path=path, cookie=cookie).startswith(b"0 ")


def test_no_more_than_so_many_come_in_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one hears so at once; an ordinary form finds its way all the same."""
    monkeypatch.setattr(bodies, "MOST_AT_ONCE", 1)
    with bodies.places.one(1_000_000):
        browser = Browser(1_000_000)
        start, *_rest = messages(browser)
        assert start["status"] == 503 and browser.sent == 0
        assert answer(Browser(2_000)).startswith(b"2000 ")
    assert answer(Browser(1_000_000)).startswith(b"1000000 ")
    assert not +bodies.places.taken


@pytest.mark.parametrize("size", [2_000, 1_000_000])
def test_whoever_sends_too_slowly_is_given_up(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread waits for them, nothing of theirs stays, and the place is free."""
    monkeypatch.setattr(bodies, "seconds_for", lambda size: 0.05)
    asked: list[Any] = []

    class Slow(Browser):
        async def receive(self) -> Any:
            if self.sent:
                await asyncio.Event().wait()
            self.sent = 1
            return {"type": "http.request", "body": b"x", "more_body": True}

    start, *_rest = messages(Slow(size), lambda environ, start: asked.append(environ))
    assert start["status"] == 408 and not asked and not +bodies.places.taken


def test_a_whole_file_has_two_minutes() -> None:
    assert bodies.seconds_for(LARGEST_BODY) == pytest.approx(120, abs=1)


def test_a_connection_lost_midway_fails_and_saves_nothing() -> None:
    with pytest.raises(OSError, match="went away"):
        answer(Browser(2_000_000, gone_after=1_000_000))


def test_a_body_waits_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[Any] = []
    kept = bodies.take_in

    async def take_in(receive: Any, file: Any) -> Any:
        files.append(file)
        return await kept(receive, file)

    monkeypatch.setattr(bodies, "take_in", take_in)
    answer(Browser(5_000_000))
    assert files[0]._rolled and files[0].closed


@pytest.mark.django_db
def test_what_is_announced_as_too_large_gets_a_page_that_says_so(client: Client) -> None:
    reply = client.post(
        reverse("account_login"), data=b"x", content_type="text/plain", CONTENT_LENGTH=str(LARGEST_BODY + 1)
    )
    assert reply.status_code == 413
    assert "20 MB" in reply.content.decode()


@pytest.mark.django_db
def test_a_portfolio_of_thirty_megabytes_is_brought_in(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the whole site as it runs: the disk, the thread, the limits of the pages, the form."""
    # A request that ends must not close the connection, which is the test's own.
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)
    client.force_login(cast.noor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    big = zipped(("leap2a.xml", FEED), ("files/les.mp3", os.urandom(30_000_000)))
    fields = {"csrfmiddlewaretoken": "a" * 32, "file": SimpleUploadedFile("mee.zip", big)}
    content = encode_multipart("grens", fields)
    sent = messages(
        Browser(len(content), content=content),
        page_beside(connections["default"]),
        path=ZIP,
        cookie=f"csrftoken={'a' * 32}; sessionid={session}",
        kind="multipart/form-data; boundary=grens",
    )
    assert sent[0]["status"] == 302
    [kept] = waiting.folder().glob(f"{cast.noor.pk}-*.zip")
    assert kept.read_bytes() == big
    waiting.remove([kept])


def page_beside(shared: Any) -> Any:
    """The pages, whose thread uses the connection of the test: in SQLite it is the database."""

    def page(environ: Any, start: Any) -> Any:
        connections["default"] = shared
        return application(environ, start)

    shared.inc_thread_sharing()
    return page


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "says"), [(LARGEST_BODY + 1, 422), (302 * 1024 * 1024, 413)])
def test_the_address_of_a_portfolio_has_a_limit_of_its_own(
    size: int, says: int, cast: Cast, client: Client
) -> None:
    client.force_login(cast.noor)
    reply = client.post(ZIP, data=b"x", content_type="text/plain", CONTENT_LENGTH=str(size))
    assert reply.status_code == says
    assert says == 422 or "300 MB" in reply.content.decode()
    client.logout()
    assert client.post(ZIP, data=b"x", content_type="text/plain", CONTENT_LENGTH=str(size)).status_code == 413
