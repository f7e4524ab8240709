"""The POP-groups of the demo: members, agreement, and all their meetings as they were planned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from popgroups.models import GroupKind, Meeting, MeetingKind, PopGroup
from schools.models import SchoolYear

from .calendar import FOUR_WEEKS, coming_days, moment, next_quarter, past_days
from .people import Cast
from .story import Story
from .texts.bovenbouw_first import FIRST
from .texts.bovenbouw_then import THEN
from .texts.care import CARE
from .texts.onderbouw import ONDERBOUW

LATEST_TOGETHER = 3  # at least so many meetings stay with today's group, however young the school year is
COMING = 2
A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class GroupText:
    name: str
    school: str
    kind: GroupKind
    members: tuple[str, ...]
    by: str
    stories: tuple[Story, ...] = ()
    weekday: int
    start: tuple[int, int]
    place: str
    not_agreed: tuple[str, ...] = ()
    starts_now: bool = False
    weeks: int = FOUR_WEEKS


GROUPS = (
    GroupText(
        name="Bovenbouw",
        school="zandplaat",
        kind=GroupKind.BOUW,
        members=("noor", "samir", "tom", "lieke", "esra"),
        by="karin",
        stories=(*FIRST, *THEN),
        weekday=1,
        start=(15, 30),
        place="lokaal 12",
        not_agreed=("tom",),
        starts_now=True,
    ),
    GroupText(
        name="Onderbouw",
        school="zandplaat",
        kind=GroupKind.BOUW,
        members=("petra", "joris", "fatima", "anneke", "karin", "wil"),
        by="karin",
        stories=ONDERBOUW,
        weekday=3,
        start=(15, 15),
        place="speellokaal",
    ),
    GroupText(
        name="IB’ers",
        school="zandplaat",
        kind=GroupKind.CARE,
        members=("mirjam", "lotte", "daan"),
        by="karin",
        stories=CARE,
        weekday=0,
        start=(13, 0),
        place="om en om, deze keer in Zandvoort",
    ),
    GroupText(
        name="Team Het Duin",
        school="duin",
        kind=GroupKind.TEAM,
        members=("inge", "bas", "kees", "nadia"),
        by="inge",
        weekday=2,
        start=(15, 30),
        place="personeelskamer",
        not_agreed=("kees",),
    ),
)


@dataclass
class Series:
    """The meetings of one group in one school year; ``told`` pairs each held one with its story."""

    group: PopGroup
    told: list[tuple[Meeting, Story]]
    coming: list[Meeting]


def plan_group(cast: Cast, text: GroupText, now: dt.datetime, today: dt.date) -> list[Series]:
    """The group of today, and before it the group of last school year when the year is still young."""
    days = past_days(today, text.weekday, len(text.stories), text.weeks)
    year = SchoolYear.of(today)
    newest = days[-LATEST_TOGETHER:] or [today]
    cut = min(year.first_day, newest[0])
    told = list(zip(days, text.stories, strict=True))
    before = [pair for pair in told if pair[0] < cut]
    series = []
    if before:
        last_year = SchoolYear.of(dt.date(year.starts, 7, 31))
        series.append(plan_series(cast, text, last_year, before, [], now))
    starts = [moment(day, *text.start) for day in coming_days(today, text.weekday, COMING, text.weeks)]
    if text.starts_now:
        starts.insert(0, next_quarter(now))
    series.append(plan_series(cast, text, year, [pair for pair in told if pair[0] >= cut], starts, now))
    return series


def plan_series(
    cast: Cast,
    text: GroupText,
    year: SchoolYear,
    told: list[tuple[dt.date, Story]],
    starts: list[dt.datetime],
    now: dt.datetime,
) -> Series:
    first = told[0][0] if told else min(starts).date() - 4 * A_WEEK
    group = found_group(cast, text, year, moment(first - A_WEEK, 9), all_agree=not starts)
    past = [
        (plan_meeting(group, moment(day, *text.start), text, now, story.about_change), story)
        for day, story in told
    ]
    return Series(group, past, [plan_meeting(group, at, text, now) for at in starts])


def found_group(
    cast: Cast, text: GroupText, year: SchoolYear, at: dt.datetime, *, all_agree: bool
) -> PopGroup:
    group = PopGroup.found(
        cast.schools[text.school],
        [cast.places[key] for key in text.members],
        name=text.name,
        kind=text.kind,
        year=year,
        by=cast.users[text.by],
        at=at,
    )
    agreement = group.current_agreement()
    silent = [] if all_agree else [cast.places[key].pk for key in text.not_agreed]
    for minutes, member in enumerate(group.current_members(at.date())):
        if agreement and member.membership_id not in silent:
            agreement.accept(member, at + dt.timedelta(minutes=minutes))
    return group


def plan_meeting(
    group: PopGroup, at: dt.datetime, text: GroupText, now: dt.datetime, about_change: str = ""
) -> Meeting:
    meeting = Meeting(
        group=group,
        kind=MeetingKind.INTERVISION,
        starts_at=at,
        minutes=60,
        place=text.place,
        about_change=about_change,
    )
    meeting.plan(now)
    return meeting
