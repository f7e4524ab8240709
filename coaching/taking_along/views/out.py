"""Everything of mine, out."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.lib.access import members
from coaching.lib.printing import STOP_ASKING
from coaching.lib.turnstile import seconds_to_wait
from schools.requests import MemberRequest

from ..forms import BroughtForm, WaitedForm
from ..making import Job, TooBusy, desk
from ..packing import Parcel, parcel_of

TIMES, SECONDS = 10, 600  # of one person; a double press or a broken download needs two or three


@members
def take_along(request: MemberRequest) -> HttpResponse:
    """What is in it, the button, and the way in."""
    return render(request, "taking_along/take_along.html", {"form": BroughtForm()})


@members
def take_along_zip(request: MemberRequest) -> HttpResponseBase:
    """The ZIP; or a page that says that it is being made (202), to be asked for again at the same address."""
    if request.headers.get("HX-Request"):
        return still_busy(request, desk.find(request.user.pk))
    form = WaitedForm(request.GET)
    waited = form.is_valid() and form.cleaned_data["waited"]
    try:
        job = desk.job(request.user.pk, lambda: parcel_for(request), waited=waited)
    except TooBusy:
        return render(request, "taking_along/too_busy.html", status=503)
    if not desk.wait(job):
        return render(request, "taking_along/busy.html", {"seconds": job.seconds}, status=202)
    return sent(request, job)


def parcel_for(request: MemberRequest) -> Parcel:
    """Raises TooBusy for who asks for one after the other: it is much work."""
    at = timezone.now()
    if seconds_to_wait(f"along:{request.user.pk}", at, times=TIMES, seconds=SECONDS):
        raise TooBusy
    return parcel_of(request.user, get_language() or "nl", at)


def still_busy(request: MemberRequest, job: Job | None) -> HttpResponse:
    """What the waiting page asks each second: its line anew, or the word, once, to come and get it.

    The page goes on standing there during the download and asking: that begins nothing.
    """
    if job is None or job.is_told:
        return HttpResponse(_("Busy no more."), status=STOP_ASKING)
    if job.done.is_set():
        job.is_told = True
        return HttpResponse(status=204, headers={"HX-Redirect": f"{request.path}?waited=1"})
    return render(request, "taking_along/_seconds.html", {"seconds": job.seconds})


def sent(request: MemberRequest, job: Job) -> HttpResponseBase:
    made = desk.hand_over(request.user.pk, job)
    if made is None:
        messages.error(request, _("The ZIP file could not be made. Nothing of yours was changed; try again."))
        return redirect("take_along")
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(
        made, as_attachment=True, filename=job.name, content_type="application/zip", headers=headers
    )
