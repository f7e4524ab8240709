"""Time that somebody was promised on top of what the school sets apart; part of their budget of that year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum

from .models import Allowance, HourLine, LineKind, Membership, SchoolYear
from .models.people import MembershipQuerySet


def allow(
    source: str,
    year: SchoolYear,
    minutes: int,
    members: Collection[int],
    reason: str = "",
    *,
    left: Mapping[int, int] = MappingProxyType({}),
) -> int:
    """Exactly ``members`` (memberships by number) have ``minutes`` each from ``source`` in ``year``.

    Whoever had them and is not among them has them no more, or as many as ``left`` says; 0 minutes are nobody's.
    Returns how many rows changed.
    """
    wanted = {pk: each for pk, each in ({**left, **dict.fromkeys(members, minutes)}).items() if each}
    same = {"year": year, "reason": reason}
    with transaction.atomic():
        rows = Allowance.objects.filter(source=source)
        changed = rows.exclude(membership__in=wanted).delete()[0]
        for amount in sorted(set(wanted.values())):
            mine = rows.filter(membership__in=[pk for pk, each in wanted.items() if each == amount])
            changed += mine.exclude(minutes=amount, **same).update(minutes=amount, **same)
        there = set(rows.values_list("membership", flat=True))
        new = [
            Allowance(membership_id=pk, source=source, minutes=wanted[pk], **same)
            for pk in sorted(wanted.keys() - there)
        ]
        Allowance.objects.bulk_create(new, ignore_conflicts=True)
    return changed + len(new)


def spent_by_former(
    source: str, year: SchoolYear, members: Collection[int], since: dt.date
) -> dict[int, int]:
    """By membership that ``source`` is for no more: of its minutes those that were used by then.

    ``since``: from when on they could be. What somebody did in good faith is not too much afterwards.
    """
    had = dict(
        Allowance.objects.filter(source=source)
        .exclude(membership__in=members)
        .values_list("membership", "minutes")
    )
    if not had:
        return {}
    lines = HourLine.objects.of_year(year).filter(membership__in=had, kind=LineKind.HELD, day__gte=since)
    held = lines.order_by().values_list("membership").annotate(all=Sum("minutes"))
    return {pk: max(0, min(had[pk], minutes)) for pk, minutes in held}


def with_promised(memberships: MembershipQuerySet, year: SchoolYear) -> MembershipQuerySet:
    """Each with ``promised``: minutes of all sources together, or None; so that a list needs no statement more."""
    rows = Allowance.objects.filter(membership=OuterRef("pk"), year__starts=year.starts)
    summed = rows.order_by().values("membership").annotate(together=Sum("minutes"))
    return memberships.annotate(promised=Subquery(summed.values("together")))


def promised_to(memberships: Iterable[Membership], year: SchoolYear) -> dict[int, int]:
    """Minutes by membership, of all sources together; of what with_promised marked without asking again."""
    rows: list[Any] = list(memberships)
    if all(hasattr(row, "promised") for row in rows):
        return {row.pk: row.promised or 0 for row in rows}
    found = Allowance.objects.filter(membership__in=rows, year__starts=year.starts)
    summed = found.order_by().values("membership").annotate(together=Sum("minutes"))
    return {row["membership"]: row["together"] for row in summed}
