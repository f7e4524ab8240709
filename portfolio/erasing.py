"""Erased is erased: what a tab left open typed for what is gone, unused lists, and talks past their term."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, ManyToOneRel, OuterRef, Q, QuerySet
from django.utils import timezone

from schools.drafts import drafts_about_gone
from schools.hours import YEARS_KEPT_BEFORE
from schools.models import Draft, Membership, SchoolYear

from .about_me import late_drafts
from .models import (
    ActionPlan,
    Competence,
    CoreQuadrant,
    DevelopmentPlan,
    Entry,
    FeedbackRequest,
    Framework,
    Goal,
    GoalAction,
    Talk,
)

# What drafts are named after.
KINDS: dict[str, Any] = {
    "plan": ActionPlan.objects,
    "entry": Entry.objects,
    "quadrant": CoreQuadrant.objects,
    "pop": DevelopmentPlan.objects,
    "goal": Goal.objects,
    "goalaction": GoalAction.objects,
    "feedback": FeedbackRequest.objects,
    "talk": Talk.objects,
}
KEPT_AFTER_LEAVING = dt.timedelta(days=90)  # talks, so that who left can still take them along


def stray_drafts() -> QuerySet[Draft]:
    there = {kind: rows.all() for kind, rows in KINDS.items()}
    there["feedback"] = FeedbackRequest.objects.can_be_answered()
    return Draft.objects.filter(Q(field__in=drafts_about_gone(there)) | Q(pk__in=late_drafts()))


def forget_replaced_lists() -> int:
    """Own lists out of use of which there is a later version, and with which nobody named anything.

    What has no later version stays: its school may bring it back, and that it is there says nothing of anybody.
    """
    replaced = Framework.objects.replaced()
    of_them = Competence.objects.filter(framework__in=replaced).order_by()
    used = [of_them.filter(pk__in=rows).values("framework") for rows in named_by_anybody()]
    unused = replaced.exclude(pk__in=used[0].union(*used[1:], all=True))
    return unused.delete()[1].get("portfolio.Framework", 0)


def named_by_anybody() -> list[QuerySet[Any, Any]]:
    """The competences that rows of any room point at, also of rooms further on: goals and maps of groups."""
    pointing = [
        each
        for each in Competence._meta.get_fields(include_hidden=True)
        if isinstance(each, ManyToOneRel) and each.related_model is not Competence
    ]
    return [each.related_model._base_manager.order_by().values(each.field.attname) for each in pointing]


def forget_talks(now: dt.datetime) -> int:
    """Talks with their agreements and preparations: of before the two school years that came before this one, as
    hours are, and of whoever left all schools KEPT_AFTER_LEAVING ago."""
    day = timezone.localdate(now)
    first = SchoolYear(starts=SchoolYear.start_of(day) - YEARS_KEPT_BEFORE).first_day
    old = Q(starts_at__lt=timezone.make_aware(dt.datetime.combine(first, dt.time.min)))
    stays = Q(valid_until__isnull=True) | Q(valid_until__gte=day - KEPT_AFTER_LEAVING)
    here = Membership.objects.filter(stays, person=OuterRef("person"))
    return Talk.objects.filter(old | ~Exists(here)).delete()[1].get("portfolio.Talk", 0)
