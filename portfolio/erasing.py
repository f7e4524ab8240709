"""Erased is erased: what a tab left open still typed for a plan or an entry that is gone."""

from __future__ import annotations

from django.db.models import QuerySet

from schools.drafts import drafts_about
from schools.models import Draft

from .models import ActionPlan, Entry


def stray_drafts() -> QuerySet[Draft]:
    plans, entries = drafts_about("plan"), drafts_about("entry")
    gone = [plans[key] for key in plans.keys() - ActionPlan.objects.in_bulk(plans).keys()]
    gone += [entries[key] for key in entries.keys() - Entry.objects.in_bulk(entries).keys()]
    return Draft.objects.filter(field__in=[field for fields in gone for field in fields])
