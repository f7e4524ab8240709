"""What a participant finds after a session: own plan, agreed things, what disappears when."""

from __future__ import annotations

import datetime as dt
from statistics import mean
from typing import Any

from django.utils import timezone

from schools.hours import held_minutes, per_person_is_allowed

from .closing import may_still_plan, plan_made_by, taps_are_open
from .leftovers import leftovers, typed_in
from .mine import close_context
from .models import Contribution, Kind, Session, SessionParticipant, Taps

LEAST_TAPS = 5  # below five people an average says something about somebody


def after_context(session: Session, participant: SessionParticipant, at: dt.datetime) -> dict[str, Any]:
    user = participant.person
    meeting = session.meeting
    sources = (meeting.source, meeting.guiding_source)
    booked = held_minutes(participant.membership_id, sources, meeting.group.school_id)
    mine = Contribution.objects.filter(
        step__session=session, author=participant, kind=Kind.TIP, mark__isnull=False
    )
    plan = plan_made_by(session, participant)
    taps = list(Taps.objects.filter(participant__session=session))
    context: dict[str, Any] = {
        "session": session,
        "me": participant,
        "plan": plan,
        "owes_plan": plan is None and may_still_plan(session, participant),
        "people": session.everyone,
        "booked_minutes": booked,
        "without_consent": not booked and not per_person_is_allowed(meeting.group.school),
        "days_left": max(0, (session.erased_on() - timezone.localdate(at)).days),
        "taken_up": mine.filter(mark__mark="pick").count(),
        "may_withdraw": session.case_can_be_withdrawn_by(user),
        "taps": None if taps_are_open(session, at) else added_up_taps(taps),
        "leftovers": [] if session.erased_at else leftovers(session, user, typed_in(session, user)),
        "steps": [step for step in session.route if step.used_seconds],
    }
    tapped = any(tap.participant_id == participant.pk for tap in taps)
    closing = close_context(session, user, tapped)
    return context | closing | ({} if taps_are_open(session, at) else {"taps_form": None})


def added_up_taps(taps: list[Taps]) -> dict[str, float] | None:
    """Averages of the three taps (1-3), or None below five answers."""
    if len(taps) < LEAST_TAPS:
        return None
    return {name: mean(getattr(tap, name) for tap in taps) for name in ("safe", "useful", "fits")}
