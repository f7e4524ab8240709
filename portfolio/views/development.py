"""Pages of the POP for its owner: from its start to its closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from coaching.lib.states import MoveRefused, StaleMove
from schools.models import SchoolYear
from schools.requests import MemberRequest, posted, told
from schools.submissions import once

from ..cards import Cards
from ..forms.development import ClosingForm, StrengthsForm
from ..models import DevelopmentPlan, Goal
from ..pop import erase_pop, pop_of, reopen_pop, start_pop, take_over, year_after
from ..share_panel import pop_panel
from ..two_versions import Difference, shown
from .goals import picking


@members
def my_pop(request: MemberRequest) -> HttpResponse:
    """The POP of this school year; without one, how to start it."""
    today = timezone.localdate()
    if plan := pop_of(request.user, today):
        return redirect("pop", plan.pk)
    year, others = SchoolYear.read(today), list(DevelopmentPlan.objects.visible_to(request.user))
    before = next((plan for plan in others if plan.year.starts < year.starts), None)
    context = {"year": year, "others": others, "before": before}
    return render(request, "portfolio/pop/none.html", context)


@members
@require_POST
def pop_start(request: MemberRequest) -> HttpResponse:
    return redirect("pop", start_pop(request.user, timezone.localdate()).pk)


@allow(DevelopmentPlan, "is_mine")
def pop(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    """The owner's own text: to write in while it is open, to read once it is closed."""
    plan.owner = request.user
    context: dict[str, Any] = {
        "plan": plan,
        "others": plan.others,
        "cards": Cards(plan, request.user),
        "nearly_over": plan.is_nearly_over(timezone.localdate()),
        "sharing": pop_panel(plan),
        "versions": list(plan.versions.all()),
    }
    if plan.is_closed:
        after = SchoolYear(starts=year_after(plan, timezone.localdate()))
        context["next_year"] = (
            after if after.starts not in {each.year.starts for each in plan.others} else None
        )
        return render(request, "portfolio/pop/closed.html", context)
    return render(request, "portfolio/pop/pop.html", context)


@allow(DevelopmentPlan, "is_mine")
def pop_strengths(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    form = StrengthsForm(posted(request), row=plan, owner=request.user)
    return picking(request, form, plan, _("My strengths"), "pop-standing")


# -- to the end and on -------------------------------------------------------------------------------------


@allow(DevelopmentPlan, "is_mine")
def pop_close(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    goals = list(plan.goals.all())
    form = ClosingForm(posted(request), plan=plan, goals=goals, writer=request.user)
    if form.is_valid():
        try:
            once(form.cleaned_data["once_key"], lambda: form.close(request.user, timezone.now()))
        except StaleMove:
            return closing_twice(request, form)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("pop", plan.pk)
        form.drop_drafts()
        messages.success(request, _("Closed. Well done: you looked back on a whole year."))
        return redirect("pop", plan.pk)
    return closing(request, form)


def closing(request: MemberRequest, form: ClosingForm, status: int = 200, **more: Any) -> HttpResponse:
    parts = [
        (goal, [form[f"{name}_{goal.pk}"] for name in ("outcome", "learned", "next_step")])
        for goal in form.goals
    ]
    context = {"form": form, "plan": form.plan, "parts": parts, **more}
    return render(request, "portfolio/pop/close.html", context, status=status)


def closing_twice(request: MemberRequest, refused: ClosingForm) -> HttpResponse:
    """The plan was saved elsewhere in the meantime: both texts, and the writer's own still in the form."""
    plan = DevelopmentPlan.objects.select_related("year").get(pk=refused.plan.pk)
    goals = list(Goal.objects.filter(plan=plan))
    saved = {"looking_back": plan.looking_back, **ClosingForm.saved_of(goals)}
    rows = [
        Difference(str(refused.fields[name].label), shown(saved.get(name)), shown(typed))
        for name, typed in refused.written().items()
        if saved.get(name) != typed
    ]
    data = request.POST.copy()
    data["seen"] = str(plan.version)
    form = ClosingForm(data, plan=plan, goals=goals, writer=request.user)
    form.is_valid()
    return closing(request, form, 409, rows=rows, differs=True)


@allow(DevelopmentPlan, "is_mine")
@require_POST
def pop_reopen(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    with told(request):
        reopen_pop(plan, request.user, timezone.now())
        messages.success(request, _("It is open again: you can go on writing."))
    return redirect("pop", plan.pk)


@allow(DevelopmentPlan, "is_mine")
@require_POST
def pop_next(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    with told(request):
        after = take_over(plan, timezone.localdate())
        messages.success(request, _("What was still open stands in this plan now."))
        return redirect("pop", after.pk)
    return redirect("my_pop")


@allow(DevelopmentPlan, "is_mine")
def pop_delete(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    if request.method != "POST":
        context = {"plan": plan, "goals": plan.goals.count(), "versions": plan.versions.count()}
        return render(request, "portfolio/pop/delete.html", context)
    erase_pop(plan)
    messages.success(request, _("Deleted."))
    return redirect("my_pop")
