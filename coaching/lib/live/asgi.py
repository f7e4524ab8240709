"""The whole site as one ASGI application: live addresses here, pages in a bounded pool of threads."""

import gc
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from a2wsgi import WSGIMiddleware

from ..bodies import BodyRefused, arrived
from .app import LiveApp
from .reply import Message, Receive, Reply, Scope, Send

PAGE_THREADS = 4
# A page that computes gives way after a millisecond instead of five: screens wait for several such turns.
TURN_SECONDS = 0.001
# A page that is asked for now begins so much later, while screens are being made: a group waits for those.
SCREENS_FIRST = 0.05  # seconds at most
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def site(django_wsgi_app: Any, live_app: LiveApp) -> App:
    sys.setswitchinterval(TURN_SECONDS)
    pages = WSGIMiddleware(django_wsgi_app, workers=PAGE_THREADS)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(live_app, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"].startswith("/live/"):
            await live_app(scope, receive, send)
        elif not scope["query_string"].isascii():
            await Reply(send).plain(400, "Bad request")
        else:
            try:
                async with arrived(scope, receive) as body:
                    await live_app.settled(SCREENS_FIRST)
                    await pages(_honest(scope), _complete(body), send)
            except BodyRefused as refused:
                await Reply(send).plain(refused.status, str(refused))

    return application


def _honest(scope: Scope) -> Scope:
    """WSGI can't tell `X_Forwarded_For` from `X-Forwarded-For`: only the proxy's own spelling counts."""
    headers = [header for header in scope["headers"] if b"_" not in header[0]]
    return {**scope, "headers": headers}


def _complete(receive: Receive) -> Receive:
    """A form cut off by a lost connection must fail, not be saved as if it were all there is."""

    async def receive_or_fail() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise OSError("the browser went away")
        return message

    return receive_or_fail


async def _lifespan(live_app: LiveApp, receive: Receive, send: Send) -> None:
    await receive()
    gc.collect()
    gc.freeze()  # what is loaded stays; looking through it again would hold up every screen
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await live_app.stop()
    await send({"type": "lifespan.shutdown.complete"})
