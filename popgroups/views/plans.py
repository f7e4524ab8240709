"""The GOP of a group for its members: begun, agreed on, handed in, run, looked back on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from popgroups.adopting import (
    Says,
    agree,
    amend,
    ask_change,
    hand_in,
    hand_in_review,
    let_read,
    read_by,
    reopen,
    take_back,
    take_back_answer,
)
from popgroups.models import GroupMember, GroupPlan, GroupPlanState, PlanReader, PopGroup, Purpose
from popgroups.plan_cards import PlanCards
from popgroups.plan_comments import said_of
from popgroups.plan_differences import differences
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_forms import HandInForm, ReaderForm, SeenForm, WishForm
from popgroups.plan_goals import start_plan
from popgroups.plan_presence import stamp_of
from popgroups.plan_reading import readable
from popgroups.plan_reviews import answered, newest
from schools.requests import MemberRequest, posted, told

from .plan_writing import plan_page


@allow(PopGroup, "has_member")
def new_group_plan(request: MemberRequest, group: PopGroup) -> HttpResponse:
    """What a GOP is, and a button that begins one; once there is one, that one."""
    if request.method == "POST":
        return redirect("group_plan", start_plan(group, request.user, timezone.now()).pk)
    if plan := GroupPlan.objects.filter(group=group).first():
        return redirect("group_plan", plan.pk)
    return render(request, "popgroups/plan/none.html", {"group": group})


@allow(GroupPlan)
def group_plan(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    """The living text: cards to write in, or to read while it lies with the director or runs."""
    says = Says(plan, timezone.localdate())
    context = {
        "plan": plan,
        "says": says,
        "mine": says.of(request.user),
        "cards": PlanCards(plan, request.user, [say.member for say in says.all]),
        "stamp": stamp_of(plan, says.answers),
        "wish_form": WishForm(),
        **versions_of(plan, says),
    }
    if plan.is_writable:
        return render(request, "popgroups/plan/plan.html", context)
    context["document"] = readable(says.document)
    return render(request, "popgroups/plan/handed_in.html", context)


def versions_of(plan: GroupPlan, says: Says) -> dict[str, Any]:
    """The newest first; ``newest``: what others read now; ``unchanged``: the plan still says the same.

    ``condition``: the version agreed to, provided that something that was not taken care of yet.
    """
    versions: list[Any] = list(answered(plan.versions.all()).order_by("-number"))
    last = next((each for each in versions if not each.withdrawn_at), None)
    unchanged = last is not None and digest_of(last.content) == says.digest
    handed_in = next(
        (each for each in versions if each.purpose == Purpose.PLAN and not each.withdrawn_at), None
    )
    return {
        "versions": versions,
        "newest": last,
        "unchanged": unchanged,
        "said": said_of(handed_in) if handed_in else None,
        "handed_in": handed_in,
        "condition": handed_in if handed_in and handed_in.provided else None,
    }


# -- everybody's yes ---------------------------------------------------------------------------------------


def place_in(plan: GroupPlan, request: MemberRequest) -> GroupMember:
    place = plan.group.place_of(request.user)
    if place is None:
        raise Http404
    return place


@allow(GroupPlan)
@require_POST
def group_plan_agree(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    with told(request):
        done = agree(plan, place_in(plan, request), seen, timezone.now())
        messages.success(
            request, _("Everybody said yes: the plan is adopted.") if done else _("Your yes is noted.")
        )
    return redirect(plan_page(plan, "agreeing"))


@allow(GroupPlan)
def group_plan_wish(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    form = WishForm(posted(request))
    if form.is_valid():
        with told(request):
            ask_change(plan, place_in(plan, request), form.cleaned_data["wish"], timezone.now())
            messages.success(request, _("Your group reads what you would like to change."))
        return redirect(plan_page(plan, "agreeing"))
    context = {"form": form, "title": _("What should change?"), "plan": plan, "back": plan_page(plan)}
    return render(request, "popgroups/plan/choose.html", context, status=422 if form.is_bound else 200)


@allow(GroupPlan)
@require_POST
def group_plan_answer_take_back(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    with told(request):
        take_back_answer(plan, place_in(plan, request), timezone.now())
        messages.success(request, _("You have not answered yet."))
    return redirect(plan_page(plan, "agreeing"))


# -- handing in --------------------------------------------------------------------------------------------


@allow(GroupPlan)
def group_plan_hand_in(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    """First exactly who will read what; then, once that is sent, it is handed in."""
    if request.method == "POST":
        form = HandInForm(request.POST)
        seen = form.cleaned_data["seen"] if form.is_valid() else ""
        with told(request):
            hand_in(plan, request.user, seen, timezone.now())
            messages.success(request, _("Handed in. The director reads it now."))
        return redirect("group_plan", plan.pk)
    says = Says(plan, timezone.localdate())
    if not says.all_agree or not plan.is_writable:
        messages.info(request, _("Not everybody has said yes to this text yet."))
        return redirect(plan_page(plan, "agreeing"))
    return shown_first(request, plan, Purpose.PLAN, says.document)


@allow(GroupPlan)
def group_plan_review(request: MemberRequest, plan: GroupPlan, purpose: str) -> HttpResponse:
    """How it goes halfway, or how it went: first exactly who will read what."""
    if purpose not in (Purpose.MIDTERM, Purpose.EVALUATION):
        raise Http404
    if request.method == "POST":
        form = HandInForm(request.POST)
        seen = form.cleaned_data["seen"] if form.is_valid() else ""
        with told(request):
            hand_in_review(plan, Purpose(purpose), request.user, seen, timezone.now())
            messages.success(request, _("Handed in. The director reads it now."))
        return redirect("group_plan", plan.pk)
    document = document_of(plan)
    if plan.state != GroupPlanState.RUNNING:
        messages.info(request, _("You can look back once the plan runs."))
        return redirect("group_plan", plan.pk)
    if not document[purpose]:
        messages.info(request, _("First write down how you look back."))
        return redirect(plan_page(plan, purpose))
    return shown_first(request, plan, Purpose(purpose), document)


def shown_first(
    request: MemberRequest, plan: GroupPlan, purpose: Purpose, document: dict[str, Any]
) -> HttpResponse:
    context = {
        "plan": plan,
        "purpose": purpose,
        "document": readable(document),
        "readers": read_by(plan, timezone.localdate()),
        "form": HandInForm(initial={"seen": digest_of(document)}),
    }
    return render(request, "popgroups/plan/hand_in.html", context)


@allow(GroupPlan)
def group_plan_take_back(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    """First what it does, as a colleague may do it to all; then it is taken back."""
    if request.method != "POST":
        return render(request, "popgroups/plan/take_back.html", {"plan": plan, "last": newest(plan)})
    with told(request):
        take_back(plan, request.user, timezone.now())
        messages.success(
            request,
            _("Taken back. Only your group reads it now; what was promised for it is promised no longer."),
        )
    return redirect("group_plan", plan.pk)


@allow(GroupPlan)
@require_POST
def group_plan_amend(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    with told(request):
        amend(plan, request.user, timezone.now())
        messages.success(request, _("You can write in it. What was agreed on stays as it was handed in."))
    return redirect("group_plan", plan.pk)


@allow(GroupPlan)
@require_POST
def group_plan_reopen(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    with told(request):
        reopen(plan, request.user, timezone.now())
        messages.success(request, _("The plan is running again."))
    return redirect("group_plan", plan.pk)


# -- what changed ------------------------------------------------------------------------------------------


@allow(GroupPlan)
def group_plan_difference(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    """From what was handed in last to what the plan says now."""
    last = plan.versions.order_by("-number").first()
    if last is None:
        messages.info(request, _("Nothing was handed in yet, so there is nothing to compare it with."))
        return redirect("group_plan", plan.pk)
    context = {"plan": plan, "old": last, "changes": differences(last.content, document_of(plan))}
    return render(request, "popgroups/plan/difference.html", context)


@allow(GroupPlan)
def group_plan_since_yes(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    """From what the reader answered to last to what the plan says now."""
    answer = plan.answer_of(place_in(plan, request))
    if answer is None or not answer.content:
        messages.info(request, _("You have not answered yet."))
        return redirect("group_plan", plan.pk)
    context = {"plan": plan, "answer": answer, "changes": differences(answer.content, document_of(plan))}
    return render(request, "popgroups/plan/difference.html", context)


# -- who reads along ---------------------------------------------------------------------------------------


@allow(GroupPlan)
def group_plan_readers(request: MemberRequest, plan: GroupPlan) -> HttpResponse:
    form = ReaderForm(posted(request), plan=plan)
    if form.is_valid():
        let_read(plan, form.cleaned_data["person"], request.user, timezone.now())
        messages.success(request, _("They can read what you hand in, until one of you ends it."))
        return redirect("group_plan_readers", plan.pk)
    rows = plan.readers.in_force().select_related("person", "by").order_by("at", "pk")
    context = {"plan": plan, "form": form, "rows": rows}
    return render(request, "popgroups/plan/readers.html", context, status=422 if form.is_bound else 200)


@allow(PlanReader)
@require_POST
def plan_reader_end(request: MemberRequest, reader: PlanReader) -> HttpResponse:
    reader.end(timezone.now())
    messages.success(request, _("They can't read it any more."))
    return redirect("group_plan_readers", reader.plan_id)
