"""What stays off until the PMR agrees: for all to see, for the PMR alone to confirm."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, public
from coaching.lib.states import MoveRefused

from ..consents import (
    MEANING,
    WHILE_OFF,
    addresses_behind,
    by_token,
    confirm,
    consents_of,
    gave_one_of,
    make_link,
    renew_link,
    withdraw,
    works_at,
)
from ..forms import ConsentLinkForm, PmrConsentForm
from ..models import ConsentKind, ConsentLink, School
from ..requests import MemberRequest, posted, told
from ..submissions import once


@allow(School, "has_as_member")
def consents(request: MemberRequest, school: School) -> HttpResponse:
    now = timezone.now()
    # Who comes from outside reads what was agreed to, and nobody's address.
    on_staff = school.has_on_staff(request.user)
    links = list(school.consent_links.select_related("made_by")) if on_staff else []
    given, taken_back = consents_of(school), list(school.consents.filter(revoked_at__isnull=False))
    addresses_behind([row for _kind, row in given if row] + taken_back, links)
    context = {
        "school": school,
        "kinds": [(kind, MEANING[kind], WHILE_OFF[kind], row) for kind, row in given],
        "on": labels_of(kind for kind, row in given if row),
        "off": labels_of(kind for kind, row in given if not row),
        "taken_back": taken_back,
        "links": [link for link in links if link.is_open(now)],
        "may_ask": school.people_can_be_managed_by(request.user),
        "may_renew": gave_one_of(links, [row for _kind, row in given if row], request.user),
    }
    return render(request, "schools/consents.html", context)


def labels_of(kinds: Iterable[ConsentKind]) -> str:
    return get_text_list([str(kind.label) for kind in kinds], _("and"))


@allow(School, "people_can_be_managed_by")
def ask_consent(request: MemberRequest, school: School) -> HttpResponse:
    form = ConsentLinkForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        words = data["name"], data["email"]
        try:
            once(data["once_key"], lambda: make_link(school, *words, request.user, timezone.now()))
        except MoveRefused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The link for %(name)s is on its way.") % {"name": data["name"]})
            return redirect("consents", school.pk)
    return render(request, "schools/ask_consent.html", {"school": school, "form": form})


@allow(School, "has_as_member")
@require_POST
def renew_consent_link(request: MemberRequest, school: School) -> HttpResponse:
    with told(request):
        renew_link(school, request.user, timezone.now())
        messages.success(request, _("A new link is on its way to %(email)s.") % {"email": request.user.email})
    return redirect("consents", school.pk)


@public
@never_cache
def pmr_consent(request: HttpRequest, token: str) -> HttpResponse:
    link = by_token(token)
    if link is None or not link.is_open(timezone.now()):
        return over(request, link)
    given = consents_of(link.school)
    form = PmrConsentForm(posted(request), consents=given)
    if form.is_valid():
        try:
            confirm(link, form.chosen(), form.cleaned_data["note"], timezone.now())
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. What you confirmed is on from now."))
            return redirect("pmr_consent", token)
    colleague = works_at(link.school, link.email)
    context = {"link": link, "token": token, "given": given, "form": form, "colleague": colleague}
    return render(request, "schools/pmr_consent.html", context)


@public
@never_cache
@require_POST
def pmr_withdraw(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    link = by_token(token)
    if link is None or not link.is_open(timezone.now()):
        return over(request, link)
    if kind not in ConsentKind.values:
        raise Http404
    with told(request):
        withdraw(link, kind, timezone.now())
        messages.success(request, _("Taken back. It is off from now."))
    return redirect("pmr_consent", token)


def over(request: HttpRequest, link: ConsentLink | None) -> HttpResponse:
    return render(request, "schools/link_over.html", status=410 if link else 404)
