"""Hours as pages show them: one person's lines, a school's balances, totals without persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Sum

from .budgets import Balance, balances_of
from .models import Consent, HourLine, LineKind, Membership, School, SchoolYear
from .task_codes import Labels, label_of, labels_of

LEAST_PEOPLE = 5  # a sum over fewer would say something about one of them


@dataclass
class Entry:
    """One booking with what was corrected in it; ``after``: what is used of the budget once it is done."""

    line: HourLine
    corrections: list[HourLine] = field(default_factory=list)
    after: int = 0
    code: str = ""  # with its name, when the school gave it one

    @property
    def minutes(self) -> int:
        return self.line.minutes + sum(row.minutes for row in self.corrections)

    @property
    def is_planned(self) -> bool:
        return self.line.kind == LineKind.PLANNED

    @property
    def can_be_undone(self) -> bool:
        return self.line.is_by_hand and self.minutes != 0


@dataclass(frozen=True)
class Book:
    """One membership in one school year; without the PMR's consent there is nothing in it."""

    balance: Balance
    agreed: bool
    entries: list[Entry]

    @property
    def membership(self) -> Membership:
        return self.balance.membership


def books_of(memberships: Iterable[Membership], year: SchoolYear, day: dt.date) -> list[Book]:
    """A book a membership, its entries newest first, in a fixed number of statements."""
    balances = balances_of(memberships, year, day=day)
    rows = [balance.membership for balance in balances]
    schools = {row.school_id for row in rows}
    agreed = Consent.objects.agreed_to_hours().filter(school__in=schools)
    open_ = set(agreed.values_list("school", flat=True))
    lines = HourLine.objects.of_year(year).counting(day).filter(membership__in=rows)
    of_membership: dict[int, list[HourLine]] = {row.pk: [] for row in rows if row.school_id in open_}
    for line in lines.select_related("booked_by").order_by("day", "pk"):
        of_membership.get(line.membership_id, []).append(line)
    labels = labels_of(schools)
    return [
        Book(balance, row.school_id in open_, entries(of_membership.get(row.pk, []), row.school_id, labels))
        for balance, row in zip(balances, rows, strict=True)
    ]


def entries(lines: list[HourLine], school: int, labels: Labels) -> list[Entry]:
    """``lines`` oldest first, corrections put with what they correct; returned newest first."""
    found = {
        line.pk: Entry(line, code=label_of(labels, school, line.task_code))
        for line in lines
        if line.corrects_id is None
    }
    for line in lines:
        if line.corrects_id in found:
            found[line.corrects_id].corrections.append(line)
    used = 0
    for entry in found.values():
        used += entry.minutes
        entry.after = used
    return list(found.values())[::-1]


@dataclass(frozen=True)
class Totals:
    """Sums over a school; None where fewer than five people would be behind one.

    ``budget`` without what was promised to groups: it follows who is in them, and would tell so day by day.
    """

    people: int | None
    budget: int | None
    held: int | None


def totals_of(balances: list[Balance]) -> Totals:
    def added(values: list[int]) -> int | None:
        return sum(values) if len([value for value in values if value]) >= LEAST_PEOPLE else None

    return Totals(
        people=len(balances) if len(balances) >= LEAST_PEOPLE else None,
        budget=added([balance.budget - balance.promised for balance in balances]),
        held=added([balance.held for balance in balances]),
    )


@dataclass(frozen=True)
class CodeTotal:
    code: str
    label: str
    held: int
    planned: int


SUMS: dict[str, Any] = {
    "held": Sum("minutes", filter=Q(kind=LineKind.HELD), default=0),
    "planned": Sum("minutes", filter=Q(kind=LineKind.PLANNED), default=0),
}


def code_totals(school: School, year: SchoolYear, day: dt.date) -> list[CodeTotal]:
    """Minutes of the whole school by task code."""
    lines = HourLine.objects.of_year(year).counting(day).filter(membership__school=school)
    rows: Any = lines.order_by("task_code").values("task_code").annotate(**SUMS)
    labels = labels_of([school.pk])
    return [
        CodeTotal(code := row["task_code"], label_of(labels, school.pk, code), row["held"], row["planned"])
        for row in rows
    ]
