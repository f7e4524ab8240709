"""Talks of two: the list, a date, a round of dates, and the page of one talk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from coaching.lib.states import MoveRefused, StaleMove
from schools.requests import MemberRequest, posted
from schools.submissions import once

from .. import talks as verbs
from ..forms.talks import (
    AgreementsForm,
    DateForm,
    PreparationForm,
    RoundForm,
    SeenForm,
    TableForm,
    TalkForm,
)
from ..models import Talk
from ..talk_pages import TalkList, TalkPage
from ..two_versions import Difference, shown
from .goals import told


@members
def talks(request: MemberRequest) -> HttpResponse:
    """One's own, as whose development it is about and as who leads; of nobody else, and no other counts."""
    context = {"list": TalkList(request.user, timezone.now())}
    return render(request, "portfolio/talks/talks.html", context)


@members
def talk_new(request: MemberRequest) -> HttpResponse:
    form, user = TalkForm(posted(request), user=request.user), request.user
    if form.is_valid():
        who, kind = form.cleaned_data["who"], form.cleaned_data["kind"]
        with told(request):
            verbs.not_too_often(user, timezone.now())
            key = form.cleaned_data["once_key"]
            made = once(key, lambda: verbs.propose(user, who, kind, form.slot, timezone.now()))
            messages.success(request, _("%(name)s gets a mail with this date.") % {"name": who.name})
            return redirect("talk", made.pk) if made else redirect("talks")
    return render(request, "portfolio/talks/new.html", {"form": form})


@members
def talk_round(request: MemberRequest) -> HttpResponse:
    """Shows first who is asked when; sent once more, each gets a mail."""
    at = timezone.now()
    form = RoundForm(posted(request), leader=request.user, at=at)
    if form.is_valid():
        if form.has_shown(form.mark) and "save" in request.POST:
            return asked_round(request, form)
        form.show(form.mark)
    return render(request, "portfolio/talks/round.html", {"form": form})


def asked_round(request: MemberRequest, form: RoundForm) -> HttpResponse:
    kind, slots = form.cleaned_data["kind"], [(each.person, each.slot) for each in form.asked or []]
    at, key = timezone.now(), form.cleaned_data["once_key"]
    with told(request):
        verbs.not_too_often(request.user, at)
        once(key, lambda: verbs.propose_round(request.user, kind, slots, at))
        words = ngettext("%(n)s person gets a mail.", "%(n)s people get a mail.", len(slots))
        messages.success(request, words % {"n": len(slots)})
    return redirect("talks")


@allow(Talk)
def talk(request: MemberRequest, talk: Talk) -> HttpResponse:
    return talk_page(request, talk)


def talk_page(request: MemberRequest, talk: Talk, status: int = 200, **more: Any) -> HttpResponse:
    """``more``: forms as they came in, or two texts beside each other."""
    context = {"talk": talk, "page": TalkPage(talk, request.user, timezone.now(), **more)}
    return render(request, "portfolio/talks/talk.html", context, status=status)


# -- the date ----------------------------------------------------------------------------------------------


@allow(Talk)
@require_POST
def talk_accept(request: MemberRequest, talk: Talk) -> HttpResponse:
    with told(request):
        verbs.accept(talk, request.user, SeenForm.shown_by(request.POST), timezone.now())
        messages.success(request, _("The date stands, and you both get it in your calendar."))
    return redirect("talk", talk.pk)


@allow(Talk)
def talk_move(request: MemberRequest, talk: Talk) -> HttpResponse:
    form = DateForm(posted(request), talk=talk)
    if form.is_valid():
        given = form.cleaned_data
        seen, at, user = given["seen"] or 0, timezone.now(), request.user
        with told(request):
            verbs.not_too_often(user, at)
            once(given["once_key"], lambda: verbs.propose_another(talk, form.slot, user, seen, at))
            other = talk.other(user)
            words = {"name": other.name if other else ""}
            messages.success(request, _("%(name)s gets a mail with this date.") % words)
        return redirect("talk", talk.pk)
    return render(request, "portfolio/talks/move.html", {"form": form, "talk": talk})


@allow(Talk)
@require_POST
def talk_hold(request: MemberRequest, talk: Talk) -> HttpResponse:
    with told(request):
        verbs.hold(talk, request.user, SeenForm.shown_by(request.POST), timezone.now())
        messages.success(request, _("Noted. Write down together what you agree on."))
    return redirect("talk", talk.pk)


@allow(Talk)
def talk_cancel(request: MemberRequest, talk: Talk) -> HttpResponse:
    """Asks first: it goes out of two calendars."""
    if request.method != "POST":
        return render(
            request, "portfolio/talks/cancel.html", {"talk": talk, "other": talk.other(request.user)}
        )
    with told(request):
        verbs.cancel(talk, request.user, SeenForm.shown_by(request.POST), timezone.now())
        messages.success(request, _("It does not go on. You two can plan another."))
    return redirect("talk", talk.pk)


# -- what lies on the table, and what is agreed on -----------------------------------------------------------


@allow(Talk, "is_mine")
@require_POST
def talk_table(request: MemberRequest, talk: Talk) -> HttpResponse:
    form = TableForm(request.POST, may=verbs.may_be_laid(talk), talk=talk)
    if form.is_valid():
        verbs.lay_on_table(talk, form.cleaned_data["version"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("That version can't be chosen any more."))
    return redirect("talk", talk.pk)


@allow(Talk)
@require_POST
def talk_agreements(request: MemberRequest, talk: Talk) -> HttpResponse:
    form = AgreementsForm(request.POST, talk=talk)
    if not form.is_valid():
        return talk_page(request, talk, 422, agreements=form)
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    try:
        verbs.write_agreements(talk, text, seen, request.user, timezone.now())
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return talk_page(request, talk, 409, agreements=form)
    except StaleMove:
        return agreements_twice(request, talk, text)
    messages.success(request, _("Saved. Now you both say whether this is it."))
    return redirect("talk", talk.pk)


def agreements_twice(request: MemberRequest, talk: Talk, text: str) -> HttpResponse:
    """The other saved in the meantime: both texts, and the writer's own in the form to go on with."""
    saved = Talk.objects.visible_to(request.user).get(pk=talk.pk)
    form = AgreementsForm(talk=saved)
    form.initial["text"] = text
    rows = [Difference(str(form["text"].label), shown(saved.agreements), shown(text))]
    return talk_page(request, saved, 409, agreements=form, differs=rows)


@allow(Talk)
@require_POST
def talk_yes(request: MemberRequest, talk: Talk) -> HttpResponse:
    with told(request):
        verbs.say_yes(talk, request.user, SeenForm.shown_by(request.POST), timezone.now())
        messages.success(request, _("You said yes to this text. If it changes, you are asked again."))
    return redirect("talk", talk.pk)


@allow(Talk, "is_mine")
@require_POST
def talk_to_pop(request: MemberRequest, talk: Talk) -> HttpResponse:
    with told(request):
        verbs.into_pop(talk, timezone.now())
        messages.success(request, _("It stands in the agreements of your POP now."))
    return redirect("talk", talk.pk)


@allow(Talk, "is_mine")
@require_POST
def talk_prepare(request: MemberRequest, talk: Talk) -> HttpResponse:
    saved = verbs.preparation_of(talk)
    form = PreparationForm(request.POST, talk=talk, saved=saved)
    if not form.is_valid():
        return talk_page(request, talk, 422, preparation=form)
    text = form.cleaned_data["preparation"]
    try:
        verbs.prepare(talk, text, form.cleaned_data["seen"])
    except StaleMove:
        return preparation_twice(request, talk, text)
    form.drop_drafts()
    messages.success(request, _("Saved. Only you can read it."))
    return redirect("talk", talk.pk)


def preparation_twice(request: MemberRequest, talk: Talk, text: str) -> HttpResponse:
    saved = verbs.preparation_of(talk)
    form = PreparationForm(talk=talk, saved=saved)
    form.initial.update(preparation=text, seen=saved.version)
    rows = [Difference(str(form["preparation"].label), shown(saved.text), shown(text))]
    return talk_page(request, talk, 409, preparation=form, prepared_twice=rows)
