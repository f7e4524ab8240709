"""The page behind the link in an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coaching.lib.access import public
from coaching.lib.states import MoveRefused, StaleMove

from ..forms import JoinForm, NewPersonForm
from ..invitations import accept, by_token, opened_by
from ..models import Invitation
from ..requests import posted

LOG_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows and changes nothing (mail scanners open links); POST accepts."""
    found = by_token(token)
    if found is None or not found.is_open(timezone.now()):
        return not_open(request, found)
    visitor = opened_by(found, request.user)
    if visitor in ("log_in", "other"):
        return render(request, "schools/invitation.html", {"invitation": found, "visitor": visitor})
    new = visitor == "new"
    form = NewPersonForm(posted(request), invitation=found) if new else JoinForm(posted(request))
    if form.is_valid():
        return take_in(request, found, form.cleaned_data)
    return render(request, "schools/invitation.html", {"invitation": found, "visitor": visitor, "form": form})


def not_open(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    """One page for unknown, used, revoked and expired; whoever accepted it just goes home."""
    mine = found and request.user.is_authenticated and request.user.email.lower() == found.email
    if found and mine and found.accepted_at:
        return redirect("home")
    return render(request, "schools/link_over.html", status=410 if found else 404)


def take_in(request: HttpRequest, found: Invitation, data: dict[str, str]) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    words = {"name": data.get("name", ""), "password": data.get("password", "")}
    try:
        taken = accept(found, timezone.now(), person=person, **words)
    except (MoveRefused, StaleMove) as refused:
        messages.error(request, str(refused))
        return redirect("invitation", request.resolver_match.kwargs["token"])  # type: ignore[union-attr]
    if person is None:
        login(request, taken, backend=LOG_IN_BACKEND)
    messages.success(request, _("Welcome at %(school)s.") % {"school": found.school.name})
    return redirect("home")
