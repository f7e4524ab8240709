"""What of this room is about one person, for the file that person takes along. Nobody else's text or name.

A new model with a key to a person goes on one of the two lists; tests/taking_along/test_registers.py asks for it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from coaching.lib.plain_values import iso
from schools.models import User

from .models import (
    Case,
    Contribution,
    Guest,
    GuestYes,
    Mark,
    Ready,
    Session,
    SessionParticipant,
    SessionPlan,
    SessionStep,
    StepMove,
    Taps,
    Vote,
)

TOLD: tuple[type[Model], ...] = (Case, Contribution, SessionParticipant, Session, SessionPlan, Taps)
LEFT_OUT: dict[type[Model], str] = {
    Guest: "whom a group let in; a guest keeps nothing of the session",
    GuestYes: "a yes to a guest is about both",
    Mark: "what came of it is told with the tips that were kept",
    Ready: "only for the clock of a session",
    SessionStep: "a step of the method; the words written in it are told",
    StepMove: "only who pressed next",
    Vote: "one sign among those of the group",
}


def my_data(user: User) -> dict[str, Any]:
    """Cases prepared, and of each session taken part in: when, in what role, what one wrote oneself."""
    return {
        "cases": [
            {
                "meeting": iso(row.meeting.starts_at),
                **{name: getattr(row, name) for name in ("situation", "tried", "question")},
                "made_at": iso(row.made_at),
            }
            for row in Case.objects.filter(presenter=user).select_related("meeting").order_by("pk")
        ],
        "sessions": _sessions(user),
    }


def _sessions(user: User) -> list[dict[str, Any]]:
    seats = SessionParticipant.objects.filter(person=user, guest=False)
    rows = seats.select_related("session__meeting", "taps").order_by("session__meeting__starts_at", "pk")
    words: dict[int, list[dict[str, str]]] = {}
    own = Contribution.objects.visible_to(user).filter(author__person=user)
    for card in own.select_related("step").order_by("pk"):
        said = {"kind": card.kind, "text": card.text, "at": iso(card.made_at)}
        words.setdefault(card.step.session_id, []).append(said)
    plans: dict[int, list[int]] = {}
    for made in SessionPlan.objects.filter(action_plan__owner=user).order_by("pk"):
        plans.setdefault(made.session_id, []).append(made.action_plan_id)
    return [_session(seat, words.get(seat.session_id, []), plans.get(seat.session_id, [])) for seat in rows]


def _session(seat: SessionParticipant, words: list[dict[str, str]], plans: list[int]) -> dict[str, Any]:
    """``question``: the presenter's own, while the notes of the session are kept."""
    session = seat.session
    presented = session.presenter_id == seat.pk
    return {
        "day": iso(session.meeting.day),
        "method": session.title,
        "roles": [
            role
            for role in ("facilitator", "presenter", "timekeeper")
            if getattr(session, f"{role}_id") == seat.pk
        ],
        "question": session.question if presented else "",
        "contributions": words,
        "paps": plans,
        "taps": _taps(seat),
    }


def _taps(seat: SessionParticipant) -> dict[str, int]:
    taps: Taps | None = getattr(seat, "taps", None)
    return {name: getattr(taps, name) for name in ("safe", "useful", "fits")} if taps else {}
