"""Hours: one's own, those of a school, and what the school sets apart."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from coaching.lib.sheets import CSV_TYPE, XLSX_TYPE, csv_file, xlsx_file
from coaching.lib.states import MoveRefused, StaleMove

from ..budgets import balances, in_hours, with_hours
from ..calendar_forms import YearForm
from ..hour_books import books_of, code_totals, totals_of
from ..hour_sheets import by_code, by_person
from ..hours import book_activity, correct, minutes_now, per_person_is_allowed, set_allotment, undo
from ..hours_forms import (
    AllotmentForm,
    BookHoursForm,
    CorrectHoursForm,
    DownloadForm,
    HoursFilter,
)
from ..models import Allotment, HourLine, HourRule, Membership, Role, School
from ..requests import MemberRequest, posted
from ..submissions import once


@members
def my_hours(request: MemberRequest) -> HttpResponse:
    day = timezone.localdate()
    form = YearForm(request.GET, day=day)
    year = form.school_year()
    mine = Membership.objects.filter(person=request.user)
    books = books_of(with_hours(mine, year), year, day)
    context: dict[str, Any] = {"form": form, "year": year, "books": books}
    context["directs"] = [] if books else request.user.schools_as(Role.DIRECTOR)
    return render(request, "schools/my_hours.html", context)


@allow(Membership, "hours_can_be_seen_by")
def person_hours(request: MemberRequest, membership: Membership) -> HttpResponse:
    day = timezone.localdate()
    form = YearForm(request.GET, day=day)
    books = books_of([membership], form.school_year(), day)
    context = {"membership": membership, "form": form, "year": form.school_year(), "books": books}
    return render(request, "schools/person_hours.html", context)


@allow(Membership, "hours_can_be_booked_by")
def book_hours(request: MemberRequest, membership: Membership) -> HttpResponse:
    form = BookHoursForm(posted(request), school=membership.school)
    if form.is_valid():
        try:
            once(form.cleaned_data["once_key"], lambda: booked(membership, form.cleaned_data, request))
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Booked."))
            return back_to_hours(request, membership)
    return render(request, "schools/book_hours.html", {"membership": membership, "form": form})


def booked(membership: Membership, data: dict[str, Any], request: MemberRequest) -> HourLine:
    words = {name: data[name] for name in ("activity", "day", "minutes", "note")}
    code = data.get("task_code", "")
    return book_activity(membership, **words, task_code=code, by=request.user, at=timezone.now())


@allow(HourLine, "can_be_corrected_by")
def correct_hours(request: MemberRequest, line: HourLine) -> HttpResponse:
    now, at = minutes_now(line), timezone.now()
    form = CorrectHoursForm(posted(request), initial={"minutes": in_hours(now)})
    if form.is_valid():
        minutes, reason = form.cleaned_data["minutes"], form.cleaned_data["reason"]
        key = form.cleaned_data["once_key"]
        try:
            once(key, lambda: correct(line, minutes=minutes, reason=reason, by=request.user, at=at))
        except (MoveRefused, StaleMove) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Corrected. The old line stays readable."))
            return back_to_hours(request, line.membership)
    return render(request, "schools/correct_hours.html", {"line": line, "form": form, "now": now})


@allow(HourLine, "can_be_undone_by")
@require_POST
def undo_hours(request: MemberRequest, line: HourLine) -> HttpResponse:
    try:
        undo(line, request.user, timezone.now())
    except (MoveRefused, StaleMove) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. The line stays readable, but counts for nothing."))
    return back_to_hours(request, line.membership)


def back_to_hours(request: MemberRequest, membership: Membership) -> HttpResponse:
    if membership.person_id == request.user.pk:
        return redirect("my_hours")
    return redirect("person_hours", membership.pk)


# -- of a school -------------------------------------------------------------------------------------------


@allow(School, "hours_can_be_seen_by")
def school_hours(request: MemberRequest, school: School) -> HttpResponse:
    """A coordinator sees people; a director totals and, once the year was told, each person's (domain.md §5).

    Before that a total that grows on the day of a meeting would tell who was there, one of all together too. So
    would one that still grows after it: a director sees what was booked until then.
    """
    day, agreed = timezone.localdate(), per_person_is_allowed(school)
    steers = school.people_hours_can_be_seen_by(request.user)
    form = (HoursFilter if steers and agreed else YearForm)(request.GET, day=day)
    year, code = form.school_year(), form.asked.get("task_code", "")
    until = None if steers else year.told_on
    everybody = balances(school, year, day=day, task_code=code, booked_before=until)
    context: dict[str, Any] = {"school": school, "form": form, "year": year, "agreed": agreed}
    context |= {"totals": totals_of(everybody), "is_told": (is_told := day >= year.told_on)}
    context["people"] = everybody if agreed and is_told else []
    context["to_fill_in"] = not code and not any(balance.allotted for balance in everybody)
    if isinstance(form, HoursFilter):
        codes = code_totals(school, year, day)
        form.offer_codes((code.code, code.label) for code in codes)
        context |= {"people": form.pick(everybody), "codes": codes, "code": code}
    template = "schools/school_hours.html" if steers else "schools/school_hours_director.html"
    return render(request, template, context)


@allow(School, "people_hours_can_be_seen_by")
def school_hours_csv(request: MemberRequest, school: School) -> HttpResponse:
    return download(request, school, "csv")


@allow(School, "people_hours_can_be_seen_by")
def school_hours_xlsx(request: MemberRequest, school: School) -> HttpResponse:
    return download(request, school, "xlsx")


def download(request: MemberRequest, school: School, kind: str) -> HttpResponse:
    """A line a person, or with ``per=code`` a person and task code; nothing without the PMR's consent."""
    if not per_person_is_allowed(school):
        messages.error(request, _("Hours per person are not kept here: the PMR has not agreed to that."))
        return redirect("school_hours", school.pk)
    day = timezone.localdate()
    form = DownloadForm(request.GET, day=day)
    year, code = form.school_year(), form.asked.get("task_code", "")
    head, rows = (by_code if form.asked.get("per") == "code" else by_person)(school, year, day, code)
    made = csv_file(head, rows) if kind == "csv" else xlsx_file(_("Hours"), head, rows)
    reply = HttpResponse(made, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)
    reply["Content-Disposition"] = f'attachment; filename="uren-{year.starts}-{year.starts + 1}.{kind}"'
    return reply


@allow(School, "is_coordinated_by")
def allotment(request: MemberRequest, school: School) -> HttpResponse:
    """What the school sets apart in one year; ``year`` in the address, else this one."""
    day = timezone.localdate()
    years = YearForm(request.GET, day=day)
    year = years.school_year()
    known = Allotment.objects.filter(school=school, year__starts=year.starts).first()
    form = AllotmentForm(posted(request), instance=known or Allotment(school=school, year=year))
    if form.is_valid():
        try:
            set_allotment(form.save(commit=False), day)
        except StaleMove as late:
            form.add_error(None, str(late))
        else:
            messages.success(request, _("Saved. Planned hours follow; what was booked stays as it was."))
            return redirect(f"{reverse('school_hours', args=[school.pk])}?year={year.starts}")
    context: dict[str, Any] = {"school": school, "form": form, "year": year, "years": years}
    context["rules"] = HourRule.in_force(school.sector, max(day, year.first_day))
    return render(request, "schools/allotment.html", context)
