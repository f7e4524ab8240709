"""What is done with lists of competences and marks: a school makes and chooses lists, people score."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.models import School, User

from .models import ChosenFramework, Competence, Framework, TalentScore


def make_own(school: School, key: str, **texts: str) -> Framework:
    """A school's own list; one of the same key is a next version. Call in a transaction."""
    School.objects.select_for_update().get(pk=school.pk)  # of two at the same time the second waits
    versions = school.own_frameworks.filter(key=key).values_list("version", flat=True)
    newest = max((int(version) for version in versions), default=0)
    return Framework.objects.create(school=school, key=key, version=str(newest + 1), **texts)


def choose(school: School, frameworks: list[Framework]) -> None:
    with transaction.atomic():
        school.framework_choices.exclude(framework__in=frameworks).delete()
        for framework in frameworks:
            ChosenFramework.objects.get_or_create(school=school, framework=framework)


def score(owner: User, competence: Competence, at: dt.datetime, **values: Any) -> bool:
    """Keep ``good``, ``fun`` and ``learned``; whether that changed anything."""
    return score_all(owner, {competence.pk: values}, at) == 1


def score_all(owner: User, marks: dict[int, dict[str, Any]], at: dt.datetime) -> int:
    """Marks by the key of their competence, in as many statements for one as for sixty; how many changed.

    What says the same as the newest is nothing new, and several of one day are one. ``learned`` may be left out.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)  # of two at the same time the second waits
        rows = TalentScore.objects.filter(owner=owner, competence__in=marks)
        newest = {row.competence_id: row for row in rows}  # in order: the last one stays
        new: list[TalentScore] = []
        again: list[TalentScore] = []
        for key, values in marks.items():
            known = newest.get(key)
            if known and all(getattr(known, name) == value for name, value in values.items()):
                continue
            row = _row_of(owner, key, known, at)
            for name, value in values.items():
                setattr(row, name, value)
            (again if row.pk else new).append(row)
        TalentScore.objects.bulk_create(new)
        TalentScore.objects.bulk_update(again, ["good", "fun", "learned", "at"])
    return len(new) + len(again)


def _row_of(owner: User, key: int, known: TalentScore | None, at: dt.datetime) -> TalentScore:
    """Where the marks of ``at`` go: the newest row if it is of that day, else one beside it."""
    if known and timezone.localdate(known.at) == timezone.localdate(at):
        known.at = at
        return known
    learned = known.learned if known else False
    return TalentScore(owner=owner, competence_id=key, at=at, learned=learned)
