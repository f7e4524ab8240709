"""The portfolio and its entries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.lib.access import allow, members
from schools.requests import MemberRequest
from schools.submissions import once

from ..forms.entries import EntryForm
from ..models import ActionPlan, Entry, KeptTip


@members
def portfolio(request: MemberRequest) -> HttpResponse:
    plans = list(ActionPlan.objects.filter(owner=request.user))
    context = {
        "entries": Entry.objects.filter(owner=request.user),
        "open_plans": [plan for plan in plans if plan.is_open],
        "closed_plans": [plan for plan in plans if not plan.is_open],
        "tips": KeptTip.objects.filter(owner=request.user).select_related("plan"),
    }
    return render(request, "portfolio/portfolio.html", context)


@members
def entry_new(request: MemberRequest) -> HttpResponse:
    form = EntryForm(request.POST or None, writer=request.user, drafts="entry:new")
    if request.method == "POST" and form.is_valid():
        once(form.cleaned_data["once_key"], form.make)
        form.drop_drafts()
        messages.success(request, _("It is in your portfolio."))
        return redirect("portfolio")
    return render(request, "portfolio/entry_new.html", {"form": form})


@allow(Entry, "is_mine")
def entry(request: MemberRequest, entry: Entry) -> HttpResponse:
    drafts = f"entry:{entry.pk}"
    form = EntryForm(request.POST or None, instance=entry, writer=request.user, drafts=drafts)
    if request.method == "POST" and form.is_valid():
        form.save()
        form.drop_drafts()
        messages.success(request, _("Saved."))
        return redirect("portfolio")
    return render(request, "portfolio/entry.html", {"form": form, "entry": entry})


@allow(Entry, "is_mine")
def entry_delete(request: MemberRequest, entry: Entry) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portfolio/delete.html", {"thing": entry, "back": "portfolio"})
    entry.erase()
    messages.success(request, _("Deleted."))
    return redirect("portfolio")
