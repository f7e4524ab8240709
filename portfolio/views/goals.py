"""Goals of a POP: added, put in order, filled from the portfolio and from PAPs, and taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused
from schools.requests import MemberRequest, asked_first, posted, told
from schools.submissions import once

from ..forms.development import CompetencesForm, NoteForm, PickForm, ProofForm, ToPopForm
from ..goals import (
    add_action,
    add_goal,
    add_note,
    is_blank,
    remove_action,
    remove_goal,
    remove_note,
    shift_goal,
    take_up,
)
from ..models import ActionPlan, DevelopmentPlan, Goal, GoalAction, ProgressNote
from ..pop import pop_of, start_pop


def pop_page(plan: DevelopmentPlan, card: str = "") -> str:
    return reverse("pop", args=[plan.pk]) + (f"#{card}" if card else "")


def to_pop(plan: DevelopmentPlan, card: str = "") -> HttpResponse:
    return redirect(pop_page(plan, card))


@allow(DevelopmentPlan, "is_mine")
@require_POST
def goal_add(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    with told(request):
        return to_pop(plan, f"goal-{add_goal(plan).pk}")
    return to_pop(plan)


@allow(Goal, "is_mine")
@require_POST
def goal_shift(request: MemberRequest, goal: Goal) -> HttpResponse:
    with told(request):
        shift_goal(goal, up=request.POST.get("to") == "up")
    return to_pop(goal.plan, f"goal-{goal.pk}")


@allow(Goal, "is_mine")
def goal_remove(request: MemberRequest, goal: Goal) -> HttpResponse:
    words: dict[str, Any] = {
        "title": _("Take this goal away?"),
        "thing": goal.question or _("A goal without a question yet"),
        "text": _(
            "What you wrote in it goes, with its actions and its log. Your examples stay in your portfolio."
        ),
    }
    if question := asked_first(
        request, pop_page(goal.plan, f"goal-{goal.pk}"), empty=is_blank(goal), **words
    ):
        return question
    with told(request):
        remove_goal(goal)
    return to_pop(goal.plan)


@allow(GoalAction, "is_mine")
def action_remove(request: MemberRequest, action: GoalAction) -> HttpResponse:
    plan, card = action.goal.plan, f"goal-{action.goal_id}"
    text = _("The action plan (PAP) it came from stays.") if action.source else ""
    words: dict[str, Any] = {"title": _("Take this action away?"), "thing": action.what or "–", "text": text}
    if question := asked_first(request, pop_page(plan, card), empty=not action.what, **words):
        return question
    with told(request):
        remove_action(action)
    return to_pop(plan, card)


@allow(ProgressNote, "is_mine")
def note_remove(request: MemberRequest, note: ProgressNote) -> HttpResponse:
    plan, card = note.goal.plan, f"goal-{note.goal_id}"
    words: dict[str, Any] = {"title": _("Take this line away?"), "thing": note.text, "text": ""}
    if question := asked_first(request, pop_page(plan, card), **words):
        return question
    with told(request):
        remove_note(note)
    return to_pop(plan, card)


@allow(Goal, "is_mine")
@require_POST
def action_add(request: MemberRequest, goal: Goal) -> HttpResponse:
    with told(request):
        return to_pop(goal.plan, f"goalaction-{add_action(goal).pk}")
    return to_pop(goal.plan, f"goal-{goal.pk}")


@allow(Goal, "is_mine")
@require_POST
def note_add(request: MemberRequest, goal: Goal) -> HttpResponse:
    form = NoteForm(request.POST, goal=goal, writer=request.user)
    if not form.is_valid():
        context = {"form": form, "back": pop_page(goal.plan)}
        return render(request, "portfolio/pop/card.html", context, status=422)
    data = form.cleaned_data
    with told(request):
        once(data["once_key"], lambda: add_note(goal, data["text"], data["day"]))
        form.drop_drafts()
    return to_pop(goal.plan, f"goal-{goal.pk}")


# -- picked from the portfolio -----------------------------------------------------------------------------


@allow(Goal, "is_mine")
def goal_competences(request: MemberRequest, goal: Goal) -> HttpResponse:
    form = CompetencesForm(posted(request), row=goal, owner=request.user)
    return picking(request, form, goal.plan, _("Competences of this goal"), f"goal-{goal.pk}")


@allow(Goal, "is_mine")
def goal_proof(request: MemberRequest, goal: Goal) -> HttpResponse:
    form = ProofForm(posted(request), row=goal, owner=request.user)
    return picking(request, form, goal.plan, _("Examples from my portfolio"), f"goal-{goal.pk}")


def picking(
    request: MemberRequest, form: PickForm, plan: DevelopmentPlan, title: str, card: str
) -> HttpResponse:
    """A page to tick what belongs to a card."""
    if form.is_valid():
        with told(request):
            form.save()
        return to_pop(plan, card)
    context = {"form": form, "plan": plan, "title": title, "card": card, "field": form.field}
    return render(request, "portfolio/pop/pick.html", context, status=422 if form.is_bound else 200)


# -- from a PAP --------------------------------------------------------------------------------------------


@allow(ActionPlan, "is_mine")
def plan_to_pop(request: MemberRequest, pap: ActionPlan) -> HttpResponse:
    """Choose for which goal a PAP is done; without a POP it becomes the first goal of a new one."""
    plan = pop_of(request.user, timezone.localdate())
    goals = list(plan.goals.all()) if plan else []
    form = ToPopForm(posted(request), pap=pap, goals=goals)
    if form.is_valid():
        return taken_up(request, pap, form)
    return render(request, "portfolio/pop/from_plan.html", {"form": form, "pap": pap, "plan": plan})


def taken_up(request: MemberRequest, pap: ActionPlan, form: ToPopForm) -> HttpResponse:
    today = timezone.localdate()
    question = form.cleaned_data.get("question", "")
    with told(request):
        if not pap.may_go_to_pop:
            raise MoveRefused(_("A plan that you let go can't be put in your POP."))
        plan = start_pop(request.user, today, with_goal=False)
        action = take_up(pap, plan, form.chosen, today, question)
        messages.success(request, _("It is an action in your POP now. Only you see it."))
        return to_pop(plan, f"goalaction-{action.pk}")
    return redirect("plan", pap.pk)
