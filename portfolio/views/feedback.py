"""Pages on which feedback is asked, given, kept or let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from schools.requests import MemberRequest
from schools.submissions import once

from .. import feedback as verbs
from ..forms.feedback import AnswerForm, AskForm, KeepForm
from ..models import FeedbackRequest


@members
def feedback(request: MemberRequest) -> HttpResponse:
    rows = list(FeedbackRequest.objects.visible_to(request.user))
    context = {
        "mine": [row for row in rows if row.is_mine(request.user)],
        "asked": [row for row in rows if row.is_asked_of(request.user) and row.can_be_answered],
    }
    return render(request, "portfolio/feedback.html", context)


@members
def feedback_ask(request: MemberRequest) -> HttpResponse:
    form = AskForm(request.POST or None, writer=request.user, drafts="feedback:new")
    if request.method == "POST" and form.is_valid() and asked_of(form):
        form.drop_drafts()
        name = {"name": form.cleaned_data["asked"].name}
        messages.success(request, _("%(name)s gets your question, and a mail that it is there.") % name)
        return redirect("feedback")
    return render(request, "portfolio/feedback_ask.html", {"form": form})


def asked_of(form: AskForm) -> bool:
    """Whether the question was put; if not, the form says why and still holds it."""
    try:
        once(form.cleaned_data["once_key"], lambda: form.make(timezone.now()))
    except verbs.AskRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@allow(FeedbackRequest)
def feedback_request(request: MemberRequest, asks: FeedbackRequest) -> HttpResponse:
    return request_page(request, asks)


def request_page(
    request: MemberRequest, asks: FeedbackRequest, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    """For whoever asked: the answer, to keep or let go. For whoever is asked: a box to answer in."""
    context: dict[str, Any] = {"asks": asks}
    if asks.is_asked_of(request.user):
        context["form"] = form or AnswerForm(asks=asks, writer=request.user)
        return render(request, "portfolio/feedback_give.html", context, status=status)
    return render(request, "portfolio/feedback_got.html", context)


@allow(FeedbackRequest, "is_asked_of")
@require_POST
def feedback_answer(request: MemberRequest, asks: FeedbackRequest) -> HttpResponse:
    form = AnswerForm(request.POST, asks=asks, writer=request.user)
    if not form.is_valid():
        return request_page(request, asks, form, status=422)
    text = form.cleaned_data["answer"]
    done = carried_out(
        request, lambda: verbs.answer(asks, text, timezone.now()), form.cleaned_data["once_key"]
    )
    if not done:
        return request_page(request, FeedbackRequest.objects.get(pk=asks.pk), form, status=409)
    form.drop_drafts()
    messages.success(request, _("Thank you. %(name)s can read it now.") % {"name": asks.owner.name})
    return redirect("feedback")


def carried_out(request: MemberRequest, action: Callable[[], object], key: Any = None) -> bool:
    """Whether it was; if not, the reader is told why."""
    try:
        once(key, action)
    except verbs.REFUSED as refused:
        messages.error(request, str(refused) or _("This was changed in the meantime. Look again."))
        return False
    return True


@allow(FeedbackRequest, "is_asked_of")
@require_POST
def feedback_refuse(request: MemberRequest, asks: FeedbackRequest) -> HttpResponse:
    if carried_out(request, lambda: verbs.refuse(asks)):
        messages.success(request, _("%(name)s reads: not now. That is all.") % {"name": asks.owner.name})
    return redirect("feedback")


@allow(FeedbackRequest, "is_mine")
@require_POST
def feedback_keep(request: MemberRequest, asks: FeedbackRequest) -> HttpResponse:
    if asks.entry_id:  # a second press
        return redirect("entry", pk=asks.entry_id)
    form = KeepForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    if not carried_out(request, lambda: verbs.keep(asks, seen, timezone.now())):
        return redirect("feedback_request", pk=asks.pk)
    messages.success(request, _("It is in your portfolio. Only you see it."))
    made = FeedbackRequest.objects.get(pk=asks.pk).entry_id
    return redirect("entry", pk=made) if made else redirect("feedback")


@allow(FeedbackRequest, "is_mine")
@require_POST
def feedback_decline(request: MemberRequest, asks: FeedbackRequest) -> HttpResponse:
    if carried_out(request, lambda: verbs.decline(asks)):
        messages.success(request, _("The answer is erased."))
    return redirect("feedback")


@allow(FeedbackRequest, "is_mine")
@require_POST
def feedback_withdraw(request: MemberRequest, asks: FeedbackRequest) -> HttpResponse:
    if carried_out(request, lambda: verbs.withdraw(asks)):
        messages.success(request, _("You took your question back."))
    return redirect("feedback")
