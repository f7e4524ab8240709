"""What the facilitator's dock does, and how the role changes hands."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused
from popgroups.models import Agreement, GroupMember
from schools.models import User
from schools.requests import MemberRequest

from ..forms import GuestForm, ParadeForm, RoleForm, StepForm, SwitchForm
from ..models import Contribution, Guest, Session, SessionStep, StaleStep
from ..pacing import spread
from ..roles import assign, take_over
from ..writing import choose_case, next_speaker, reveal, show_next_tip
from .answers import done, invalid, told

EXTRA_SECONDS = 120


def seen_position(request: MemberRequest) -> int:
    """The position the screen showed; a form without it is as good as stale."""
    form = StepForm(request.POST)
    if not form.is_valid():
        raise StaleStep
    return int(form.cleaned_data["seen"])


def step_seen(request: MemberRequest, session: Session) -> SessionStep:
    """The step the session is at, if that is what the screen showed; else the press comes too late."""
    if session.step is None or seen_position(request) != session.position:
        raise StaleStep
    return session.step


@allow(Session, "is_guided_by")
@require_POST
@told
def start(request: MemberRequest, session: Session) -> HttpResponse:
    session.start(request.user, timezone.now())
    return done(request, session)


@allow(Session, "is_guided_by")
@require_POST
@told
def go_on(request: MemberRequest, session: Session) -> HttpResponse:
    """To the next step; from the last step the session closes."""
    step, at = step_seen(request, session), timezone.now()
    following = session.next_position()
    if following is None:
        session.close(seen=step.order, by=request.user, at=at)
    else:
        session.go(following, seen=step.order, by=request.user, at=at)
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def go_back(request: MemberRequest, session: Session) -> HttpResponse:
    before = session.previous_position()
    if before is None:
        raise MoveRefused(_("This is the first step."))
    session.go(before, seen=seen_position(request), by=request.user, at=timezone.now())
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def undo(request: MemberRequest, session: Session) -> HttpResponse:
    session.undo(seen=seen_position(request), by=request.user, at=timezone.now())
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def pause(request: MemberRequest, session: Session) -> HttpResponse:
    """Stop the clock, or let it run again."""
    form = SwitchForm(request.POST)
    step_seen(request, session)
    if form.is_valid() and form.cleaned_data["on"]:
        session.pause(timezone.now())
    else:
        session.resume(timezone.now())
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def more_time(request: MemberRequest, session: Session) -> HttpResponse:
    step_seen(request, session)
    session.add_time(EXTRA_SECONDS, timezone.now())
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def spread_time(request: MemberRequest, session: Session) -> HttpResponse:
    """Running late: the steps to come get the shorter times the dock proposed."""
    step_seen(request, session)
    spread(session, timezone.now())
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def show_all(request: MemberRequest, session: Session) -> HttpResponse:
    """Toon alles: all hidden cards of this step at once."""
    reveal(session, step_seen(request, session), timezone.now())
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def next_tip(request: MemberRequest, session: Session) -> HttpResponse:
    form = ParadeForm(request.POST)
    if not form.is_valid() or session.step is None:
        raise StaleStep
    show_next_tip(session, session.step, timezone.now(), seen=form.cleaned_data["shown"])
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def pass_turn(request: MemberRequest, session: Session) -> HttpResponse:
    next_speaker(session, step_seen(request, session))
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def choose(request: MemberRequest, session: Session, card: int) -> HttpResponse:
    """The group's choice of case."""
    choose_case(session, get_object_or_404(Contribution.objects.shown(), pk=card, step__session=session))
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def one_laptop(request: MemberRequest, session: Session) -> HttpResponse:
    """One laptop on the table: the facilitator's screen serves the presenter too, who has none of their own."""
    form = SwitchForm(request.POST)
    on = form.is_valid() and form.cleaned_data["on"]
    if on and session.presenter and session.presenter.connected:
        name = session.presenter.name
        raise MoveRefused(_("%(name)s has a screen of their own, and picks tips there.") % {"name": name})
    session.put(one_laptop=on)
    return done(request, session)


@allow(Session, "roles_can_be_set_by")
@require_POST
@told
def set_role(request: MemberRequest, session: Session) -> HttpResponse:
    """Give a role. Once the session runs, guiding is asked of somebody, who says yes (accept_role)."""
    form = RoleForm(request.POST, session=session)
    if not form.is_valid():
        return invalid(request, session, form)
    role, participant = form.cleaned_data["role"], form.cleaned_data["participant"]
    if role == "facilitator" and session.is_running and participant:
        session.put(asked_to_lead=participant)
    elif role == "presenter" and session.is_running and session.bringers:
        raise MoveRefused(_("The group works on a case. Go back to the choice to take another one."))
    else:
        assign(session, role, participant)
    return done(request, session)


@allow(Session, "is_attended_by")
@require_POST
@told
def accept_role(request: MemberRequest, session: Session) -> HttpResponse:
    """Whoever was asked to guide says yes or no."""
    participant = session.participant_of(request.user)
    if participant is None or session.asked_to_lead_id != participant.pk:
        raise MoveRefused(_("Somebody else was asked to guide the session."))
    form = SwitchForm(request.POST)
    with transaction.atomic():
        if form.is_valid() and form.cleaned_data["on"]:
            assign(session, "facilitator", participant)
        session.put(asked_to_lead=None)
    return done(request, session)


@allow(Session, "can_be_taken_over_by")
@require_POST
@told
def take_over_role(request: MemberRequest, session: Session) -> HttpResponse:
    take_over(session, request.user)
    return done(request, session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def agreed_aloud(request: MemberRequest, session: Session, member: int) -> HttpResponse:
    """Mondeling akkoord: read aloud in the room, and noted with the facilitator's name."""
    here = session.meeting.group.current_members().filter(
        membership__person__in=session.participants.values("person")
    )
    agree_to(request, session, get_object_or_404(here, pk=member), aloud_noted_by=request.user)
    return done(request, session)


@allow(Session, "is_attended_by")
@require_POST
@told
def agree(request: MemberRequest, session: Session) -> HttpResponse:
    """A member accepts the group agreement in the lobby, on their own screen."""
    if not session.is_under_way:
        raise StaleStep
    if place := session.meeting.group.place_of(request.user):
        agree_to(request, session, place)
    return done(request, session)


def agree_to(
    request: MemberRequest, session: Session, place: GroupMember, *, aloud_noted_by: User | None = None
) -> None:
    """``seen``: the version that was read; nobody agrees to a text they have not read."""
    form = StepForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else 0
    with transaction.atomic():
        Agreement.accept_read(place, seen=seen, at=timezone.now(), aloud_noted_by=aloud_noted_by)
        session.changed()


@allow(Session, "roles_can_be_set_by")
@require_POST
@told
def ask_guest(request: MemberRequest, session: Session) -> HttpResponse:
    """Ask a consultant; they are let in when every participant has said yes."""
    form = GuestForm(request.POST, session=session)
    if not form.is_valid():
        return invalid(request, session, form)
    try:
        with transaction.atomic():
            Guest.objects.create(session=session, person=form.cleaned_data["person"], invited_by=request.user)
            session.changed()
    except IntegrityError:
        raise MoveRefused(_("This guest was asked already.")) from None
    return done(request, session)


@allow(Guest, "can_be_answered_by")
@require_POST
@told
def accept_guest(request: MemberRequest, guest: Guest) -> HttpResponse:
    participant = guest.session.participants.get(person=request.user)
    guest.answer_yes(participant)
    return done(request, guest.session)


@allow(Session, "can_be_guided_by")
@require_POST
@told
def cancel(request: MemberRequest, session: Session) -> HttpResponse:
    session.cancel(request.user, timezone.now())
    return done(request, session)
