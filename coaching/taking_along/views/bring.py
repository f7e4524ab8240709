"""What somebody took along, in: the ZIP, what it would change, the yes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import members
from coaching.lib.archives import Archive, ArchiveRefused, opened
from schools.requests import MemberRequest

from .. import waiting
from ..arrival import Arrival
from ..bringing import arrival_of, bring_in, preview_of
from ..forms import BringForm, BroughtForm
from ..turns import NotNow, room


@members
@require_POST
def bring_along(request: MemberRequest) -> HttpResponse:
    """The ZIP, kept for an hour; refused here already when it is none, or not an honest one."""
    form = BroughtForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with room.turn(request.user.pk), opened(file) as archive:
                arrival_of(archive, file, timezone.localdate())
            file.seek(0)
            return redirect("brought", waiting.put(request.user.pk, file.chunks()))
        except NotNow:
            return not_now(request)
        except ArchiveRefused as refused:
            form.add_error("file", str(refused))
    return render(request, "taking_along/take_along.html", {"form": form}, status=422)


@contextmanager
def what_waits(request: MemberRequest, token: str) -> Iterator[tuple[Archive, Arrival]]:
    """The ZIP that ``request.user`` brought under ``token``; for everybody else there is none. Raises NotNow."""
    path = waiting.find(request.user.pk, token, timezone.now())
    try:
        if path is None:
            raise Http404
        file = path.open("rb")
    except FileNotFoundError:  # another tab was faster
        raise Http404 from None
    with file, room.turn(request.user.pk), opened(file) as archive:
        yield archive, arrival_of(archive, file, timezone.localdate())


@members
def brought(request: MemberRequest, token: str) -> HttpResponse:
    """What becomes what, what stays out and why; afterwards what came of it. Looking writes nothing."""
    if report := waiting.report_of(request.user.pk, token, timezone.now()):
        return render(request, "taking_along/brought_in.html", {"report": report})
    try:
        with what_waits(request, token) as (archive, arrival):
            preview = preview_of(archive, arrival, request.user)
    except NotNow:
        return not_now(request)
    except ArchiveRefused as refused:
        return refuse(request, refused)
    context = {"preview": preview, "token": token, "form": BringForm()}
    return render(request, "taking_along/brought.html", context)


@members
@require_POST
def bring(request: MemberRequest, token: str) -> HttpResponse:
    """The yes. Said twice, it is done once: the second finds the report of the first."""
    form = BringForm(request.POST)
    key = form.cleaned_data["once_key"] if form.is_valid() else None
    if waiting.report_of(request.user.pk, token, timezone.now()) is None:
        try:
            with what_waits(request, token) as (archive, arrival):
                done = bring_in(archive, arrival, request.user, key, timezone.now())
        except NotNow:
            return not_now(request)
        except ArchiveRefused as refused:
            return refuse(request, refused)
        if done:
            waiting.finish(request.user.pk, token, done.report())
    return redirect("brought", token)


def not_now(request: MemberRequest) -> HttpResponse:
    """Nothing was changed, and what waits goes on waiting."""
    return render(request, "taking_along/not_now.html", status=503)


def refuse(request: MemberRequest, refused: ArchiveRefused) -> HttpResponse:
    waiting.drop(request.user.pk)
    messages.error(request, str(refused))
    return redirect("take_along")


@members
@require_POST
def bring_drop(request: MemberRequest, token: str) -> HttpResponse:
    if waiting.find(request.user.pk, token, timezone.now()) is None:
        raise Http404
    waiting.drop(request.user.pk)
    messages.success(request, _("Thrown away. Nothing of yours was changed."))
    return redirect("take_along")
