"""The hand-over: its list, its day, the press that ends a consultant's access, and looking back later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused, StaleMove
from schools.hand_over import consultants_of, move_day
from schools.models import Trajectory, TrajectoryLookBack
from schools.requests import MemberRequest, posted, told

from ..checklist import may_tick, tick, ticked
from ..forms import DayForm, LookBackForm, TickForm
from ..handing_over import hand_over_now
from ..overview import rights


@allow(Trajectory, "can_be_designed_by")
def hand_over(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    form = DayForm(initial={"day": trajectory.hand_over_on})
    return hand_over_page(request, trajectory, form)


def hand_over_page(
    request: MemberRequest, trajectory: Trajectory, form: DayForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    points = ticked(trajectory)
    context = {
        "trajectory": trajectory,
        "form": form,
        "points": points,
        "open_points": {
            point.key for point, found in points if may_tick(trajectory, point.key, found, request.user)
        },
        "ticked": sum(1 for _point, tick in points if tick),
        "consultants": consultants_of(trajectory.school, today),
        "moves": trajectory.hand_over_moves.select_related("by"),
        "look_backs": trajectory.look_backs.all(),
        **rights(trajectory, request.user, today),
    }
    return render(request, "introduction/hand_over.html", context, status=status)


@allow(Trajectory, "can_be_designed_by")
@require_POST
def tick_point(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    form = TickForm(request.POST)
    if form.is_valid():
        with told(request):
            tick(trajectory, form.cleaned_data["key"], form.cleaned_data["on"], request.user)
    else:
        messages.error(request, _("That point is not on the list."))
    return redirect("hand_over", trajectory.pk)


@allow(Trajectory, "can_be_steered_by")
@require_POST
def move_hand_over(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    """Only from inside: a consultant never lengthens their own access."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return hand_over_page(request, trajectory, form, 422)
    try:
        move_day(trajectory, form.cleaned_data["day"], request.user, timezone.now())
    except (MoveRefused, StaleMove) as refused:
        form.add_error("day", str(refused))
        return hand_over_page(request, trajectory, form, 422)
    messages.success(request, _("The day is moved. The consultant's access moves along."))
    return redirect("hand_over", trajectory.pk)


@allow(Trajectory, "can_be_steered_by")
@require_POST
def hand_over_today(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    with told(request):
        hand_over_now(trajectory, request.user, timezone.now())
        messages.success(request, _("Handed over. From now on it is yours."))
    return redirect("hand_over", trajectory.pk)


@allow(TrajectoryLookBack, "can_be_written_by")
def change_look_back(request: MemberRequest, look_back: TrajectoryLookBack) -> HttpResponse:
    form = LookBackForm(posted(request), instance=look_back)
    context: dict[str, Any] = {"look_back": look_back, "trajectory": look_back.trajectory, "form": form}
    if form.is_valid():
        try:
            form.keep()
        except StaleMove as stale:
            form.add_error(None, str(stale))
            context["beside"] = form.beside()
        else:
            messages.success(request, _("Saved."))
            return redirect("hand_over", look_back.trajectory_id)
    return render(request, "introduction/look_back.html", context)
