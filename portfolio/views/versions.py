"""Versions of a POP: sharing one, reading one, signing it, and what changed between two."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.keys import keys_among
from coaching.lib.states import MoveRefused
from schools.models import User
from schools.requests import MemberRequest, asked_first

from ..differences import differences
from ..document import digest_of, document_of, readable, without_agreements
from ..forms.sharing import ShareForm
from ..models import DevelopmentPlan, PlanVersion, Signature, SignatureKind
from ..share_panel import pop_panel
from ..sharing import note_opening, one_leads, share_in_force
from ..versions import can_discuss, can_draw_up, newest, remove_version, share_plan, shown_to, sign, take_back
from .sharing import Offer, offer_page

WHAT_STAYS = gettext_lazy(
    "What you write after this stays yours until you share again. Of examples only the title shows, and "
    "what you agree on (hours, money, talk) only to who leads you."
)


@allow(DevelopmentPlan, "is_mine")
def pop_share(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    document, panel = document_of(plan), pop_panel(plan)
    seeing = [shares[0].viewer for shares in panel.now]
    whole = one_leads(picked(request, seeing), plan.owner_id)
    offer = Offer(
        title=_("Share my POP"),
        shown="portfolio/pop/_document.html",
        back=reverse("pop", args=[plan.pk]),
        give=partial(share_it, plan),
        context={"document": readable(document if whole else without_agreements(document))},
        not_shown=WHAT_STAYS,
        seen=digest_of(document),
        seeing=seeing,
        until=panel.until,
    )
    return offer_page(request, offer)


def share_it(plan: DevelopmentPlan, form: ShareForm) -> str:
    told = form.cleaned_data
    version = share_plan(plan, form.given(), seen=told["seen"], until=told["until"], at=timezone.now())
    return reverse("version", args=[version.pk])


def picked(request: MemberRequest, seeing: list[User]) -> list[int]:
    """Numbers of who is picked by the address or ticked; ``again`` picks who sees it already."""
    keys = request.GET.getlist("viewer") + request.POST.getlist("viewers")
    again = [viewer.pk for viewer in seeing] if request.GET.get("again") else []
    return keys_among(keys) + again


@allow(PlanVersion)
def version(request: MemberRequest, version: PlanVersion) -> HttpResponse:
    mine = version.is_mine(request.user)
    if not mine:
        note_opening(version, request.user, timezone.now())
    readers = PlanVersion.objects.visible_to(request.user).filter(plan=version.plan)
    others = [other for other in readers if other != version]
    context: dict[str, Any] = {
        "version": version,
        "document": readable(shown_to(version, request.user)),
        "others": others,
        "newer": next((other for other in reversed(others) if other.number > version.number), None),
        "signatures": [(each, each.name_for(request.user)) for each in version.signatures.all()],
        "mine": mine,
        "can_draw_up": can_draw_up(version, request.user),
        "can_discuss": not mine and can_discuss(version, request.user),
        "sharing": pop_panel(version.plan) if mine else None,
        "share": None if mine else share_in_force(version, request.user),
    }
    return render(request, "portfolio/pop/version.html", context)


@allow(PlanVersion)
def version_difference(request: MemberRequest, version: PlanVersion, other: int) -> HttpResponse:
    """What changed from the ``other`` version to this one; both have to be visible to the reader."""
    older = PlanVersion.objects.visible_to(request.user).filter(plan=version.plan, pk=other).first()
    if older is None:
        raise Http404
    if not version.is_mine(request.user):
        for opened in (version, older):
            note_opening(opened, request.user, timezone.now())
    old, new = sorted((older, version), key=lambda each: each.number)
    changes = differences(*(shown_to(each, request.user) for each in (old, new)))
    context = {"old": old, "new": new, "changes": changes, "version": version}
    return render(request, "portfolio/pop/difference.html", context)


@allow(DevelopmentPlan, "is_mine")
def pop_difference(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    """What the owner changed since they shared it last."""
    last = newest(plan)
    if last is None:
        messages.info(request, _("You have not shared this POP yet, so there is nothing to compare it with."))
        return redirect("pop_share", pk=plan.pk)
    changes = differences(last.content, document_of(plan))
    context = {"old": last, "new": None, "changes": changes, "version": last}
    return render(request, "portfolio/pop/difference.html", context)


@allow(PlanVersion, "is_mine")
def version_remove(request: MemberRequest, version: PlanVersion) -> HttpResponse:
    words: dict[str, Any] = {
        "title": _("Take this version away?"),
        "thing": _("Version %(number)s") % {"number": version.number},
        "text": _("Whoever you shared it with no longer sees it, and the names under it go. Your POP stays."),
    }
    if question := asked_first(request, reverse("pop", args=[version.plan_id]), empty=False, **words):
        return question
    remove_version(version, request.user, timezone.now())
    messages.success(request, _("That version is gone."))
    return redirect("pop", pk=version.plan_id)


@allow(PlanVersion)
@require_POST
def version_draw_up(request: MemberRequest, version: PlanVersion) -> HttpResponse:
    return signed(request, version, SignatureKind.DRAWN_UP)


@allow(PlanVersion)
@require_POST
def version_discuss(request: MemberRequest, version: PlanVersion) -> HttpResponse:
    return signed(request, version, SignatureKind.DISCUSSED)


def signed(request: MemberRequest, version: PlanVersion, kind: SignatureKind) -> HttpResponse:
    try:
        sign(version, kind, request.user, timezone.now())
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your name and today's date stand under it."))
    return redirect("version", pk=version.pk)


@allow(Signature, "is_by")
@require_POST
def signature_take_back(request: MemberRequest, signature: Signature) -> HttpResponse:
    version = signature.version_id
    take_back(signature, timezone.now())
    messages.success(request, _("Your name stands under it no more."))
    return redirect("version", pk=version)
