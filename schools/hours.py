"""Writing the ledger of hours."""

from __future__ import annotations

import datetime as dt

from .models import Consent, ConsentKind, HourLine, LineKind, Membership, School


def per_person_is_allowed(school: School) -> bool:
    """Attendance and hours per person are recorded only while the PMR's consent is in force."""
    return Consent.objects.in_force().filter(school=school, kind=ConsentKind.ATTENDANCE).exists()


def record_hours(
    membership: Membership, *, kind: LineKind, day: dt.date, minutes: int, source: str, reason: str = ""
) -> HourLine:
    """Book ``minutes`` of ``membership``; the same source and kind again replaces the minutes and day."""
    line, _made = HourLine.objects.update_or_create(
        membership=membership,
        kind=kind,
        source=source,
        defaults={"day": day, "minutes": minutes, "reason": reason},
    )
    return line
