"""Not too often: how many times something may be asked in a span of time."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache


def seconds_to_wait(what: str, at: dt.datetime, *, times: int, seconds: int) -> int:
    """Count one more of ``what``; 0 while there were ``times`` or fewer in this span of ``seconds``.

    Two at one moment may count as one: it keeps a machine from asking all day, it is no lock.
    """
    span, passed = divmod(int(at.timestamp()), seconds)
    key = f"turnstile:{what}:{span}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, timeout=seconds)
    return seconds - passed if count > times else 0
