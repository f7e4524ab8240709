"""Calendar files that Outlook, Google and Apple accept: RFC 5545 text, RFC 5546 methods.

Each file is one VCALENDAR as bytes: CRLF, folded at 75 octets, times in Europe/Amsterdam.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, vCalAddress, vText
from icalendar import Event as VEvent
from icalendar.parser import Contentline, Contentlines

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PRODUCT = "-//Collegiale coaching//NL"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
REFRESH = dt.timedelta(hours=6)  # mostly ignored: Google looks once in 8 to 24 hours
# A name is a parameter, where these mean something, and one parser takes them otherwise than the next.
PLAIN = str.maketrans({'"': "”", "\\": "/", "^": "’"})
# By hand: the library would list every change from 1970 to 2038, and Exchange reads two rules best.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Event:
    """One meeting. ``minutes`` long; ``link`` is where one answers; ``stamp``: when this file was made."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    minutes: int
    summary: str
    place: str = ""
    link: str = ""
    cancelled: bool = False
    stamp: dt.datetime | None = None


@dataclass(frozen=True)
class Party:
    """Who asks or is asked: a name and an e-mail address."""

    name: str
    email: str


def new_uid() -> str:
    """A name for something in calendars, once and for ever."""
    return f"{secrets.token_urlsafe(18)}@{own_host()}"


def own_host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def site_beside(email: str) -> Party:
    """The site as organizer, never with the address of who is asked: Gmail would show no invitation."""
    name, own = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if own.lower() == email.lower():
        own = f"agenda@{own_host()}"
    return Party(name or own, own)


def request(event: Event, attendee: Party, organizer: Party) -> bytes:
    """An invitation, or what changed in one: a calendar takes a higher ``sequence`` for the newer.

    Raises ValueError when the organizer is the attendee: Gmail then shows no invitation.
    """
    return invitation(REQUEST, event, attendee, organizer)


def cancel(event: Event, attendee: Party, organizer: Party) -> bytes:
    """Takes the meeting out of the calendar of ``attendee`` alone. Raises ValueError as ``request``."""
    return invitation(CANCEL, event, attendee, organizer)


def publish(events: Sequence[Event], name: str, organizer: Party | None = None) -> bytes:
    """A calendar to subscribe to, called ``name``."""
    file = empty(PUBLISH)
    file.add("x-wr-calname", one_line(name))
    file.add("x-wr-timezone", AMSTERDAM.key)
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT6H")
    for event in events:
        part = as_part(event, cancelled=event.cancelled)
        if organizer:
            part.add("organizer", address(organizer))
        file.add_component(part)
    return file.to_ical(sorted=False)


def invitation(method: str, event: Event, attendee: Party, organizer: Party) -> bytes:
    if attendee.email.lower() == organizer.email.lower():
        raise ValueError("The organizer of an invitation can't be its attendee.")
    file, part = empty(method), as_part(event, cancelled=method == CANCEL)
    part.add("organizer", address(organizer))
    part.add("attendee", asked(attendee))
    file.add_component(part)
    return file.to_ical(sorted=False)


def readdress(file: str, old: str, new: str) -> str:
    """``file`` for the same person at another address: a mail program asks only whom it finds in it."""
    if not file:
        return file
    lines = Contentlines.from_ical(file)
    asked = (
        line.startswith("ATTENDEE") and line.lower().endswith(f":mailto:{old.lower()}") for line in lines
    )
    moved = [
        Contentline(line[: -len(old)] + one_line(new)) if found else line
        for line, found in zip(lines, asked, strict=True)
    ]
    return Contentlines(moved).to_ical().decode()


def empty(method: str) -> Calendar:
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", method)
    file.add_component(zone())
    return file


@cache
def zone() -> Any:
    return Timezone.from_ical(ZONE.replace("\n", "\r\n"))


def as_part(event: Event, *, cancelled: bool) -> VEvent:
    part = VEvent()
    part.add("uid", event.uid)
    part.add("sequence", event.sequence)
    part.add("dtstamp", (event.stamp or dt.datetime.now(dt.UTC)).astimezone(dt.UTC))
    part.add("dtstart", event.starts_at.astimezone(AMSTERDAM))
    end = event.starts_at.astimezone(dt.UTC) + dt.timedelta(minutes=event.minutes)
    part.add("dtend", end.astimezone(AMSTERDAM))
    part.add("summary", one_line(event.summary))
    if event.place:
        part.add("location", one_line(event.place))
    if event.link:
        part.add("description", _("Say here whether you can come: %(link)s") % {"link": event.link})
        part.add("url", event.link)
    part.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    part.add("class", "PRIVATE")  # colleagues and secretaries can see calendars
    part.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return part


def address(party: Party) -> vCalAddress:
    found = vCalAddress(f"mailto:{one_line(party.email)}")
    found.params["cn"] = vText(one_line(party.name).translate(PLAIN))
    return found


def asked(party: Party) -> vCalAddress:
    """RSVP=FALSE: replies would go to an address nobody reads; one answers with a button behind ``link``."""
    found = address(party)
    for key, value in (
        ("cutype", "INDIVIDUAL"),
        ("role", "REQ-PARTICIPANT"),
        ("partstat", "NEEDS-ACTION"),
        ("rsvp", "FALSE"),
    ):
        found.params[key] = vText(value)
    return found


def one_line(text: str) -> str:
    """White space of any kind becomes one space and control characters go: a line break would be a new field."""
    return "".join(sign for sign in " ".join(text.split()) if category(sign) not in ("Cc", "Cs"))
