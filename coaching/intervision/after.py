"""What a participant finds after a session: own plan, agreed things, what disappears when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Avg, Count
from django.utils import timezone

from popgroups.models import Attendance
from schools.hours import per_person_is_allowed

from .closing import plan_made_by
from .leftovers import leftovers
from .mine import close_context
from .models import Contribution, Kind, Session, SessionParticipant, Taps

LEAST_TAPS = 5  # below five people an average says something about somebody


def after_context(session: Session, participant: SessionParticipant, at: dt.datetime) -> dict[str, Any]:
    user = participant.person
    booked = Attendance.objects.filter(
        meeting=session.meeting_id, membership=participant.membership_id
    ).exists()
    mine = Contribution.objects.filter(
        step__session=session, author=participant, kind=Kind.TIP, mark__isnull=False
    )
    context: dict[str, Any] = {
        "session": session,
        "me": participant,
        "plan": plan_made_by(session, participant),
        "people": session.participants.select_related("person"),
        "booked_minutes": session.meeting.minutes if booked else None,
        "without_consent": not booked and not per_person_is_allowed(session.meeting.group.school),
        "days_left": max(0, (session.erased_on() - timezone.localdate(at)).days),
        "taken_up": mine.filter(mark__mark="pick").count(),
        "is_presenter": session.case_can_be_withdrawn_by(user),
        "taps": added_up_taps(session),
        "leftovers": [] if session.erased_at else leftovers(session, user),
        "steps": [step for step in session.route if step.used_seconds],
    }
    return context | close_context(session, participant, user)


def added_up_taps(session: Session) -> dict[str, float] | None:
    """Averages of the three taps (1-3), or None below five answers."""
    totals = Taps.objects.filter(participant__session=session).aggregate(
        n=Count("pk"), safe=Avg("safe"), useful=Avg("useful"), fits=Avg("fits")
    )
    return totals if totals["n"] >= LEAST_TAPS else None
