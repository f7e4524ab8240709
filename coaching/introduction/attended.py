"""Who was at a training has to go as who was at a meeting does."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from schools.hours import YEARS_KEPT_BEFORE
from schools.models import Consent, SchoolYear, TrainingAttendance


def forget_who_was_at_trainings(now: dt.datetime) -> int:
    """Where the PMR does not agree (any more), and after this school year and the two before (domain.md §5)."""
    agreed = Consent.objects.agreed_to_hours().values("school")
    off = ~Q(unit__trajectory__school__in=agreed)
    first = SchoolYear.start_of(timezone.localdate(now)) - YEARS_KEPT_BEFORE
    return TrainingAttendance.objects.filter(off | Q(unit__trajectory__year__starts__lt=first)).delete()[0]
