"""Two surveys of De Zandplaat that are over and one that runs, held with the verbs of the site.

They are the three of its introduction: before it began, on the way, and some weeks before the hand-over.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from schools import surveys
from schools.models import OutgoingMail, SurveyKind, SurveyLink, SurveyWave, User, WaveState
from schools.survey_items import LISTS, NEWEST
from schools.survey_links import own_token
from schools.tokens import hashed

from .calendar import moment
from .people import Cast

OPEN_DAYS = dt.timedelta(days=13)


@dataclass(frozen=True)
class WaveText:
    """``means``: of the four results, about where answers lie; ``answered``: how many people.

    The first two lie far apart: what hardly differs is held back.
    """

    kind: SurveyKind
    days_ago: int
    answered: int
    means: tuple[float, ...]


WAVES = (
    WaveText(SurveyKind.BASELINE, 165, 12, (2.4, 2.3, 2.5, 2.7)),
    WaveText(SurveyKind.MIDDLE, 75, 13, (3.9, 3.8, 3.9, 4.0)),
    WaveText(SurveyKind.END, 4, 6, (4.2, 4.0, 4.3, 4.3)),
)


def closed_on(today: dt.date) -> list[dt.date | None]:
    """The last day of each survey, in their order; None for the one that runs."""
    ends = [today - dt.timedelta(days=text.days_ago) + OPEN_DAYS for text in WAVES]
    return [day if day < today else None for day in ends]


def hold_surveys(cast: Cast, now: dt.datetime) -> None:
    for text in WAVES:
        hold(cast, text, now)
    mails = OutgoingMail.objects.filter(survey__isnull=False)
    mails.filter(survey__state=WaveState.CLOSED).delete()  # long past their term
    mails.update(sent_at=now)  # no mail server is bothered with invented addresses


def hold(cast: Cast, text: WaveText, now: dt.datetime) -> None:
    first = timezone.localdate(now) - dt.timedelta(days=text.days_ago)
    opened, over = moment(first, 9), moment(first + OPEN_DAYS + dt.timedelta(days=1), 9)
    wave = surveys.plan(cast.schools["zandplaat"], text.kind, first, first + OPEN_DAYS, opened)
    chance = Random(text.kind.value)  # noqa: S311 - the same each time, nothing secret
    people = list(surveys.still_asked(wave, first))
    for person in chance.sample(people, text.answered):
        answer(wave, person, text, chance, opened + dt.timedelta(days=2))
    surveys.turn_the_page(min(over, now))


def answer(wave: SurveyWave, person: User, text: WaveText, chance: Random, at: dt.datetime) -> None:
    """Around the mean of each result; once in a while somebody would rather not say."""
    link = SurveyLink.objects.get(token_hash=hashed(own_token(wave, person.pk)))
    surveys.answer(
        link,
        {
            key: 0 if chance.random() < 0.04 else min(5, max(1, round(chance.gauss(mean, 0.9))))
            for result, mean in zip(LISTS[NEWEST], text.means, strict=True)
            for key in result.keys
        },
        at,
    )
