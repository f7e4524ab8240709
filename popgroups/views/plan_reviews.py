"""A GOP that was handed in: the director's queue, one version, its answer and what is said about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.printing import pdf_page
from coaching.lib.states import MoveRefused, StaleMove
from schools.calendar_forms import YearForm
from schools.models import School, SchoolYear, User
from schools.requests import MemberRequest, told
from schools.submissions import once

from ..models import GroupPlanVersion, PlanComment, Purpose, Reaction
from ..plan_comments import take_back, threads, write_comment
from ..plan_differences import differences
from ..plan_history import DONE, before, history, promises_of, queue, turn, versions_for
from ..plan_papers import difference_paper, version_paper
from ..plan_reading import readable
from ..plan_review_forms import CommentForm, ReactionForm
from ..plan_reviews import fresh_reaction, react, take_back_reaction, take_care, until


@allow(School, "is_directed_by")
def plan_queue(request: MemberRequest, school: School) -> HttpResponse:
    year, day = YearForm.chosen(request.GET), timezone.localdate()
    lines = queue(school, year, request.user, day)
    years = {row.starts: row for row in SchoolYear.objects.filter(groups__school=school)}
    context = {
        "school": school,
        "year": year,
        "years": [row for _starts, row in sorted((years | {year.starts: year}).items())],
        "lines": lines,
    }
    return render(request, "popgroups/review/queue.html", context)


@allow(GroupPlanVersion)
def plan_version(request: MemberRequest, version: GroupPlanVersion) -> HttpResponse:
    return version_page(request, version)


def version_page(
    request: MemberRequest,
    version: GroupPlanVersion,
    *,
    status: int = 200,
    reaction: ReactionForm | None = None,
    comment: CommentForm | None = None,
) -> HttpResponse:
    """``reaction`` and ``comment``: forms that were sent and not accepted, with what was typed in them."""
    context = about(version, request)
    context["threads"] = threads(version, request.user, timezone.now(), comment)
    if context["can_answer"] or reaction:
        if fresh := fresh_reaction(context["version"], request.user, timezone.now()):
            context |= {"fresh": fresh, "fresh_until": until(fresh.at)}
        context["reaction"] = reaction or ReactionForm()  # what was typed stays, also when it comes too late
    return render(request, "popgroups/review/version.html", context, status=status)


def about(version: GroupPlanVersion, request: MemberRequest) -> dict[str, Any]:
    plan = version.plan
    versions, promises = versions_for(plan, request.user), promises_of(plan)
    return {
        **read_in(version, versions),
        **may_do(version, versions, request.user),
        "turn": turn(plan),
        "history": history(plan, versions, promises, request.user),
        "promises": [each for each in promises if not each.withdrawn_at],
    }


def read_in(version: GroupPlanVersion, versions: list[Any]) -> dict[str, Any]:
    """What it says, and what is other than in the one to compare it with."""
    this = next(each for each in versions if each.pk == version.pk)
    old = before(this, versions)
    later = (each for each in reversed(versions) if each.number > version.number and not each.withdrawn_at)
    return {
        "version": this,
        "document": readable(version.content),
        "old": old,
        "changes": differences(old.content, version.content) if old else [],
        "newer": next(later, None),
    }


def may_do(version: GroupPlanVersion, versions: list[Any], reader: User) -> dict[str, bool]:
    """By the rules of the version; only the newest plan is answered, and not once that is done."""
    plans = [each.pk for each in versions if each.purpose == Purpose.PLAN and not each.withdrawn_at]
    is_newest = plans[-1:] == [version.pk]
    directs = version.can_be_answered_by(reader)
    return {
        "can_answer": directs and is_newest and turn(version.plan) != DONE,
        "can_comment": version.can_be_commented_by(reader),
        "directs": directs,
        "is_member": version.has_member(reader),
    }


@allow(GroupPlanVersion)
def plan_version_difference(request: MemberRequest, version: GroupPlanVersion, other: int) -> HttpResponse:
    """From the older to the newer of the two, whichever comes first in the address."""
    old, new = pair(request, version, other)
    changes = differences(old.content, new.content)
    context = {"old": old, "new": new, "changes": changes, "version": version}
    return render(request, "popgroups/review/difference.html", context)


def pair(request: MemberRequest, version: GroupPlanVersion, other: int) -> tuple[GroupPlanVersion, ...]:
    """Both as the reader may see them; of another plan there is none."""
    beside = GroupPlanVersion.objects.visible_to(request.user).filter(plan=version.plan)
    return tuple(sorted((version, get_object_or_404(beside, pk=other)), key=lambda each: each.number))


@allow(GroupPlanVersion)
def plan_version_pdf(request: MemberRequest, version: GroupPlanVersion) -> HttpResponse:
    return pdf_page(request, version_paper(version))


@allow(GroupPlanVersion)
def plan_version_difference_pdf(
    request: MemberRequest, version: GroupPlanVersion, other: int
) -> HttpResponse:
    old, new = pair(request, version, other)
    return pdf_page(request, difference_paper(old, new))


# -- answering and commenting ------------------------------------------------------------------------------


@allow(GroupPlanVersion, "can_be_answered_by")
@require_POST
def plan_react(request: MemberRequest, version: GroupPlanVersion) -> HttpResponse:
    form = ReactionForm(request.POST)
    if not form.is_valid():
        return version_page(request, version, reaction=form, status=422)
    data = form.cleaned_data
    try:
        once(
            data["once_key"],
            lambda: react(version, data["answer"], data["text"], request.user, timezone.now()),
        )
    except (MoveRefused, StaleMove) as late:
        messages.warning(request, str(late))
        return version_page(request, version, reaction=form, status=409)
    messages.success(request, _("The group sees your answer now, and gets a mail that there is one."))
    return redirect("plan_version", pk=version.pk)


@allow(Reaction, "can_be_taken_back_by")
@require_POST
def plan_take_back_reaction(request: MemberRequest, reaction: Reaction) -> HttpResponse:
    with told(request):
        take_back_reaction(reaction, request.user, timezone.now())
        messages.success(request, _("Your reaction is taken back. The group gets a mail that says so."))
    return redirect("plan_version", pk=reaction.version_id)


@allow(GroupPlanVersion, "has_member")
@require_POST
def plan_take_care(request: MemberRequest, version: GroupPlanVersion) -> HttpResponse:
    with told(request):
        take_care(version, request.user, timezone.now())
        messages.success(request, _("Noted, with the date. The director reads it in the history."))
    return redirect("group_plan", version.plan_id)


@allow(GroupPlanVersion, "can_be_commented_by")
@require_POST
def plan_comment(request: MemberRequest, version: GroupPlanVersion) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return version_page(request, version, comment=form, status=422)
    data = form.cleaned_data
    try:
        once(
            data["once_key"],
            lambda: write_comment(version, data["goal_key"], data["text"], request.user, timezone.now()),
        )
    except MoveRefused as refused:
        form.add_error("text", str(refused))
        return version_page(request, version, comment=form, status=422)
    return redirect(f"{reverse('plan_version', args=[version.pk])}#over-{data['goal_key']}")


@allow(PlanComment, "is_by")
@require_POST
def take_back_comment(request: MemberRequest, comment: PlanComment) -> HttpResponse:
    """Back to the newest version its writer may read; the page says where a comment went."""
    with told(request):
        take_back(comment, timezone.now())
        messages.success(request, _("Your comment is gone."))
    newest = versions_for(comment.plan, request.user)[-1]
    return redirect("plan_version", pk=newest.pk)
