"""One HTTP answer over ASGI, with the headers that every live answer has."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]

# A screen that takes nothing for this long is gone, whatever its connection says.
SEND_SECONDS = 30.0

SAFE_HEADERS: list[Header] = [
    (b"cache-control", b"no-store"),
    (b"vary", b"Cookie"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
]


class ClientGone(Exception):
    """The browser went away while something was sent to it."""


class Reply:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = False
        self._finished = False

    async def start(self, status: int, headers: list[Header]) -> None:
        self._started = True
        await self._pass({"type": "http.response.start", "status": status, "headers": headers + SAFE_HEADERS})

    async def more(self, body: bytes) -> None:
        await self._pass({"type": "http.response.body", "body": body, "more_body": True})

    async def finish(self, body: bytes = b"") -> None:
        if self._started and not self._finished:
            self._finished = True
            await self._pass({"type": "http.response.body", "body": body, "more_body": False})

    async def whole(self, status: int, headers: list[Header], body: bytes = b"") -> None:
        if status != 204:
            headers = [*headers, (b"content-length", str(len(body)).encode())]
        await self.start(status, headers)
        await self.finish(body)

    async def plain(self, status: int, text: str) -> None:
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        if status == 405:
            headers.append((b"allow", b"GET"))
        await self.whole(status, headers, text.encode())

    async def fail(self) -> None:
        """End an answer that went wrong: as 500 without details, or by closing what was begun."""
        if self._started:
            await self.finish()
        else:
            await self.plain(500, "Server error")

    async def _pass(self, message: Message) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send(message)
        except OSError as error:  # TimeoutError is one too
            raise ClientGone from error
