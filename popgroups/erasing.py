"""What has to go: answers to meetings that are over, late drafts, who was where without the PMR's consent."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.drafts import drafts_about_gone
from schools.hours import YEARS_KEPT_BEFORE
from schools.models import Consent, Draft, SchoolYear

from .models import Answer, Attendance, GroupActivity, GroupGoal, GroupPlan

ANSWERS_KEPT = dt.timedelta(days=14)  # long enough to say afterwards that a meeting was held, and by whom


def forget_answers(now: dt.datetime) -> int:
    """Erase who said to come, or not to come, to meetings of a while ago; nobody may read it any more."""
    return Answer.objects.filter(meeting__starts_at__lt=now - ANSWERS_KEPT).delete()[0]


def stray_drafts() -> QuerySet[Draft]:
    """Late drafts for parts of a GOP that were taken away."""
    there = {"gop": GroupPlan.objects, "groupgoal": GroupGoal.objects, "groupactivity": GroupActivity.objects}
    gone = drafts_about_gone({kind: rows.all() for kind, rows in there.items()})
    return Draft.objects.filter(field__in=gone)


def forget_attendance(now: dt.datetime) -> int:
    """Erase who was there where one of the two PMRs does not agree to it (any more), and what is past its term.

    The ledger of hours is not touched: it is protected, and closed to everybody while consent is off. In the
    night after, so that what was taken back by mistake can be given again the same day.
    """
    agreed = Consent.objects.agreed_to_hours().values("school")
    off = ~Q(meeting__group__school__in=agreed) | ~Q(membership__school__in=agreed)
    first = SchoolYear(starts=SchoolYear.start_of(timezone.localdate(now)) - YEARS_KEPT_BEFORE).first_day
    old = Q(meeting__starts_at__lt=timezone.make_aware(dt.datetime.combine(first, dt.time.min)))
    return Attendance.objects.filter(off | old).delete()[0]
