"""Saving the cards of a POP, by themselves while somebody writes or by their button."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from schools.requests import MemberRequest

from ..card_saving import save_card
from ..forms.cards import ActionCard, AgreementsCard, GoalCard, StandingCard
from ..models import DevelopmentPlan, Goal, GoalAction


@allow(DevelopmentPlan, "is_mine")
@require_POST
def pop_standing(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    return save_card(request, StandingCard(request.POST, instance=plan, writer=request.user))


@allow(DevelopmentPlan, "is_mine")
@require_POST
def pop_agreements(request: MemberRequest, plan: DevelopmentPlan) -> HttpResponse:
    return save_card(request, AgreementsCard(request.POST, instance=plan, writer=request.user))


@allow(Goal, "is_mine")
@require_POST
def goal_save(request: MemberRequest, goal: Goal) -> HttpResponse:
    return save_card(request, GoalCard(request.POST, instance=goal, writer=request.user))


@allow(GoalAction, "is_mine")
@require_POST
def action_save(request: MemberRequest, action: GoalAction) -> HttpResponse:
    return save_card(request, ActionCard(request.POST, instance=action, writer=request.user))
