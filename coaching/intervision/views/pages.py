"""Pages of a session: open one, the session itself from lobby to afterwards, the room's screen, looking back."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.live.seat import Seat, set_cookie
from coaching.lib.states import MoveRefused
from popgroups.models import Meeting
from schools.requests import MemberRequest

from ..after import after_context
from ..closing import may_still_plan
from ..forms import OpenForm
from ..mine import late_plan_context, mine_context
from ..models import Contribution, Session, SessionParticipant
from ..roles import fill_empty
from ..screen import BOARD, audience_of, screen_context
from .answers import me_in


@allow(Meeting, "can_be_attended_by")
def open_session(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Open the lobby of a meeting, or go to the one that is open already."""
    running = meeting.sessions.under_way().first()
    if running:
        return redirect("session", pk=running.pk)
    form = OpenForm(request.POST or None, user=request.user, initial={"minutes": meeting.minutes})
    if request.method == "POST" and form.is_valid():
        try:
            session = Session.open(meeting, form.cleaned_data["method"], form.cleaned_data["minutes"])
        except MoveRefused as refused:
            messages.info(request, str(refused))
            return redirect("meeting", pk=meeting.pk)
        session.join(request.user, timezone.now())
        fill_empty(session)
        return redirect("session", pk=session.pk)
    return render(request, "intervision/open.html", {"meeting": meeting, "form": form})


@allow(Session)
def session(request: MemberRequest, session: Session) -> HttpResponse:
    """One address from lobby to afterwards, so that a link, a QR code or a reload always lands right."""
    participant = session.participant_of(request.user)
    if participant is None:
        return render(request, "intervision/join.html", {"session": session})
    if not session.is_under_way:
        return render(request, "intervision/after.html", after_context(session, participant, timezone.now()))
    return live_page(request, session, participant, "intervision/session.html")


def live_page(
    request: MemberRequest, session: Session, participant: SessionParticipant, template: str
) -> HttpResponse:
    """The page around the live parts; its cookie lets this browser listen to this session."""
    at, audience = timezone.now(), audience_of(session, participant)
    if template.endswith("board.html"):
        audience = BOARD
    context: dict[str, Any] = {
        **mine_context(session, participant, request.user, at),
        **screen_context(session, audience, at),
    }
    response = render(request, template, context)
    person, log_in = request.user, request.session.session_key or ""
    set_cookie(response, Seat(session.channel, person.pk, person.get_session_auth_hash(), log_in))
    return response


@allow(Session, "can_be_joined_by")
@require_POST
def join(request: MemberRequest, session: Session) -> HttpResponse:
    session.join(request.user, timezone.now())
    if session.state == "lobby":
        fill_empty(session)
    return redirect("session", pk=session.pk)


@allow(Session, "is_of")
def late_plan(request: MemberRequest, session: Session) -> HttpResponse:
    """The presenter's plan when the session closed before it was made."""
    me = me_in(session, request)
    if not may_still_plan(session, me):
        return redirect("session", pk=session.pk)
    return render(request, "intervision/late_plan.html", late_plan_context(session, me, request.user))


@allow(Session, "is_attended_by")
def mine(request: MemberRequest, session: Session) -> HttpResponse:
    """The private part of the live screen."""
    participant = me_in(session, request)
    return render(
        request, "intervision/_mine.html", mine_context(session, participant, request.user, timezone.now())
    )


@allow(Session, "is_attended_by")
def board(request: MemberRequest, session: Session) -> HttpResponse:
    """Op het digibord: no controls, nothing unrevealed."""
    if not session.is_under_way:
        return redirect("session", pk=session.pk)
    participant = me_in(session, request)
    return live_page(request, session, participant, "intervision/board.html")


@allow(Session, "is_attended_by")
def earlier(request: MemberRequest, session: Session, order: int) -> HttpResponse:
    """Looking back at a step the group has passed; looking ahead is not possible."""
    step = session.step_at(order)
    if step is None or order > session.position:
        raise Http404
    cards = Contribution.objects.visible_to(request.user).filter(step=step).select_related("author__person")
    return render(request, "intervision/earlier.html", {"session": session, "step": step, "cards": cards})


@allow(Session, "is_attended_by")
def qr(request: MemberRequest, session: Session) -> HttpResponse:
    """The QR code that leads a phone, through log-in, straight into this session."""
    address = settings.SITE_URL.rstrip("/") + reverse("session", args=[session.pk])
    picture = segno.make(address, error="m").svg_inline(scale=6, border=2, omitsize=True)
    return HttpResponse(
        picture.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        if "xmlns" not in picture
        else picture,
        content_type="image/svg+xml",
    )
