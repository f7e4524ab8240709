"""Planned hours of coming meetings, where somebody's stay at school changed without anybody touching a group."""

from __future__ import annotations

import datetime as dt

from schools.models import Consent, HourLine, LineKind

from .models import Answer, GroupMember, Meeting


def follow_stays(at: dt.datetime) -> int:
    """Book anew the coming meetings that plan hours for others than who is in then and can come; returns how many.

    Five statements when there are none. A school without consent is passed over: what it has is hidden.
    """
    agreed = set(Consent.objects.agreed_to_hours().values_list("school", flat=True))
    meetings = list(
        Meeting.objects.coming(at).filter(group__school__in=agreed).select_related("group__school")
    )
    places = places_of({meeting.group_id for meeting in meetings}, agreed)
    booked = booked_for(meetings)
    absent = set(Answer.objects.not_coming().filter(meeting__in=meetings).values_list("meeting", "member"))
    changed = [
        meeting
        for meeting in meetings
        if booked.get(meeting.source, set())
        != {
            row.membership_id
            for row in places.get(meeting.group_id, [])
            if row.is_current(meeting.day) and (meeting.pk, row.pk) not in absent
        }
    ]
    for meeting in changed:
        meeting.book_planned()
    return len(changed)


def places_of(groups: set[int], agreed: set[int]) -> dict[int, list[GroupMember]]:
    """By group, of people whose own school agreed."""
    rows = GroupMember.objects.filter(group__in=groups, membership__school__in=agreed)
    found: dict[int, list[GroupMember]] = {}
    for place in rows.select_related("membership"):
        found.setdefault(place.group_id, []).append(place)
    return found


def booked_for(meetings: list[Meeting]) -> dict[str, set[int]]:
    """By source, the memberships that have a planned line."""
    lines = HourLine.objects.filter(kind=LineKind.PLANNED, source__in=[each.source for each in meetings])
    found: dict[str, set[int]] = {}
    for source, membership in lines.values_list("source", "membership"):
        found.setdefault(source, set()).add(membership)
    return found
