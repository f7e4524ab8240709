"""What the scene has of surveys: one closed, one open, one planned, and a link that can still be used."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from schools import surveys
from schools.models import ConsentKind, OutgoingMail, School, SurveyLink, User
from schools.survey_items import LISTS, NEWEST
from schools.survey_links import own_token
from schools.tokens import hashed
from tests.people import consent

WEEK = dt.timedelta(days=7)


def surveys_of(school: School, person: User, at: dt.datetime) -> dict[str, Any]:
    """``person``: whose link it is."""
    consent(school, ConsentKind.SURVEYS)
    then, today = at - 20 * WEEK, timezone.localdate(at)
    past = surveys.plan(school, "baseline", timezone.localdate(then), timezone.localdate(then + WEEK), then)
    keys = [key for result in LISTS[NEWEST] for key in result.keys]
    for number, who in enumerate(surveys.still_asked(past, timezone.localdate(then))):
        link = SurveyLink.objects.get(token_hash=hashed(own_token(past, who.pk)))
        surveys.answer(link, dict.fromkeys(keys, 1 + number % 5), then)
    surveys.close(past, then + WEEK)
    now = surveys.plan(school, "middle", today, today + WEEK, at)
    planned = surveys.plan(school, "end", today + 20 * WEEK, today + 21 * WEEK, at)
    OutgoingMail.objects.filter(survey__isnull=False).update(sent_at=at, body="")
    token = own_token(now, person.pk)
    return {"past_wave": past, "open_wave": now, "planned_wave": planned, "survey_token": token}
