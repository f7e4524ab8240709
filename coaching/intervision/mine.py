"""A person's private part of a session's screen: made for one person, fetched again when the step changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portfolio.models import Entry
from schools.models import Draft, User

from .closing import may_still_plan, open_look_backs, picked_tips, plan_made_by
from .forms import CardForm, GuestForm, LearningForm, LookBackForm, SessionPlanForm, TapsForm, TextForm
from .leftovers import draft_field, leftovers, step_of_typed, typed_in
from .models import Captures, Session, SessionParticipant, SessionStep
from .models.people import fill_in
from .writing import KINDS, prepared_question

PLAN_TEXTS = ("intention", "where", "works_when", "if_then")


@dataclass(frozen=True)
class Mine:
    """One person at one session, with what they have typed and not sent yet."""

    session: Session
    me: SessionParticipant
    user: User
    typed: dict[str, Draft]

    def field(self, name: str) -> str:
        return draft_field(self.session, self.session.step, name)

    def text(self, name: str) -> str:
        draft = self.typed.get(self.field(name))
        return draft.text if draft else ""

    @property
    def presents(self) -> bool:
        """At the presenter's screen: their own, or the one laptop on the table."""
        return self.session.can_be_presented_by(self.user)

    @property
    def is_presenter(self) -> bool:
        return self.me.pk == self.session.presenter_id

    @property
    def guides(self) -> bool:
        return self.me.pk == self.session.facilitator_id


def mine_context(
    session: Session, participant: SessionParticipant, user: User, at: dt.datetime
) -> dict[str, Any]:
    step = session.step
    mine = Mine(session, participant, user, typed_in(session, user) if session.is_running else {})
    context: dict[str, Any] = {
        "session": session,
        "step": step,
        "me": participant,
        "guides": mine.guides,
        "presents": mine.is_presenter,
        "now_ms": int(at.timestamp() * 1000),
    }
    if session.is_running and step is not None:
        return context | running_context(mine, step) | forms_of_step(mine, step)
    return context | lobby_context(session, participant) if session.is_under_way else context


def lobby_context(session: Session, participant: SessionParticipant) -> dict[str, Any]:
    guests = list(session.guests.select_related("person").prefetch_related("answers"))
    for guest in guests:
        guest.has_my_yes = any(a.participant_id == participant.pk for a in guest.answers.all())  # type: ignore[attr-defined]
    form = GuestForm(session=session)
    return {
        "agreement": session.agreement,
        "must_accept": any(m.membership.person_id == participant.person_id for m in session.not_agreed),
        "guests": guests,
        "guest_form": form if form.somebody_to_ask else None,
    }


def running_context(mine: Mine, step: SessionStep) -> dict[str, Any]:
    session, me = mine.session, mine.me
    listens = mine.is_presenter and not step.presenter_writes
    notes = f"session:{session.pk}:notes"
    context: dict[str, Any] = {
        "ready": me.pk in session.ready_ids,
        "draft_field": mine.field("write"),
        "notes_field": notes,
        "notes": mine.typed[notes].text if notes in mine.typed else "",
        "kinds": KINDS.get(step.captures, ()),
        "listens": listens,
        "others": [p for p in session.everyone if p.pk != session.presenter_id],
        "leftovers": leftovers(session, mine.user, mine.typed),
    }
    if step.captures in KINDS:
        context["own_cards"] = list(me.typed.filter(step=step).order_by("pk"))
        for card in context["own_cards"]:
            fill_in(card, session.everyone, "author")
    if step.captures == Captures.CHOICE:
        votes = me.votes.filter(contribution__step=step).values_list("contribution", "kind")
        context["my_votes"] = " ".join(f"{card}:{kind}" for card, kind in votes)
    if step.captures in KINDS and (not listens or mine.guides):
        context["card_form"] = CardForm(
            session=session, initial={"text": mine.text("write"), "step": step.pk}
        )
    return context


def forms_of_step(mine: Mine, step: SessionStep) -> dict[str, Any]:
    """The forms only some people have in some steps."""
    session = mine.session
    if step.captures == Captures.QUESTION_OF_CASE and mine.presents:
        text = mine.text("question") or session.question
        if not text and mine.is_presenter:
            text = prepared_question(session)
        return {"question_form": TextForm(initial={"text": text})}
    if step.captures == Captures.HYPOTHESIS and mine.presents:
        return {"hypothesis_form": TextForm(initial={"text": mine.text("hypothesis") or session.hypothesis})}
    if mine.me.guest:
        return {}
    if step.captures == Captures.ACTION_PLAN:
        return plan_context(mine)
    if step.captures == Captures.LEARNING:
        owes = may_still_plan(session, mine.me) and plan_made_by(session, mine.me) is None
        return {"owes_plan": owes} | close_context(session, mine.user, hasattr(mine.me, "taps"))
    if step.captures == Captures.LOOK_BACK:
        rows = [row for row in open_look_backs(session) if row.action_plan.owner_id == mine.user.pk]
        return {"my_look_backs": [(row, LookBackForm(prefix=f"lb{row.pk}")) for row in rows]}
    return {}


def late_plan_context(session: Session, me: SessionParticipant, user: User) -> dict[str, Any]:
    """After the step itself: the same form, on a page of its own."""
    mine = Mine(session, me, user, typed_in(session, user))
    return {"session": session, "me": me, "presents": True, **plan_context(mine)}


def plan_context(mine: Mine) -> dict[str, Any]:
    """The presenter's plan opens with the picked tips in it; nobody else's does."""
    session = mine.session
    plan, step = plan_made_by(session, mine.me), step_of_typed(session, "", Captures.ACTION_PLAN)
    fields = {name: draft_field(session, step, f"plan_{name}") for name in PLAN_TEXTS}
    types_for_presenter = mine.presents and not mine.is_presenter
    if plan and not types_for_presenter:
        return {"my_plan": plan}
    tips = picked_tips(session) if mine.presents else []
    following = session.meeting.next_of_group()
    typed = {name: mine.typed[field].text for name, field in fields.items() if field in mine.typed}
    initial: dict[str, Any] = {name: typed.get(name, "") for name in PLAN_TEXTS}
    initial["intention"] = initial["intention"] or "\n".join(tip.text for tip in tips)
    initial["due"] = following.day if following else timezone.localdate() + dt.timedelta(days=28)
    initial["owner"] = session.presenter_id
    form = SessionPlanForm(session=session, user=mine.user, initial=initial)
    for name, field in fields.items():
        form.fields[name].widget.attrs["data-draft"] = field
    return {"my_plan": plan, "picked": tips, "plan_form": form}


def close_context(session: Session, user: User, tapped: bool) -> dict[str, Any]:
    learned = Entry.objects.filter(owner=user, source=f"session:{session.pk}").first()
    return {
        "learned": learned,
        "learning_form": None if learned else LearningForm(),
        "tapped": tapped,
        "taps_form": None if tapped else TapsForm(),
    }
