"""The whole site behind one ASGI application."""

import asyncio
import re
import socket
import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import uvicorn

from coaching.lib.live import asgi
from coaching.lib.live.app import LiveApp
from coaching.lib.live.asgi import site
from coaching.lib.live.hub import Hub

from .live_scene import (
    FakeSource,
    Visit,
    as_on,
    changed,
    cookie,
    fragment,
    live,
    play,
    until,
)


def pages(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """A page that answers with what it received."""
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode() + b" " + body + environ.get("HTTP_X_FROM", "").encode()]


def test_the_site_sends_pages_to_django_and_live_addresses_to_the_live_app() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            whole_site = site(pages, app)
            assert (
                await Visit(whole_site, "/vandaag/", method="POST", body=b"tekst").whole()
                == "/vandaag/ tekst"
            )
            assert "eerste" in (await fragment(whole_site))[1]
            assert await Visit(whole_site, "/live/7/stream").whole() == "Not found"
            assert (await fragment(whole_site, "?v=\xff"))[0].status == 200
            odd = Visit(whole_site, "/vandaag/?q=\xff")
            assert (await odd.whole(), odd.status) == ("Bad request", 400)

    play(scene)


@pytest.mark.parametrize(("patience", "waits"), [(60.0, True), (0.01, False)])
def test_a_page_begins_after_the_screens_that_are_being_made(
    patience: float, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asgi, "SCREENS_FIRST", patience)

    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            whole_site = site(pages, app)
            source.may_finish.clear()
            screen = asyncio.create_task(fragment(whole_site))
            await until(source.rendering.is_set)
            page = asyncio.create_task(Visit(whole_site, "/vandaag/").whole())
            if waits:
                await asyncio.sleep(0.1)
                assert not page.done()
                source.may_finish.set()
            assert await page == "/vandaag/ " and screen.done() == waits
            source.may_finish.set()
            assert "eerste" in (await screen)[1]

    play(scene)


def test_a_form_cut_off_halfway_reaches_no_page() -> None:
    reached: list[bytes] = []

    def saving(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        reached.append(environ["wsgi.input"].read())
        return pages({**environ, "wsgi.input": BytesIO()}, start_response)

    async def scene(source: FakeSource) -> None:
        incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        incoming.put_nowait({"type": "http.request", "body": b"tekst=half", "more_body": True})
        incoming.put_nowait({"type": "http.disconnect"})
        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
        scope["http_version"] = "1.1"
        async with live(source) as app:
            with pytest.raises(OSError, match="went away"):
                await site(saving, app)(scope, incoming.get, asyncio.Queue[Any]().put)

    play(scene)
    assert reached == []


def test_a_header_spelt_with_underscores_is_not_taken_for_the_proxys() -> None:
    async def scene(source: FakeSource) -> None:
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1"}
        scope["headers"] = [(b"x_from", b"forged"), (b"x-from", b"proxy")]
        incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        incoming.put_nowait({"type": "http.request", "body": b"", "more_body": False})
        sent: list[dict[str, Any]] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async with live(source) as app:
            await site(pages, app)(scope, incoming.get, send)
        assert b"".join(message.get("body", b"") for message in sent) == b"/ proxy"

    play(scene)


def test_a_real_server_serves_a_stream_and_stops_in_good_order(caplog: pytest.LogCaptureFixture) -> None:
    source = FakeSource()
    hub = Hub()
    application = site(pages, LiveApp(source, hub=hub, poll=60.0))
    config = uvicorn.Config(application, log_config=None, timeout_graceful_shutdown=1, lifespan="on")
    server = uvicorn.Server(config)
    with as_on("sqlite"), socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with socket.create_connection(listening.getsockname(), timeout=5) as client:
                client.sendall(
                    f"GET /live/7/stream HTTP/1.1\r\nHost: x\r\nCookie: {cookie()}\r\n\r\n".encode()
                )
                _read_until(client, changed(3))
                source.versions["7"] = 4
                hub.publish("7", 4)
                _read_until(client, changed(4))
                server.should_exit = True
                assert _read_until(client, "0\r\n\r\n"), "the stream ends as a complete answer"
        finally:
            server.should_exit = True
            thread.join(10)
    assert not thread.is_alive()
    assert not [name for name in _thread_names() if re.match("live|WSGI", name)]
    assert "Exception" not in caplog.text


def _thread_names() -> list[str]:
    for thread in threading.enumerate():
        if thread.name.startswith(("live", "WSGI")):
            thread.join(1)
    return [thread.name for thread in threading.enumerate()]


def _read_until(client: socket.socket, wanted: str) -> bool:
    read = b""
    while wanted.encode() not in read:
        piece = client.recv(4096)
        assert piece, f"connection closed before {wanted!r}: {read!r}"
        read += piece
    return True
