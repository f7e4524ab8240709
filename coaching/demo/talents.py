"""Which lists the demo's school uses, and the talents of a few colleagues: a year ago and now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.competences import choose, score
from portfolio.frameworks import seed_frameworks
from portfolio.models import Competence, Framework

from .calendar import moment
from .people import Cast

LISTS = ("sbl-7", "intern-begeleider", "ondersteuning")
DAYS_AGO = 200


@dataclass(frozen=True)
class Marks:
    """On competence ``number`` of ``framework``: well and like a while ago (None: not yet), and now."""

    who: str
    framework: str
    number: int
    then: tuple[int, int] | None
    now: tuple[int, int]
    learned: bool = False


TALENTS = (
    Marks("samir", "sbl-7", 1, (7, 8), (8, 9)),
    Marks("samir", "sbl-7", 2, (6, 7), (7, 8)),
    Marks("samir", "sbl-7", 3, None, (7, 5)),
    Marks("samir", "sbl-7", 4, (3, 4), (5, 4), learned=True),
    Marks("samir", "sbl-7", 5, (4, 8), (6, 9)),
    Marks("samir", "sbl-7", 6, (3, 7), (5, 8)),
    Marks("noor", "sbl-7", 4, None, (9, 3)),
    Marks("noor", "sbl-7", 7, None, (6, 8)),
    Marks("anneke", "ondersteuning", 3, None, (9, 9)),
    Marks("anneke", "ondersteuning", 2, None, (4, 7)),
)
OWN = ("samir", "Toneel maken met kinderen", (4, 10))


def tell_talents(cast: Cast, today: dt.date) -> None:
    """Talents are seen by their owner alone, in the demo too."""
    seed_frameworks()
    frameworks = {each.key: each for each in Framework.objects.filter(school=None)}
    choose(cast.schools["zandplaat"], [frameworks[key] for key in LISTS])
    then, now = (moment(today - dt.timedelta(days=days), 16) for days in (DAYS_AGO, 3))
    for marks in TALENTS:
        owner = cast.users[marks.who]
        competence = frameworks[marks.framework].competences.get(order=marks.number)
        if marks.then:
            score(owner, competence, then, good=marks.then[0], fun=marks.then[1], learned=False)
        score(owner, competence, now, good=marks.now[0], fun=marks.now[1], learned=marks.learned)
    who, title, (good, fun) = OWN
    named = Competence.objects.create(owner=cast.users[who], title_nl=title, order=1)
    score(cast.users[who], named, now, good=good, fun=fun, learned=False)
