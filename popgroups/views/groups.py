"""Groups: mine, the school's, one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.access import allow, members
from coaching.lib.states import MoveRefused
from popgroups.celebrations import wall_of
from popgroups.forms import GroupForm, RenameForm
from popgroups.models import (
    Agreement,
    AgreementAcceptance,
    Answer,
    GroupMember,
    GroupPlanVersion,
    Meeting,
    MeetingState,
    PopGroup,
)
from popgroups.models.groups import size_warning
from schools.calendar_forms import YearForm
from schools.models import Membership, Role, School, SchoolYear, User
from schools.requests import MemberRequest, posted
from schools.submissions import once

MAY_RUN_LATE = dt.timedelta(hours=3)


@members
def my_groups(request: MemberRequest) -> HttpResponse:
    user, at = request.user, timezone.now()
    this_year = SchoolYear.start_of(timezone.localdate(at))
    rows = PopGroup.objects.with_member(user).select_related("plan")
    mine = list(with_agreement_for(with_people(rows, at), user))
    asked = PopGroup.objects.with_place_for(user).exclude(pk__in=[group.pk for group in mine])
    context = {
        "groups": [group for group in mine if group.year.starts >= this_year],
        "earlier": [group for group in mine if group.year.starts < this_year],
        "asked": list(asked.select_related("school", "year")),
        "coordinates": user.schools_as(Role.COORDINATOR),
        "schools": user.schools_as(),
    }
    if not mine:
        context["coordinators"] = coordinators_of(user.schools_as())
    return render(request, "popgroups/my_groups.html", context)


@allow(School, "is_coordinated_by")
def school_groups(request: MemberRequest, school: School) -> HttpResponse:
    year = YearForm.chosen(request.GET)
    groups = with_people(PopGroup.objects.filter(school=school, year__starts=year.starts), timezone.now())
    years = {row.starts: row for row in SchoolYear.objects.filter(groups__school=school)}
    plans, rows = plans_handed_in(school, year), list[Any](groups)
    context = {
        "school": school,
        "year": year,
        "years": [row for _starts, row in sorted((years | {year.starts: year}).items())],
        "rows": [(group, size_warning(len(group.people)), plans.get(group.pk)) for group in rows],
    }
    return render(request, "popgroups/school_groups.html", context)


@allow(School, "is_coordinated_by")
def new_group(request: MemberRequest, school: School) -> HttpResponse:
    form = GroupForm(posted(request), school=school, asked=YearForm.chosen(request.GET))
    if form.is_valid():
        data = form.cleaned_data
        try:
            group = once(data["once_key"], lambda: found(school, data, request.user))
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            if group is None:
                return redirect("school_groups", school.pk)
            messages.success(request, _("The group is there. Plan its first meeting."))
            return redirect("group", group.pk)
    return render(request, "popgroups/new_group.html", {"school": school, "form": form})


def found(school: School, data: dict[str, Any], by: User) -> PopGroup:
    return PopGroup.found(
        school,
        data["members"],
        name=data["name"],
        kind=data["kind"],
        year=data["year"],
        by=by,
        at=timezone.now(),
    )


@allow(PopGroup)
def group(request: MemberRequest, group: PopGroup) -> HttpResponse:
    """All of it for members and coordinator; names and agreement for who waits to be welcomed."""
    places = places_in(group)
    people = [place for place in places if place.is_current()]
    mine = next((place for place in people if place.person == request.user), None)
    coordinates = group.can_be_managed_by(request.user)
    context: dict[str, Any] = {"group": group, "mine": mine, "people": people}
    context["coordinates"] = coordinates
    context.update(agreement_of(group, people, mine))
    if mine is None and not coordinates:
        context["place"] = next(place for place in places if place.person == request.user)
        return render(request, "popgroups/group_asked.html", context)
    context.update(newcomers_among(places, mine), **meetings_of(group, mine))
    context["plan"] = getattr(group, "plan", None) if mine else None
    context["wall"] = wall_of(group, request.user) if mine else []
    context["size_warning"] = size_warning(len(people))
    return render(request, "popgroups/group.html", context)


@allow(PopGroup, "can_be_managed_by")
def rename_group(request: MemberRequest, group: PopGroup) -> HttpResponse:
    before = group.name
    form = RenameForm(posted(request), instance=group)
    if form.is_valid():
        try:
            group.rename(form.cleaned_data["name"], form.cleaned_data["kind"], timezone.now())
        except MoveRefused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("group", group.pk)
    return render(request, "popgroups/rename_group.html", {"group": group, "before": before, "form": form})


def with_people(groups: QuerySet[PopGroup], at: dt.datetime) -> QuerySet[PopGroup]:
    """Each with ``people`` (members of today) and ``coming_meetings`` (the next one first)."""
    people = GroupMember.objects.current().select_related("membership__person")
    return groups.select_related("school", "year").prefetch_related(
        Prefetch("members", people.order_by("membership__person__name"), to_attr="people"),
        Prefetch("meetings", Meeting.objects.coming(at), to_attr="coming_meetings"),
    )


def with_agreement_for(groups: QuerySet[PopGroup], user: User) -> QuerySet[PopGroup]:
    """Each with ``agreed``: whether ``user`` accepted the newest version."""
    newest = Agreement.objects.filter(group=OuterRef("pk")).order_by("-version").values("pk")[:1]
    accepted = AgreementAcceptance.objects.filter(
        agreement=OuterRef("newest_agreement"), member__membership__person=user
    )
    return groups.annotate(newest_agreement=Subquery(newest)).annotate(agreed=Exists(accepted))


def places_in(group: PopGroup) -> list[GroupMember]:
    """Everybody who is in, asked in or to come, with who welcomed them."""
    rows = group.members.not_ended().select_related("membership__person", "membership__school")
    return list(rows.prefetch_related("welcomed_by").order_by("membership__person__name"))


def plans_handed_in(school: School, year: SchoolYear) -> dict[int, int]:
    """By group, the version of its GOP that was handed in last."""
    rows = GroupPlanVersion.objects.of_school(school, year).newest_of_each()
    return dict(rows.values_list("plan__group", "pk"))


def coordinators_of(schools: list[School]) -> list[User]:
    today = Membership.objects.current().filter(school__in=schools, roles__role=Role.COORDINATOR)
    return [row.person for row in today.select_related("person").order_by("person__name")]


@dataclass(frozen=True)
class Newcomer:
    """Somebody the group still has to welcome: how many said yes, and whether the reader has to."""

    place: GroupMember
    said_yes: int
    asks_me: bool


def newcomers_among(places: list[GroupMember], mine: GroupMember | None) -> dict[str, Any]:
    current = {place.pk for place in places if place.is_current()}
    rows = []
    for place in places:
        if place.is_awaiting:
            yes = {welcome.member_id for welcome in place.welcomed_by.all()} & current
            asks_me = mine is not None and (mine.pk not in yes or yes == current)
            rows.append(Newcomer(place, len(yes), asks_me))
    later = [place for place in places if not place.is_awaiting and not place.is_current()]
    return {"newcomers": rows, "later": later}


def agreement_of(group: PopGroup, people: list[GroupMember], mine: GroupMember | None) -> dict[str, Any]:
    """The newest version, who of ``people`` accepted it, and the reader's own acceptance."""
    agreement = group.current_agreement()
    rows = {row.member_id: row for row in agreement.acceptances.all()} if agreement else {}
    return {
        "agreement": agreement,
        "acceptances": [(place, rows.get(place.pk)) for place in people],
        "missing_acceptances": sum(place.pk not in rows for place in people),
        "my_acceptance": rows.get(mine.pk) if mine else None,
    }


def meetings_of(group: PopGroup, mine: GroupMember | None) -> dict[str, Any]:
    """Coming (the next first) and past (the latest first), each with ``i_cannot``."""
    absent = Answer.objects.not_coming().filter(meeting=OuterRef("pk"), member=mine.pk if mine else None)
    rows = list(group.meetings.published().annotate(i_cannot=Exists(absent)))
    since = timezone.now() - MAY_RUN_LATE
    coming = [row for row in rows if row.starts_at > since and row.state != MeetingState.HELD]
    past = [row for row in reversed(rows) if row not in coming]
    return {"coming": coming, "past": past}
