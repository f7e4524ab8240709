"""Members write in the GOP of their group: its cards save themselves, goals and themes come and go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.markup import day
from popgroups.models import TAKEN_AWAY_KEPT, GroupActivity, GroupGoal, GroupPlan, GroupTheme, TakenAway
from popgroups.plan_forms import (
    PARTS,
    EditingForm,
    GoalReviewCard,
    GroupActivityCard,
    GroupGoalCard,
    PutBackForm,
    ServesForm,
    ThemesForm,
)
from popgroups.plan_goals import (
    add_activity,
    add_goal,
    is_blank,
    remove_activity,
    remove_goal,
    remove_theme,
    serve,
    set_lines,
    shift_goal,
    tick,
)
from popgroups.plan_presence import now, writes
from popgroups.plan_taken_away import can_come_back, nothing_saved, put_back
from portfolio.card_saving import save_card
from schools.requests import MemberRequest, asked_first, posted, told


def plan_page(plan: GroupPlan, card: str = "") -> str:
    return reverse("group_plan", args=[plan.pk]) + (f"#{card}" if card else "")


@allow(GroupPlan)
def group_plan_now(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    """What static/js/together.js asks every few seconds; by POST it also says where the reader writes."""
    at = timezone.now()
    if request.method == "POST":
        form = EditingForm(request.POST)
        if not form.is_valid():
            return JsonResponse({}, status=422)
        writes(plan, request.user, form.cleaned_data["field"], at)
    return JsonResponse(now(plan, request.user, at))


@allow(GroupPlan)
@require_POST
def group_plan_text(request: MemberRequest, plan: GroupPlan, part: str) -> HttpResponse:
    if part not in PARTS:
        raise Http404
    return save_card(request, PARTS[part](request.POST, instance=plan, writer=request.user))


@allow(GroupGoal)
@require_POST
def group_goal_save(request: MemberRequest, goal: GroupGoal) -> HttpResponse:
    return save_card(request, GroupGoalCard(request.POST, instance=goal, writer=request.user))


@allow(GroupGoal)
@require_POST
def group_goal_review(request: MemberRequest, goal: GroupGoal) -> HttpResponse:
    return save_card(request, GoalReviewCard(request.POST, instance=goal, writer=request.user))


@allow(GroupActivity)
@require_POST
def group_activity_save(request: MemberRequest, activity: GroupActivity) -> HttpResponse:
    return save_card(request, GroupActivityCard(request.POST, instance=activity, writer=request.user))


# -- goals -------------------------------------------------------------------------------------------------


@allow(GroupPlan)
@require_POST
def group_goal_add(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    with told(request):
        return redirect(plan_page(plan, f"groupgoal-{add_goal(plan, request.user, timezone.now()).pk}"))
    return redirect(plan_page(plan))


@allow(GroupGoal)
@require_POST
def group_goal_shift(request: MemberRequest, goal: GroupGoal) -> HttpResponse:
    with told(request):
        shift_goal(goal, request.user, timezone.now(), up=request.POST.get("to") == "up")
    return redirect(plan_page(goal.plan, f"groupgoal-{goal.pk}"))


@allow(GroupGoal)
def group_goal_remove(request: MemberRequest, goal: GroupGoal) -> HttpResponse:
    words: dict[str, Any] = {
        "title": _("Take this goal away?"),
        "thing": goal.title or _("A goal without a title yet"),
        "text": _("The goal and what you do for it go, for everybody in the group."),
    }
    if comes_back := not nothing_saved(goal):
        words["text"] += " " + until_when()
    back = plan_page(goal.plan, f"groupgoal-{goal.pk}")
    if question := asked_first(request, back, empty=is_blank(goal), comes_back=comes_back, **words):
        return question
    with told(request):
        say_taken_away(request, remove_goal(goal, request.user, timezone.now()))
    return redirect(plan_page(goal.plan))


def until_when() -> str:
    last = timezone.localdate() + dt.timedelta(days=TAKEN_AWAY_KEPT)
    return _("You can put it back until and including %(day)s.") % {"day": day(last)}


def say_taken_away(request: MemberRequest, kept: TakenAway | None) -> None:
    if kept:
        text = _(
            "Taken away. All of you can put it back until and including %(day)s: see the foot of this page."
        )
        messages.success(request, text % {"day": day(kept.last_day)})


@allow(GroupPlan)
def group_plan_taken_away(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    """What members took away, each with a button that puts it back."""
    form, at = PutBackForm(posted(request)), timezone.now()
    if form.is_valid():
        with told(request):
            card = put_back(plan, form.cleaned_data["key"], request.user, at)
            messages.success(request, _("It stands in your plan again."))
            return redirect(plan_page(plan, card))
    if form.is_bound:
        return redirect("group_plan_taken_away", plan.pk)
    rows = can_come_back(at).filter(plan=plan).select_related("by")
    return render(
        request, "popgroups/plan/taken_away.html", {"plan": plan, "rows": rows, "days": TAKEN_AWAY_KEPT}
    )


@allow(GroupGoal)
def group_goal_serves(request: MemberRequest, goal: GroupGoal) -> HttpResponse:
    form, card = ServesForm(posted(request), goal=goal), f"groupgoal-{goal.pk}"
    if form.is_valid():
        data = form.cleaned_data
        with told(request):
            serve(goal, data["line"], data["competences"], data["seen"], request.user, timezone.now())
        return redirect(plan_page(goal.plan, card))
    context = {"form": form, "title": _("What does this goal serve?"), "thing": goal.title}
    return choosing(request, goal.plan, card, context)


def choosing(request: MemberRequest, plan: GroupPlan, card: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    context |= {"plan": plan, "back": plan_page(plan, card)}
    return render(request, "popgroups/plan/choose.html", context, status=status)


@allow(GroupGoal)
@require_POST
def group_activity_add(request: MemberRequest, goal: GroupGoal) -> HttpResponse:
    with told(request):
        activity = add_activity(goal, request.user, timezone.now())
        return redirect(plan_page(goal.plan, f"groupactivity-{activity.pk}"))
    return redirect(plan_page(goal.plan, f"groupgoal-{goal.pk}"))


@allow(GroupActivity)
def group_activity_remove(request: MemberRequest, activity: GroupActivity) -> HttpResponse:
    back = plan_page(activity.goal.plan, f"groupgoal-{activity.goal_id}")
    words = {"title": _("Take this away?"), "thing": activity.what or "–", "text": until_when()}
    if question := asked_first(request, back, empty=not activity.what, comes_back=True, **words):
        return question
    with told(request):
        say_taken_away(request, remove_activity(activity, request.user, timezone.now()))
    return redirect(back)


@allow(GroupActivity)
@require_POST
def group_activity_done(request: MemberRequest, activity: GroupActivity) -> HttpResponse:
    with told(request):
        tick(activity, timezone.localdate() if request.POST.get("done") else None)
    return redirect(plan_page(activity.goal.plan, f"groupgoal-{activity.goal_id}"))


# -- themes ------------------------------------------------------------------------------------------------


@allow(GroupPlan)
def group_plan_themes(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    form = ThemesForm(posted(request), plan=plan)
    if form.is_valid():
        data = form.cleaned_data
        with told(request):
            lines, shown = data.get("lines", []), form.shown_lines()
            set_lines(plan, lines, shown, data["own"], request.user, timezone.now())
        return redirect(plan_page(plan, "themes"))
    context = {"form": form, "title": _("What is our plan about?"), "has_lines": form.has_lines}
    return choosing(request, plan, "themes", context)


@allow(GroupTheme)
@require_POST
def group_theme_remove(request: MemberRequest, theme: GroupTheme) -> HttpResponse:
    with told(request):
        remove_theme(theme, request.user, timezone.now())
    return redirect(plan_page(theme.plan, "themes"))
