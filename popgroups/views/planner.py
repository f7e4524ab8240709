"""Jaarplanning: the year of all groups, a series, publishing."""

from __future__ import annotations

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
from coaching.lib.states import MoveRefused
from popgroups.clashes import Agenda
from popgroups.forms import WayBack
from popgroups.models import Meeting, PopGroup
from popgroups.planner import (
    Proposed,
    YearPlan,
    dots,
    fingerprint,
    keep,
    proposals,
    publish,
    strip_of,
)
from popgroups.planner_forms import KeepForm, PublishForm, SeriesForm
from popgroups.publishing import Publication
from popgroups.taken_out import keep_aside, put_back, taken_out
from schools.calendar_forms import YearForm, years_around
from schools.hours import per_person_is_allowed
from schools.models import School, User
from schools.requests import MemberRequest, posted
from schools.submissions import once


@allow(School, "is_coordinated_by")
def planner(request: MemberRequest, school: School) -> HttpResponse:
    plan = YearPlan(school, YearForm.chosen(request.GET), timezone.now())
    context = {
        "years": years_around(timezone.localdate()),
        "strip": strip_of(plan),
        "rows": [(row, dots(row, plan)) for row in plan.rows],
        **around(request, plan),
    }
    return render(request, "popgroups/planner.html", context)


@allow(School, "is_coordinated_by")
def plan_series(request: MemberRequest, school: School) -> HttpResponse:
    """The dates are shown first; only those still ticked then are kept, as concept."""
    year = YearForm.chosen(request.GET)
    form = SeriesForm(posted(request), school=school, year=year)
    context: dict[str, Any] = {"school": school, "year": year, "form": form}
    if form.is_valid():
        agenda = Agenda(school, year.first_day, year.last_day, whole=True)
        found = proposed_by(form, agenda)
        keys = [proposed.key for _group, rows in found for proposed in rows]
        if "save" in request.POST and form.has_shown(fingerprint(keys)):
            return keep_series(request, form, found)
        form.show(fingerprint(keys))
        context |= {"found": found, "count": len(keys), "changed": "save" in request.POST}
        context["closed"] = form.series.passed_over(agenda.calendar)
    return render(request, "popgroups/plan_series.html", context)


def proposed_by(form: SeriesForm, agenda: Agenda) -> list[tuple[PopGroup, list[Proposed]]]:
    groups = list(form.cleaned_data["groups"])
    return proposals(form.series, groups, agenda, form.cleaned_data["start"], form.columns)


def keep_series(
    request: MemberRequest, form: SeriesForm, found: list[tuple[PopGroup, list[Proposed]]]
) -> HttpResponse:
    ticks = KeepForm(request.POST, keys=[proposed.key for _group, rows in found for proposed in rows])
    ticked = ticks.ticked if ticks.is_valid() else set()
    kept = once(form.cleaned_data["once_key"], lambda: keep(found, ticked))
    if kept:
        text = ngettext(
            "%(count)s meeting stands ready. Nobody is told before you publish.",
            "%(count)s meetings stand ready. Nobody is told before you publish.",
            kept,
        )
        messages.success(request, text % {"count": kept})
    elif kept == 0:
        messages.warning(request, _("No date was ticked, so nothing was kept."))
    school = found[0][0].school_id
    return redirect(f"{reverse('planner', args=[school])}?year={form.year.starts}")


@allow(School, "is_coordinated_by")
def publish_plan(request: MemberRequest, school: School) -> HttpResponse:
    """Shows who is told what, of the groups that are ticked; a POST of what was shown carries it out."""
    plan = YearPlan(school, YearForm.chosen(request.GET), timezone.now())
    form = PublishForm(posted(request), plan=plan)
    if form.is_valid():
        if form.cleaned_data["seen"] != plan.concepts_seen:
            return look_again(request)
        if "look" not in request.POST and form.has_shown(form.mark):
            return carry_out(request, plan, form.chosen)
        form.show(form.mark)
    context = {"form": form, "chosen": form.chosen, "others": form.is_bound and form.is_valid()}
    context |= publication_for(request.user, plan, form.chosen) | around(request, plan)
    return render(request, "popgroups/publish_plan.html", context)


def publication_for(user: User, plan: YearPlan, groups: set[int]) -> dict[str, Any]:
    """Who is told what; hours per person where the PMR agreed and ``user`` may see them."""
    counts = per_person_is_allowed(plan.school)
    sees = counts and plan.school.people_hours_can_be_seen_by(user)
    return {"publication": Publication(plan, groups, per_person=sees), "counts_hours": counts}


def around(request: MemberRequest, plan: YearPlan) -> dict[str, Any]:
    """What both pages of a year plan show."""
    removed = taken_out(request.session, plan.school, plan.year, plan.at)
    return {"school": plan.school, "plan": plan, "year": plan.year, "removed": removed}


def look_again(request: MemberRequest) -> HttpResponse:
    messages.warning(request, _("The plan changed meanwhile. Look again before you publish."))
    return redirect(request.get_full_path())


def carry_out(request: MemberRequest, plan: YearPlan, groups: set[int]) -> HttpResponse:
    count = publish(plan.concepts_of(groups), plan.at)
    if not count:
        return look_again(request)
    text = ngettext("%(count)s meeting is published.", "%(count)s meetings are published.", count)
    messages.success(request, text % {"count": count})
    return redirect(f"{reverse('planner', args=[plan.school.pk])}?year={plan.year.starts}")


def plan_page(request: MemberRequest, school: int, starts: int) -> str:
    """The page of the year plan that one came from; from anywhere else the plan: there a slip is taken back."""
    page = "publish_plan" if WayBack.chosen(request.GET) == "publish_plan" else "planner"
    return f"{reverse(page, args=[school])}?year={starts}"


@allow(Meeting, "can_be_managed_by")
@require_POST
def drop_meeting(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    group = meeting.group
    try:
        meeting.drop()
        keep_aside(request.session, meeting, timezone.now())
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect(plan_page(request, group.school_id, group.year.starts))


@allow(School, "is_coordinated_by")
@require_POST
def put_back_meeting(request: MemberRequest, school: School) -> HttpResponse:
    """What was removed a moment ago."""
    year = YearForm.chosen(request.GET)
    meeting = taken_out(request.session, school, year, timezone.now())
    if meeting:
        put_back(request.session, meeting)
        messages.success(request, _("It stands in the concept again."))
    else:
        messages.warning(request, _("There is nothing to put back any more."))
    return redirect(plan_page(request, school.pk, year.starts))
