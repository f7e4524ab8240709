"""Writing in a GOP together: nobody's text is written over, and what all agreed to is concept again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.states import MoveRefused, StaleMove
from schools.models import User

from .models import GroupActivity, GroupGoal, GroupPlan, GroupPlanState
from .plan_document import digest_of, document_of

Row = GroupPlan | GroupGoal | GroupActivity
OF_REVIEW = {"midterm", "evaluation", "outcome", "learned"}  # written while the plan runs, all else before it
NOT_NOW: dict[str, Promise] = {
    GroupPlanState.SUBMITTED: gettext_lazy("The plan is handed in. Take it back first to write in it."),
    GroupPlanState.RUNNING: gettext_lazy("The plan is running. Choose “Change the plan” to write in it."),
    GroupPlanState.EVALUATED: gettext_lazy("The plan was looked back on. Open it again to write in it."),
}
LARGEST_MARK = 2**31 - 2


def mark_of(row: Row, names: Iterable[str]) -> int:
    """A number that tells whether the fields ``names`` of ``row`` still say what was shown.

    Not the version of the row: two members who write in two cards of one row are not in each other's way.
    """
    told = json.dumps([getattr(row, name) for name in sorted(names)], cls=DjangoJSONEncoder)
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8]) % LARGEST_MARK + 1


def plan_of(row: Row) -> GroupPlan:
    if isinstance(row, GroupActivity):
        return row.goal.plan
    return row.plan if isinstance(row, GroupGoal) else row


def hold(plan: GroupPlan) -> GroupPlan:
    """``plan`` as it is now, in a transaction in which everybody else who writes in it waits."""
    held = GroupPlan.objects.select_for_update().filter(pk=plan.pk).first()
    if held is None:
        raise StaleMove
    return held


@contextmanager
def writing(plan: GroupPlan, by: User, at: dt.datetime, fields: Iterable[str] = ()) -> Iterator[GroupPlan]:
    """One transaction in which ``by`` alone writes in ``plan``; what all agreed to is concept once a word differs.

    Raises MoveRefused when ``fields`` can't be written in now, StaleMove when a place was taken all the same.
    """
    try:
        with transaction.atomic():
            held = hold(plan)
            must_take(held, fields)
            agreed_on = words_of(held) if held.state == GroupPlanState.ADOPTED else ""
            yield held
            if agreed_on and words_of(held) != agreed_on:
                held.go(GroupPlanState.CONCEPT, "changed", by, at)
    except IntegrityError as taken:
        raise StaleMove from taken


def words_of(plan: GroupPlan) -> str:
    """The digest of what it says now, read anew."""
    return digest_of(document_of(GroupPlan.objects.get(pk=plan.pk)))


def must_take(plan: GroupPlan, fields: Iterable[str] = ()) -> None:
    if OF_REVIEW.isdisjoint(fields):
        if not plan.is_writable:
            raise MoveRefused(str(NOT_NOW[plan.state]))
    elif plan.state != GroupPlanState.RUNNING:
        raise MoveRefused(_("How it went is written down while the plan is running."))


def write(row: Row, seen: int, values: dict[str, Any], by: User, at: dt.datetime) -> Row:
    """Write ``values`` in ``row`` if those fields still say what ``seen`` (see mark_of) tells; the row after it.

    Raises StaleMove when they were changed since, MoveRefused when the plan can't be written in.
    """
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    with writing(plan_of(row), by, at, values):
        saved = rows.first()
        if saved is None or mark_of(saved, values) != seen:
            raise StaleMove
        if not rows.filter(version=saved.version).update(version=F("version") + 1, **values):
            raise StaleMove
    row.refresh_from_db(fields=["version", *(name.removesuffix("_id") for name in values)])
    return row
