"""Bodies of requests that take a while to come in: they wait on the disk, not in a thread that makes pages.

Four people who send a photo over a slow line would else hold up everybody.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import Any

from .uploads import MAX_FILE_BYTES

LARGEST_BODY = MAX_FILE_BYTES + 1024 * 1024  # a file with the fields around it
SPOOLED_FROM = 64 * 1024  # less has arrived by the time it is asked for
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


@asynccontextmanager
async def arrived(scope: Any, receive: Receive) -> AsyncIterator[Receive]:
    """``receive`` for a page: a large body once it is all there, one that is too large without its content."""
    size = announced(scope)
    if size <= SPOOLED_FROM:
        yield receive
        return
    with SpooledTemporaryFile(max_size=KEPT_IN_MEMORY) as file:
        last = await take_in(receive, file if size <= LARGEST_BODY else None)
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
