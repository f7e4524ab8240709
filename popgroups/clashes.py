"""What stands in the way of a meeting: closed days, people not at work or elsewhere, a room that is taken.

Warnings, never a ban. Read once for a school and a span of days, however many meetings are asked about.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.holidays import ClosedSpan, SchoolCalendar
from schools.models import LessonHours, School

from .models import GroupMember, Meeting, MeetingState

STANDING = (MeetingState.CONCEPT, MeetingState.PLANNED)
LOOK_AROUND_DAYS = 21


@dataclass(frozen=True)
class Cannot:
    """Who can't come, by first name, and why."""

    name: str
    why: str


class Agenda:
    """What is known of a school between two days, the meetings of its own groups among it.

    Dates of other schools are not told here, also not of somebody who works at both. ``whole``: for a
    coordinator, who sees what is not published yet and which group somebody else sits in. Of whoever works at
    another school nobody here reads why: work days stay between them and their own school.
    """

    def __init__(self, school: School, first: dt.date, last: dt.date, *, whole: bool) -> None:
        self.whole, self.school = whole, school
        self.calendar = SchoolCalendar(school, first, last)
        places = GroupMember.objects.filter(group__school=school, joined_on__lte=last)
        places = places.filter(Q(left_on__isnull=True) | Q(left_on__gt=first))
        self.places: dict[int, list[GroupMember]] = defaultdict(list)
        for place in places.select_related("membership__person", "membership__school").order_by(
            "membership__person__name"
        ):
            self.places[place.group_id].append(place)
        self.by_day: dict[dt.date, list[Meeting]] = defaultdict(list)
        after = dt.datetime.combine(first, dt.time.min, tzinfo=dt.UTC) - dt.timedelta(days=1)
        before = dt.datetime.combine(last, dt.time.max, tzinfo=dt.UTC) + dt.timedelta(days=1)
        states = STANDING if whole else STANDING[1:]
        standing = Meeting.objects.filter(
            group__school=school, state__in=states, starts_at__range=(after, before)
        )
        self.add(standing.select_related("group"))

    def add(self, meetings: Iterable[Meeting]) -> None:
        """Also count with these."""
        for meeting in meetings:
            self.by_day[meeting.day].append(meeting)

    def members(self, group: int, day: dt.date) -> list[GroupMember]:
        return [place for place in self.places[group] if place.is_current(day)]

    def all_work(self, group: int, day: dt.date) -> bool:
        return all(place.membership.works_on(day) for place in self.members(group, day))

    def beside(self, meeting: Meeting) -> list[Meeting]:
        """Other meetings at the same time, of the same group too: a series may have been kept twice."""
        return [
            other
            for other in self.by_day[meeting.day]
            if other is not meeting
            and (other.pk is None or other.pk != meeting.pk)
            and other.starts_at < meeting.ends_at
            and meeting.starts_at < other.ends_at
        ]

    def in_week(self, group: int, day: dt.date) -> list[Meeting]:
        """The group's meetings in the week of ``day``."""
        monday = day - dt.timedelta(days=day.weekday())
        week = (monday + dt.timedelta(days=n) for n in range(7))
        return [each for day in week for each in self.by_day.get(day, []) if each.group_id == group]

    def cannot(self, meeting: Meeting) -> list[Cannot]:
        found = []
        beside = self.beside(meeting)
        for place in self.members(meeting.group_id, meeting.day):
            person = place.membership.person
            elsewhere = next((other for other in beside if self.sits_in(other, person.pk)), None)
            off = meeting.day.isoweekday() <= 5 and not place.membership.works_on(meeting.day)
            if off or elsewhere:
                found.append(Cannot(person.first_name, self.why(place, None if off else elsewhere)))
        return found

    def why(self, place: GroupMember, elsewhere: Meeting | None) -> str:
        """For who coordinates the school, of its own people: others could try out somebody's days one by one."""
        if not self.whole or place.membership.school_id != self.school.pk:
            return _("can't then")
        return _("%(group)s then") % {"group": elsewhere.group} if elsewhere else _("not at work that day")

    def sits_in(self, meeting: Meeting, person: int) -> bool:
        places = self.members(meeting.group_id, meeting.day)
        return any(place.membership.person_id == person for place in places)

    def warnings(self, meeting: Meeting) -> list[str]:
        """One sentence for each thing in the way."""
        closed = self.calendar.closed_on(meeting.day)
        found = [_("School is closed: %(name)s.") % {"name": closed.name}] if closed else []
        if meeting.day.isoweekday() > 5:
            found.append(_("This is in the weekend."))
        if lessons := self.lessons_during(meeting):
            span = {"start": f"{lessons.starts:%H.%M}", "end": f"{lessons.ends:%H.%M}"}
            found.append(_("This touches the lessons of %(start)s to %(end)s.") % span)
        found += [f"{', '.join(names)}: {why}." for why, names in by_reason(self.cannot(meeting)).items()]
        room = meeting.place.strip().lower()
        taken = [other for other in self.beside(meeting) if room and other.place.strip().lower() == room]
        if taken:
            found.append(_("%(place)s is taken then.") % {"place": meeting.place})
        return found

    def lessons_during(self, meeting: Meeting) -> LessonHours | None:
        start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return self.calendar.lessons_between(start, end)

    def suits(self, meeting: Meeting) -> bool:
        return not self.calendar.closed_on(meeting.day) and not self.cannot(meeting)


def standing(school: School) -> QuerySet[Meeting]:
    """Planned or still to be published, by date."""
    rows = Meeting.objects.filter(group__school=school, state__in=STANDING)
    return rows.select_related("group").order_by("starts_at")


def on_closed_days(
    meetings: Iterable[Meeting], calendar: SchoolCalendar, at: dt.datetime
) -> list[tuple[Meeting, ClosedSpan]]:
    """Those to come on a day on which the school is closed, and why it is."""
    found = ((meeting, calendar.closed_on(meeting.day)) for meeting in meetings if meeting.is_to_come(at))
    return [(meeting, span) for meeting, span in found if span]


def by_reason(people: list[Cannot]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for who in people:
        found.setdefault(who.why, []).append(who.name)
    return found


def agenda_around(meeting: Meeting, *, whole: bool) -> Agenda:
    span = dt.timedelta(days=LOOK_AROUND_DAYS)
    return Agenda(meeting.group.school, meeting.day - span, meeting.day + span, whole=whole)


def nearest_day(meeting: Meeting, agenda: Agenda, today: dt.date) -> dt.date | None:
    """The school day nearest to ``meeting``, after ``today``, on which everybody can at the same time."""
    for distance in range(1, LOOK_AROUND_DAYS + 1):
        for day in (meeting.day + dt.timedelta(days=distance), meeting.day - dt.timedelta(days=distance)):
            if day > today and day.isoweekday() <= 5 and agenda.suits(moved(meeting, day)):
                return day
    return None


def moved(meeting: Meeting, day: dt.date) -> Meeting:
    """As ``meeting``, at the same time by the clock on another day; not saved."""
    wall = timezone.localtime(meeting.starts_at)
    starts_at = timezone.make_aware(dt.datetime.combine(day, wall.time()))
    return Meeting(pk=meeting.pk, group_id=meeting.group_id, starts_at=starts_at, minutes=meeting.minutes)
