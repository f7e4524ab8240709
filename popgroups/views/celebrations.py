"""Sharing a success on the wall of a group, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from popgroups.celebrations import celebrate as put_on_wall
from popgroups.celebrations import offers_for
from popgroups.forms import WallForm
from popgroups.models import Celebration
from portfolio.models import Entry
from portfolio.reading import what_it_says
from schools.requests import MemberRequest


@allow(Entry, "can_be_celebrated_by")
def celebrate(request: MemberRequest, entry: Entry) -> HttpResponse:
    """First who would read exactly what; then, once that is sent, it is on the wall."""
    offers = offers_for(entry)
    if request.method == "POST":
        form = WallForm(request.POST, groups=[offer.group for offer in offers])
        if form.is_valid():
            group = form.cleaned_data["group"]
            put_on_wall(group, entry, timezone.now())
            messages.success(request, _("%(group)s can read it now.") % {"group": group})
            return redirect("entry", pk=entry.pk)
        messages.error(request, _("You are not in this group today. Choose again."))
    return render(request, "popgroups/celebrate.html", {**what_it_says(entry), "offers": offers, "files": []})


@allow(Celebration, "is_mine")
@require_POST
def take_back_celebration(request: MemberRequest, celebration: Celebration) -> HttpResponse:
    group, entry = celebration.group, celebration.entry_id
    celebration.delete()
    messages.success(request, _("It is off the wall of %(group)s.") % {"group": group})
    return redirect("entry", pk=entry)
