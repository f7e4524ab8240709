"""The day by which people look back together on what they settled."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import translation

from coaching.lib.markup import look_back_by


@pytest.mark.parametrize(
    ("settled", "today", "words"),
    [
        ("2024-09-01", "2026-11-22", "woensdag 1 september 2027"),
        ("2026-09-01", "2026-11-22", "woensdag 1 september 2027"),
        ("2024-11-22", "2026-11-22", "zondag 22 november"),
        ("2024-02-29", "2024-12-01", "zaterdag 1 maart 2025"),
    ],
)
def test_it_is_the_next_yearly_day(settled: str, today: str, words: str) -> None:
    at = dt.datetime.fromisoformat(f"{settled}T12:00").replace(tzinfo=dt.UTC)
    now = dt.datetime.fromisoformat(f"{today}T12:00").replace(tzinfo=dt.UTC)
    with time_machine.travel(now), translation.override("nl"):
        assert look_back_by(at) == words
