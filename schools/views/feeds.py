"""What reaches somebody outside the site: the secret address of their calendar, and reminders by mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import members

from ..accounts import in_a_mail
from ..feeds import make_feed, stop_feed
from ..forms import ReminderForm
from ..models import FeedToken, ReminderChoice
from ..requests import MemberRequest, posted

SHOW_ONCE = "feed_address"  # in the log-in session, from making the address until the next page shows it


@members
def my_calendar(request: MemberRequest) -> HttpResponse:
    feed = FeedToken.objects.filter(person=request.user).first()
    context = {"feed": feed, "address": request.session.pop(SHOW_ONCE, "")}
    return render(request, "schools/my_calendar.html", context)


@members
@require_POST
def make_my_feed(request: MemberRequest) -> HttpResponse:
    """Shown on the next page and never again: after that only its hash is kept."""
    token = make_feed(request.user, timezone.now())
    request.session[SHOW_ONCE] = in_a_mail("calendar_feed", token=token)
    return redirect("my_calendar")


@members
@require_POST
def stop_my_feed(request: MemberRequest) -> HttpResponse:
    stop_feed(request.user)
    request.session.pop(SHOW_ONCE, None)
    messages.success(request, _("The address does not work any more."))
    return redirect("my_calendar")


@members
def my_reminders(request: MemberRequest) -> HttpResponse:
    choice = ReminderChoice.objects.filter(person=request.user).first()
    form = ReminderForm(posted(request), instance=choice or ReminderChoice(person=request.user))
    if form.is_valid():
        form.keep(request.user)
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "schools/my_reminders.html", {"form": form})
