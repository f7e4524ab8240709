"""What every page needs around it: idle log-out, the user's language, nothing kept in shared caches."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from coaching.lib.bodies import LARGEST_BODY, largest_at
from coaching.lib.idle import STAMP, UNSEEN, is_idle
from coaching.lib.uploads import MAX_FILE_BYTES

Respond = Callable[[HttpRequest], HttpResponse]
STAMP_EVERY_SECONDS = 60


class IdleLogoutMiddleware:
    """Log out after IDLE_MINUTES without a request; drafts are on the server, so no text goes with it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, last = int(time.time()), request.session.get(STAMP)
            if is_idle(last, now):
                logout(request)
            elif (not last or now - last > STAMP_EVERY_SECONDS) and not request.path.startswith(UNSEEN):
                request.session[STAMP] = now
        return self.respond(request)


class LanguageMiddleware:
    """The language stays with the user; before log-in it is a cookie, and Dutch without one."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(
            settings.LANGUAGE_COOKIE_NAME, ""
        )
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.respond(request)
        response.headers.setdefault("Content-Language", language)
        return response


class WrongMethodMiddleware:
    """Whoever opens the address of a button, from a history for example, gets a page with a way home."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response.get("Allow", "POST")
        return page


class UploadLimitMiddleware:
    """What is announced as larger than any file may be is not read at all; the reader is told so."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        largest = largest_at(request.path) if request.user.is_authenticated else LARGEST_BODY
        if announced.isdecimal() and int(announced) > largest:
            megabytes = (largest - LARGEST_BODY + MAX_FILE_BYTES) // 1024**2
            return render(request, "413.html", {"megabytes": megabytes}, status=413)
        return self.respond(request)


class NoStoreMiddleware:
    """Pages behind log-in never stay in a cache of a shared school computer."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
