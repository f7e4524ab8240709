"""The shared part of a session's screen: made for an audience, never for a person.

Nothing unrevealed is in it: it is built from ``contributions.shown()`` alone.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from portfolio.models import TipMark
from schools.models import Draft

from .closing import open_look_backs, plan_made_by
from .models import (
    Captures,
    Contribution,
    Kind,
    Session,
    SessionParticipant,
    SessionState,
    SessionStep,
    VoteKind,
)
from .models.people import fill_in
from .pacing import proposal

PARTICIPANT, PRESENTER, FACILITATOR, BOARD = "participant", "presenter", "facilitator", "board"
MARKED = (Captures.HYPOTHESIS, Captures.TIP, Captures.ACTION_PLAN)  # where the presenter's marks count
AUDIENCES = (PARTICIPANT, PRESENTER, FACILITATOR, BOARD)


def audience_of(session: Session, participant: SessionParticipant) -> str:
    return role_of(participant.pk, session.facilitator_id, session.presenter_id)


def role_of(participant: int, facilitator: int | None, presenter: int | None) -> str:
    """The audience that the participant with this id belongs to."""
    if participant == facilitator:
        return FACILITATOR
    return PRESENTER if participant == presenter else PARTICIPANT


def sees_marks(session: Session, audience: str) -> bool:
    """The presenter alone; with one laptop on the table, the presenter at the facilitator's screen."""
    return audience == PRESENTER or (audience == FACILITATOR and session.one_laptop)


def circle(session: Session, at: dt.datetime) -> list[dict[str, Any]]:
    """Everybody in the circle with what they are doing now: ready, away, speaking."""
    step = session.step
    return [
        {
            "participant": p,
            "ready": p.pk in session.ready_ids,
            "away": not p.connected and p.is_gone(at),
            "speaks": step is not None and step.speaker_id == p.pk,
            "presents": p.pk == session.presenter_id,
            "guides": p.pk == session.facilitator_id,
        }
        for p in session.everyone
    ]


def writing_now(session: Session, step: SessionStep) -> set[int]:
    """People with typed text in this step that nobody else sees yet."""
    drafts = Draft.objects.filter(field__startswith=f"session:{session.pk}:step:{step.pk}:")
    return set(drafts.exclude(text="").values_list("writer", flat=True))


def shown_cards(session: Session, step: SessionStep, marks: bool) -> list[Contribution]:
    """With their writers, taken from those present; votes are counted where there is a choice."""
    cards = Contribution.objects.shown().filter(step=step).order_by("turn", "author_id", "pk")
    if step.captures == Captures.CHOICE:
        cards = cards.annotate(
            urgent=Count("votes", filter=Q(votes__kind=VoteKind.URGENT)),
            recognised=Count("votes", filter=Q(votes__kind=VoteKind.RECOGNISED)),
        )
    found = list(cards.select_related("mark") if marks else cards)
    for card in found:
        fill_in(card, session.everyone, "author", "written_by")
    return found


def screen_context(session: Session, audience: str, at: dt.datetime) -> dict[str, Any]:
    """All the shared fragment needs. ``at`` is the moment of rendering; the clock runs on in the browser."""
    return audience_context(shared_context(session, at), audience, at)


def audience_context(shared: dict[str, Any], audience: str, at: dt.datetime) -> dict[str, Any]:
    """``shared`` as one audience may see it; marks are read for nobody else."""
    session, step = shared["session"], shared["step"]
    running = session.is_running and step is not None
    marks = running and step.captures in MARKED and sees_marks(session, audience)
    own: dict[str, Any] = {"audience": audience, "guides": audience == FACILITATOR, "marks": marks}
    if audience == FACILITATOR:
        own |= {"undo": undo_step(session, at), "pace": proposal(session, at) if session.is_running else []}
        own |= at_work(session, step) if step else {}
    if marks and step.captures != Captures.HYPOTHESIS:
        own |= card_context(step, shown_cards(session, step_of_cards(session, step), marks=True))
    return shared | own


def at_work(session: Session, step: SessionStep) -> dict[str, Any]:
    """What the facilitator waits for: who is writing; at the action plan, whether the presenter's is there."""
    if step.captures == Captures.ACTION_PLAN and session.presenter:
        return {"plan_waits": plan_made_by(session, session.presenter) is None}
    return {"writing": writing_now(session, step)}


def shared_context(session: Session, at: dt.datetime) -> dict[str, Any]:
    """What every audience of this version sees."""
    step = session.step
    people = circle(session, at)
    context: dict[str, Any] = {
        "session": session,
        "step": step,
        "people": people,
        "ready_count": sum(p["ready"] for p in people),
        "busy": [p for p in people if not p["ready"] and not p["away"]],
        "left": session.left_seconds(at),
        "behind_minutes": round(session.behind_seconds(at) / 60),
        "next_step": session.step_at(session.next_position() or 0),
        "mark_choices": TipMark.choices,
    }
    if step is not None and session.is_running:
        return context | step_context(session, step)
    return context | lobby_context(session, people)


def lobby_context(session: Session, people: list[dict[str, Any]]) -> dict[str, Any]:
    """Who is expected, who holds which role, and who has not agreed to the group agreement yet."""
    waits = session.state == SessionState.LOBBY
    return {
        "expected": expected(session, people) if waits else [],
        "roles": [
            ("facilitator", _("Facilitator"), session.facilitator_id),
            ("presenter", _("Presenter"), session.presenter_id),
            ("timekeeper", _("Timekeeper"), session.timekeeper_id),
        ],
        "not_agreed": session.not_agreed if waits else [],
    }


def expected(session: Session, people: list[dict[str, Any]]) -> list[str]:
    """First names of members who are not here and did not call off."""
    here = {p["participant"].person_id for p in people}
    absent = set(session.meeting.answers.not_coming().values_list("member", flat=True))
    members = session.meeting.group.current_members()
    return [m.person.first_name for m in members if m.person.pk not in here and m.pk not in absent]


def undo_step(session: Session, at: dt.datetime) -> SessionStep | None:
    """The step the strip "back to ..." leads to, in the first seconds after a move."""
    last = session.last_move(at) if session.is_running else None
    return session.step_at(last.before) if last else None


def step_context(session: Session, step: SessionStep) -> dict[str, Any]:
    """What this step shows: its cards, how many are hidden yet, the plans the group looks back on."""
    hidden = Contribution.objects.filter(step=step, shown_at__isnull=True).count() if step.hidden else 0
    context = {"hidden_count": hidden, "captures": step.captures}
    if step.captures == Captures.LOOK_BACK:
        context |= look_back_context(session)
    return context | card_context(step, shown_cards(session, step_of_cards(session, step), marks=False))


def step_of_cards(session: Session, step: SessionStep) -> SessionStep:
    """Whose cards stand on the screen: at the action plan those of the parade before it."""
    parades = [s for s in session.route if s.is_parade and s.order < step.order]
    return parades[-1] if parades and step.captures == Captures.ACTION_PLAN else step


def look_back_context(session: Session) -> dict[str, Any]:
    """The plans whose makers let the group see them; an outside guest never reads one (domain.md §5)."""
    guest_here = any(p.guest for p in session.everyone)
    rows = [] if guest_here else [row for row in open_look_backs(session) if row.action_plan.group_sees_title]
    return {"look_backs": rows, "guest_here": guest_here}


def card_context(step: SessionStep, cards: list[Contribution]) -> dict[str, Any]:
    """The cards, and for the parade the tip in the middle and those before it."""
    if not step.is_parade:
        return {"cards": cards}
    tips = [card for card in cards if card.kind == Kind.TIP]
    return {
        "cards": cards,
        "spotlight": tips[-1] if tips else None,
        "told": tips[:-1],
        "tips_shown": len(tips),
    }
