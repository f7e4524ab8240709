"""What a director sees, as a table for a spreadsheet: a line a number, nothing that is not on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from coaching.lib.sheets import Row, Value
from coaching.lib.suppression import Span
from schools.budgets import in_hours
from schools.models import ShownKind

from .numbers import Cell, Numbers


def head() -> list[str]:
    return [_("school"), _("about"), _("what"), _("from"), _("until and including"), _("in words")]


def lines(rows: Sequence[Numbers]) -> Iterator[Row]:
    """Schools below each other; of a number that is exact both bounds are the same."""
    for row in rows:
        yield from facts(row)
        for part, cells in row.table:
            about = f"{part.label} {part.first_day.year}"
            yield from ([row.name, about, *cell_values(cell)] for cell in cells)


def facts(row: Numbers) -> Iterator[Row]:
    meetings = row.meetings
    yield exact(row, _("groups"), _("how many"), len(row.groups))
    for stage, number in row.stages:
        yield exact(row, _("plans of groups (GOP)"), str(stage.label), number)
    yield exact(row, _("meetings"), _("held"), meetings.held)
    yield exact(row, _("meetings"), _("held and still to come"), meetings.all)
    yield exact(row, _("hours of meetings"), _("held"), in_hours(meetings.minutes_held))
    yield exact(row, _("hours of meetings"), _("held and still to come"), in_hours(meetings.minutes_all))


def exact(row: Numbers, about: str, what: str, value: Value) -> Row:
    return [row.name, about, what, value, value, ""]


def cell_values(cell: Cell) -> list[Value]:
    """Percents of presence, hours of hours, people otherwise; the highest step has no end, but that of presence."""
    low, high = bounds(cell.kind, cell.span) if cell.span else ("", "")
    return [str(cell.kind.label), low, high, cell.words]


def bounds(kind: ShownKind, span: Span) -> tuple[Value, Value]:
    if kind == ShownKind.PRESENCE:
        return span.low_percent, span.high_percent
    if kind == ShownKind.HOURS:
        return in_hours(span.low), "" if span.is_top else in_hours(span.high)
    return span.low, "" if span.is_top else span.high
