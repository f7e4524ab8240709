"""Pages that show several rooms, and the few that belong to none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from coaching.lib.access import members, public
from coaching.lib.markup import clock
from coaching.lib.turnstile import seconds_to_wait
from schools.drafts import has_room, save_draft
from schools.feeds import person_of
from schools.models import School
from schools.requests import MemberRequest

from .dossier.facts import operators_for
from .feed import feed_of
from .forms import DraftForm, LanguageForm
from .home import next_things
from .home_pop import pop_to_begin
from .today import Today
from .visibility import ITEMS, VIEWERS

# Programs look every five minutes at most; somebody may have a phone, a tablet and two computers that do.
FEED_TIMES, FEED_SECONDS = 30, 600


@members
def home(request: MemberRequest) -> HttpResponse:
    today = Today(request.user, timezone.now())
    things = next_things(today)
    context = {"today": today, "next_things": things, "pop_year": pop_to_begin(today, things)}
    return render(request, "home/today.html", context)


@public
def who_sees_what(request: HttpRequest) -> HttpResponse:
    """The table of visibility.py, for everybody to read."""
    context = {
        "viewers": VIEWERS,
        "in_use": [item for item in ITEMS if item.in_use],
        "promised": [item for item in ITEMS if not item.in_use],
        "operators": operators_for(request.user),
        "notes_days": School._meta.get_field("notes_kept_days").default,
    }
    return render(request, "home/who_sees_what.html", context)


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The language of the pages: kept with the person, or in a cookie before log-in."""
    form = LanguageForm(request.POST)
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else reverse("home"))
    if form.is_valid():
        if request.user.is_authenticated:
            request.user.language = form.cleaned_data["language"]
            request.user.save(update_fields=["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@members
@require_POST
def draft(request: MemberRequest) -> HttpResponse:
    """Keep what is being typed; answers only with what the database now holds, 409 when nothing more fits."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        too_long = form.has_error("text", "max_length")
        return JsonResponse({"errors": form.errors, "too_long": too_long}, status=422)
    data, at = form.cleaned_data, timezone.now()
    if not has_room(request.user, data["field"], data["text"], at):
        return JsonResponse({"full": True}, status=409)
    kept = save_draft(request.user, data["field"], data["text"], data["seq"], at)
    held = kept.text == data["text"]  # another page may have been as far with another text
    return JsonResponse({"seq": kept.seq, "held": held, "saved_at": clock(kept.saved_at)})


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendars, which can't log in: whoever knows the address reads times, places and group names."""
    person, at = person_of(token), timezone.now()
    if person is None:
        raise Http404
    if wait := seconds_to_wait(f"feed:{person.pk}", at, times=FEED_TIMES, seconds=FEED_SECONDS):
        return HttpResponse(status=429, headers={"Retry-After": str(wait), "Cache-Control": "no-store"})
    return feed_answer(request, *feed_of(person, at))


def feed_answer(request: HttpRequest, file: bytes, mark: str) -> HttpResponse:
    """``file``, or that nothing changed since ``mark``."""
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    answer: Any = get_conditional_response(request, etag=mark, response=response)
    return answer or response


@public
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(staticfiles_storage.url("img/favicon.svg"))


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too much at once (413), or not to be read at all (400)."""
    too_much = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"too_much": too_much}, status=413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)
