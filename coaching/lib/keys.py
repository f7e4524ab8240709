"""Keys of rows as browsers send them: digits, which anybody can make into anything."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_KEY = 18  # digits; a longer number is held by no column of the database, which would refuse to look


def is_key(value: object) -> bool:
    """Whether ``value``, as text, can be the key of a row at all."""
    text = str(value)
    return text.isdecimal() and len(text) <= LONGEST_KEY


def keys_among(values: Iterable[object]) -> list[int]:
    """Those of ``values`` that can be keys, in their order."""
    return [int(str(value)) for value in values if is_key(value)]
