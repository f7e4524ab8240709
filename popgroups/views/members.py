"""Who is in a group: asked in, welcomed, from–until, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused
from popgroups.forms import PlaceForm, ProposeForm
from popgroups.models import GroupMember, PopGroup
from schools.requests import MemberRequest, posted
from schools.submissions import once


@allow(PopGroup, "can_be_managed_by")
def propose_member(request: MemberRequest, group: PopGroup) -> HttpResponse:
    form = ProposeForm(posted(request), group=group)
    if form.is_valid():
        chosen = form.cleaned_data["membership"]
        try:
            once(form.cleaned_data["once_key"], lambda: group.propose(chosen, timezone.now()))
        except MoveRefused as refused:
            form.add_error("membership", str(refused))
        else:
            text = _("%(name)s is asked in. The members see it now and welcome them.")
            messages.success(request, text % {"name": chosen.person.name})
            return redirect("group", group.pk)
    return render(request, "popgroups/propose_member.html", {"group": group, "form": form})


@allow(GroupMember, "can_be_welcomed_by")
@require_POST
def welcome_member(request: MemberRequest, place: GroupMember) -> HttpResponse:
    try:
        is_in = place.welcome(request.user, timezone.now())
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        text = _("%(name)s is in the group now.") if is_in else _("You have welcomed %(name)s.")
        messages.success(request, text % {"name": place.person.first_name})
    return redirect("group", place.group_id)


@allow(GroupMember, "can_be_managed_by")
def member_dates(request: MemberRequest, place: GroupMember) -> HttpResponse:
    form = PlaceForm(posted(request), place=place)
    if form.is_valid():
        try:
            place.set_dates(form.cleaned_data["first_day"], form.cleaned_data["last_day"], timezone.now())
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("group", place.group_id)
    return render(request, "popgroups/member_dates.html", {"place": place, "form": form})


@allow(GroupMember, "can_be_ended_by")
def end_membership(request: MemberRequest, place: GroupMember) -> HttpResponse:
    """Asks first; leaving twice is leaving once."""
    own = place.person == request.user
    if request.method != "POST":
        return render(request, "popgroups/end_membership.html", {"place": place, "own": own})
    place.leave(timezone.now())
    if own:
        messages.success(request, _("You are no longer in %(group)s.") % {"group": place.group})
    else:
        names = {"name": place.person.name, "group": place.group}
        messages.success(request, _("%(name)s is no longer in %(group)s.") % names)
    return (
        redirect("group", place.group_id) if place.can_be_managed_by(request.user) else redirect("my_groups")
    )
