"""JSON from elsewhere, read value by value: each has the type and the size that is asked for, or all is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Container
from typing import Any

from django.utils.translation import gettext as _

from coaching.lib.archives import ArchiveRefused

from .leap2a import one_line, plain

MOST_BYTES = 5 * 1024 * 1024  # four hundred pieces and ten POPs with all their versions take three
MOST_PARTS = 200_000  # lists and objects: each takes thirty times the memory of its two brackets
LONG_TEXT = 50_000  # characters
MOST_ROWS = 5_000
DAYS = range(1990, 2100)  # years


def loaded(data: bytes) -> Row:
    """Of MOST_BYTES at most. Raises ArchiveRefused."""
    if data.count(b"[") + data.count(b"{") > MOST_PARTS:
        raise damaged()
    try:
        return Row(json.loads(data))
    except (
        ValueError,
        RecursionError,
    ):  # with wrong encodings, numbers of a thousand digits, 10,000 brackets
        raise damaged() from None


def damaged() -> ArchiveRefused:
    return ArchiveRefused(
        _("The file mine.json in this ZIP file is damaged, or was changed. Nothing was read in.")
    )


class Row:
    """One JSON object."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise damaged()
        self._value: dict[str, Any] = value

    def text(self, name: str, most: int = LONG_TEXT) -> str:
        """Several lines; a missing one is empty."""
        value = self._value.get(name, "")
        if not isinstance(value, str) or len(value) > most:
            raise damaged()
        return plain(value)

    def line(self, name: str, most: int) -> str:
        return one_line(self.text(name, most))

    def choice(self, name: str, choices: Container[str]) -> str:
        value = self._value.get(name, "")
        if not isinstance(value, str) or value not in choices:
            raise damaged()
        return value

    def number(self, name: str, most: int) -> int | None:
        value = self._value.get(name)
        if value is None:
            return None
        if type(value) is not int or not 0 <= value <= most:
            raise damaged()
        return value

    def needed(self, name: str, most: int) -> int:
        value = self.number(name, most)
        if value is None:
            raise damaged()
        return value

    def truth(self, name: str) -> bool:
        value = self._value.get(name, False)
        if not isinstance(value, bool):
            raise damaged()
        return value

    def day(self, name: str) -> dt.date | None:
        moment = self._moment(name)
        return moment.date() if moment else None

    def moment(self, name: str) -> dt.datetime | None:
        moment = self._moment(name)
        if moment and moment.tzinfo is None:
            raise damaged()
        return moment

    def _moment(self, name: str) -> dt.datetime | None:
        text = self.text(name, 40)
        try:
            moment = dt.datetime.fromisoformat(text) if text else None
        except ValueError:
            raise damaged() from None
        if moment and moment.year not in DAYS:
            raise damaged()
        return moment

    def id(self, name: str = "id") -> str:
        """A number, as text; "" for none."""
        value = self.number(name, 2**63)
        return "" if value is None else str(value)

    def ids(self, name: str) -> list[str]:
        found = self._list(name)
        if any(type(value) is not int for value in found):
            raise damaged()
        return [str(value) for value in found]

    def row(self, name: str) -> Row:
        return Row(self._value.get(name, {}))

    def rows(self, name: str, most: int = MOST_ROWS) -> list[Row]:
        return [Row(value) for value in self._list(name, most)]

    def _list(self, name: str, most: int = MOST_ROWS) -> list[Any]:
        value = self._value.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            raise damaged()
        return value
