"""The have/need map of a group: look at it, put in one's own marks, take them back, make it, choose needs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused, StaleMove
from popgroups.map_forms import MakeMapForm, NeedsForm, PutInForm
from popgroups.map_page import page_context, to_choose
from popgroups.maps import (
    Wish,
    can_be_made,
    choose_needs,
    competences_of,
    contribute,
    digest_of,
    is_open,
    lines_of,
    refusal,
    take_back,
)
from popgroups.maps import make_map as add_up
from popgroups.models import GroupMember, PopGroup
from schools.requests import MemberRequest, posted, told
from schools.submissions import once


def seat(request: MemberRequest, group: PopGroup) -> GroupMember:
    """The place of the reader, whom the rule let in as a member of today."""
    return group.members.of(request.user).select_related("membership__person").earliest("pk")


@allow(PopGroup, "has_member")
def group_map(request: MemberRequest, group: PopGroup) -> HttpResponse:
    return render(
        request, "popgroups/map/page.html", {"group": group, **page_context(group, seat(request, group))}
    )


@allow(PopGroup, "has_member")
def join_map(request: MemberRequest, group: PopGroup) -> HttpResponse:
    """First the literal list of what would go in; then, once that is sent, it is in."""
    place = seat(request, group)
    form = PutInForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        try:
            once(data["once_key"], lambda: contribute(place, data["seen"], timezone.now()))
        except (MoveRefused, StaleMove) as refused:
            messages.error(request, str(refused))
            return redirect("join_map", group.pk)
        messages.success(request, _("It is in. You can take it back at any moment."))
        return redirect("group_map", group.pk)
    lines = lines_of(request.user, group)
    form = PutInForm(initial={"seen": digest_of(lines)})
    context = {"group": group, "lines": lines, "form": form, "refusal": refusal(place, timezone.now())}
    context["lists"] = [] if lines else lists_of(group)
    return render(request, "popgroups/map/join.html", context)


def lists_of(group: PopGroup) -> list[object]:
    """The lists of the school on which one may score."""
    return list({each.framework_id: each.framework for each in competences_of(group)}.values())


@allow(PopGroup, "has_member")
@require_POST
def leave_map(request: MemberRequest, group: PopGroup) -> HttpResponse:
    if take_back(seat(request, group), timezone.now()):
        messages.success(request, _("Taken back. Nothing of yours is kept here any more."))
    else:
        messages.info(request, _("There was nothing of yours to take back."))
    return redirect("group_map", group.pk)


@allow(PopGroup, "has_member")
def make_map(request: MemberRequest, group: PopGroup) -> HttpResponse:
    form = MakeMapForm(posted(request))
    if form.is_valid():
        with told(request):
            once(form.cleaned_data["once_key"], lambda: add_up(group, timezone.now()))
            messages.success(request, _("The map is there. Look at it together."))
        return redirect("group_map", group.pk)
    ready = is_open(group, timezone.now()) and can_be_made(group)
    return render(request, "popgroups/map/make.html", {"group": group, "form": form, "ready": ready})


@allow(PopGroup, "has_member")
def map_needs(request: MemberRequest, group: PopGroup) -> HttpResponse:
    rows, size = to_choose(group), group.current_members().count()
    form = NeedsForm(posted(request), rows=rows, size=size)
    if form.is_valid():
        wishes: list[Wish] = form.wishes()
        try:
            once(form.cleaned_data["once_key"], lambda: choose_needs(group, wishes))
        except StaleMove as late:
            messages.error(request, str(late))
            form = NeedsForm(rows=to_choose(group), size=size, mine=wishes)
        else:
            messages.success(request, _("Saved. Everybody in the group sees these numbers."))
            return redirect("group_map", group.pk)
    return render(request, "popgroups/map/needs.html", {"group": group, "form": form})
