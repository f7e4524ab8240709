"""Meetings: plan, change, cancel; and whether one can come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused, StaleMove
from popgroups.changes import change_to
from popgroups.clashes import agenda_around, nearest_day
from popgroups.forms import ChangeForm, DayFilter, HeldForm, MeetingForm, WayBack
from popgroups.models import AnswerQuerySet, GroupMember, Meeting, MeetingState, PopGroup
from schools.hours import per_person_is_allowed
from schools.requests import MemberRequest, posted
from schools.submissions import once


@allow(PopGroup, "can_get_meetings_from")
def plan_meeting(request: MemberRequest, group: PopGroup) -> HttpResponse:
    form = MeetingForm(posted(request), instance=Meeting(group=group))
    if form.is_valid():
        meeting = once(form.cleaned_data["once_key"], lambda: plan(group, form))
        if meeting is None:
            return redirect("group", group.pk)
        messages.success(request, _("The meeting is planned."))
        warn(request, meeting)
        return redirect("meeting", meeting.pk)
    return render(request, "popgroups/plan_meeting.html", {"group": group, "form": form})


def plan(group: PopGroup, form: MeetingForm) -> Meeting:
    meeting = Meeting(group=group, **form.values)
    meeting.plan(timezone.now())
    return meeting


@allow(Meeting, "is_open_to")
def meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    absent, coming = answered(meeting.answers.not_coming()), answered(meeting.answers.coming())
    mine = meeting.group.place_of(request.user)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "mine": mine,
        "shows_absent": meeting.shows_who_called_off(timezone.now()),
        "absent": absent,
        "coming": coming,
        "i_cannot": mine in absent,
        "i_come": mine in coming,
        "may_be_held": meeting.can_be_held(timezone.now()),
    }
    return render(request, "popgroups/meeting.html", context)


def answered(rows: AnswerQuerySet) -> list[GroupMember]:
    """Whose answer ``rows`` are, by name."""
    places = [row.member for row in rows.select_related("member__membership__person")]
    return sorted(places, key=lambda place: place.person.name)


@allow(Meeting, "can_be_managed_by")
def change_meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Shows first who will get a mail; without any it is carried out at once."""
    at, asked = timezone.now(), DayFilter.chosen(request.GET)
    form = ChangeForm(posted(request), instance=meeting, initial={"day": asked} if asked else None)
    change = change_to(meeting, at, **form.values) if form.is_valid() else None
    if change:
        if (not change.people or form.has_shown(change.mark)) and carry_out(meeting, form, at):
            messages.success(request, told(_("The meeting is changed."), len(change.people)))
            warn(request, meeting)
            return redirect(way_back(request, meeting))
        form.show(change.mark)
        form.ask(len(change.people))
    context = {"change": change if change and change.people and not form.errors else None, "form": form}
    context |= around(request, meeting) | way_out(request, change.after if change else meeting)
    return render(request, "popgroups/change_meeting.html", context)


def carry_out(meeting: Meeting, form: ChangeForm, at: dt.datetime) -> bool:
    try:
        meeting.change(at, **form.values)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def told(sentence: str, people: int) -> str:
    """``sentence``, and how many are mailed of it."""
    if not people:
        return sentence
    mailed = ngettext("%(count)s person gets a mail.", "%(count)s people get a mail.", people)
    return f"{sentence} {mailed % {'count': people}}"


def way_back(request: MemberRequest, meeting: Meeting) -> str:
    """Where one came from: the year plan, for who may see it, or the meeting."""
    page, group = WayBack.chosen(request.GET), meeting.group
    if page and group.can_be_managed_by(request.user):
        return f"{reverse(page, args=[group.school_id])}?year={group.year.starts}"
    return reverse("meeting", args=[meeting.pk])


def around(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """What every page on a change of ``meeting`` shows."""
    back = WayBack.chosen(request.GET)
    return {
        "meeting": meeting,
        "group": meeting.group,
        "way_back": way_back(request, meeting),
        "back": back if meeting.group.can_be_managed_by(request.user) else "",
    }


def way_out(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """What stands in the way of this date, and the nearest one that suits everybody."""
    if not meeting.is_to_come(timezone.now()):
        return {}
    agenda = agenda_around(meeting, whole=meeting.group.can_be_managed_by(request.user))
    absent = meeting.answers.not_coming().select_related("member__membership__person")
    return {
        "cannot": [row.member.person.first_name for row in absent],
        "warnings": agenda.warnings(meeting),
        "nearest": nearest_day(meeting, agenda, timezone.localdate()),
    }


@allow(Meeting, "can_be_managed_by")
def cancel_meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Asks first."""
    at = timezone.now()
    change = change_to(meeting, at, state=MeetingState.CANCELLED)
    if request.method != "POST":
        context = {"change": change, **around(request, meeting)}
        return render(request, "popgroups/cancel_meeting.html", context)
    try:
        meeting.cancel(at)
        messages.success(request, told(_("The meeting is cancelled."), len(change.people)))
    except (MoveRefused, StaleMove) as refused:
        messages.error(request, str(refused))
    return redirect(way_back(request, meeting))


@allow(Meeting, "can_be_managed_by")
def restore_meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Asks first."""
    at = timezone.now()
    change = change_to(meeting, at, state=MeetingState.PLANNED)
    if request.method != "POST":
        if not meeting.is_cancelled:
            return redirect("meeting", meeting.pk)
        context = {"change": change, **around(request, meeting), **way_out(request, change.after)}
        return render(request, "popgroups/restore_meeting.html", context)
    try:
        meeting.restore(at)
        messages.success(request, told(_("The meeting goes on after all."), len(change.people)))
        warn(request, meeting)
    except (MoveRefused, StaleMove) as refused:
        messages.error(request, str(refused))
    return redirect(way_back(request, meeting))


@allow(Meeting, "can_be_managed_by")
def hold_meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """For a training, a start meeting, a conversation without the screens: it took place, and who was there."""
    at, counts = timezone.now(), per_person_is_allowed(meeting.group.school)
    if request.method != "POST" and not meeting.can_be_held(at):
        return redirect("meeting", meeting.pk)
    form = HeldForm(posted(request), meeting=meeting, counts=counts)
    if form.is_valid():
        try:
            meeting.hold(form.memberships, at)
            messages.success(request, _("The meeting has been held."))
        except (MoveRefused, StaleMove) as refused:
            messages.error(request, str(refused) or _("Somebody else changed this meeting just now."))
        return redirect("meeting", meeting.pk)
    context = {"meeting": meeting, "group": meeting.group, "form": form, "counts": counts}
    return render(request, "popgroups/hold_meeting.html", context)


@allow(Meeting, "can_be_attended_by")
@require_POST
def cannot_come(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    try:
        meeting.call_off(request.user, timezone.now())
        messages.success(request, _("The group sees that you can't come."))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("meeting", meeting.pk)


@allow(Meeting, "can_be_attended_by")
@require_POST
def can_come(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    try:
        meeting.call_on(request.user, timezone.now())
        messages.success(request, _("The group sees that you come."))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("meeting", meeting.pk)


def warn(request: MemberRequest, meeting: Meeting) -> None:
    """What is unusual about this date; never in the way of saving it."""
    year = meeting.group.year
    if meeting.ends_at < timezone.now():
        messages.warning(request, _("This date is in the past."))
    if not year.first_day <= meeting.day <= year.last_day:
        text = _("This date is outside school year %(year)s.")
        messages.warning(request, text % {"year": year})
    coordinates = meeting.group.can_be_managed_by(request.user)
    for sentence in agenda_around(meeting, whole=coordinates).warnings(meeting):
        messages.warning(request, sentence)
