"""What participants and the presenter do in a step."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused
from popgroups.models import LookBack
from schools.drafts import drop_draft, save_draft
from schools.requests import MemberRequest
from schools.submissions import once

from ..closing import keep_learning, keep_plan, keep_taps, look_back_on
from ..forms import (
    CardForm,
    LearningForm,
    LookBackForm,
    MarkForm,
    ReadyForm,
    SessionPlanForm,
    TapsForm,
    TextForm,
    VoteForm,
)
from ..leftovers import draft_field, step_of_typed
from ..mine import PLAN_TEXTS
from ..models import Captures, Contribution, Kind, Session, SessionParticipant, SessionStep, StaleStep
from ..writing import contribute, mark_tip, set_ready, take_back, vote
from .answers import done, invalid, keeps_typed, me_in, told


def current_step(session: Session, *captures: str) -> SessionStep:
    """The step a running session is at, if it captures one of ``captures``; else the post comes too late."""
    if session.step is None or not session.is_running or (captures and session.step.captures not in captures):
        raise StaleStep
    return session.step


@allow(Session, "is_attended_by")
@require_POST
@told
@keeps_typed("", text="write")
def write(request: MemberRequest, session: Session) -> HttpResponse:
    """Add a card, say "I am ready", or both; the typed text is kept as a draft when the step is over."""
    form = CardForm(request.POST, session=session)
    if not form.is_valid():
        return invalid(request, session, form)
    data, me = form.cleaned_data, me_in(session, request)
    step = get_object_or_404(SessionStep, pk=data["step"], session=session)
    if data["author"] not in (None, me) and not session.can_be_guided_by(request.user):
        raise MoveRefused(_("Only the facilitator types on behalf of somebody else."))
    if data["text"]:
        once(data["once_key"], lambda: add_card(session, step, me, data))
    if data["done"] and step.pk == current_step(session).pk:
        set_ready(session, step, data["author"] or me, True)
    return done(request, session)


def add_card(session: Session, step: SessionStep, me: SessionParticipant, data: dict[str, Any]) -> None:
    contribute(
        session,
        step=step,
        author=data["author"] or me,
        written_by=me,
        text=data["text"],
        kind=data["kind"],
        at=timezone.now(),
    )
    drop_draft(me.person, draft_field(session, step, "write"))


@allow(Contribution, "can_be_changed_by")
@require_POST
@told
def remove_card(request: MemberRequest, card: Contribution) -> HttpResponse:
    """Take a card back; its text returns to the writer's box when that is empty."""
    session, field = card.step.session, draft_field(card.step.session, card.step, "write")
    if card.written_by.person_id == request.user.pk and card.shown_at is None:
        kept = save_draft(request.user, field, "", 0, timezone.now())
        if not kept.text:
            save_draft(request.user, field, card.text, kept.seq + 1, timezone.now())
    take_back(card)
    return done(request, session)


@allow(Session, "is_attended_by")
@require_POST
@told
def ready(request: MemberRequest, session: Session) -> HttpResponse:
    form = ReadyForm(request.POST)
    if not form.is_valid() or form.cleaned_data["seen"] != session.position:
        raise StaleStep
    set_ready(session, current_step(session), me_in(session, request), form.cleaned_data["ready"])
    return done(request, session)


@allow(Session, "is_attended_by")
@require_POST
@told
def cast_vote(request: MemberRequest, session: Session, card: int) -> HttpResponse:
    """Give a vote, or take it back when it was given."""
    current_step(session, Captures.CHOICE)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return invalid(request, session, form)
    found = get_object_or_404(Contribution.objects.shown(), pk=card, step__session=session)
    vote(session, found, me_in(session, request), form.cleaned_data["kind"], timezone.now())
    return done(request, session)


@allow(Session, "can_be_presented_by")
@require_POST
@told
@keeps_typed(Captures.QUESTION_OF_CASE, text="question")
def question(request: MemberRequest, session: Session) -> HttpResponse:
    return keep_text(request, session, Captures.QUESTION_OF_CASE, "question")


@allow(Session, "can_be_presented_by")
@require_POST
@told
@keeps_typed(Captures.HYPOTHESIS, text="hypothesis")
def hypothesis(request: MemberRequest, session: Session) -> HttpResponse:
    """The presenter picks a hypothesis or writes it their own way."""
    return keep_text(request, session, Captures.HYPOTHESIS, "hypothesis")


def keep_text(request: MemberRequest, session: Session, captures: str, name: str) -> HttpResponse:
    step, form = current_step(session, captures), TextForm(request.POST)
    if not form.is_valid():
        return invalid(request, session, form)
    session.put(**{name: form.cleaned_data["text"]})
    drop_draft(request.user, draft_field(session, step, name))
    if form.cleaned_data["done"]:
        set_ready(session, step, me_in(session, request), True)
    return done(request, session)


@allow(Session, "can_be_presented_by")
@require_POST
@told
def pick_hypothesis(request: MemberRequest, session: Session, card: int) -> HttpResponse:
    current_step(session, Captures.HYPOTHESIS)
    guesses = Contribution.objects.shown().filter(kind=Kind.HYPOTHESIS, step__session=session)
    session.put(hypothesis=get_object_or_404(guesses, pk=card).text)
    return done(request, session)


@allow(Session, "can_be_presented_by")
@require_POST
@told
def mark(request: MemberRequest, session: Session, card: int) -> HttpResponse:
    form = MarkForm(request.POST)
    if not form.is_valid():
        return invalid(request, session, form)
    current_step(session)
    mark_tip(
        get_object_or_404(Contribution.objects.shown(), pk=card, step__session=session),
        form.cleaned_data["mark"],
    )
    return done(request, session, own_part=False)


@allow(Session, "is_of")
@require_POST
@told
@keeps_typed(Captures.ACTION_PLAN, **{name: f"plan_{name}" for name in PLAN_TEXTS})
def make_plan(request: MemberRequest, session: Session) -> HttpResponse:
    """Keep a PAP made in this session, also later: one's own, or with one laptop whoever sits at it."""
    if session.erased_at:
        raise StaleStep
    form = SessionPlanForm(request.POST, session=session, user=request.user)
    if not form.is_valid():
        return invalid(request, session, form)
    owner = form.cleaned_data.get("owner")
    form.instance.owner_id = owner.person_id if owner else request.user.pk
    if form.instance.buddy_id == form.instance.owner_id:
        raise MoveRefused(_("Choose somebody else to help you."))
    once(form.cleaned_data["once_key"], lambda: keep_plan(session, form.instance, timezone.now()))
    step = step_of_typed(session, "", Captures.ACTION_PLAN)
    for name in PLAN_TEXTS:
        drop_draft(request.user, draft_field(session, step, f"plan_{name}"))
    return done(request, session)


@allow(Session, "is_of")
@require_POST
@told
def learn(request: MemberRequest, session: Session) -> HttpResponse:
    form = LearningForm(request.POST)
    if not form.is_valid():
        return invalid(request, session, form)
    keep_learning(session, me_in(session, request), form.cleaned_data["text"], timezone.now())
    return done(request, session)


@allow(Session, "is_of")
@require_POST
@told
def tap(request: MemberRequest, session: Session) -> HttpResponse:
    form = TapsForm(request.POST)
    if not form.is_valid():
        return invalid(request, session, form)
    values = {name: form.cleaned_data[name] for name in ("safe", "useful", "fits")}
    keep_taps(session, me_in(session, request), values, timezone.now())
    return done(request, session)


@allow(Session, "is_attended_by")
@require_POST
@told
def look_back(request: MemberRequest, session: Session, row: int) -> HttpResponse:
    """How a plan went: said by its owner, or, with one laptop on the table, typed while its owner is present."""
    current_step(session, Captures.LOOK_BACK)
    found = get_object_or_404(
        LookBack.objects.select_related("action_plan"), pk=row, group=session.meeting.group_id
    )
    plan = found.action_plan
    told_here = session.one_laptop and session.participants.filter(person=plan.owner_id).exists()
    typed_for = told_here and session.can_be_guided_by(request.user)
    if plan.owner_id != request.user.pk and not (typed_for and plan.group_sees_title):
        raise MoveRefused(_("Whoever made the plan says how it went."))
    form = LookBackForm(request.POST, prefix=f"lb{row}")
    if not form.is_valid():
        return invalid(request, session, form)
    result, happened = form.cleaned_data["result"], form.cleaned_data["happened"]
    by, at = request.user, timezone.now()
    once(
        form.cleaned_data["once_key"], lambda: look_back_on(session, found, result, by, at, happened=happened)
    )
    return done(request, session)
