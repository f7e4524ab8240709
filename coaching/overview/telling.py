"""Making, once, what is told of each closed part of a year."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schools.models import Consent, ConsentKind, School, ShownKind, ShownSpan

from .counting import COUNTS, PER_PERSON, told_on
from .parts import Part, parts_until

TURNS = sorted(ShownKind, key=lambda kind: kind == ShownKind.LOOKED_BACK)  # plans before look-backs on them


def tell_closed_parts(at: dt.datetime) -> int:
    """Where the PMR agrees to the overview: each span of a closed part that was not told yet; returns how many."""
    agreed = Consent.objects.agreed_to(ConsentKind.OVERVIEW)
    schools = School.objects.filter(pk__in=agreed.values("school")).order_by("pk")
    hours = set(Consent.objects.agreed_to_hours().values_list("school", flat=True))
    day = timezone.localdate(at)
    parts = parts_until(day)
    told = set(
        ShownSpan.objects.filter(starts__gte=parts[0].starts).values_list("school", "starts", "part", "kind")
    )
    made = 0
    for kind in TURNS:
        rows = [
            told_span(school, part, kind, at)
            for school in schools
            for part in parts
            if told_on(kind, part) <= day
            and (school.pk, part.starts, part.number, kind) not in told
            and (school.pk in hours or kind not in PER_PERSON)
        ]
        # Of two that do this at one moment the first told it.
        ShownSpan.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


def told_span(school: School, part: Part, kind: ShownKind, at: dt.datetime) -> ShownSpan:
    row = ShownSpan(school=school, starts=part.starts, part=part.number, kind=kind, told_at=at)
    if span := COUNTS[kind](school, part).as_span(at_most(row)):
        row.low, row.high, row.whole = span.low, span.high, span.whole
    return row


def at_most(row: ShownSpan) -> int | None:
    """Look-backs are counted months after the plans they are on, maybe of more people: still no more than plans."""
    if row.kind != ShownKind.LOOKED_BACK:
        return None
    made = ShownSpan.objects.filter(school=row.school, starts=row.starts, part=row.part, kind=ShownKind.MADE)
    return made.values_list("high", flat=True).first()
