"""When a log-in ends because nobody did anything with it: one rule for pages and for live screens."""

from __future__ import annotations

from django.conf import settings

STAMP = "active_at"  # in the log-in session: when its last request came, seconds since 1970
# Answers are anonymous: a log-in must not tell that somebody was just there, or pressed the button to their link.
UNSEEN = ("/vragenlijst/", "/peilingen/")


def is_idle(last: int | None, now: float) -> bool:
    """Whether ``last`` is too long ago; a log-in without a stamp has only just begun."""
    return last is not None and now - last > settings.IDLE_MINUTES * 60
