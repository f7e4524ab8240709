"""Writing the ledger of hours."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Q, Sum
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove

from .models import (
    Activity,
    Allotment,
    Consent,
    ConsentKind,
    HourLine,
    LineKind,
    Membership,
    School,
    SchoolYear,
    TaskCode,
    User,
)
from .models.hours import BY_HAND, USUAL_TASK
from .switches import allows
from .task_codes import code_for

# What a person books by hand: what no meeting on this site books by itself.
ACTIVITIES_BY_HAND = (Activity.VISIT, Activity.TRAINING, Activity.START, Activity.PAUSE, Activity.OTHER)

YEARS_KEPT_BEFORE = 2  # lines are kept in their school year and this many after it (domain.md §5)


def per_person_is_allowed(school: School) -> bool:
    """Attendance and hours per person are recorded only while the PMR's consent is in force."""
    return allows(school, ConsentKind.ATTENDANCE)


def record_hours(
    membership: Membership,
    *,
    kind: LineKind,
    day: dt.date,
    minutes: int,
    source: str,
    reason: str = "",
    activity: str = Activity.INTERVISION,
    task_code: str = USUAL_TASK,
) -> HourLine:
    """Book ``minutes`` of ``membership``; the same source again replaces what is planned.

    What is held is written once: people may have corrected it since, and those rows count from its minutes.
    """
    rows = HourLine.objects
    write = rows.update_or_create if kind == LineKind.PLANNED else rows.get_or_create
    terms = {"day": day, "minutes": minutes, "reason": reason, "activity": activity, "task_code": task_code}
    return write(membership=membership, kind=kind, source=source, defaults=terms)[0]


def forget_planned_after_stay(membership: Membership) -> None:
    """Nothing stays planned after the last day at school; once that moves, coming meetings book again."""
    if membership.valid_until:
        planned = membership.hour_lines.filter(kind=LineKind.PLANNED, day__gt=membership.valid_until)
        planned.delete()


def refuse_without_consent(school: School) -> None:
    if not per_person_is_allowed(school):
        raise MoveRefused(_("Hours per person are not kept here: the PMR has not agreed to that."))


def book_activity(
    membership: Membership,
    *,
    activity: str,
    day: dt.date,
    minutes: int,
    note: str,
    by: User,
    at: dt.datetime,
    task_code: str = "",
) -> HourLine:
    """A held line booked by hand; without ``task_code`` on the one that goes with the activity.

    Raises MoveRefused without consent or on a day outside the stay at school."""
    refuse_without_consent(membership.school)
    if not membership.is_current(day):
        raise MoveRefused(_("On that day this was not your school."))
    code = task_code or code_for(membership.school_id, activity, day)
    return HourLine.objects.create(
        membership=membership, kind=LineKind.HELD, activity=activity, day=day, minutes=minutes, note=note,
        source=f"{BY_HAND}{secrets.token_urlsafe(9)}", task_code=code, booked_by=by, booked_at=at,
    )  # fmt: skip


def minutes_now(line: HourLine) -> int:
    """What ``line`` says with everything that was corrected in it."""
    return line.minutes + int(line.corrections.aggregate(total=Sum("minutes", default=0))["total"])


def held_minutes(membership: int | None, sources: Iterable[str], host: int) -> int:
    """Held from ``sources`` with everything corrected in it; 0 unless the PMR of school ``host`` agrees."""
    sources = list(sources)
    booked = Q(source__in=sources) | Q(corrects__source__in=sources)
    agreed = Consent.objects.agreed_to_hours().filter(school=host)
    lines = HourLine.objects.filter(booked, Exists(agreed), membership=membership, kind=LineKind.HELD)
    return int(lines.aggregate(total=Sum("minutes", default=0))["total"])


def correct(line: HourLine, *, minutes: int, reason: str, by: User, at: dt.datetime) -> HourLine:
    """Make ``line`` count for ``minutes`` by a line of the difference on the same day and task code.

    Raises MoveRefused when there is nothing to correct, StaleMove when somebody else did so at this moment.
    """
    refuse_without_consent(line.membership.school)
    if not line.is_original:
        raise MoveRefused(_("Only a line that was booked can be corrected."))
    try:
        with transaction.atomic():
            HourLine.objects.select_for_update().get(pk=line.pk)
            difference = minutes - minutes_now(line)
            if not difference:
                raise MoveRefused(_("That is what it says already."))
            return HourLine.objects.create(
                membership=line.membership, kind=LineKind.HELD, activity=line.activity, day=line.day,
                minutes=difference, task_code=line.task_code, reason=reason, corrects=line, booked_by=by,
                booked_at=at, source=f"correction:{line.pk}:{line.corrections.count() + 1}",
            )  # fmt: skip
    except IntegrityError as twice:
        raise StaleMove(_("Somebody else corrected this line just now.")) from twice


def undo(line: HourLine, by: User, at: dt.datetime) -> HourLine:
    """Take back a line booked by hand: a correction to nothing."""
    return correct(line, minutes=0, reason=_("taken back"), by=by, at=at)


def forget_old_hours(day: dt.date) -> int:
    """Lines of before the two school years that came before this one; what they were corrected by goes first."""
    kept_from = SchoolYear(starts=SchoolYear.start_of(day) - YEARS_KEPT_BEFORE).first_day
    with transaction.atomic():
        old = HourLine.objects.filter(day__lt=kept_from)
        corrections = old.filter(corrects__isnull=False).delete()[0]
        return corrections + old.delete()[0]


def set_allotment(new: Allotment, at: dt.date) -> None:
    """Save ``new``; planned lines from day ``at`` on follow its preparation and task code, held ones stay.

    Raises StaleMove when somebody else made the first one of this year at this moment.
    """
    try:
        with transaction.atomic():
            known = Allotment.objects.select_for_update().filter(pk=new.pk)
            if new.year.pk is None:
                new.year = SchoolYear.of(new.year.first_day)
            before = known.values_list("preparation", flat=True).first() or 0
            new.save()
            TaskCode.objects.get_or_create(school=new.school, code=new.task_code)
            planned = HourLine.objects.of_year(new.year).filter(
                kind=LineKind.PLANNED, membership__school=new.school, day__gte=at
            )
            planned.update(minutes=F("minutes") + new.preparation - before, task_code=new.task_code)
    except IntegrityError as twice:
        raise StaleMove(_("Somebody else filled this in just now.")) from twice
