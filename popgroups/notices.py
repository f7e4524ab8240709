"""Telling people of their meetings: the difference between the plan as it is and what each of them was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.calendar_files import Event, Party, cancel, request, site_beside
from coaching.lib.markup import clock, slot
from coaching.lib.markup import day as in_words
from schools.accounts import in_a_mail
from schools.models import OutgoingMail, User
from schools.outbox import post

from .models import GroupMember, Meeting, MeetingState, Notice, NoticeMethod, Reason
from .seating import led_pairs


@dataclass(frozen=True)
class Pending:
    """A mail that ``person`` has still to get about ``meeting``; ``sequence`` is that of its calendar file.

    ``last``: what the person was told before. Who is out of the group gets the meeting as they were told it.
    """

    person: User
    meeting: Meeting
    method: NoticeMethod
    reason: Reason
    sequence: int
    last: Notice | None = None

    @property
    def was(self) -> str:
        """The day and time the person was told before, in words, when the meeting moved since."""
        last = self.last
        if self.reason not in (Reason.MOVED, Reason.RESTORED) or not (
            last and last.starts_at and last.minutes
        ):
            return ""
        now = (self.meeting.starts_at, self.meeting.minutes)
        return slot(last.starts_at, last.minutes) if (last.starts_at, last.minutes) != now else ""

    @property
    def thread(self) -> str:
        return f"{self.meeting.uid}/{self.person.pk}"

    @property
    def key(self) -> str:
        return f"{self.thread}/{self.sequence}/{self.method}"


def pending(meetings: Iterable[Meeting], at: dt.datetime, *, as_published: bool = False) -> list[Pending]:
    """What people still have to be told of ``meetings`` that are not over at ``at``, by date and name.

    Four statements, however many there are. ``as_published``: as if what is a concept were planned already.
    """
    states = [MeetingState.PLANNED, MeetingState.CANCELLED, *([MeetingState.CONCEPT] if as_published else [])]
    rows = [meeting for meeting in meetings if meeting.state in states and meeting.ends_at > at]
    places = places_in({meeting.group_id for meeting in rows})
    told = last_told(rows)
    found = [
        each
        for meeting in rows
        for each in differences(meeting, places.get(meeting.group_id, []), told.get(meeting.pk, {}))
    ]
    return sorted(found, key=lambda each: (each.meeting.starts_at, each.meeting.pk, each.person.name))


def places_in(groups: set[int]) -> dict[int, list[GroupMember]]:
    """By group; not of somebody who leads one of the others by now: that group is closed to them."""
    rows = GroupMember.objects.filter(
        group__in=groups, joined_on__isnull=False, membership__person__is_active=True
    )
    found: dict[int, list[GroupMember]] = {}
    for place in rows.select_related("membership__person", "membership__school"):
        found.setdefault(place.group_id, []).append(place)
    pairs = led_pairs(place.membership for places in found.values() for place in places)
    leads = {(leader.pk, led.pk) for leader, led in pairs}
    return {
        group: [place for place in places if not leads_in(place, places, leads)]
        for group, places in found.items()
    }


def leads_in(place: GroupMember, places: list[GroupMember], leads: set[tuple[int, int]]) -> bool:
    return any((place.person.pk, other.person.pk) in leads for other in places)


def last_told(meetings: list[Meeting]) -> dict[int, dict[int, Notice]]:
    """By meeting and person, the newest notice of each."""
    rows = Notice.objects.filter(meeting__in=[meeting.pk for meeting in meetings], person__is_active=True)
    found: dict[int, dict[int, Notice]] = {}
    for notice in rows.select_related("person").order_by("pk"):
        found.setdefault(notice.meeting_id, {})[notice.person_id] = notice
    return found


def differences(meeting: Meeting, places: list[GroupMember], told: dict[int, Notice]) -> list[Pending]:
    invited = (
        {} if meeting.is_cancelled else {p.person.pk: p.person for p in places if p.is_current(meeting.day)}
    )
    found = [asking(meeting, person, told.get(pk)) for pk, person in invited.items()]
    found += [calling_back(meeting, notice) for pk, notice in told.items() if pk not in invited]
    return [each for each in found if each]


def asking(meeting: Meeting, person: User, last: Notice | None) -> Pending | None:
    if last and last.is_request and last.meeting_sequence >= meeting.sequence:
        return None
    sequence = max(meeting.sequence, last.sequence + 1) if last else meeting.sequence
    return Pending(person, meeting, NoticeMethod.REQUEST, why_asked(last), sequence, last)


def why_asked(last: Notice | None) -> Reason:
    if last and last.is_request:
        return Reason.MOVED
    return Reason.RESTORED if last and last.reason == Reason.CANCELLED else Reason.NEW


def calling_back(meeting: Meeting, last: Notice) -> Pending | None:
    if not last.is_request:
        return None
    reason = Reason.CANCELLED if meeting.is_cancelled else Reason.LEFT
    sequence = max(meeting.sequence, last.sequence)
    shown = as_told(meeting, last) if reason == Reason.LEFT else meeting
    return Pending(last.person, shown, NoticeMethod.CANCEL, reason, sequence, last)


def as_told(meeting: Meeting, last: Notice) -> Meeting:
    """``meeting`` for somebody it is closed to by now, not to be saved: when they think it is, and no place."""
    shown = copy(meeting)
    if last.starts_at and last.minutes:
        shown.starts_at, shown.minutes = last.starts_at, last.minutes
    shown.place = shown.link = ""
    return shown


def tell(meetings: Iterable[Meeting], at: dt.datetime) -> int:
    """Mail what is pending and note it, in the caller's transaction; returns how many mails were written.

    Of ``meetings`` as they are in the database now: whoever changes one at the same moment waits here.
    """
    with transaction.atomic():
        rows = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]).order_by("pk")
        fresh = list(rows.select_related("group__school").select_for_update(of=("self",)))
        due = pending(fresh, at)
        post(as_mail(each, at) for each in due)
        Notice.objects.bulk_create((as_notice(each, at) for each in due), ignore_conflicts=True)
    return len(due)


def as_notice(each: Pending, at: dt.datetime) -> Notice:
    return Notice(
        meeting=each.meeting,
        person=each.person,
        sequence=each.sequence,
        meeting_sequence=each.meeting.sequence,
        method=each.method,
        at=at,
        reason=each.reason,
        starts_at=each.meeting.starts_at,
        minutes=each.meeting.minutes,
    )


def as_mail(each: Pending, at: dt.datetime) -> OutgoingMail:
    """In the reader's own language, with the calendar file of this one meeting for this one person."""
    meeting, person = each.meeting, each.person
    with translation.override(person.language):
        return OutgoingMail(
            to=person.email,
            person=person,
            subject=subject_of(each),
            body=body_of(each),
            calendar=calendar_file(each, at).decode(),
            calendar_method=each.method,
            key=each.key,
            thread=each.thread,
            school=meeting.group.school,
            made_at=at,
            try_again_at=at,
        )


SUBJECTS = {
    Reason.NEW: gettext_lazy("Invitation: %(what)s, %(when)s"),
    Reason.MOVED: gettext_lazy("Changed: %(what)s, %(when)s"),
    Reason.CANCELLED: gettext_lazy("Cancelled: %(what)s, %(when)s"),
    Reason.RESTORED: gettext_lazy("Goes on after all: %(what)s, %(when)s"),
    Reason.LEFT: gettext_lazy("No longer for you: %(what)s, %(when)s"),
}


def subject_of(each: Pending) -> str:
    starts = each.meeting.starts_at
    when = _("%(day)s %(time)s") % {"day": in_words(starts), "time": clock(starts)}
    return SUBJECTS[each.reason] % {"what": title_of(each.meeting), "when": when}


def title_of(meeting: Meeting) -> str:
    """What may stand in a calendar that others look into: kind and group, never what it is about."""
    return f"{meeting.get_kind_display().capitalize()} · {meeting.group.name}"


def body_of(each: Pending) -> str:
    meeting = each.meeting
    context = {
        "person": each.person,
        "meeting": meeting,
        "group": meeting.group,
        "when": slot(meeting.starts_at, meeting.minutes),
        "was": each.was,
        "reason": each.reason.value,
        "asks": each.method == NoticeMethod.REQUEST,
        "page": page_of(meeting),
    }
    return render_to_string("popgroups/mail/notice.txt", context)


def page_of(meeting: Meeting) -> str:
    return in_a_mail("meeting", pk=str(meeting.pk))


def event_of(meeting: Meeting) -> Event:
    """What a calendar shows of it."""
    return Event(
        uid=meeting.uid,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        summary=title_of(meeting),
        place=meeting.place,
        cancelled=meeting.is_cancelled,
    )


def calendar_file(each: Pending, at: dt.datetime) -> bytes:
    meeting, person = each.meeting, each.person
    link = "" if each.reason == Reason.LEFT else page_of(meeting)
    event = replace(event_of(meeting), sequence=each.sequence, link=link, stamp=at)
    write = request if each.method == NoticeMethod.REQUEST else cancel
    return write(event, Party(person.name, person.email), site_beside(person.email))
