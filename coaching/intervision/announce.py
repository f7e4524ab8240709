"""Telling every screen that a session changed: ids only, after commit."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from coaching.lib.live.transport import announce as wake
from schools.models import LiveChange


def announce(channel: str, version: int) -> None:
    """Leave a row for other processes, and wake this one's screens once the transaction holds."""
    LiveChange.objects.create(channel=channel, version=version)
    transaction.on_commit(partial(wake, channel, version))
