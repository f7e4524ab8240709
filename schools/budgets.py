"""What each person has for collegial coaching in a school year, and what is left of it; all in minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, Sum, prefetch_related_objects
from django.utils import timezone

from .allowances import promised_to, with_promised
from .models import Allotment, Fte, HourLine, LineKind, Membership, Role, RoleHeld, School, SchoolYear
from .models.people import MembershipQuerySet

FULL_TIME = Decimal(1)
QUARTER = 15
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Balance:
    """One membership in one school year. ``allotted`` is off while the school set nothing apart for it.

    ``promised``: the part of ``budget`` that somebody has on top, for the plan of their group.
    """

    membership: Membership
    fte: Decimal
    budget: int
    held: int
    planned: int
    allotted: bool = True
    promised: int = 0

    @property
    def left(self) -> int:
        """budget − held − planned; below zero when it is too much."""
        return self.budget - self.held - self.planned

    @property
    def over(self) -> int:
        return max(0, -self.left) if self.allotted else 0

    @property
    def is_over(self) -> bool:
        """Too much by so many minutes that it shows in quarters of an hour."""
        return 2 * self.over >= QUARTER

    @property
    def whole(self) -> int:
        """What a bar of it stands for."""
        return max(self.budget, self.held + self.planned, 1)

    @property
    def held_percent(self) -> int:
        return max(0, self.held) * 100 // self.whole

    @property
    def planned_percent(self) -> int:
        both = max(0, self.held + self.planned) * 100 // self.whole
        return max(0, both - self.held_percent)


def in_hours(minutes: int) -> Decimal:
    """To two decimals: 100 is 1.67."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def fte_on(rows: Sequence[Fte], day: dt.date) -> Decimal:
    """The newest of ``rows`` that holds on ``day``; before the first row what that one says; without any full time.

    Whoever was put in before their fte started worked no more then: the first row is the best that is known.
    """
    if not rows:
        return FULL_TIME
    in_order = sorted(rows, key=lambda row: row.valid_from)
    return next((row.value for row in reversed(in_order) if row.valid_from <= day), in_order[0].value)


def stay(membership: Membership, year: SchoolYear) -> tuple[dt.date, dt.date] | None:
    """First and last day of the membership within the year, both included."""
    first = max(membership.valid_from, year.first_day)
    last = min(membership.valid_until or year.last_day, year.last_day)
    return (first, last) if first <= last else None


def share_of_year(membership: Membership, year: SchoolYear) -> Fraction:
    """The sum over the days of the stay of the fte of that day, divided by the days of the year (365 or 366)."""
    span = stay(membership, year)
    if span is None:
        return Fraction(0)
    first, last = span
    rows = list(membership.fte.all())
    starts = sorted({first, *(row.valid_from for row in rows if first < row.valid_from <= last)})
    worked = sum(
        (
            Fraction(fte_on(rows, begin)) * (end - begin).days
            for begin, end in pairwise([*starts, last + A_DAY])
        ),
        Fraction(0),
    )
    return worked / ((year.last_day - year.first_day).days + 1)


def budget_minutes(allotment: Allotment | None, membership: Membership) -> int:
    """Minutes of ``membership`` in the year of ``allotment``, rounded half up; 0 without an allotment.

    Not pro rata: all of them, for whoever is at school on a day of that year. Prefetch ``fte`` for a list.
    """
    if allotment is None or stay(membership, allotment.year) is None:
        return 0
    if not allotment.pro_rata:
        return allotment.minutes
    exact = allotment.minutes * share_of_year(membership, allotment.year)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def allotments_of(schools: Iterable[int], year: SchoolYear) -> dict[int, Allotment]:
    """By school; a school that set nothing apart is not in it."""
    rows = Allotment.objects.filter(school__in=set(schools), year__starts=year.starts).select_related("year")
    return {row.school_id: row for row in rows}


def allotments_on(schools: Iterable[int], day: dt.date) -> dict[int, Allotment]:
    """Those of the school year that holds ``day``."""
    return allotments_of(schools, SchoolYear(starts=SchoolYear.start_of(day)))


def with_hours(memberships: MembershipQuerySet, year: SchoolYear) -> MembershipQuerySet:
    """Of ``memberships``, colleagues and coordinators of a day in ``year``, and whoever has a line in it.

    A director or an outside consultant has no hours as such. By name, each with its person and school.
    """
    holds = RoleHeld.objects.filter(membership=OuterRef("pk"), role__in=(Role.TEACHER, Role.COORDINATOR))
    lines = HourLine.objects.of_year(year).filter(membership=OuterRef("pk"))
    rows = memberships.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=year.first_day),
        Exists(holds) | Exists(lines),
        valid_from__lte=year.last_day,
    )
    return rows.select_related("person", "school").order_by("person__name", "school__name", "pk")


def people_of(school: School, year: SchoolYear) -> MembershipQuerySet:
    """Whose hours count in ``school``."""
    return with_hours(Membership.objects.filter(school=school), year)


def balances(
    school: School,
    year: SchoolYear,
    *,
    day: dt.date | None = None,
    task_code: str = "",
    booked_before: dt.date | None = None,
) -> list[Balance]:
    """Of everybody in ``school``, by name, in four statements; asks for no consent: the caller does."""
    people = with_promised(people_of(school, year), year)
    return balances_of(people, year, day=day, task_code=task_code, booked_before=booked_before)


def balances_of(
    memberships: Iterable[Membership],
    year: SchoolYear,
    *,
    day: dt.date | None = None,
    task_code: str = "",
    booked_before: dt.date | None = None,
) -> list[Balance]:
    """Of these memberships, in their order, of one school or several.

    ``day`` (today): planned lines before it no longer count, and fte is that of the day. ``task_code``: only
    its lines; the budget then is 0 unless it is the code of the allotment, with what was promised on top.
    ``booked_before``: only lines that were written before that day.
    """
    rows, day = list(memberships), day or timezone.localdate()
    prefetch_related_objects(rows, "fte")
    allotments = allotments_of((row.school_id for row in rows), year)
    promises = promised_to(rows, year)
    sums = minutes_of(rows, year, day, task_code, booked_before)
    found = []
    for row in rows:
        allotment = allotments.get(row.school_id)
        if allotment and task_code and allotment.task_code != task_code:
            allotment = None
        held, planned = sums.get(row.pk, (0, 0))
        fte = fte_on(list(row.fte.all()), min(max(day, year.first_day), year.last_day))
        promised = 0 if task_code and not allotment else promises.get(row.pk, 0)
        budget = budget_minutes(allotment, row) + promised
        known = allotment is not None
        found.append(Balance(row, fte.normalize(), budget, held, planned, known, promised))
    return found


def minutes_of(
    rows: list[Membership], year: SchoolYear, day: dt.date, task_code: str, booked_before: dt.date | None
) -> dict[int, tuple[int, int]]:
    """Held and planned minutes by membership, in one statement."""
    lines = HourLine.objects.of_year(year).counting(day).filter(membership__in=rows)
    if task_code:
        lines = lines.filter(task_code=task_code)
    if booked_before:
        lines = lines.filter(booked_at__date__lt=booked_before)
    summed = (
        lines.order_by()
        .values("membership")
        .annotate(
            held=Sum("minutes", filter=Q(kind=LineKind.HELD), default=0),
            planned=Sum("minutes", filter=Q(kind=LineKind.PLANNED), default=0),
        )
    )
    return {row["membership"]: (row["held"], row["planned"]) for row in summed}
