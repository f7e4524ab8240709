"""Telling people of their meetings: the difference between the plan as it is and what each of them was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.calendar_files import Event, Party, cancel, request
from coaching.lib.markup import clock, slot
from coaching.lib.markup import day as in_words
from schools.accounts import in_a_mail
from schools.models import OutgoingMail, User
from schools.outbox import post

from .models import GroupMember, Meeting, MeetingState, Notice, NoticeMethod
from .seating import led_pairs


class Reason(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    MOVED = "moved", gettext_lazy("changed")
    CANCELLED = "cancelled", gettext_lazy("cancelled")
    LEFT = "left", gettext_lazy("no longer a member")


@dataclass(frozen=True)
class Pending:
    """A mail that ``person`` has still to get about ``meeting``; ``sequence`` is that of its calendar file."""

    person: User
    meeting: Meeting
    method: NoticeMethod
    reason: Reason
    sequence: int

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
    reason = Reason.MOVED if last and last.is_request else Reason.NEW
    return Pending(person, meeting, NoticeMethod.REQUEST, reason, sequence)


def calling_back(meeting: Meeting, last: Notice) -> Pending | None:
    if not last.is_request:
        return None
    reason = Reason.CANCELLED if meeting.is_cancelled else Reason.LEFT
    return Pending(last.person, meeting, NoticeMethod.CANCEL, reason, max(meeting.sequence, last.sequence))


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
        "reason": each.reason.value,
        "page": page_of(meeting),
    }
    return render_to_string("popgroups/mail/notice.txt", context)


def page_of(meeting: Meeting) -> str:
    return in_a_mail("meeting", pk=str(meeting.pk))


def calendar_file(each: Pending, at: dt.datetime) -> bytes:
    meeting, person = each.meeting, each.person
    event = Event(
        uid=meeting.uid,
        sequence=each.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        summary=title_of(meeting),
        place=meeting.place,
        link=page_of(meeting),
        stamp=at,
    )
    write = request if each.method == NoticeMethod.REQUEST else cancel
    return write(event, Party(person.name, person.email), site_beside(person.email))


def site_beside(email: str) -> Party:
    """The site as organizer, never with the address of who is asked: Gmail would show no invitation."""
    name, own = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if own.lower() == email.lower():
        own = f"agenda@{urlsplit(settings.SITE_URL).hostname or 'localhost'}"
    return Party(name or own, own)
