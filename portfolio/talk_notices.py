"""Mails and calendar files about talks: when and where, between two. Never what it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.calendar_files import CANCEL, REQUEST, Event, Party, cancel, request, site_beside
from coaching.lib.markup import clock, slot
from coaching.lib.markup import day as in_words
from schools.accounts import in_a_mail
from schools.models import OutgoingMail, User
from schools.outbox import post

from .models import Talk, TalkState

SUBJECTS = {
    "proposed": gettext_lazy("A date for a talk: %(when)s"),
    "moved": gettext_lazy("Another date for a talk: %(when)s"),
    "planned": gettext_lazy("The talk is planned: %(when)s"),
    "cancelled": gettext_lazy("The talk does not go on: %(when)s"),
    "rewritten": gettext_lazy("What you two agreed on was changed: talk of %(when)s"),
}


def title() -> str:
    """What stands in a calendar that others look into: not with whom, nor what it is about."""
    return _("Talk")


def event_of(talk: Talk) -> Event:
    """What a calendar shows of it."""
    return Event(
        uid=talk.uid,
        sequence=talk.sequence,
        starts_at=talk.starts_at,
        minutes=talk.minutes,
        summary=title(),
        place=talk.place,
        cancelled=talk.state == TalkState.CANCELLED,
    )


def tell_proposed(talk: Talk, by: User, at: dt.datetime) -> None:
    """Whoever has to say yes to the date. All of these: in the caller's transaction."""
    post([mail_about(talk, reader, "proposed", at) for reader in both(talk) if reader != by])


def tell_moved(talk: Talk, by: User, was: Event, at: dt.datetime) -> None:
    """Both: ``was``, which stood in their calendars, goes out of them; the new date has to be agreed on."""
    gone = replace(was, sequence=talk.sequence, cancelled=True)
    post([mail_about(talk, reader, "moved", at, gone) for reader in both(talk)])


def tell_planned(talk: Talk, at: dt.datetime) -> None:
    post([mail_about(talk, reader, "planned", at, event_of(talk)) for reader in both(talk)])


def tell_cancelled(talk: Talk, by: User, at: dt.datetime, *, was_planned: bool, led: bool) -> None:
    """Whoever had it in their calendar, else who heard of it. ``led``: who is led no more has no page to go to."""
    event = event_of(talk) if was_planned else None
    readers = both(talk) if was_planned else [reader for reader in both(talk) if reader != by]
    shown = {reader: led or talk.is_mine(reader) for reader in readers}
    post([mail_about(talk, reader, "cancelled", at, event, page=shown[reader]) for reader in readers])


def tell_rewritten(talk: Talk, by: User, at: dt.datetime) -> None:
    """Whoever did not change what both had agreed on; ``talk`` with its text of before."""
    mails = [mail_about(talk, reader, "rewritten", at) for reader in both(talk) if reader != by]
    for mail in mails:
        mail.key = f"{mail.key}/{talk.agreements_version}"  # dates have a number of their own
    post(mails)


def both(talk: Talk) -> list[User]:
    return [person for person in (talk.person, talk.leader) if person and person.is_active]


def mail_about(
    talk: Talk, reader: User, news: str, at: dt.datetime, event: Event | None = None, *, page: bool = True
) -> OutgoingMail:
    """In the language of its reader; of no school, so that no coordinator learns who talks with whom.

    ``event``: what goes into, or out of, the reader's calendar.
    """
    thread = f"{talk.uid}/{reader.pk}"
    with translation.override(reader.language):
        starts = talk.starts_at
        when = _("%(day)s %(time)s") % {"day": in_words(starts), "time": clock(starts)}
        link = in_a_mail("talk", pk=str(talk.pk)) if page else ""
        return OutgoingMail(
            to=reader.email,
            person=reader,
            while_leading=talk.person if page and reader == talk.leader and news != "cancelled" else None,
            subject=SUBJECTS[news] % {"when": when},
            body=render_to_string("portfolio/mail/talk.txt", words_of(talk, reader, news, link, event)),
            calendar=calendar_file(event, reader, link, at).decode() if event else "",
            calendar_method=method_of(event),
            key=f"{thread}/{talk.sequence}/{news}",
            thread=thread,
            made_at=at,
            try_again_at=at,
        )


def words_of(talk: Talk, reader: User, news: str, link: str, event: Event | None) -> dict[str, object]:
    other = talk.other(reader)
    return {
        "reader": reader.first_name,
        "other": other.name if other else "",
        "news": news,
        "mine": talk.proposed_by_id == reader.pk,
        "when": slot(talk.starts_at, talk.minutes),
        "was": slot(event.starts_at, event.minutes) if event and news == "moved" else "",
        "place": talk.place,
        "link": link,
    }


def method_of(event: Event | None) -> str:
    if event is None:
        return ""
    return CANCEL if event.cancelled else REQUEST


def calendar_file(event: Event, reader: User, link: str, at: dt.datetime) -> bytes:
    """Of this one talk for this one reader."""
    write = cancel if event.cancelled else request
    asked = Party(reader.name, reader.email)
    summary = title()  # in the reader's language
    return write(replace(event, summary=summary, link=link, stamp=at), asked, site_beside(reader.email))
