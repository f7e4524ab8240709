"""Sharing: with whom, the literal list of what they will see, and taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from coaching.lib.states import StaleMove
from schools.models import User
from schools.requests import MemberRequest

from ..forms.sharing import PickForm, ShareForm
from ..models import ActionPlan, Entry, Share
from ..notices import tell_shared
from ..reading import what_it_says
from ..sharing import share
from ..versions import end_shares


@dataclass(frozen=True)
class Offer:
    """What is about to be shared: ``shown`` is the template that a viewer gets to read, with ``context``.

    ``give`` carries it out and says where to go, if not ``back``; it raises StaleMove when what was ``seen``
    is not what there is now.
    """

    title: Any
    shown: str
    back: str
    give: Callable[[ShareForm], str | None]
    context: dict[str, Any] = field(default_factory=dict)
    not_shown: Any = ""
    has_buddy: bool = False
    seen: str = ""
    seeing: list[User] = field(default_factory=list)
    until: dt.date | None = None


def offer_page(request: MemberRequest, offer: Offer) -> HttpResponse:
    """First whom; then exactly who and what they will read; then, once that is sent, it is shared."""
    if request.method == "POST":
        return take_offer(request, offer)
    pick = PickForm(request.GET or None, owner=request.user, seeing=offer.seeing)
    if not pick.is_bound or not pick.is_valid():
        return render(request, "portfolio/share_pick.html", {"form": pick, "offer": offer})
    picked = pick.picked()
    if not picked["viewers"]:
        pick.add_error("group", _("Nobody in this group today but you."))
        return render(request, "portfolio/share_pick.html", {"form": pick, "offer": offer})
    initial: dict[str, Any] = {"group": picked["group"], "seen": offer.seen}
    if offer.until:
        initial["until"] = offer.until
    form = offered(request, offer, None, shown=picked["viewers"], initial=initial)
    return list_page(request, offer, form)


def offered(request: MemberRequest, offer: Offer, data: Any, **more: Any) -> ShareForm:
    shown = more.pop("shown", [])
    alone = len(data.getlist("viewers") if data is not None else shown) == 1
    return ShareForm(data, owner=request.user, shown=shown, has_buddy=offer.has_buddy and alone, **more)


def list_page(request: MemberRequest, offer: Offer, form: ShareForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "offer": offer, **offer.context}
    return render(request, "portfolio/share_list.html", context, status=status)


def take_offer(request: MemberRequest, offer: Offer) -> HttpResponse:
    form = offered(request, offer, request.POST)
    if not form.is_valid():
        return list_page(request, offer, form, status=422)
    try:
        with transaction.atomic():
            there = offer.give(form)
    except StaleMove as stale:
        messages.warning(request, str(stale))
        data = request.POST.copy()
        data["seen"] = offer.seen
        return list_page(request, offer, offered(request, offer, data), status=409)
    names = ", ".join(person.name for person in form.cleaned_data["viewers"])
    messages.success(request, _("%(names)s can see it now.") % {"names": names})
    return redirect(there or offer.back)


def share_with_all(thing: ActionPlan | Entry, form: ShareForm) -> None:
    until, at = form.cleaned_data["until"], timezone.now()
    tell_shared([share(thing, viewer, until=until, at=at, via=via) for viewer, via in form.given()], at)


# -- an action plan ----------------------------------------------------------------------------------------


@allow(ActionPlan, "is_mine")
def plan_share(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    def give(form: ShareForm) -> None:
        share_with_all(plan, form)
        if form.cleaned_data.get("as_buddy"):
            plan.choose_buddy(form.cleaned_data["viewers"][0])

    offer = Offer(
        title=_("Share my action plan"),
        shown="portfolio/_plan_card.html",
        back=reverse("plan", args=[plan.pk]),
        give=give,
        context={"plan": plan},
        not_shown=_("Not your tips, and not what you write about how it went."),
        has_buddy=True,
    )
    return offer_page(request, offer)


# -- an entry ----------------------------------------------------------------------------------------------


@allow(Entry, "is_mine")
def entry_share(request: MemberRequest, entry: Entry) -> HttpResponse:
    offer = Offer(
        title=_("Share from my portfolio"),
        shown="portfolio/_entry_content.html",
        back=reverse("entry", args=[entry.pk]),
        give=lambda form: share_with_all(entry, form),
        context=what_it_says(entry),
        not_shown=_("Not who gave you feedback: that name is yours. What you change later, they see too."),
    )
    return offer_page(request, offer)


# -- all ---------------------------------------------------------------------------------------------------


@allow(Share, "is_given_by")
@require_POST
def share_revoke(request: MemberRequest, given: Share) -> HttpResponse:
    """Ends at once; of a POP all versions that this person could see."""
    if given.plan_version:
        end_shares(given.plan_version.plan, given.viewer, timezone.now())
    else:
        given.revoke(timezone.now())
    messages.success(request, _("%(name)s can't see it any more.") % {"name": given.viewer.name})
    return redirect(given.address)


@members
def shared_with_me(request: MemberRequest) -> HttpResponse:
    rows = Share.objects.open_to(request.user).with_things().order_by("owner__name", "-made_at")
    return render(request, "portfolio/shared_with_me.html", {"shares": rows})
