"""The dossier: for all staff to read, for director and coordinator to fill in, for the PMR by its own link too."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coaching.lib.access import allow, public
from coaching.lib.printing import pdf_page
from coaching.lib.states import StaleMove
from coaching.visibility import VIEWERS
from schools.consents import by_token, works_at
from schools.models import ConsentLink, School
from schools.requests import MemberRequest, posted
from schools.submissions import once

from .content import Dossier, dossier_of
from .facts import facts_of, fill_in, versions_of
from .forms import FactsForm
from .papers import dossier_paper


@allow(School, "has_as_member")
def dossier(request: MemberRequest, school: School) -> HttpResponse:
    context = {
        "back": reverse("consents", args=[school.pk]),
        "paper": reverse("dossier_pdf", args=[school.pk]),
        "writes": school.people_can_be_managed_by(request.user),
    }
    return page(request, dossier_of(school, timezone.localdate()), context)


@allow(School, "has_as_member")
def dossier_pdf(request: MemberRequest, school: School) -> HttpResponse:
    back = reverse("dossier", args=[school.pk])
    return pdf_page(request, dossier_paper(dossier_of(school, timezone.localdate()), back))


@allow(School, "people_can_be_managed_by")
def fill_in_dossier(request: MemberRequest, school: School) -> HttpResponse:
    facts = facts_of(school)
    form = FactsForm(posted(request), instance=facts, initial={"seen": facts.version})
    if form.is_valid():
        data, at = form.cleaned_data, timezone.now()
        try:
            once(data["once_key"], lambda: fill_in(facts, seen=data["seen"], by=request.user, at=at))
        except StaleMove as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, _("Saved. The dossier has a new version number."))
            return redirect("dossier", school.pk)
    return render(request, "dossier/fill_in.html", {"school": school, "form": form})


@public
@never_cache
def pmr_dossier(request: HttpRequest, token: str) -> HttpResponse:
    school = school_of(token)
    context = {
        "back": reverse("pmr_consent", args=[token]),
        "paper": reverse("pmr_dossier_pdf", args=[token]),
    }
    return page(request, dossier_of(school, timezone.localdate()), context)


@public
@never_cache
def pmr_dossier_pdf(request: HttpRequest, token: str) -> HttpResponse:
    back = reverse("pmr_dossier", args=[token])
    return pdf_page(request, dossier_paper(dossier_of(school_of(token), timezone.localdate()), back))


def page(request: HttpRequest, made: Dossier, context: Mapping[str, object]) -> HttpResponse:
    words = {"dossier": made, "school": made.school, "viewers": VIEWERS, **context}
    words["versions"] = versions_of(made.school)
    return render(request, "dossier/dossier.html", words)


def school_of(token: str) -> School:
    """Of an open link that went to who is still a colleague; 404 for any other."""
    link: ConsentLink | None = by_token(token)
    if link is None or not link.is_open(timezone.now()) or not works_at(link.school, link.email):
        raise Http404
    return link.school
