"""The pass a page hands to its browser: whose screen this is, never what that person may do."""

import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core import signing
from django.http import HttpResponseBase

COOKIE = "live"
MAX_AGE = 2 * 60 * 60
LONGEST = 1_000  # characters; what we sign has a third of that
SALT = "coaching.live.seat"


@dataclass(frozen=True)
class Seat:
    """`auth_hash` ties the pass to a password, `log_in` to one log-in: after log-out it opens nothing any more."""

    channel: str
    user_id: int
    auth_hash: str
    log_in: str = ""


def sign(seat: Seat) -> str:
    return signing.dumps([seat.channel, seat.user_id, seat.auth_hash, seat.log_in], salt=SALT)


def unsign(value: str) -> Seat | None:
    """The seat, or None when the value was tampered with or is older than two hours."""
    if len(value) > LONGEST:
        return None
    seat, signed_at = _opened(value)
    return seat if time.time() - signed_at <= MAX_AGE else None


@lru_cache(maxsize=4096)
def _opened(value: str) -> tuple[Seat | None, float]:
    """The seat and when it was signed (seconds since 1970): worked out once, asked at every change."""
    try:
        channel, user_id, auth_hash, log_in = signing.loads(value, salt=SALT)
        signed_at = float(signing.b62_decode(value.rsplit(":", 2)[1]))
    except (signing.BadSignature, ValueError, TypeError):
        return None, 0.0
    if not (isinstance(user_id, int) and all(isinstance(each, str) for each in (channel, auth_hash, log_in))):
        return None, 0.0
    return Seat(channel, user_id, auth_hash, log_in), signed_at


def set_cookie(response: HttpResponseBase, seat: Seat) -> None:
    """Each session has its own path, so that two tabs don't overwrite each other's seat."""
    response.set_cookie(
        COOKIE,
        sign(seat),
        max_age=MAX_AGE,
        path=f"/live/{seat.channel}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def seat_from_cookies(header: str, channel: str) -> tuple[Seat, str] | None:
    """The seat for this channel and its signed value; a cookie of another channel counts as none."""
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name != COOKIE:
            continue
        seat = unsign(value)
        if seat is not None and seat.channel == channel:
            return seat, value
    return None
