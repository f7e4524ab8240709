"""The shared part of a session's screen: made for an audience, never for a person.

Nothing unrevealed is in it: it is built from ``contributions.shown()`` alone.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from portfolio.models import TipMark
from schools.models import Draft

from .closing import open_look_backs
from .models import (
    Captures,
    Contribution,
    Kind,
    Ready,
    Session,
    SessionParticipant,
    SessionStep,
    Vote,
    VoteKind,
)

PARTICIPANT, PRESENTER, FACILITATOR, BOARD = "participant", "presenter", "facilitator", "board"
AUDIENCES = (PARTICIPANT, PRESENTER, FACILITATOR, BOARD)


def audience_of(session: Session, participant: SessionParticipant) -> str:
    if participant.pk == session.facilitator_id:
        return FACILITATOR
    return PRESENTER if participant.pk == session.presenter_id else PARTICIPANT


def sees_marks(session: Session, audience: str) -> bool:
    """The presenter alone; with one laptop on the table, the presenter at the facilitator's screen."""
    return audience == PRESENTER or (audience == FACILITATOR and session.one_laptop)


def circle(session: Session, at: dt.datetime) -> list[dict[str, Any]]:
    """Everybody in the circle with what they are doing now: ready, writing, away or still to come."""
    step = session.step
    ready = set(Ready.objects.filter(step=step).values_list("participant", flat=True)) if step else set()
    field = f"session:{session.pk}:step:{step.pk}:" if step else "-"
    writing = set(
        Draft.objects.filter(field__startswith=field).exclude(text="").values_list("writer", flat=True)
    )
    people = session.participants.select_related("person")
    return [
        {
            "participant": p,
            "ready": p.pk in ready,
            "writing": p.person_id in writing,
            "away": not p.connected and p.is_gone(at),
            "speaks": step is not None and step.speaker_id == p.pk,
            "presents": p.pk == session.presenter_id,
            "guides": p.pk == session.facilitator_id,
        }
        for p in people
    ]


def shown_cards(step: SessionStep, marks: bool) -> list[Contribution]:
    cards = (
        Contribution.objects.shown().filter(step=step).select_related("author__person", "written_by__person")
    )
    cards = cards.annotate(
        urgent=Count("votes", filter=Q(votes__kind=VoteKind.URGENT)),
        recognised=Count("votes", filter=Q(votes__kind=VoteKind.RECOGNISED)),
    ).order_by("turn", "author_id", "pk")  # counting drops the model's own order
    return list(cards.select_related("mark") if marks else cards)


def screen_context(session: Session, audience: str, at: dt.datetime) -> dict[str, Any]:
    """All the shared fragment needs. ``at`` is the moment of rendering; the clock runs on in the browser."""
    step = session.step
    people = circle(session, at)
    marks = sees_marks(session, audience)
    context: dict[str, Any] = {
        "session": session,
        "step": step,
        "audience": audience,
        "guides": audience == FACILITATOR,
        "marks": marks,
        "people": people,
        "ready_count": sum(p["ready"] for p in people),
        "busy": [p for p in people if not p["ready"] and not p["away"]],
        "left": session.left_seconds(at),
        "behind_minutes": round(session.behind_seconds(at) / 60),
        "next_step": session.step_at(session.next_position() or 0),
        "undo": undo_step(session, at),
        "mark_choices": TipMark.choices,
    }
    if step is not None and session.is_running:
        return context | step_context(session, step, marks)
    return context | lobby_context(session, people)


def lobby_context(session: Session, people: list[dict[str, Any]]) -> dict[str, Any]:
    """Who is expected, who holds which role, and who has not agreed to the group agreement yet."""
    here = {p["participant"].person_id for p in people}
    members = list(session.meeting.group.current_members())
    absent = set(session.meeting.absences.values_list("member", flat=True))
    agreement = session.meeting.group.current_agreement()
    return {
        "expected": [m.person.first_name for m in members if m.person.pk not in here and m.pk not in absent],
        "roles": [
            ("facilitator", _("Facilitator"), session.facilitator_id),
            ("presenter", _("Presenter"), session.presenter_id),
            ("timekeeper", _("Timekeeper"), session.timekeeper_id),
        ],
        "not_agreed": list(agreement.not_yet_accepted()) if agreement else [],
    }


def undo_step(session: Session, at: dt.datetime) -> SessionStep | None:
    """The step the strip "back to ..." leads to, in the first seconds after a move."""
    last = session.last_move(at)
    return session.step_at(last.before) if last else None


def step_context(session: Session, step: SessionStep, marks: bool) -> dict[str, Any]:
    """What this step shows: its cards, and for the parade the tip in the middle and how many follow."""
    cards = shown_cards(step, marks)
    hidden = Contribution.objects.filter(step=step, shown_at__isnull=True).count()
    context: dict[str, Any] = {"cards": cards, "hidden_count": hidden, "captures": step.captures}
    if step.is_parade:
        tips = [card for card in cards if card.kind == Kind.TIP]
        context |= {"spotlight": tips[-1] if tips else None, "told": tips[:-1], "tips_shown": len(tips)}
    if step.captures == Captures.LOOK_BACK:
        context |= look_back_context(session)
    return context


def look_back_context(session: Session) -> dict[str, Any]:
    """The plans whose makers let the group see them; an outside guest never reads one (domain.md §5)."""
    guest_here = session.participants.filter(guest=True).exists()
    rows = [] if guest_here else [row for row in open_look_backs(session) if row.action_plan.group_sees_title]
    return {"look_backs": rows, "guest_here": guest_here}


def own_votes(step: SessionStep, participant: SessionParticipant) -> Prefetch:
    """A person's own votes on the cards of ``step``, for their private part of the screen."""
    return Prefetch("votes", Vote.objects.filter(voter=participant), to_attr="mine")
