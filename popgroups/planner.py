"""The year plan of a school: its groups' meetings, what is not published yet, and a series before it is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.markup import day as in_words
from schools.holidays import ClosedSpan
from schools.models import School, SchoolYear

from .clashes import Agenda, on_closed_days
from .models import Meeting, MeetingState, PopGroup
from .notices import tell
from .series import WEEK, Chosen, Series, week_of


@dataclass
class GroupRow:
    group: PopGroup
    meetings: list[PlannedMeeting] = field(default_factory=list)

    @property
    def warned(self) -> int:
        return sum(bool(row.warnings or row.called_off) for row in self.meetings)


@dataclass
class PlannedMeeting:
    """``called_off``: how many members said they can't come, while that is still of use."""

    meeting: Meeting
    warnings: list[str]
    called_off: int


class YearPlan:
    """All of it in a constant number of statements, however many groups and weeks."""

    def __init__(self, school: School, year: SchoolYear, at: dt.datetime) -> None:
        self.school, self.year, self.at = school, year, at
        self.agenda = Agenda(school, year.first_day, year.last_day, whole=True)
        groups = PopGroup.objects.filter(school=school, year__starts=year.starts).order_by("name")
        self.rows = [GroupRow(group) for group in groups.select_related("school", "year")]
        by_group: dict[int, list[tuple[Meeting, int]]] = defaultdict(list)
        said_no = Count("answers", filter=Q(answers__comes=False))
        meetings = Meeting.objects.filter(group__school=school, group__year__starts=year.starts)
        for meeting in meetings.annotate(called_off=said_no).order_by("starts_at"):
            by_group[meeting.group_id].append((meeting, meeting.called_off))
        for row in self.rows:
            row.meetings = [self._row(each, row.group, absent) for each, absent in by_group[row.group.pk]]

    def _row(self, meeting: Meeting, group: PopGroup, called_off: int) -> PlannedMeeting:
        meeting.group = group
        if not meeting.is_to_come(self.at):  # kept readable afterwards it would be attendance
            return PlannedMeeting(meeting, [], 0)
        return PlannedMeeting(meeting, self.agenda.warnings(meeting), called_off)

    @property
    def meetings(self) -> list[Meeting]:
        return [planned.meeting for row in self.rows for planned in row.meetings]

    @property
    def fallen(self) -> list[tuple[Meeting, ClosedSpan]]:
        """Meetings to come on days on which the school is closed, by date."""
        found = on_closed_days(self.meetings, self.agenda.calendar, self.at)
        return sorted(found, key=lambda each: each[0].starts_at)

    @property
    def concepts(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.is_concept]

    def concepts_of(self, groups: set[int]) -> list[Meeting]:
        return [meeting for meeting in self.concepts if meeting.group_id in groups]

    @property
    def waiting(self) -> list[GroupRow]:
        """Groups with what is not published of them."""
        rows = [GroupRow(row.group, [m for m in row.meetings if m.meeting.is_concept]) for row in self.rows]
        return [row for row in rows if row.meetings]

    @property
    def concepts_seen(self) -> str:
        """Stands for the concepts as a screen shows them."""
        return fingerprint([f"{m.pk} {m.starts_at:%c} {m.minutes} {m.kind} {m.place}" for m in self.concepts])


# -- the picture: weeks from left to right -----------------------------------------------------------------

WEEK_WIDTH = 13


@dataclass(frozen=True)
class Strip:
    """What stands where in the line of a group; ``x`` in units of the drawing."""

    width: int
    months: list[tuple[int, dt.date]]
    closed: list[tuple[int, str]]
    now: int | None


def strip_of(plan: YearPlan) -> Strip:
    first = week_of(plan.year.first_day)
    mondays = [first + n * WEEK for n in range((plan.year.last_day - first).days // 7 + 1)]
    closed = [
        (x_of(day, first), span.name) for day in mondays if (span := plan.agenda.calendar.closed_week(day))
    ]
    months = [plan.year.first_day.replace(month=n) for n in range(8, 13)]
    months += [plan.year.last_day.replace(month=n, day=1) for n in range(1, 8)]
    today = timezone.localdate(plan.at)
    now = (
        x_of(today, first) + weekday_x(today) if plan.year.first_day <= today <= plan.year.last_day else None
    )
    return Strip(len(mondays) * WEEK_WIDTH, [(x_of(day, first), day) for day in months], closed, now)


def x_of(day: dt.date, first: dt.date) -> int:
    """The left side of the week of ``day``."""
    return (week_of(day) - first).days // 7 * WEEK_WIDTH


def weekday_x(day: dt.date) -> int:
    """How far within its week; a weekend stands at its Friday."""
    return 2 + 2 * min(day.weekday(), 4)


def dots(row: GroupRow, plan: YearPlan) -> list[dict[str, Any]]:
    """One for each meeting, at its day within the week."""
    first = week_of(plan.year.first_day)
    return [
        {"x": x_of(meeting.day, first) + weekday_x(meeting.day), "meeting": meeting}
        for planned in row.meetings
        if plan.year.first_day <= (meeting := planned.meeting).day <= plan.year.last_day
    ]


# -- a series ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposed:
    """``reasons``: why it is this day and not the one asked for, and what the group has that week already."""

    meeting: Meeting
    warnings: list[str]
    reasons: list[str]

    @property
    def key(self) -> str:
        """How a ticked date comes back."""
        return f"{self.meeting.group_id}:{self.meeting.day.isoformat()}"


def proposals(
    series: Series, groups: list[PopGroup], agenda: Agenda, start: dt.time, values: dict[str, Any]
) -> list[tuple[PopGroup, list[Proposed]]]:
    """For each group its dates with what stands in the way, each other's dates too.

    ``start``: wall time, ``values``: other columns.
    """
    planned = []
    for group in groups:
        days = series.chosen(agenda.calendar, partial(agenda.all_work, group.pk))
        moments = [timezone.make_aware(dt.datetime.combine(each.day, start)) for each in days]
        meetings = [Meeting(group=group, starts_at=moment, **values) for moment in moments]
        reasons = [reasons_of(each, group, agenda) for each in days]
        planned.append((group, list(zip(meetings, reasons, strict=True))))
    agenda.add(meeting for _group, rows in planned for meeting, _reasons in rows)
    return [
        (group, [Proposed(meeting, agenda.warnings(meeting), reasons) for meeting, reasons in rows])
        for group, rows in planned
    ]


def reasons_of(chosen: Chosen, group: PopGroup, agenda: Agenda) -> list[str]:
    """In sentences; before the series itself stands in the agenda."""
    why = [(day, span.name) for day, span in chosen.missed]
    if chosen.day != chosen.wanted:
        away = [
            p for p in agenda.members(group.pk, chosen.wanted) if not p.membership.works_on(chosen.wanted)
        ]
        names = [p.person.first_name for p in away if p.membership.school_id == agenda.school.pk]
        text = _("%(names)s not at work then") % {"names": ", ".join(names)}
        why.append((chosen.wanted, text if len(names) == len(away) else _("somebody can't then")))
    found = [_("Not on %(day)s: %(why)s.") % {"day": in_words(day), "why": reason} for day, reason in why]
    for other in agenda.in_week(group.pk, chosen.day):
        text = _("%(group)s already meets that week: %(day)s.")
        found.append(text % {"group": group, "day": in_words(other.starts_at)})
    return found


def fingerprint(shown: list[str]) -> str:
    """Of what stands on a screen, to see whether what is sent is about that."""
    return hashlib.sha256("\n".join(sorted(shown)).encode()).hexdigest()


def keep(found: list[tuple[PopGroup, list[Proposed]]], ticked: set[str]) -> int:
    """Save the ticked dates as concept; returns how many."""
    chosen = [proposed.meeting for _group, rows in found for proposed in rows if proposed.key in ticked]
    with transaction.atomic():
        for meeting in chosen:
            meeting.propose()
    return len(chosen)


def publish(meetings: list[Meeting], at: dt.datetime) -> int:
    """The groups see them, planned hours are booked, everybody concerned is told; returns how many.

    What is no longer a concept is left alone. A transaction for each group: a whole school's at once would
    keep everybody else from writing for seconds.
    """
    return sum(_publish_group(group, meetings, at) for group in {meeting.group_id for meeting in meetings})


def _publish_group(group: int, meetings: list[Meeting], at: dt.datetime) -> int:
    asked = [meeting.pk for meeting in meetings if meeting.group_id == group]
    with transaction.atomic():
        concepts = Meeting.objects.filter(pk__in=asked, state=MeetingState.CONCEPT)
        rows = list(concepts.select_for_update(of=("self",)).select_related("group__school"))
        for meeting in rows:
            meeting.publish()
        tell(rows, at)
    return len(rows)
