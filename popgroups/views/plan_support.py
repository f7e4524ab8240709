"""What a director promises a group for its GOP: said, changed, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from schools.requests import MemberRequest, posted, told
from schools.submissions import once

from ..models import GroupPlanVersion, SupportPromise
from ..plan_review_forms import PromiseForm
from ..plan_reviews import standing_versions
from ..plan_support import change, promise, withdraw


@allow(GroupPlanVersion, "can_be_answered_by")
def plan_promise(request: MemberRequest, version: GroupPlanVersion) -> HttpResponse:
    form = PromiseForm(posted(request))
    if form.is_valid():
        plan, what = version.plan, form.promised()
        with told(request):
            once(form.cleaned_data["once_key"], lambda: promise(plan, request.user, timezone.now(), **what))
            messages.success(request, _("Promised. The group sees it, and hours are in their budget."))
        return back_to(standing_versions(plan).filter(pk=version.pk).first())
    context = {"form": form, "plan": version.plan, "version": version, "document": version.content}
    return render(request, "popgroups/review/promise.html", context)


@allow(SupportPromise, "can_be_changed_by")
def change_promise(request: MemberRequest, old: SupportPromise) -> HttpResponse:
    """Another promise in its place; the one before stays in the history."""
    version = standing_versions(old.plan).first()
    form = PromiseForm(posted(request), initial=as_typed(old))
    if form.is_valid():
        what = form.promised()
        with told(request):
            once(form.cleaned_data["once_key"], lambda: change(old, request.user, timezone.now(), **what))
            messages.success(request, _("Changed. What you promised before stays in the history."))
        return back_to(version)
    context = {"form": form, "plan": old.plan, "version": version, "old": old}
    return render(request, "popgroups/review/promise.html", context)


def as_typed(old: SupportPromise) -> dict[str, Any]:
    hours = old.minutes / 60 if old.minutes else None
    return {"kind": old.kind, "minutes": hours, "euros": old.euros, "text": old.text}


@allow(SupportPromise, "can_be_changed_by")
@require_POST
def withdraw_promise(request: MemberRequest, old: SupportPromise) -> HttpResponse:
    with told(request):
        withdraw(old, timezone.now())
        messages.success(request, _("No longer promised. The history says that it was."))
    return back_to(standing_versions(old.plan).first())


def back_to(version: GroupPlanVersion | None) -> HttpResponse:
    return redirect("plan_version", pk=version.pk) if version else redirect("home")
