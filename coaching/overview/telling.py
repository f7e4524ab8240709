"""Making, once, what is told of each closed part of a year."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schools.models import Consent, ConsentKind, School, ShownKind, ShownSpan

from .counting import COUNTS, PER_PERSON, told_on
from .parts import Part, parts_until


def tell_closed_parts(at: dt.datetime) -> int:
    """Where the PMR agrees to the overview: each span of a closed part that was not told yet; returns how many."""
    agreed = Consent.objects.in_force()
    schools = School.objects.filter(
        pk__in=agreed.filter(kind=ConsentKind.OVERVIEW).values("school")
    ).order_by("pk")
    hours = set(agreed.agreed_to_hours().values_list("school", flat=True))
    day = timezone.localdate(at)
    parts = parts_until(day)
    told = set(
        ShownSpan.objects.filter(starts__gte=parts[0].starts).values_list("school", "starts", "part", "kind")
    )
    made = [
        told_span(school, part, kind, at)
        for school in schools
        for part in parts
        for kind in ShownKind
        if told_on(kind, part) <= day
        and (school.pk, part.starts, part.number, kind) not in told
        and (school.pk in hours or kind not in PER_PERSON)
    ]
    # Of two that do this at one moment the first told it.
    ShownSpan.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def told_span(school: School, part: Part, kind: ShownKind, at: dt.datetime) -> ShownSpan:
    span = COUNTS[kind](school, part).as_span()
    row = ShownSpan(school=school, starts=part.starts, part=part.number, kind=kind, told_at=at)
    if span:
        row.low, row.high, row.whole = span.low, span.high, span.whole
    return row
