"""The director's overview: of a school, of a board, on paper, as a file; and what it leaves out, and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.access import allow, members
from coaching.lib.printing import pdf_page
from coaching.lib.sheets import CSV_TYPE, csv_file
from coaching.lib.suppression import FREE, LEAST_PEOPLE
from schools.calendar_forms import YearForm
from schools.models import Board, ConsentKind, School, SchoolYear
from schools.models.people import TIME_TO_FILL_IN
from schools.requests import MemberRequest
from schools.switches import allows

from .boards import board_numbers
from .numbers import numbers_of
from .papers import year_paper
from .sheets import head, lines


@allow(School, "overview_can_be_seen_by")
def school_overview(request: MemberRequest, school: School) -> HttpResponse:
    """Without the PMR's consent: why there is nothing, and what to do."""
    if not allows(school, ConsentKind.OVERVIEW):
        return render(request, "overview/off.html", {"school": school})
    at = timezone.now()
    form = YearForm(request.GET, day=timezone.localdate(at))
    numbers = numbers_of([school], form.school_year(), at)[0]
    context: dict[str, Any] = {"school": school, "form": form, "numbers": numbers}
    return render(request, "overview/school.html", context)


@allow(School, "overview_can_be_seen_by")
def school_overview_pdf(request: MemberRequest, school: School) -> HttpResponse:
    if not allows(school, ConsentKind.OVERVIEW):
        return not_agreed(request, school)
    numbers = numbers_of([school], YearForm.chosen(request.GET), timezone.now())[0]
    return pdf_page(request, year_paper(numbers, school))


@allow(School, "overview_can_be_seen_by")
def school_overview_csv(request: MemberRequest, school: School) -> HttpResponse:
    if not allows(school, ConsentKind.OVERVIEW):
        return not_agreed(request, school)
    year = YearForm.chosen(request.GET)
    return as_csv(csv_file(head(), lines(numbers_of([school], year, timezone.now()))), year)


def not_agreed(request: MemberRequest, school: School) -> HttpResponse:
    messages.error(request, _("The overview is off: the PMR has not agreed to it."))
    return redirect("school_overview", school.pk)


def as_csv(made: bytes, year: SchoolYear) -> HttpResponse:
    reply = HttpResponse(made, content_type=CSV_TYPE)
    reply["Content-Disposition"] = f'attachment; filename="overzicht-{year}.csv"'.replace("–", "-")
    return reply


@allow(Board)
def board_overview(request: MemberRequest, board: Board) -> HttpResponse:
    at = timezone.now()
    form = YearForm(request.GET, day=timezone.localdate(at))
    found = board_numbers(board, form.school_year(), at)
    return render(request, "overview/board.html", {"board": board, "form": form, "found": found})


@allow(Board)
def board_overview_csv(request: MemberRequest, board: Board) -> HttpResponse:
    year = YearForm.chosen(request.GET)
    found = board_numbers(board, year, timezone.now())
    return as_csv(csv_file(head(), lines([*found.rows, found.total])), year)


@members
def not_seen(request: MemberRequest) -> HttpResponse:
    """What a director does not see, and why: for everybody to read, as they are the ones it protects."""
    context = {"least": LEAST_PEOPLE, "smallest": LEAST_PEOPLE + FREE, "days": TIME_TO_FILL_IN.days}
    return render(request, "overview/not_seen.html", context)
