"""Documents: a POP, a choice out of the portfolio, the difference between two versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from coaching.lib.access import allow
from coaching.lib.printing import pdf_page
from schools.requests import MemberRequest

from ..forms.printing import SectionsForm
from ..models import DevelopmentPlan, PlanVersion
from ..papers import SECTIONS, difference_paper, plan_paper, version_paper
from ..sharing import note_opening


@allow(DevelopmentPlan, "is_mine")
def pop_pdf(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    """The living text, for its owner alone."""
    form = SectionsForm(request.GET)
    if not form.is_valid():
        return render(request, "portfolio/print_pop.html", {"form": form, "plan": plan})
    return pdf_page(request, plan_paper(plan, form.cleaned_data["sections"], timezone.localdate()))


@allow(PlanVersion)
def version_pdf(request: MemberRequest, version: PlanVersion) -> HttpResponse:
    """Its owner chooses the parts; with whom it is shared gets it as it was shared."""
    if not version.is_mine(request.user):
        note_opening(version, request.user, timezone.now())
        return pdf_page(request, version_paper(version, request.user, SECTIONS, timezone.localdate()))
    form = SectionsForm(request.GET)
    if not form.is_valid():
        return render(request, "portfolio/print_pop.html", {"form": form, "version": version})
    sections = form.cleaned_data["sections"]
    return pdf_page(request, version_paper(version, request.user, sections, timezone.localdate()))


@allow(PlanVersion)
def difference_pdf(request: MemberRequest, version: PlanVersion, other: int) -> HttpResponse:
    """From one shared version to another of the same plan; only between versions that the reader may see."""
    shared = PlanVersion.objects.visible_to(request.user).filter(plan=version.plan_id)
    newer = get_object_or_404(shared, pk=other)
    for each in (version, newer):
        if not each.is_mine(request.user):
            note_opening(each, request.user, timezone.now())
    return pdf_page(request, difference_paper(version, newer, request.user))


@allow(PlanVersion, "is_mine")
def difference_now_pdf(request: MemberRequest, version: PlanVersion) -> HttpResponse:
    """From a shared version to the text as it stands, for its owner alone."""
    return pdf_page(request, difference_paper(version, None, request.user))
