"""Pages of action plans (PAP)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from coaching.lib.printing import Paper, pdf_page
from coaching.lib.states import MoveRefused, StaleMove
from schools.models import User
from schools.requests import MemberRequest
from schools.submissions import once

from ..forms.action_plans import NewPlanForm, PlanForm, ResultForm
from ..models import ActionPlan, GoalAction, PlanState
from ..share_panel import plan_panel
from ..sharing import note_opening, share_in_force, with_rests
from ..two_versions import Difference, shown

WORKED = (PlanState.TRIED, PlanState.DONE)


@members
def plan_new(request: MemberRequest) -> HttpResponse:
    form = NewPlanForm(request.POST or None, writer=request.user, drafts="plan:new")
    if request.method == "POST" and form.is_valid():
        made = once(form.cleaned_data["once_key"], form.make)
        form.drop_drafts()
        return redirect("plan", pk=made.pk) if made else redirect("portfolio")
    return render(request, "portfolio/plan_new.html", {"form": form})


@allow(ActionPlan)
def plan(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    if plan.is_mine(request.user):
        return own_plan(request, plan)
    note_opening(plan, request.user, timezone.now())
    context = {"plan": plan, "share": share_in_force(plan, request.user)}
    return render(request, "portfolio/plan_shared.html", context)


def own_plan(request: MemberRequest, plan: ActionPlan, status: int = 200, **forms: Any) -> HttpResponse:
    """The owner's page; a form that was refused comes back in it with what was typed."""
    context = {
        "plan": plan,
        "tips": plan.tips.all(),
        "moves": plan.moves.select_related("by"),
        "sharing": plan_panel(plan),
        "worked": plan.state in WORKED,
        "in_pop": GoalAction.objects.visible_to(request.user).filter(source=plan.source).last(),
        "result_form": ResultForm(plan=plan, writer=request.user),
        **forms,
    }
    return render(request, "portfolio/plan.html", context, status=status)


@allow(ActionPlan, "is_mine")
def plan_edit(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    form = plan_form(request.POST or None, plan)
    if request.method == "POST" and form.is_valid():
        try:
            once(form.cleaned_data["once_key"], form.rewrite)
        except StaleMove:
            return two_versions(request, form)
        form.drop_drafts()
        messages.success(request, _("Saved."))
        return redirect("plan", pk=plan.pk)
    return render(request, "portfolio/plan_edit.html", {"form": form, "plan": plan})


def plan_form(data: Any, plan: ActionPlan) -> PlanForm:
    return PlanForm(data, instance=plan, writer=plan.owner, drafts=f"plan:{plan.pk}")


def two_versions(request: MemberRequest, refused: PlanForm) -> HttpResponse:
    """Saved elsewhere in the meantime: both texts side by side, the writer's own still in the form."""
    saved = ActionPlan.objects.select_related("owner").get(pk=refused.instance.pk)
    typed = refused.written()
    rows = [
        Difference(str(refused[name].label), shown(getattr(saved, name)), shown(typed[name]))
        for name in typed
        if getattr(saved, name) != typed[name]
    ]
    data = request.POST.copy()
    data["seen"] = str(saved.version)
    context = {"plan": saved, "rows": rows, "form": plan_form(data, saved)}
    return render(request, "portfolio/plan_two_versions.html", context, status=409)


@allow(ActionPlan, "is_mine")
@require_POST
def plan_drop_drafts(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    plan_form(None, plan).drop_drafts()
    return redirect("plan_edit", pk=plan.pk)


@allow(ActionPlan, "is_mine")
@require_POST
def plan_result(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    form = ResultForm(request.POST, plan=plan, writer=request.user)
    if not form.is_valid():
        return result_refused(request, plan, form, 422)
    told, at = form.cleaned_data, timezone.now()
    try:
        once(
            told["once_key"],
            lambda: plan.record_result(told["result"], request.user, at, happened=told["happened"]),
        )
    except (MoveRefused, StaleMove):
        form.add_error("result", _("That can't follow from how the plan stands now. Choose again."))
        return result_refused(request, plan, form, 409)
    form.drop_drafts()
    messages.success(request, _("Kept. That is how you learn: by trying and looking back."))
    return redirect("plan", pk=plan.pk)


def result_refused(request: MemberRequest, plan: ActionPlan, form: ResultForm, status: int) -> HttpResponse:
    plan.refresh_from_db()
    form.offer(plan.next_states())
    return own_plan(request, plan, status=status, result_form=form)


@allow(ActionPlan, "is_mine")
@require_POST
def plan_success(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    plan.become_success(timezone.now())
    messages.success(request, _("It is among your successes. Only you see it."))
    return redirect("portfolio")


@allow(ActionPlan, "is_mine")
def plan_delete(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portfolio/delete.html", {"thing": plan, "is_plan": True})
    plan.erase()
    messages.success(request, _("Deleted."))
    return redirect("portfolio")


@allow(ActionPlan)
def plan_pdf(request: MemberRequest, plan: ActionPlan) -> HttpResponse:
    """Half a page of A4, to pin up or keep; for who may see the plan, with what they may see of it."""
    if not plan.is_mine(request.user):
        note_opening(plan, request.user, timezone.now())
    paper = Paper(
        html=render_to_string("portfolio/pdf/plan.html", card_of(plan, request.user)),
        title=_("Action plan (PAP)"),
        author=plan.owner.name,
        name=f"actieplan-{plan.pk}",
        back=reverse("plan", args=[plan.pk]),
    )
    return pdf_page(request, paper)


def card_of(plan: ActionPlan, reader: User) -> dict[str, Any]:
    """Tips are the owner's alone; a viewer reads only their own name behind "shared with"."""
    mine, today = plan.is_mine(reader), timezone.localdate()
    in_force = plan.shares.in_force().select_related("viewer")
    shares = with_rests(in_force, plan.owner, today).filter(rests=False, apart=False)
    schools = plan.owner.schools_as()
    return {
        "plan": plan,
        "school": schools[0].name if schools else "",
        "tips": plan.tips.all() if mine else [],
        "shares": shares if mine else shares.filter(viewer=reader),
        "today": today,
    }
