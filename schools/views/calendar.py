"""The school's calendar: when it is closed, and who works on which days."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused
from schools.calendar_forms import (
    ClosedDaysForm,
    InsteadForm,
    LessonHoursForm,
    RestoreForm,
    WorkDaysForm,
    YearForm,
    years_around,
)
from schools.holidays import SchoolCalendar
from schools.models import ClosedDays, Holiday, Membership, School, SchoolYear
from schools.removed_days import put_back, remove, removed_of
from schools.requests import MemberRequest, posted
from schools.submissions import once


@allow(School, "has_as_member")
def school_calendar(request: MemberRequest, school: School) -> HttpResponse:
    year = YearForm.chosen(request.GET)
    context = {
        "school": school,
        "year": year,
        "years": years_around(timezone.localdate()),
        "calendar": SchoolCalendar(school, year.first_day, year.last_day),
        "coordinates": school.is_coordinated_by(request.user),
        "removed": removed_of(school, request.session),
    }
    return render(request, "schools/calendar.html", context)


def to_calendar(school: int, day: dt.date | None) -> HttpResponse:
    """Back to the calendar, in the school year of ``day``; without one that of today."""
    starts = SchoolYear.start_of(day or timezone.localdate())
    return redirect(f"{reverse('school_calendar', args=[school])}?year={starts}")


@allow(School, "is_coordinated_by")
def add_closed_days(request: MemberRequest, school: School) -> HttpResponse:
    form = ClosedDaysForm(posted(request), instance=ClosedDays(school=school))
    if form.is_valid():
        once(form.cleaned_data["once_key"], form.save)
        messages.success(request, _("Saved. New series skip these days."))
        return to_calendar(school.pk, form.cleaned_data["first_day"])
    return render(request, "schools/closed_days.html", {"school": school, "form": form})


@allow(ClosedDays, "can_be_changed_by")
def change_closed_days(request: MemberRequest, days: ClosedDays) -> HttpResponse:
    if days.instead_of_id:
        return redirect("instead_of_holiday", days.school_id, days.instead_of_id)
    form = ClosedDaysForm(posted(request), instance=days)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. New series skip these days."))
        return to_calendar(days.school_id, form.cleaned_data["first_day"])
    return render(request, "schools/closed_days.html", {"school": days.school, "form": form, "days": days})


@allow(ClosedDays, "can_be_changed_by")
@require_POST
def remove_closed_days(request: MemberRequest, days: ClosedDays) -> HttpResponse:
    """A change of a holiday goes back to what the region has."""
    holiday = days.instead_of
    day = holiday.first_day if holiday else days.first_day
    remove(days, request.session)
    messages.success(request, _("As in the region again.") if holiday else _("Removed from the calendar."))
    return to_calendar(days.school_id, day)


@allow(School, "is_coordinated_by")
@require_POST
def restore_closed_days(request: MemberRequest, school: School) -> HttpResponse:
    form = RestoreForm(request.POST)
    try:
        days = put_back(school, str(form.cleaned_data["key"]) if form.is_valid() else "", request.session)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return to_calendar(school.pk, None)
    messages.success(request, _("Back in the calendar."))
    day = days.instead_of.first_day if days.instead_of else days.first_day
    return to_calendar(school.pk, day)


@allow(School, "is_coordinated_by")
def instead_of_holiday(request: MemberRequest, school: School, holiday: int) -> HttpResponse:
    rows = Holiday.objects.filter(region__in=("", school.region))
    found = get_object_or_404(rows, pk=holiday)
    form = InsteadForm(posted(request), holiday=found)
    if form.is_valid():
        days = form.save(school)
        open_now, skipped = _("Saved. On these days you are open."), _("Saved. New series skip these days.")
        messages.success(request, open_now if days.is_open_instead else skipped)
        return to_calendar(school.pk, days.first_day or found.first_day)
    context = {"school": school, "form": form, "holiday": found}
    return render(request, "schools/instead_of_holiday.html", context)


@allow(School, "is_coordinated_by")
def lesson_hours(request: MemberRequest, school: School) -> HttpResponse:
    form = LessonHoursForm(posted(request), school=school)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. The year plan warns of meetings during lessons."))
        return redirect("school_calendar", school.pk)
    return render(request, "schools/lesson_hours.html", {"school": school, "form": form})


@allow(Membership, "can_be_managed_by")
def work_days(request: MemberRequest, membership: Membership) -> HttpResponse:
    form = WorkDaysForm(posted(request), initial={"days": list(membership.work_days)})
    if form.is_valid():
        Membership.objects.filter(pk=membership.pk).update(work_days=form.work_days)
        messages.success(request, _("Saved."))
        return redirect("membership", membership.pk)
    return render(request, "schools/work_days.html", {"membership": membership, "form": form})
