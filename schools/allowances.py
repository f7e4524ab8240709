"""Time that somebody was promised on top of what the school sets apart; part of their budget of that year."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum

from .models import Allowance, Membership, SchoolYear
from .models.people import MembershipQuerySet


def allow(source: str, year: SchoolYear, minutes: int, members: Collection[int], reason: str = "") -> int:
    """Exactly ``members`` (memberships by number) have ``minutes`` each from ``source`` in ``year``.

    Whoever had them and is not among them has them no more; 0 minutes are nobody's. Returns how many rows
    changed.
    """
    wanted = set(members) if minutes else set()
    now = {"minutes": minutes, "year": year, "reason": reason}
    with transaction.atomic():
        rows = Allowance.objects.filter(source=source)
        changed = rows.exclude(membership__in=wanted).delete()[0]
        changed += rows.exclude(minutes=minutes, year=year, reason=reason).update(**now)
        held = set(rows.values_list("membership", flat=True))
        new = [Allowance(membership_id=pk, source=source, **now) for pk in sorted(wanted - held)]
        Allowance.objects.bulk_create(new, ignore_conflicts=True)
    return changed + len(new)


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
