"""Making a trajectory out of the template, laid over the school days between its first day and the hand-over."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused
from schools.hand_over import bind_consultants
from schools.holidays import SchoolCalendar
from schools.models import (
    LOOK_BACKS,
    Milestone,
    School,
    SchoolYear,
    TrainingUnit,
    Trajectory,
    TrajectoryLookBack,
    User,
)

from .template import GOAL, MILESTONES, MINUTES, UNITS

DAY = dt.timedelta(days=1)
HAND_OVER_MONTH, HAND_OVER_DAY = 6, 15
SHORTEST = dt.timedelta(weeks=8)


def usual_hand_over(year: SchoolYear) -> dt.date:
    return dt.date(year.starts + 1, HAND_OVER_MONTH, HAND_OVER_DAY)


def years_offered(school: School, day: dt.date) -> list[SchoolYear]:
    """This school year while enough of it is left, and the next; without those that have a trajectory."""
    this = SchoolYear(starts=SchoolYear.start_of(day))
    taken = set(school.trajectories.values_list("year__starts", flat=True))
    years = [SchoolYear(starts=this.starts + 1)]
    if day + SHORTEST <= usual_hand_over(this):
        years.insert(0, this)
    return [year for year in years if year.starts not in taken]


def school_day(calendar: SchoolCalendar, day: dt.date) -> dt.date:
    """``day``, or the first day after it on which there is school."""
    while day.isoweekday() > 5 or calendar.closed_on(day):
        closed = calendar.closed_on(day)
        day = (closed.last if closed else day) + DAY
    return day


class Laid:
    """Days of a trajectory by their place between its first day (0) and the hand-over (1)."""

    def __init__(self, school: School, first: dt.date, last: dt.date) -> None:
        self.calendar = SchoolCalendar(school, first, last)
        self.first = school_day(self.calendar, first)
        self.last = school_day(self.calendar, last)

    def at(self, place: float) -> dt.date:
        days = round((self.last - self.first).days * place)
        return min(school_day(self.calendar, self.first + days * DAY), self.last)


def start(school: School, year: SchoolYear, by: User | None, at: dt.datetime) -> Trajectory:
    """All of the template, and whoever advises the school stays until its hand-over. Raises MoveRefused."""
    today = timezone.localdate(at)
    if year.starts not in [each.starts for each in years_offered(school, today)]:
        raise MoveRefused(there_is_one())
    laid = Laid(school, max(today, year.first_day), usual_hand_over(year))
    try:
        with transaction.atomic():
            return make(school, SchoolYear.of(year.first_day), laid, by, at)
    except IntegrityError:
        raise MoveRefused(there_is_one()) from None


def make(school: School, year: SchoolYear, laid: Laid, by: User | None, at: dt.datetime) -> Trajectory:
    trajectory = Trajectory.objects.create(
        school=school, year=year, goal=str(GOAL), minutes=MINUTES, made_by=by, made_at=at,
        begins_on=laid.first, hand_over_on=laid.last,
    )  # fmt: skip
    fill(trajectory, laid)
    bind_consultants(trajectory, timezone.localdate(at))
    return trajectory


def fill(trajectory: Trajectory, laid: Laid) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            trajectory=trajectory,
            phase=text.phase,
            title=str(text.words),
            proof=text.proof,
            due=laid.at(text.at),
        )
        for text in MILESTONES
    )
    TrainingUnit.objects.bulk_create(
        TrainingUnit(
            trajectory=trajectory,
            title=str(unit.title),
            text=str(unit.text),
            minutes=unit.minutes,
            day=laid.at(unit.at),
        )
        for unit in UNITS
    )
    TrajectoryLookBack.objects.bulk_create(
        TrajectoryLookBack(trajectory=trajectory, years=years) for years in LOOK_BACKS
    )


def there_is_one() -> str:
    return _("There is a plan for that school year already.")
