"""What the coordinator of the demo has planned and not published, a study day, and who works part of the week."""

from __future__ import annotations

import datetime as dt

from popgroups.models import Meeting, PopGroup
from schools.holidays import seed_holidays
from schools.models import ClosedDays, DayKind, Holiday, Membership, SchoolYear

from .calendar import coming_days, moment
from .people import Cast

PLANNED_AHEAD, KEPT_BACK, WEEKS_APART = 5, 3, 5  # of five later dates the last three still wait
PART_WEEKS = {"lotte": "124", "kees": "345", "mirjam": "1245"}


def plan_ahead(cast: Cast, today: dt.date) -> None:
    if not Holiday.objects.exists():
        seed_holidays()
    for key, days in PART_WEEKS.items():
        Membership.objects.filter(pk=cast.places[key].pk).update(work_days=days)
    school, year = cast.schools["zandplaat"], SchoolYear.of(today)
    study_day = coming_days(today, 4, 2)[-1]
    ClosedDays.objects.create(
        school=school, kind=DayKind.STUDY, name="studiedag", first_day=study_day, last_day=study_day
    )
    group = PopGroup.objects.get(school=school, year=year, name="Onderbouw")
    for day in coming_days(today, 3, PLANNED_AHEAD, WEEKS_APART)[-KEPT_BACK:]:
        if day <= year.last_day:
            Meeting(group=group, starts_at=moment(day, 15, 15), minutes=60, place="speellokaal").propose()
