"""What a dossier is made of: parts with paragraphs, points, questions and tables, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coaching.visibility import Item

BLANK = "………………………………"  # to be filled in by hand


@dataclass(frozen=True)
class Table:
    """``label`` tells what it is to whoever listens; ``kind`` names the widths of its columns on paper."""

    label: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    kind: str = ""

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Rows of cells, each after the heading of its column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class Part:
    """``items``: rows of who sees what; ``written``: text of people in blocks, each with its heading or none."""

    key: str
    title: str
    lines: Sequence[str] = ()
    points: Sequence[str] = ()
    questions: Sequence[tuple[str, str]] = ()
    table: Table | None = None
    items: Sequence[Item] = ()
    written: Sequence[tuple[str, str]] = ()
    is_annex: bool = False


def said(texts: Sequence[Any], **words: Any) -> list[str]:
    """Lazy ``texts`` in the language of now, with ``words`` filled in."""
    return [str(text) % words if words else str(text) for text in texts]
