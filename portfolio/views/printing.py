"""Documents: a POP, a choice out of the portfolio, the difference between two versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from coaching.lib.access import allow, members
from coaching.lib.printing import pdf_page
from schools.requests import MemberRequest

from ..forms.printing import SectionsForm, SelectionForm
from ..models import DevelopmentPlan, PlanVersion
from ..papers import SECTIONS, difference_paper, plan_paper, version_paper
from ..selections import selection_paper
from ..sharing import note_opening
from ..versions import newest


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
def version_difference_pdf(request: MemberRequest, version: PlanVersion, other: int) -> HttpResponse:
    """Between two versions of one POP that the reader may both see; the order of the address does not matter."""
    beside = PlanVersion.objects.visible_to(request.user).filter(plan=version.plan)
    pair = sorted((version, get_object_or_404(beside, pk=other)), key=lambda each: each.number)
    if not version.is_mine(request.user):
        for opened in pair:
            note_opening(opened, request.user, timezone.now())
    return pdf_page(request, difference_paper(pair[0], pair[1], request.user))


@allow(DevelopmentPlan, "is_mine")
def pop_difference_pdf(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    """What the owner changed since they shared it last."""
    last = newest(plan)
    if last is None:
        return redirect("pop_difference", pk=plan.pk)  # it says why there is nothing to compare
    return pdf_page(request, difference_paper(last, None, request.user))


@members
def portfolio_pdf(request: MemberRequest) -> HttpResponse:
    """What its owner ticks of their own portfolio, the newest first."""
    form = SelectionForm(request.GET, owner=request.user)
    if not form.is_valid():
        return render(request, "portfolio/print_portfolio.html", {"form": form})
    chosen, pictures = form.cleaned_data["entries"], form.cleaned_data["pictures"]
    return pdf_page(request, selection_paper(request.user, chosen, pictures, timezone.localdate()))
