"""Whether a switch of the PMR is on: apart from how it is turned, so that every room below mail can ask."""

from __future__ import annotations

from collections.abc import Iterable

from .models import Consent, ConsentKind, School


def allows(school: School, kind: ConsentKind) -> bool:
    """The one rule of every switch: whatever ``kind`` is about is neither kept nor shown unless this is so."""
    return Consent.objects.agreed_to(kind).filter(school=school).exists()


def allowing(schools: Iterable[School], kind: ConsentKind) -> set[int]:
    """Of ``schools`` those, by primary key, whose PMR agrees to ``kind``; in one question."""
    agreed = Consent.objects.agreed_to(kind).filter(school__in=list(schools))
    return set(agreed.values_list("school", flat=True))
