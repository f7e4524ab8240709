"""What was saved on one screen beside what somebody typed on another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Difference:
    """One field as it is saved now and as the writer had it."""

    label: str
    saved: str
    typed: str


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return date_format(value, "j F Y") if hasattr(value, "year") else str(value or "–")
