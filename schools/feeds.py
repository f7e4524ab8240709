"""A calendar to subscribe to: an address that only its owner knows, in the place of a log-in."""

from __future__ import annotations

import datetime as dt
import secrets

from .models import FeedToken, User
from .tokens import hashed

TOKEN_BYTES = 32  # 256 bits


def make_feed(person: User, at: dt.datetime) -> str:
    """A new token, shown once; the one before it is dead at once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token_hash": hashed(token), "made_at": at}
    FeedToken.objects.update_or_create(person=person, defaults=values)
    return token


def stop_feed(person: User) -> bool:
    """Whether there was one."""
    return bool(FeedToken.objects.filter(person=person).delete()[0])


def forget_feeds_of_closed_accounts() -> int:
    """They open nothing as it is; an account that opens again begins with a new address."""
    return FeedToken.objects.filter(person__is_active=False).delete()[0]


def person_of(token: str) -> User | None:
    """Whose calendar this is; None for a token that is wrong, replaced, or of a closed account."""
    rows = User.objects.filter(feed__token_hash=hashed(token), is_active=True)
    return rows.first()
