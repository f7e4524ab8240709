"""Somebody's own meetings and talks as a calendar to subscribe to: time, place and group, nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from coaching.lib.calendar_files import publish
from popgroups.models import GroupMember, Meeting
from popgroups.notices import event_of
from portfolio.models import Talk, TalkState
from portfolio.talk_notices import event_of as event_of_talk
from schools.models import User

BACK, AHEAD = dt.timedelta(days=92), dt.timedelta(days=366)
CANCELLED_STAYS = dt.timedelta(days=30)


def feed_of(person: User, at: dt.datetime) -> tuple[bytes, str]:
    """The calendar file, in the person's language, and a mark that changes only when what it says does."""
    with translation.override(person.language):
        events = [event_of(meeting) for meeting in meetings_of(person, at)]
        events += [event_of_talk(talk) for talk in talks_of(person, at)]
        file = publish([replace(event, stamp=at) for event in events], _("Collegial coaching"))
    mark = hashlib.sha256(repr((person.language, events)).encode("utf-8", "surrogatepass")).hexdigest()
    return file, f'"{mark[:32]}"'


def meetings_of(person: User, at: dt.datetime) -> list[Meeting]:
    """Of the last three and the next twelve months, those on whose day the person is in the group."""
    places: dict[int, list[GroupMember]] = {}
    mine = GroupMember.objects.beside_nobody_led_by(person).filter(joined_on__isnull=False)
    for place in mine.select_related("membership"):
        places.setdefault(place.group_id, []).append(place)
    near = Meeting.objects.published().filter(starts_at__range=(at - BACK, at + AHEAD), group__in=places)
    return [
        meeting
        for meeting in near.select_related("group").order_by("starts_at", "pk")
        if any(place.is_current(meeting.day) for place in places[meeting.group_id])
        and (not meeting.is_cancelled or was_just_cancelled(meeting, at))
    ]


def was_just_cancelled(meeting: Meeting, at: dt.datetime) -> bool:
    """A calendar that looks once a day, or once in the holidays, has to hear of it."""
    return meeting.cancelled_at is not None and meeting.cancelled_at > at - CANCELLED_STAYS


def talks_of(person: User, at: dt.datetime) -> list[Talk]:
    """Of the same months; a date that nobody said yes to stands in no calendar."""
    near = Talk.objects.visible_to(person).filter(starts_at__range=(at - BACK, at + AHEAD))
    stands = Q(state__in=(TalkState.PLANNED, TalkState.HELD))
    gone = Q(state=TalkState.CANCELLED, changed_at__gt=at - CANCELLED_STAYS)
    return list(near.filter(stands | gone).defer("agreements").order_by("starts_at", "pk"))
