"""Erased is erased: what a tab left open still typed for a plan or an entry that is gone."""

from __future__ import annotations

from django.db.models import QuerySet

from schools.drafts import drafts_about
from schools.models import Draft

from .models import ActionPlan, Entry, FeedbackRequest, FeedbackState

CAN_BE_ANSWERED = (FeedbackState.ASKED, FeedbackState.ANSWERED)


def stray_drafts() -> QuerySet[Draft]:
    plans, entries = drafts_about("plan"), drafts_about("entry")
    gone = [plans[key] for key in plans.keys() - ActionPlan.objects.in_bulk(plans).keys()]
    gone += [entries[key] for key in entries.keys() - Entry.objects.in_bulk(entries).keys()]
    answers = drafts_about("feedback")
    open_ones = FeedbackRequest.objects.filter(pk__in=answers, state__in=CAN_BE_ANSWERED)
    gone += [answers[key] for key in answers.keys() - set(open_ones.values_list("pk", flat=True))]
    return Draft.objects.filter(field__in=[field for fields in gone for field in fields])
