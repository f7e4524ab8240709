"""Fixtures of this room's tests."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def house_mail(settings: Any) -> None:
    """Mails become rows, as on the site; the test runner would keep them in memory."""
    settings.EMAIL_BACKEND = "schools.outbox.OutboxBackend"
