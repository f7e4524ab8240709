"""The task codes of a school: what they are called, and which goes with an activity booked by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove

from .budgets import allotments_on
from .models import ActivityCode, Allotment, School, TaskCode

Labels = Mapping[tuple[int, str], str]  # by school and code


def labels_of(schools: Iterable[int]) -> Labels:
    """Code and name in one; a code that the school took away is not in it."""
    return {(row.school_id, row.code): str(row) for row in TaskCode.objects.filter(school__in=set(schools))}


def label_of(labels: Labels, school: int, code: str) -> str:
    return labels.get((school, code), code)


def code_for(school: int, activity: str, day: dt.date) -> str:
    """What ``activity`` is booked on in ``school``: its own code, else that of the meetings in that year."""
    own = ActivityCode.objects.filter(school=school, activity=activity).select_related("task_code").first()
    if own:
        return own.task_code.code
    return (allotments_on([school], day).get(school) or Allotment()).task_code


def codes_with_activities(school: School) -> list[TaskCode]:
    """For the page: each with the activities that go with it."""
    return list(school.task_codes.prefetch_related("activities"))


def put_code(row: TaskCode, activities: Iterable[str]) -> TaskCode:
    """Save ``row``; from now on ``activities``, and no others, go with it.

    Raises StaleMove when somebody else made the same code at this moment.
    """
    try:
        with transaction.atomic():
            row.save()
            row.activities.all().delete()
            for activity in activities:
                ActivityCode.objects.update_or_create(
                    school=row.school, activity=activity, defaults={"task_code": row}
                )
    except IntegrityError as twice:
        raise StaleMove(_("Somebody else filled this in just now.")) from twice
    return row


def remove_code(row: TaskCode) -> None:
    """Take it out of what can be chosen; raises MoveRefused while meetings are booked on it."""
    used = Allotment.objects.filter(school=row.school, task_code=row.code).order_by("-year__starts").first()
    if used:
        words = _("The meetings of %(year)s are booked on this code. Choose another one for them first.")
        raise MoveRefused(words % {"year": used.year})
    row.delete()
