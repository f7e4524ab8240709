"""How a session's verbs answer: nothing for a live screen (the stream tells it), a page for the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from schools.requests import MemberRequest

from ..leftovers import draft_field, keep_typed, step_of_typed
from ..models import Session, SessionParticipant, SessionState

Verb = Callable[..., HttpResponse]


def me_in(session: Session, request: MemberRequest) -> SessionParticipant:
    """The place of whoever asks; for views whose rule says that there is one."""
    participant = session.participant_of(request.user)
    if participant is None:
        raise Http404
    return participant


def done(request: MemberRequest, session: Session, *, own_part: bool = True) -> HttpResponse:
    """The verb did its work: a live screen renews its own part if it shows this, another browser its page."""
    if request.htmx:  # type: ignore[attr-defined]
        renew = {"HX-Trigger": "mine"} if session.is_under_way else {"HX-Refresh": "true"}
        return HttpResponse(status=204, headers=renew if own_part else {})
    return redirect("session", pk=session.pk)


def trouble(request: MemberRequest, session: Session, text: str, status: int) -> HttpResponse:
    """What happened and what to do, as a fragment for a live screen or as a page."""
    name = "intervision/_trouble.html" if request.htmx else "intervision/trouble.html"  # type: ignore[attr-defined]
    return render(request, name, {"session": session, "text": text}, status=status)


def stale_text(session: Session) -> str:
    now = Session.objects.get(pk=session.pk)
    if now.state == SessionState.LOBBY:
        return _("The session has not started yet.")
    if not now.is_running or now.step is None:
        return _("This session is not running any more.")
    return _("The session has already moved on: you are now at “%(step)s”.") % {"step": now.step.title}


def told(verb: Verb) -> Verb:
    """A stale or refused move changes nothing and says so: 409 with a readable text."""

    @wraps(verb)
    def wrapped(request: MemberRequest, found: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        session = found if isinstance(found, Session) else session_of(found)
        try:
            return verb(request, found, *args, **kwargs)
        except StaleMove:
            return trouble(request, session, stale_text(session), 409)
        except MoveRefused as refused:
            return trouble(request, session, str(refused), 409)

    return wrapped


def keeps_typed(captures: str, **drafts: str) -> Callable[[Verb], Verb]:
    """What was typed is kept as a draft when the verb refuses it; ``drafts``: posted name → name of the draft."""

    def mark(verb: Verb) -> Verb:
        @wraps(verb)
        def wrapped(request: MemberRequest, session: Session, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                reply = verb(request, session, *args, **kwargs)
            except (StaleMove, MoveRefused):
                keep_refused(session, request, captures, drafts)
                raise
            if reply.status_code == 422:
                keep_refused(session, request, captures, drafts)
            return reply

        return wrapped

    return mark


def keep_refused(session: Session, request: MemberRequest, captures: str, drafts: dict[str, str]) -> None:
    step = step_of_typed(session, request.POST.get("step", ""), captures)
    for posted, name in drafts.items():
        if step and not session.erased_at:
            field = draft_field(session, step, name)
            keep_typed(request.user, field, request.POST.get(posted, ""), timezone.now())


def session_of(found: Any) -> Session:
    """The session of a card or a guest."""
    session: Session = found.step.session if hasattr(found, "step") else found.session
    return session


def invalid(request: MemberRequest, session: Session, form: Any) -> HttpResponse:
    """What is wrong with the input, in words; typed text stays on the screen."""
    texts = [str(error) for errors in form.errors.values() for error in errors]
    return trouble(request, session, " ".join(texts), 422)
