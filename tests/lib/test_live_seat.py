"""The signed seat and its cookie."""

import time
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse

from coaching.lib.live import seat as seats
from coaching.lib.live.seat import Seat

from .live_scene import SEAT


def test_a_seat_survives_signing() -> None:
    assert seats.unsign(seats.sign(SEAT)) == SEAT


def test_a_changed_seat_is_refused() -> None:
    value = seats.sign(SEAT)
    payload, rest = value.split(":", 1)
    other = seats.sign(Seat("8", 1, "login-1")).split(":", 1)[0]
    assert seats.unsign(f"{other}:{rest}") is None
    assert seats.unsign(f"{payload}:{rest[:-1]}{'A' if rest[-1] != 'A' else 'B'}") is None


def test_a_seat_is_refused_after_two_hours() -> None:
    now = time.time()
    with time_machine.travel(now - 2 * 3600 - 5):
        old = seats.sign(SEAT)
    with time_machine.travel(now - 2 * 3600 + 60):
        young = seats.sign(SEAT)
    assert (seats.unsign(old), seats.unsign(young)) == (None, SEAT)


def test_a_value_signed_for_something_else_is_refused() -> None:
    from django.core import signing

    assert seats.unsign(signing.dumps(["7", 1, "login-1"], salt="another purpose")) is None
    assert seats.unsign(signing.dumps({"channel": "7"}, salt=seats.SALT)) is None
    assert seats.unsign(signing.dumps([7, "1", None], salt=seats.SALT)) is None


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_stays_with_its_session(secure: bool, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = secure
    response = HttpResponse()
    seats.set_cookie(response, SEAT)
    morsel = response.cookies["live"]
    assert morsel["path"] == "/live/7/"
    assert morsel["httponly"] is True
    assert morsel["samesite"] == "Lax"
    assert bool(morsel["secure"]) == secure
    assert morsel["max-age"] == 7200
    assert seats.unsign(morsel.value) == SEAT
