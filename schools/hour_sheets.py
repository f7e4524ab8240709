"""Hours as tables for a spreadsheet, each in hours and in minutes: a line a person, or a person and task code."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from coaching.lib.sheets import Value

from .budgets import Balance, allotments_of, balances, in_hours
from .hour_books import SUMS
from .models import HourLine, Membership, School, SchoolYear

Sheet = tuple[list[str], list[list[Value]]]  # head and rows


def head(*names: str) -> list[str]:
    return [name.capitalize() for name in names]


def by_person(school: School, year: SchoolYear, day: dt.date, code: str = "") -> Sheet:
    """Budget, planned, held and left of each; ``code``: of the lines on it only, as in the table on screen."""
    names = head(_("name"), _("function"), _("fte"), _("task code"))
    names += head(_("hours budget"), _("hours planned"), _("hours held"), _("hours left"))
    names += head(_("minutes budget"), _("minutes planned"), _("minutes held"), _("minutes left"))
    people = balances(school, year, day=day, task_code=code)
    return names, [[*who(row.membership, row.fte), code or _("all"), *sums_of(row)] for row in people]


def who(membership: Membership, fte: Decimal) -> list[Value]:
    return [membership.person.name, str(membership.get_function_display()), fte]


def sums_of(row: Balance) -> list[Value]:
    """Without an allotment there is no budget, and nothing to be left of it: empty cells, no zeros."""
    budget = row.budget if row.allotted else None
    left = row.left if row.allotted else None
    minutes = (budget, row.planned, row.held, left)
    hours: list[Value] = ["" if each is None else in_hours(each) for each in minutes]
    return [*hours, *("" if each is None else each for each in minutes)]


def by_code(school: School, year: SchoolYear, day: dt.date, code: str = "") -> Sheet:
    """Planned and held of each on each code; who has no line yet stands there with the school's code and zeros.

    ``code``: that one only, and only who has a line on it.
    """
    names = head(_("name"), _("function"), _("fte"), _("task code"), _("name of the code"))
    names += head(_("hours planned"), _("hours held"), _("minutes planned"), _("minutes held"))
    people = balances(school, year, day=day)
    allotment, labels = allotments_of([school.pk], year).get(school.pk), names_of(school)
    nothing = {} if code else {allotment.task_code if allotment else "": (0, 0)}
    booked = minutes_by_code([row.membership for row in people], year, day, code)
    return names, [
        [*who(row.membership, row.fte), each, labels.get(each, ""), *hours_and_minutes(*sums)]
        for row in people
        for each, sums in booked.get(row.membership.pk, nothing).items()
    ]


def names_of(school: School) -> dict[str, str]:
    return dict(school.task_codes.values_list("code", "name"))


def hours_and_minutes(planned: int, held: int) -> list[Value]:
    return [in_hours(planned), in_hours(held), planned, held]


def minutes_by_code(
    people: list[Membership], year: SchoolYear, day: dt.date, code: str
) -> dict[int, dict[str, tuple[int, int]]]:
    """By membership and task code: planned and held."""
    lines = HourLine.objects.of_year(year).counting(day).filter(membership__in=people)
    lines = lines.filter(task_code=code) if code else lines
    found: dict[int, dict[str, tuple[int, int]]] = {}
    rows: Any = lines.order_by("task_code").values("membership", "task_code").annotate(**SUMS)
    for row in rows:
        found.setdefault(row["membership"], {})[row["task_code"]] = row["planned"], row["held"]
    return found
