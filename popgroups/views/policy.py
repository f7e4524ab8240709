"""The school plan beside the goals of the groups."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from coaching.lib.access import allow
from popgroups.models import PopGroup
from popgroups.policy import serving
from schools.calendar_forms import YearForm
from schools.models import School, SchoolYear
from schools.requests import MemberRequest


@allow(School)
def plan_line_goals(request: MemberRequest, school: School) -> HttpResponse:
    """Goals as they were handed in: of all groups for who reads those, of one's own groups for everybody else."""
    year = YearForm.chosen(request.GET)
    years = SchoolYear.objects.filter(groups__in=PopGroup.objects.filter(school=school)).distinct()
    known = {row.starts: row for row in years} | {year.starts: year}
    context = {
        "school": school,
        "year": year,
        "years": [row for _starts, row in sorted(known.items())],
        "rows": serving(school, year, request.user),
        "reads_all": school.people_can_be_managed_by(request.user),
        "writes": school.is_directed_by(request.user),
    }
    return render(request, "popgroups/plan_line_goals.html", context)
