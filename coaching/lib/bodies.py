"""Bodies of requests that take a while to come in: they wait on the disk, not in a thread that makes pages.

Four people who send a photo over a slow line would else hold up everybody.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings

from .uploads import MAX_FILE_BYTES

LARGEST_BODY = MAX_FILE_BYTES + 1024 * 1024  # a file with the fields around it
COUNTED_FROM = 64 * 1024  # an ordinary form always finds a place
# Coming in at one time: at any address, and of those that may be larger (settings.LARGER_BODIES).
MOST_AT_ONCE, MOST_LARGER = 24, 2
# Whoever sends slower than 210 kB a second is given up, or a few slow ones would hold every place all day.
SECONDS, BYTES_A_SECOND = 20, LARGEST_BODY // 100
KEPT_IN_MEMORY = 1024 * 1024
PIECE = 256 * 1024
# A browser reads no answer before it has sent all, so what is too large is listened to, up to here, and forgotten.
LISTENED_TO = 20 * LARGEST_BODY

Message = Any
Receive = Callable[[], Awaitable[Message]]


def announced(scope: Any) -> int:
    """Bytes, as the request says itself; 0 when it does not: then nothing of it is read as a form either."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(said) if said.isdigit() else 0


class BodyRefused(Exception):
    """``status`` and the message are the whole answer: no page is made for it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def largest_at(path: str) -> int:
    """Bytes that a body sent to ``path`` may have."""
    return int(settings.LARGER_BODIES.get(path, LARGEST_BODY))


def largest_of(scope: Any) -> int:
    """More than LARGEST_BODY only where a log-in comes with it; whose it is, the page asks."""
    return largest_at(scope["path"]) if has_session(scope) else LARGEST_BODY


def has_session(scope: Any) -> bool:
    name = re.escape(settings.SESSION_COOKIE_NAME).encode()
    cookies = (value for header, value in scope["headers"] if header == b"cookie")
    return any(re.search(rb"(?:^|;)\s*" + name + rb"=[a-z0-9]{20,}", value) for value in cookies)


def seconds_for(size: int) -> float:
    return SECONDS + size / BYTES_A_SECOND


class Places:
    """How many bodies are on the disk of this process, by whether they are larger than LARGEST_BODY."""

    def __init__(self) -> None:
        self.taken: Counter[bool] = Counter()

    @contextmanager
    def one(self, size: int) -> Iterator[None]:
        if size <= COUNTED_FROM:
            yield
            return
        larger = size > LARGEST_BODY
        if self.taken[larger] >= (MOST_LARGER if larger else MOST_AT_ONCE):
            raise BodyRefused(503, "Many files are being sent just now. Try again in a minute.")
        self.taken[larger] += 1
        try:
            yield
        finally:
            self.taken[larger] -= 1


places = Places()


@asynccontextmanager
async def arrived(scope: Any, receive: Receive) -> AsyncIterator[Receive]:
    """``receive`` for a page: a body once it is all there, one that is too large without its content.

    Raises BodyRefused when too many come in at once, or this one too slowly.
    """
    size = announced(scope)
    if not size:
        yield receive
        return
    is_kept = size <= largest_of(scope)
    with places.one(size if is_kept else 0), SpooledTemporaryFile(max_size=KEPT_IN_MEMORY) as file:
        try:
            async with asyncio.timeout(seconds_for(min(size, LISTENED_TO))):
                last = await take_in(receive, file if is_kept else None)
        except TimeoutError:
            raise BodyRefused(408, "This took too long. Nothing was saved; try again.") from None
        file.seek(0)
        yield replayed(file, last)


async def take_in(receive: Receive, file: Any) -> Message:
    """Write what comes in to ``file``, or forget it; the message that ended it."""
    heard = 0
    while True:
        message = await receive()
        piece = message.get("body", b"")
        heard += len(piece)
        if file is not None:
            file.write(piece)
        if message["type"] != "http.request" or not message.get("more_body") or heard > LISTENED_TO:
            return message


def replayed(file: Any, last: Message) -> Receive:
    """The same body again, in pieces; a connection that was lost midway is still lost at its end."""

    async def receive() -> Message:
        piece = file.read(PIECE)
        if not piece and last["type"] != "http.request":
            return last
        whole = last["type"] == "http.request" and len(piece) < PIECE
        return {"type": "http.request", "body": piece, "more_body": not whole}

    return receive
