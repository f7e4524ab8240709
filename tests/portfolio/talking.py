"""Talks to test with, and how a browser comes to them."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from portfolio import talks as verbs
from portfolio.models import Talk
from schools.models import User
from tests.people import Cast

AGREED = "Twee lesbezoeken voor de kerst\nHanneke regelt de vervanging"


def slot(days: float = 7, place: str = "Kamer 3") -> verbs.Slot:
    start = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=days)
    return verbs.Slot(start, 45, place)


def held(cast: Cast, talk: Talk) -> Talk:
    """An hour after it began."""
    Talk.objects.filter(pk=talk.pk).update(starts_at=timezone.now() - dt.timedelta(hours=1))
    talk.refresh_from_db()
    verbs.hold(talk, cast.hanneke, talk.sequence, timezone.now())
    return talk


def page(client: Client, who: User, address: str, status: int = 200) -> str:
    client.force_login(who)
    reply = client.get(address)
    assert reply.status_code == status
    return " ".join(unescape(reply.content.decode()).split())


def post(client: Client, who: User, address: str, /, **data: Any) -> Any:
    client.force_login(who)
    return client.post(address, data)


def read(client: Client, who: User, talk: Talk) -> str:
    return page(client, who, f"/gesprekken/{talk.pk}/")
