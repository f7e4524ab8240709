"""Large bodies wait on the disk until they are whole; too large ones are forgotten as they come."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coaching.lib import bodies
from coaching.lib.bodies import LARGEST_BODY, SPOOLED_FROM
from coaching.lib.live.asgi import site

from .live_scene import FakeSource, live, play


def request(size: int, *, method: str = "POST") -> Any:
    return {
        "type": "http", "http_version": "1.1", "method": method, "path": "/", "query_string": b"",
        "headers": [(b"content-length", str(size).encode())], "server": ("localhost", 80), "client": ("x", 1),
    }  # fmt: skip


class Browser:
    """Sends ``size`` bytes in pieces; ``gone_after``: how many it sends before the connection is lost."""

    def __init__(self, size: int, gone_after: int | None = None) -> None:
        self.size, self.sent, self.gone_after = size, 0, gone_after

    async def receive(self) -> Any:
        if self.gone_after is not None and self.sent >= self.gone_after:
            return {"type": "http.disconnect"}
        piece = b"x" * min(65_536, self.size - self.sent)
        self.sent += len(piece)
        return {"type": "http.request", "body": piece, "more_body": self.sent < self.size}


def digest_page(environ: Any, start: Any) -> list[bytes]:
    """A page that reads all it is told of, and answers with what it read."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start("200 OK", [])
    return [f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode()]


def answer(browser: Browser, page: Any = digest_page) -> bytes:
    """What the whole site answers, as it runs for real, with ``page`` for its pages."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            await site(page, app)(request(browser.size), browser.receive, send)

    play(scene)
    return b"".join(message.get("body", b"") for message in sent)


@pytest.mark.parametrize(
    "size", [1, SPOOLED_FROM, SPOOLED_FROM + 1, bodies.PIECE, 2 * bodies.PIECE, 5_000_000, LARGEST_BODY]
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
