"""The group agreement: read, agree, change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import StaleMove
from popgroups.forms import AgreementForm
from popgroups.models import Agreement, PopGroup
from schools.requests import MemberRequest, posted
from schools.submissions import once


@allow(PopGroup, "has_member")
@require_POST
def accept_agreement(request: MemberRequest, group: PopGroup, version: int) -> HttpResponse:
    """``version`` is what the reader saw: nobody agrees to a text they have not read."""
    if member := group.place_of(request.user):
        try:
            Agreement.accept_read(member, seen=version, at=timezone.now())
        except StaleMove as stale:
            messages.error(request, str(stale))
        else:
            messages.success(request, _("You have agreed."))
    return redirect("group", group.pk)


@allow(PopGroup, "agreement_can_be_changed_by")
def change_agreement(request: MemberRequest, group: PopGroup) -> HttpResponse:
    current = group.current_agreement()
    before = current.text if current else ""
    seen = current.version if current else 0
    form = AgreementForm(posted(request), initial={"text": before, "seen": seen})
    if form.is_valid():
        data = form.cleaned_data
        if data["text"].split() == before.split():
            messages.info(request, _("Nothing was changed."))
            return redirect("group", group.pk)
        try:
            once(data["once_key"], lambda: change(request, group, data["text"], data["seen"]))
        except StaleMove as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, _("The new text is there. Everybody agrees to it anew, you too."))
            return redirect("group", group.pk)
    context = {"group": group, "form": form, "current": current}
    return render(request, "popgroups/change_agreement.html", context)


def change(request: MemberRequest, group: PopGroup, text: str, seen: int) -> Agreement:
    return Agreement.change(group, text, seen=seen, by=request.user, at=timezone.now())


@allow(PopGroup, "is_open_to")
def agreement_history(request: MemberRequest, group: PopGroup) -> HttpResponse:
    versions = group.agreements.select_related("made_by").order_by("-version")
    context = {"group": group, "versions": versions}
    return render(request, "popgroups/agreement_history.html", context)
