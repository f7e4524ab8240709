"""What of this room is about one person, for the file that person takes along. Nobody else's text or name.

A new model with a key to a person goes on one of the two lists; tests/taking_along/test_registers.py asks for it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, Q

from coaching.lib.plain_values import iso
from schools.models import User

from .models import (
    Agreement,
    AgreementAcceptance,
    Answer,
    Attendance,
    Celebration,
    Editing,
    GroupActivity,
    GroupGoal,
    GroupMember,
    GroupNeed,
    GroupPlanAnswer,
    GroupPlanMove,
    GroupPlanVersion,
    GroupTheme,
    LookBack,
    MapBar,
    MapContribution,
    MapMark,
    Meeting,
    MeetingState,
    Notice,
    PlanComment,
    PlanReader,
    Reaction,
    SupportPromise,
    TakenAway,
    Welcome,
)

TOLD: tuple[type[Model], ...] = (
    *(GroupMember, AgreementAcceptance, Answer, Attendance, Celebration, LookBack, GroupPlanAnswer),
    *(MapContribution, MapMark),
)
LEFT_OUT: dict[type[Model], str] = {
    Agreement: "the text of the group; that one agreed to it is told",
    Notice: "only which mail about a meeting was sent",
    Editing: "who writes where at this moment, gone when they stop",
    GroupNeed: "a number the group chose, of competences of shared lists alone",
    MapBar: "a word about all who took part, without any person",
    GroupTheme: "of the plan of the group, which stays with the group",
    GroupGoal: "of the plan of the group, with competences of shared lists alone",
    GroupActivity: "of the plan of the group",
    GroupPlanMove: "what happened with the plan of the group",
    GroupPlanVersion: "the plan of the group; names of its members stand in ``content``, as in that of an answer",
    PlanComment: "said between a group and its director",
    PlanReader: "whom a group lets read its plan",
    Reaction: "the director's answer to a group",
    TakenAway: "of the plan of the group, until it is put back or its days are over",
    SupportPromise: "the director's promise to a group",
    Welcome: "who said yes to whom is about both",
}


def my_data(user: User) -> dict[str, Any]:
    """The groups ``user`` is or was in, with the dates of their meetings; what was celebrated, looked back on."""
    places = GroupMember.objects.filter(membership__person=user).select_related(
        "group__school", "group__year"
    )
    own_answers = Prefetch("plan_answers", GroupPlanAnswer.objects.defer("content"))
    return {
        "groups": [
            _place(place, user) for place in places.prefetch_related("acceptances__agreement", own_answers)
        ],
        "celebrations": [
            {"group": row.group.name, "entry": row.entry_id, "at": iso(row.at)}
            for row in Celebration.objects.filter(entry__owner=user).select_related("group")
        ],
        "look_backs": [
            {"group": row.group.name, "pap": row.action_plan_id, "at": iso(row.looked_back_at)}
            for row in LookBack.objects.filter(action_plan__owner=user).select_related("group").order_by("pk")
        ],
        "maps": [_in_map(row) for row in MapContribution.objects.filter(place__membership__person=user)],
    }


def _in_map(row: MapContribution) -> dict[str, Any]:
    """``well`` is None once it was added up: then only that it was is kept."""
    marks = row.marks.order_by("competence__framework", "competence__order", "pk")
    return {
        "group": row.place.group.name,
        "at": iso(row.at),
        "added_up_at": iso(row.counted_at),
        "taken_back_at": iso(row.ended_at),
        "marks": [{"competence": mark.competence_id, "well": mark.well} for mark in marks],
    }


def _place(place: GroupMember, user: User) -> dict[str, Any]:
    return {
        "group": place.group.name,
        "school": place.group.school.name,
        "year": place.group.year.starts,
        "asked_on": iso(place.proposed_on),
        "from": iso(place.joined_on),
        "until": iso(place.last_day),
        "agreed": [{"version": row.agreement.version, "at": iso(row.at)} for row in place.acceptances.all()],
        "plan_answers": [
            {"agrees": row.agrees, "wish": row.wish, "at": iso(row.at)} for row in place.plan_answers.all()
        ],
        "meetings": [_meeting(row) for row in meetings_of(place, user)],
    }


def meetings_of(place: GroupMember, user: User) -> list[Any]:
    """Of the days on which the place was held, with ``present``, ``comes`` and ``cannot``."""
    if place.joined_on is None:
        return []
    during = Q(starts_at__date__gte=place.joined_on)
    if place.left_on:
        during &= Q(starts_at__date__lt=place.left_on)
    answers = Answer.objects.filter(meeting=OuterRef("pk"), member=place)
    present = Attendance.objects.filter(meeting=OuterRef("pk"), membership__person=user)
    rows = Meeting.objects.filter(during, group=place.group_id).exclude(state=MeetingState.CONCEPT)
    return list(
        rows.annotate(
            present=Exists(present),
            comes=Exists(answers.filter(comes=True)),
            cannot=Exists(answers.filter(comes=False)),
        ).order_by("starts_at", "pk")
    )


def _meeting(row: Any) -> dict[str, Any]:
    return {
        "starts_at": iso(row.starts_at),
        "minutes": row.minutes,
        "kind": row.kind,
        "state": row.state,
        "present": row.present,
        "answer": "comes" if row.comes else "cannot" if row.cannot else "",
    }
