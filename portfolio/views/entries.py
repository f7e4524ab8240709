"""The portfolio and its entries."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from coaching.lib.states import StaleMove
from schools.requests import MemberRequest
from schools.submissions import once

from ..bundles import bundles_of
from ..forms.entries import EntryForm, FileForm, FilterForm, StartForm
from ..models import ActionPlan, Entry, EntryKind, KeptTip, Structure
from ..reading import what_it_says
from ..share_panel import entry_panel
from ..sharing import note_opening, share_in_force
from ..start import page_for_staff
from ..talents import Talents


@members
def portfolio(request: MemberRequest) -> HttpResponse:
    plans = list(ActionPlan.objects.filter(owner=request.user))
    form = FilterForm(request.GET, owner=request.user)
    context = {
        "filter": form,
        "asked": form.asked(),
        "bundles": bundles_of(request.user, **form.asked()),
        "open_plans": [plan for plan in plans if plan.is_open],
        "closed_plans": [plan for plan in plans if not plan.is_open],
        "talents": Talents(request.user),
        "start_page": page_for_staff(request.user),
        "tips": list(KeptTip.objects.filter(owner=request.user).select_related("plan")),
    }
    return render(request, "portfolio/portfolio.html", context)


@members
def entry_new(request: MemberRequest) -> HttpResponse:
    start = StartForm(request.GET)
    kind, structure = start.chosen("kind", EntryKind.SUCCESS), start.chosen("structure", Structure.FREE)
    form = EntryForm(
        request.POST or None,
        initial={"kind": kind},
        writer=request.user,
        drafts="entry:new",
        structure=structure,
    )
    if request.method == "POST" and form.is_valid():
        made = once(form.cleaned_data["once_key"], form.make)
        form.drop_drafts()
        messages.success(request, _("It is in your portfolio. Only you see it."))
        return redirect("entry", pk=made.pk) if made else redirect("portfolio")
    return render(request, "portfolio/entry_new.html", {"form": form})


@allow(Entry)
def entry(request: MemberRequest, entry: Entry) -> HttpResponse:
    if entry.is_mine(request.user):
        return own_entry(request, entry)
    note_opening(entry, request.user, timezone.now())
    context = {**what_it_says(entry), "share": share_in_force(entry, request.user)}
    return render(request, "portfolio/entry_shared.html", context)


def own_entry(request: MemberRequest, entry: Entry, status: int = 200, **forms: Any) -> HttpResponse:
    """The owner's page; a file that was refused comes back in it with the reason."""
    context = {**what_it_says(entry), "sharing": entry_panel(entry), "file_form": FileForm(), **forms}
    return render(request, "portfolio/entry.html", context, status=status)


@allow(Entry, "is_mine")
def entry_edit(request: MemberRequest, entry: Entry) -> HttpResponse:
    form = edit_form(request, request.POST or None, entry)
    if request.method == "POST" and form.is_valid():
        try:
            once(form.cleaned_data["once_key"], form.rewrite)
        except StaleMove:
            return two_versions(request, form)
        form.drop_drafts()
        messages.success(request, _("Saved."))
        return redirect("entry", pk=entry.pk)
    return render(request, "portfolio/entry_edit.html", {"form": form, "entry": entry})


def edit_form(request: MemberRequest, data: Any, entry: Entry) -> EntryForm:
    return EntryForm(data, instance=entry, writer=request.user, drafts=f"entry:{entry.pk}")


def two_versions(request: MemberRequest, refused: EntryForm) -> HttpResponse:
    """Saved elsewhere in the meantime: both texts side by side, the writer's own still in the form."""
    saved = Entry.objects.get(pk=refused.instance.pk)
    data = request.POST.copy()
    data["seen"] = str(saved.version)
    context = {"entry": saved, "rows": refused.differences(saved), "form": edit_form(request, data, saved)}
    return render(request, "portfolio/entry_two_versions.html", context, status=409)


@allow(Entry, "is_mine")
@require_POST
def entry_drop_drafts(request: MemberRequest, entry: Entry) -> HttpResponse:
    edit_form(request, None, entry).drop_drafts()
    return redirect("entry_edit", pk=entry.pk)


@allow(Entry, "is_mine")
def entry_delete(request: MemberRequest, entry: Entry) -> HttpResponse:
    if request.method != "POST":
        context = {"thing": entry, "files": entry.files.count(), "back": entry}
        return render(request, "portfolio/entry_delete.html", context)
    entry.erase()
    messages.success(request, _("Deleted."))
    return redirect("portfolio")
