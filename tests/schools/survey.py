"""Short words for tests of the survey."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schools import surveys
from schools.models import ConsentKind, School, SurveyWave, User
from schools.survey_items import LISTS, NEWEST
from schools.survey_links import by_token, own_token
from tests.people import consent

KEYS = [key for result in LISTS[NEWEST] for key in result.keys]
DAY = dt.timedelta(days=1)


def agreed(school: School) -> None:
    consent(school, ConsentKind.SURVEYS)


def open_now(
    school: School, kind: str = "baseline", *, days: int = 14, at: dt.datetime | None = None
) -> SurveyWave:
    at = at or timezone.now()
    today = timezone.localdate(at)
    return surveys.plan(school, kind, today, today + days * DAY, at)


def token_of(wave: SurveyWave, person: User) -> str:
    return own_token(SurveyWave.objects.get(pk=wave.pk), person.pk)


def answer(
    wave: SurveyWave, person: User, value: int, *, at: dt.datetime | None = None, **other: int
) -> None:
    """``value`` to everything, but for what ``other`` says: by key, "_" for "."."""
    link = by_token(token_of(wave, person))
    assert link is not None
    values = {**dict.fromkeys(KEYS, value), **{key.replace("_", "."): said for key, said in other.items()}}
    surveys.answer(link, values, at or timezone.now())


def people_asked(wave: SurveyWave) -> list[User]:
    return list(surveys.still_asked(wave, timezone.localdate()))
