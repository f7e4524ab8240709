"""The school plan: read by all staff, written line by line by the director."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused, StaleMove

from ..models import School, SchoolPlanLine
from ..requests import MemberRequest, posted, told
from ..school_plan import bring_back, in_order, rewrite_line, write_line
from ..school_plan_forms import PlanLineForm
from ..submissions import once


@allow(School)
def school_plan(request: MemberRequest, school: School) -> HttpResponse:
    lines = in_order(SchoolPlanLine.objects.filter(school=school))
    context = {
        "school": school,
        "lines": [line for line in lines if not line.retired_at],
        "retired": [line for line in lines if line.retired_at],
        "writes": school.is_directed_by(request.user),
    }
    return render(request, "schools/plan/school_plan.html", context)


@allow(School, "is_directed_by")
def new_plan_line(request: MemberRequest, school: School) -> HttpResponse:
    form = PlanLineForm(posted(request), school=school)
    if form.is_valid() and saved(form):
        messages.success(request, _("Saved. Groups can choose it now."))
        return redirect("school_plan", school.pk)
    return render(request, "schools/plan/line.html", {"school": school, "form": form})


@allow(SchoolPlanLine, "can_be_changed_by")
def change_plan_line(request: MemberRequest, line: SchoolPlanLine) -> HttpResponse:
    form = PlanLineForm(posted(request), school=line.school, line=line)
    try:
        if form.is_valid() and saved(form):
            messages.success(request, _("Saved."))
            return redirect("school_plan", line.school_id)
    except StaleMove as late:
        messages.error(request, str(late))
        return redirect("change_plan_line", line.pk)
    return render(request, "schools/plan/line.html", {"school": line.school, "line": line, "form": form})


def saved(form: PlanLineForm) -> bool:
    """False, with the reason on the form, when the number is taken; raises StaleMove as rewrite_line does."""
    data = form.cleaned_data
    try:
        once(data["once_key"], lambda: keep(form, data["number"], data["text"], data["was"]))
    except MoveRefused as refused:
        form.add_error("number", str(refused))
        return False
    return True


def keep(form: PlanLineForm, number: str, text: str, was: str) -> None:
    if form.line:
        rewrite_line(form.line, number, text, was=was)
    else:
        write_line(form.school, number, text)


@allow(SchoolPlanLine, "can_be_changed_by")
@require_POST
def retire_plan_line(request: MemberRequest, line: SchoolPlanLine) -> HttpResponse:
    line.retire(timezone.now())
    messages.success(request, _("Out of use. Goals that serve it keep it; new ones can't choose it."))
    return redirect("school_plan", line.school_id)


@allow(SchoolPlanLine, "can_be_changed_by")
@require_POST
def restore_plan_line(request: MemberRequest, line: SchoolPlanLine) -> HttpResponse:
    with told(request):
        bring_back(line)
        messages.success(request, _("In use again."))
    return redirect("school_plan", line.school_id)
