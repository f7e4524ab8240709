"""The task codes of a school, kept by its coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused, StaleMove

from ..hours_forms import TaskCodeForm
from ..models import School, TaskCode
from ..requests import MemberRequest, posted
from ..submissions import once
from ..task_codes import codes_with_activities, put_code, remove_code


@allow(School, "is_coordinated_by")
def task_codes(request: MemberRequest, school: School) -> HttpResponse:
    form = TaskCodeForm(posted(request), instance=TaskCode(school=school))
    if form.is_valid() and saved(form):
        messages.success(request, _("Saved."))
        return redirect("task_codes", school.pk)
    context = {"school": school, "form": form, "codes": codes_with_activities(school)}
    return render(request, "schools/task_codes.html", context)


@allow(TaskCode, "can_be_changed_by")
def change_task_code(request: MemberRequest, code: TaskCode) -> HttpResponse:
    form = TaskCodeForm(posted(request), instance=code)
    if form.is_valid() and saved(form):
        messages.success(request, _("Saved."))
        return redirect("task_codes", code.school_id)
    return render(request, "schools/task_code.html", {"code": code, "form": form})


def saved(form: TaskCodeForm) -> bool:
    data, row = form.cleaned_data, form.save(commit=False)
    try:
        once(data["once_key"], lambda: put_code(row, data["activities"]))
    except StaleMove as late:
        form.add_error(None, str(late))
        return False
    return True


@allow(TaskCode, "can_be_changed_by")
@require_POST
def remove_task_code(request: MemberRequest, code: TaskCode) -> HttpResponse:
    school = code.school_id
    try:
        remove_code(code)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It can't be chosen any more. Lines that stand on it keep it."))
    return redirect("task_codes", school)
