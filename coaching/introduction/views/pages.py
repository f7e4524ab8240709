"""The trajectory of a school: its plan, its goal, who designs it, its paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.printing import pdf_page
from coaching.lib.states import StaleMove
from schools.models import School, SchoolYear, Trajectory
from schools.requests import MemberRequest, posted, told
from schools.submissions import once

from .. import involved as verbs
from ..forms import InvolveForm, StartForm, TrajectoryForm
from ..overview import Plan, rights
from ..papers import trajectory_paper
from ..trajectories import start, years_offered


@allow(School, "introduction_can_be_seen_by")
def introduction(request: MemberRequest, school: School) -> HttpResponse:
    """That of the newest school year, or how to begin one."""
    newest = Trajectory.objects.visible_to(request.user).filter(school=school).first()
    if newest and newest.can_be_designed_by(request.user):
        return plan_page(request, newest)
    offered = school.people_can_be_managed_by(request.user)
    context = {"school": school, "may_start": offered, "is_closed": bool(newest)}
    return render(request, "introduction/none.html", context)


@allow(Trajectory, "can_be_designed_by")
def trajectory(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    return plan_page(request, trajectory)


def plan_page(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    today = timezone.localdate()
    years = trajectory.school.trajectories.exclude(pk=trajectory.pk).select_related("year")
    may = rights(trajectory, request.user, today)
    context = {
        "trajectory": trajectory,
        "school": trajectory.school,
        "plan": Plan(trajectory, today),
        "others": [each for each in years if may["inside"] or not each.is_handed_over(today)],
        **may,
    }
    return render(request, "introduction/trajectory.html", context)


@allow(School, "people_can_be_managed_by")
def start_introduction(request: MemberRequest, school: School) -> HttpResponse:
    form = StartForm(posted(request), years=years_offered(school, timezone.localdate()))
    if form.is_valid():
        year, key = SchoolYear(starts=form.cleaned_data["year"]), form.cleaned_data["once_key"]
        with told(request):
            once(key, lambda: start(school, year, request.user, timezone.now()))
            messages.success(request, _("Made. Go through it together and change what does not fit."))
        return redirect("introduction", school.pk)
    return render(request, "introduction/start.html", {"school": school, "form": form})


@allow(Trajectory, "can_be_designed_by")
def change_trajectory(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    form = TrajectoryForm(posted(request), instance=trajectory, reader=request.user)
    context: dict[str, Any] = {"trajectory": trajectory, "form": form}
    if form.is_valid():
        try:
            form.keep()
        except StaleMove as stale:
            form.add_error(None, str(stale))
            context["beside"] = form.beside()
        else:
            messages.success(request, _("Saved."))
            return redirect("trajectory", trajectory.pk)
    return render(request, "introduction/change_trajectory.html", context)


@allow(Trajectory, "can_be_designed_by")
def trajectory_pdf(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    return pdf_page(request, trajectory_paper(trajectory, request.user, timezone.localdate()))


@allow(Trajectory, "can_be_steered_by")
def involve(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    form = InvolveForm(posted(request), trajectory=trajectory)
    if form.is_valid():
        verbs.involve(trajectory, form.change(), request.user)
        messages.success(request, _("Saved."))
        return redirect("trajectory", trajectory.pk)
    return render(request, "introduction/involve.html", {"trajectory": trajectory, "form": form})


@allow(Trajectory, "involves")
@require_POST
def step_out(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    """Whoever takes part in the design stops with it; nobody has to agree."""
    trajectory.involved.filter(membership__person=request.user).delete()
    messages.success(request, _("You no longer take part in the design."))
    return redirect("home")
