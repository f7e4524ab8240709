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


def score(owner: User, competence: Competence, at: dt.datetime, **values: Any) -> TalentScore | None:
    """Keep ``good``, ``fun`` and ``learned``, unless the newest says the same; several of a day are one."""
    newest = TalentScore.objects.filter(owner=owner, competence=competence).last()
    if newest and all(getattr(newest, name) == value for name, value in values.items()):
        return None
    if newest and timezone.localdate(newest.at) == timezone.localdate(at):
        TalentScore.objects.filter(pk=newest.pk).update(**values, at=at)
        return newest
    return TalentScore.objects.create(owner=owner, competence=competence, at=at, **values)
