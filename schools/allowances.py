"""Time that somebody was promised on top of what the school sets apart; part of their budget of that year."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Sum

from .models import Allowance, Membership, SchoolYear


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


def promised_to(memberships: Iterable[Membership], year: SchoolYear) -> dict[int, int]:
    """Minutes by membership, of all sources together; who was promised nothing is not in it."""
    rows = Allowance.objects.filter(membership__in=list(memberships), year__starts=year.starts)
    summed = rows.order_by().values("membership").annotate(promised=Sum("minutes"))
    return {row["membership"]: row["promised"] for row in summed}
