"""Exact values of people in one part of a year, on their way to a span; they are kept and shown nowhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import DateField, Exists, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from coaching.lib.suppression import Span, shown
from popgroups.models import Attendance, GroupMember, LookBack, Meeting, MeetingState
from portfolio.models import ActionPlan, PlanMove, Share
from schools.budgets import allotments_of, budget_minutes
from schools.models import (
    BoardDirector,
    Consent,
    HourLine,
    LineKind,
    Membership,
    Role,
    RoleHeld,
    School,
    SchoolYear,
    ShownKind,
)
from schools.models.people import MembershipQuerySet

from .parts import Part

WORKING = (Role.TEACHER, Role.COORDINATOR)
NEVER = Value(dt.date(9999, 12, 31), DateField())
NOT_COUNTED = (Role.DIRECTOR, Role.CONSULTANT)


@dataclass(frozen=True)
class Exact:
    """By person: what it was, and the most it can have been as anybody may know (the cap)."""

    values: dict[int, int]
    caps: dict[int, int]

    def as_span(self, at_most: int | None = None) -> Span | None:
        keys = sorted(self.caps)
        return shown([self.values.get(key, 0) for key in keys], [self.caps[key] for key in keys], at_most)


def staff_of(part: Part) -> MembershipQuerySet:
    """Places of all schools on a day of ``part``, of colleagues who direct nothing there."""
    roles = RoleHeld.objects.filter(membership=OuterRef("pk"))
    stays = Q(valid_until__isnull=True) | Q(valid_until__gte=part.first_day)
    works, leads = Exists(roles.filter(role__in=WORKING)), Exists(roles.filter(role__in=NOT_COUNTED))
    return Membership.objects.filter(stays, works, ~leads, valid_from__lte=part.last_day)


def taking_part(part: Part) -> MembershipQuerySet:
    """Those of ``staff_of`` who were in a POP-group on a day of ``part`` on which it met.

    Of an account that nobody uses everybody knows that it did nothing: counted, it would make room for steps that
    tell of the few who do take part. A group welcomes its members itself, so nobody is put in to make room either.
    """
    first, after = part.span
    meets = Meeting.objects.filter(group=OuterRef("group"), state=MeetingState.HELD).filter(
        Q(starts_at__date__gte=OuterRef("joined_on")),
        Q(starts_at__date__gte=OuterRef("membership__valid_from")),
        Q(starts_at__date__lt=Coalesce(OuterRef("left_on"), NEVER)),
        Q(starts_at__date__lte=Coalesce(OuterRef("membership__valid_until"), NEVER)),
        starts_at__gte=first,
        starts_at__lt=after,
    )
    places = GroupMember.objects.filter(Exists(meets), membership=OuterRef("pk"), joined_on__isnull=False)
    return staff_of(part).filter(Exists(places))


def counted_people(school: School, part: Part) -> set[int]:
    """Who counts in ``school``: each person at one school, the one of their oldest place in ``part``.

    Left out is whoever let somebody who directs the school, or its board, read a plan of theirs.
    """
    here = set(taking_part(part).filter(school=school).values_list("person", flat=True))
    places = taking_part(part).filter(person__in=here).order_by("-valid_from", "-pk")
    oldest = dict(places.values_list("person", "school"))  # of several the last one stays
    leads = RoleHeld.objects.filter(role=Role.DIRECTOR, membership__school=school)
    board = BoardDirector.objects.filter(board=school.board_id or 0)
    viewers = Q(viewer__in=leads.values("membership__person")) | Q(viewer__in=board.values("person"))
    let_in = Share.objects.filter(viewers, owner__in=oldest, action_plan__isnull=False)
    mine = {person for person, place in oldest.items() if place == school.pk}
    return mine - set(let_in.values_list("owner", flat=True))


def who_did(people: set[int], found: Iterable[int]) -> Exact:
    """One each for whoever is in ``found``."""
    return Exact(dict.fromkeys(people & set(found), 1), dict.fromkeys(people, 1))


def plans_made(school: School, part: Part) -> Exact:
    people = counted_people(school, part)
    first, after = part.span
    rows = ActionPlan.objects.filter(owner__in=people, made_at__gte=first, made_at__lt=after)
    return who_did(people, rows.values_list("owner", flat=True))


def plans_looked_back_on(school: School, part: Part) -> Exact:
    """Of plans made in ``part``, until the end of the next one, as look-backs come weeks later.

    Only of those: look-backs of this part on older plans would tell who made one then, of whom nothing was told.
    """
    people = counted_people(school, part)
    first, after = part.span
    _next, until = part.next.span
    plans = ActionPlan.objects.filter(owner__in=people, made_at__gte=first, made_at__lt=after)
    told = PlanMove.objects.filter(plan=OuterRef("pk"), at__lt=until)
    together = LookBack.objects.filter(action_plan=OuterRef("pk"), looked_back_at__lt=until)
    return who_did(people, plans.filter(Exists(told) | Exists(together)).values_list("owner", flat=True))


def presence(school: School, part: Part) -> Exact:
    """Times that somebody was there, of the meetings held in their groups while the PMR agreed.

    By person: whoever left the school and came back in one part has two places, but is one.
    """
    places = staff_of(part).filter(school=school)
    whose = dict(places.values_list("pk", "person"))
    members = list(GroupMember.objects.filter(membership__in=places).select_related("membership"))
    meetings = held_meetings(school, part, {place.group_id for place in members})
    could = {
        (meeting, place.membership_id)
        for place in members
        for meeting, group, day in meetings
        if place.group_id == group and place.is_current(day)
    }
    rows = Attendance.objects.filter(meeting__in=[meeting for meeting, _group, _day in meetings])
    were = could & set(rows.values_list("meeting", "membership"))
    return Exact(Counter(whose[place] for _m, place in were), Counter(whose[place] for _m, place in could))


def held_meetings(school: School, part: Part, groups: set[int]) -> list[tuple[int, int, dt.date]]:
    """Number, group and day of those at which presence was written down for staff of ``school``."""
    first, after = part.span
    agreed = Consent.objects.agreed_to_hours()
    own = agreed.filter(school=school).values_list("given_at", flat=True).first()
    host = agreed.filter(school=OuterRef("group__school"), given_at__lte=OuterRef("starts_at"))
    rows = Meeting.objects.filter(
        Exists(host), group__in=groups, state=MeetingState.HELD, starts_at__gte=max(first, own or after)
    )
    found = rows.filter(starts_at__lt=after).values_list("pk", "group", "starts_at")
    return [(pk, group, timezone.localdate(at)) for pk, group, at in found]


def hours_spent(school: School, part: Part) -> Exact:
    """Minutes held besides meetings, of each person at most half of what they have in the year: more is cut off.

    Those of meetings follow from presence: told as well, few hours and much presence would tell who was there.
    """
    allotment = allotments_of([school.pk], SchoolYear(starts=part.starts)).get(school.pk)
    people = set(taking_part(part).filter(school=school).values_list("person", flat=True))
    places = list(staff_of(part).filter(school=school, person__in=people).prefetch_related("fte"))
    most = Counter[int]()
    for place in places:
        most[place.person_id] += budget_minutes(allotment, place)
    # Two places of one person, without pro rata, would each have all of it.
    caps = {
        person: min(minutes, allotment.minutes if allotment else 0) // 2 for person, minutes in most.items()
    }
    lines = HourLine.objects.filter(
        membership__in=places, kind=LineKind.HELD, day__gte=part.first_day, day__lte=part.last_day
    )
    of_meetings = Q(source__startswith="meeting:") | Q(corrects__source__startswith="meeting:")
    lines = lines.exclude(pk__in=lines.filter(of_meetings).values("pk"))
    summed = lines.order_by().values_list("membership__person").annotate(total=Sum("minutes"))
    return Exact(dict(summed), caps)


COUNTS = {
    ShownKind.MADE: plans_made,
    ShownKind.LOOKED_BACK: plans_looked_back_on,
    ShownKind.PRESENCE: presence,
    ShownKind.HOURS: hours_spent,
}


def told_on(kind: ShownKind, part: Part) -> dt.date:
    """From which day on ``kind`` may be told of ``part``."""
    return part.next.told_on if kind == ShownKind.LOOKED_BACK else part.told_on


PER_PERSON = (ShownKind.PRESENCE, ShownKind.HOURS)  # written down only while the PMR agrees to that
