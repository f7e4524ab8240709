"""When a session runs late: new minutes for the steps that are left, proposed first, then taken over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from .models import Captures, Session, SessionStep

WORTH_PROPOSING = 180  # seconds behind before the screen proposes anything
LEAST = 60
LEAST_OF = {Captures.TIP: 300, Captures.ACTION_PLAN: 180}  # what the session is for keeps a minimum
ROUND_TO = 30

Pace = list[tuple[SessionStep, int]]


def least(step: SessionStep) -> int:
    return min(step.planned_seconds, LEAST_OF.get(Captures(step.captures), LEAST))


def proposal(session: Session, at: dt.datetime) -> Pace:
    """The steps to come with the seconds they would get, to end on time; empty when there is nothing to win.

    Each step gives in proportion to what it has above its minimum.
    """
    ahead = [step for step in session.route if step.order > session.position]
    behind = session.behind_seconds(at)
    spare = sum(step.planned_seconds - least(step) for step in ahead)
    if behind < WORTH_PROPOSING or spare <= 0:
        return []
    share = min(1.0, behind / spare)
    return [(step, shorter(step, share)) for step in ahead]


def shorter(step: SessionStep, share: float) -> int:
    seconds = step.planned_seconds - share * (step.planned_seconds - least(step))
    return max(least(step), round(seconds / ROUND_TO) * ROUND_TO)


def spread(session: Session, at: dt.datetime) -> Pace:
    """Take over the proposal of this moment; ``minutes`` keep what was planned at the start."""
    pace = proposal(session, at)
    with transaction.atomic():
        for step, seconds in pace:
            SessionStep.objects.filter(pk=step.pk).update(planned_seconds=seconds)
        session.changed()
    return pace
