"""A person's private part of a session's screen: made for one person, fetched again when the step changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from portfolio.models import Entry
from schools.drafts import draft_text
from schools.models import Role, RoleHeld, User

from .closing import open_look_backs, picked_tips, plan_made_by
from .forms import CardForm, GuestForm, LearningForm, LookBackForm, SessionPlanForm, TapsForm, TextForm
from .leftovers import draft_field, leftovers
from .models import Captures, Contribution, Ready, Session, SessionParticipant, SessionStep
from .writing import KINDS, prepared_question


def mine_context(
    session: Session, participant: SessionParticipant, user: User, at: dt.datetime
) -> dict[str, Any]:
    step = session.step
    context: dict[str, Any] = {
        "session": session,
        "step": step,
        "me": participant,
        "guides": participant.pk == session.facilitator_id,
        "presents": participant.pk == session.presenter_id,
        "at_presenters_screen": session.can_be_presented_by(user),
        "now_ms": int(at.timestamp() * 1000),
    }
    if session.is_running and step is not None:
        context |= running_context(session, step, participant, user)
        context["leftovers"] = leftovers(session, user)
    elif session.is_under_way:
        context |= lobby_context(session, participant)
    return context


def lobby_context(session: Session, participant: SessionParticipant) -> dict[str, Any]:
    agreement = session.meeting.group.current_agreement()
    missing = list(agreement.not_yet_accepted()) if agreement else []
    consultants = RoleHeld.objects.filter(
        role=Role.CONSULTANT, membership__school=session.meeting.group.school_id
    )
    guests = list(session.guests.select_related("person").prefetch_related("answers"))
    for guest in guests:
        guest.has_my_yes = any(a.participant_id == participant.pk for a in guest.answers.all())  # type: ignore[attr-defined]
    return {
        "agreement": agreement,
        "must_accept": any(m.membership.person_id == participant.person_id for m in missing),
        "guests": guests,
        "guest_form": GuestForm(session=session) if consultants.exists() else None,
    }


def running_context(
    session: Session, step: SessionStep, participant: SessionParticipant, user: User
) -> dict[str, Any]:
    field = draft_field(session, step, "write")
    listens = participant.pk == session.presenter_id and step.captures != Captures.CHOICE
    writes = step.captures in KINDS and (not listens or participant.pk == session.facilitator_id)
    own = Contribution.objects.visible_to(user).filter(step=step, written_by=participant)
    context: dict[str, Any] = {
        "ready": Ready.objects.filter(step=step, participant=participant).exists(),
        "own_cards": list(own.select_related("author__person").order_by("pk")),
        "draft_field": field,
        "notes_field": f"session:{session.pk}:notes",
        "notes": draft_text(user, f"session:{session.pk}:notes"),
        "kinds": KINDS.get(step.captures, ()),
        "listens": listens,
        "others": [p for p in session.participants.select_related("person") if p.pk != session.presenter_id],
    }
    if writes:
        context["card_form"] = CardForm(
            session=session, initial={"text": draft_text(user, field), "step": step.pk}
        )
    return context | forms_of_step(session, step, participant, user)


def forms_of_step(
    session: Session, step: SessionStep, participant: SessionParticipant, user: User
) -> dict[str, Any]:
    """The forms only some people have in some steps."""
    presents = session.can_be_presented_by(user)
    if step.captures == Captures.QUESTION_OF_CASE and presents:
        text = draft_text(user, draft_field(session, step, "question")) or session.question
        if not text and participant.pk == session.presenter_id:
            text = prepared_question(session)
        return {"question_form": TextForm(initial={"text": text})}
    if step.captures == Captures.HYPOTHESIS and presents:
        text = draft_text(user, draft_field(session, step, "hypothesis")) or session.hypothesis
        return {"hypothesis_form": TextForm(initial={"text": text})}
    if step.captures == Captures.ACTION_PLAN:
        return plan_context(session, step, participant, user)
    if step.captures == Captures.LEARNING:
        return close_context(session, participant, user)
    if step.captures == Captures.LOOK_BACK:
        rows = [row for row in open_look_backs(session) if row.action_plan.owner_id == user.pk]
        return {"my_look_backs": [(row, LookBackForm(prefix=f"lb{row.pk}")) for row in rows]}
    return {}


PLAN_TEXTS = ("intention", "where", "works_when", "if_then")


def plan_context(
    session: Session, step: SessionStep, participant: SessionParticipant, user: User
) -> dict[str, Any]:
    """The presenter's plan opens with the picked tips in it; nobody else's does."""
    plan = plan_made_by(session, participant)
    presents = session.can_be_presented_by(user)
    tips = picked_tips(session) if presents else []
    following = session.meeting.next_of_group()
    fields = {name: draft_field(session, step, f"plan_{name}") for name in PLAN_TEXTS}
    initial: dict[str, Any] = {name: draft_text(user, field) for name, field in fields.items()}
    initial["intention"] = initial["intention"] or "\n".join(tip.text for tip in tips)
    initial["due"] = following.day if following else timezone.localdate() + dt.timedelta(days=28)
    initial["owner"] = session.presenter_id
    form = SessionPlanForm(session=session, user=user, initial=initial)
    for name, field in fields.items():
        form.fields[name].widget.attrs["data-draft"] = field
    types_for_others = presents and participant.pk != session.presenter_id
    return {"my_plan": plan, "picked": tips, "plan_form": form if types_for_others or not plan else None}


def close_context(session: Session, participant: SessionParticipant, user: User) -> dict[str, Any]:
    learned = Entry.objects.filter(owner=user, source=f"session:{session.pk}").first()
    tapped = hasattr(participant, "taps")
    return {
        "learned": learned,
        "learning_form": None if learned else LearningForm(),
        "tapped": tapped,
        "taps_form": None if tapped else TapsForm(),
    }
