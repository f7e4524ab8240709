"""Erased is erased: every place a session's words can stand, in one list."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coaching.lib.emptied_log import flush_erased
from popgroups.models import Meeting
from schools.drafts import drafts_about
from schools.models import Draft

from .models import Case, Contribution, Session, SessionState, Taps
from .models.doors import UNDER_WAY


def erase_notes(session: Session, at: dt.datetime, *, withdrawn: bool = False) -> None:
    """Erase what was written in ``session``; dates, presence, and what people took along stay.

    The places: contributions (with votes and marks), question and hypothesis, the prepared case, typed drafts,
    taps. Cached fragments fall with the new version. Files of the database: see flush_erased.
    """
    with transaction.atomic():
        Contribution.objects.filter(step__session=session).delete()
        Taps.objects.filter(participant__session=session).delete()
        Draft.objects.filter(field__startswith=f"session:{session.pk}:").delete()
        for bringer in session.bringers:
            erase_case(bringer.person_id, session.meeting_id)
        gone: dict[str, object] = {"question": "", "hypothesis": ""}
        if not session.is_under_way:  # a session that goes on is written in again, and cleaned up in its time
            gone["erased_at"] = at
        session.put(**gone, **({"withdrawn_at": at} if withdrawn else {}))
    flush_erased()


def erase_case(presenter_id: int, meeting_id: int) -> None:
    """The prepared case, with what was typed for it and not saved."""
    with transaction.atomic():
        Case.objects.filter(meeting=meeting_id, presenter=presenter_id).delete()
        Draft.objects.filter(writer=presenter_id, field__startswith=f"case:{meeting_id}:").delete()


def due_for_erasing(day: dt.date | None = None) -> list[Session]:
    """Closed sessions whose working notes are past their term on ``day``."""
    day = day or timezone.localdate()
    closed = Session.objects.filter(state=SessionState.CLOSED, erased_at__isnull=True)
    rows = closed.select_related("meeting__group__school", "presenter")
    return [session for session in rows if session.erased_on() <= day]


def stray_drafts() -> QuerySet[Draft]:
    """Drafts that arrived after the notes of their session were erased, from a tab left open."""
    named = drafts_about("session")
    kept = Session.objects.filter(pk__in=named, erased_at__isnull=True).exclude(state=SessionState.CANCELLED)
    gone = named.keys() - set(kept.values_list("pk", flat=True))
    return Draft.objects.filter(field__in=[field for key in gone for field in named[key]])


def forget_old_cases(day: dt.date) -> int:
    """Prepared cases go with the notes of their meeting, chosen or not; with what was typed for them.

    Returns how many rows went.
    """
    typed, prepared = drafts_about("case"), set(Case.objects.values_list("meeting", flat=True))
    meetings = Meeting.objects.filter(pk__in=prepared | typed.keys()).select_related("group__school")
    kept = {meeting.pk for meeting in meetings.filter(sessions__state__in=UNDER_WAY)}
    kept |= {meeting.pk for meeting in meetings if meeting.group.school.notes_go_on(meeting.day) > day}
    names = [field for key in typed.keys() - kept for field in typed[key]]
    with transaction.atomic():
        cases = Case.objects.filter(meeting__in=prepared - kept).delete()[0]
        return cases + Draft.objects.filter(field__in=names).delete()[0]
