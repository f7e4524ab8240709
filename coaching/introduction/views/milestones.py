"""Milestones: added, changed, ticked and removed by whoever designs the trajectory."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import StaleMove
from schools.models import Milestone, Trajectory
from schools.requests import MemberRequest, posted
from schools.submissions import once

from ..forms import MilestoneForm


@allow(Trajectory, "can_be_designed_by")
def add_milestone(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    form = MilestoneForm(posted(request), instance=Milestone(trajectory=trajectory), reader=request.user)
    if form.is_valid():
        once(form.cleaned_data["once_key"], form.save)
        messages.success(request, _("Saved."))
        return redirect("trajectory", trajectory.pk)
    return render(request, "introduction/milestone.html", {"trajectory": trajectory, "form": form})


@allow(Milestone, "can_be_changed_by")
def change_milestone(request: MemberRequest, milestone: Milestone) -> HttpResponse:
    form = MilestoneForm(posted(request), instance=milestone, reader=request.user)
    context: dict[str, Any] = {"trajectory": milestone.trajectory, "milestone": milestone, "form": form}
    if form.is_valid():
        try:
            form.keep()
        except StaleMove as stale:
            form.add_error(None, str(stale))
            context["beside"] = form.beside()
        else:
            messages.success(request, _("Saved."))
            return redirect("trajectory", milestone.trajectory_id)
    return render(request, "introduction/milestone.html", context)


@allow(Milestone, "can_be_removed_by")
@require_POST
def remove_milestone(request: MemberRequest, milestone: Milestone) -> HttpResponse:
    milestone.delete()
    messages.success(request, _("“%(title)s” is removed.") % {"title": milestone.title})
    return redirect("trajectory", milestone.trajectory_id)


@allow(Milestone, "can_be_changed_by")
@require_POST
def milestone_done(request: MemberRequest, milestone: Milestone) -> HttpResponse:
    milestone.finish(timezone.localdate())
    messages.success(request, _("“%(title)s” is done.") % {"title": milestone.title})
    return redirect("trajectory", milestone.trajectory_id)


@allow(Milestone, "can_be_reopened_by")
@require_POST
def milestone_open(request: MemberRequest, milestone: Milestone) -> HttpResponse:
    milestone.reopen()
    messages.success(request, _("“%(title)s” is open again.") % {"title": milestone.title})
    return redirect("trajectory", milestone.trajectory_id)
