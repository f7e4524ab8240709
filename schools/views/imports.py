"""A staff list in: the file, its columns, the four lists, the report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused, StaleMove

from ..import_forms import CarryOutForm, ColumnsForm, StaffFileForm
from ..models import School, StaffImport
from ..requests import MemberRequest, posted
from ..staff_columns import guess, is_enough
from ..staff_files import clean_file_name
from ..staff_imports import carry_out, changed_meanwhile, keep, report_of
from ..staff_lists import judge
from ..staff_undo import undo, why_not_undone
from ..submissions import once


@allow(School, "people_can_be_managed_by")
def staff_lists(request: MemberRequest, school: School) -> HttpResponse:
    form = StaffFileForm(posted(request), request.FILES or None)
    if form.is_valid():
        table, name = form.table, clean_file_name(form.cleaned_data["file"].name)
        kept = once(
            form.cleaned_data["once_key"],
            lambda: keep(school, table, guess(table.header), name, request.user, timezone.now()),
        )
        return redirect("staff_columns", kept.pk) if kept else redirect("staff_lists", school.pk)
    earlier = school.staff_imports.select_related("uploaded_by", "done_by")
    return render(request, "schools/staff_lists.html", {"school": school, "form": form, "earlier": earlier})


@allow(StaffImport, "can_be_managed_by")
def staff_columns(request: MemberRequest, staff_import: StaffImport) -> HttpResponse:
    if not staff_import.is_waiting:
        return redirect("staff_list", staff_import.pk)
    form = ColumnsForm(posted(request), staff_import=staff_import)
    if form.is_valid():
        # Not over a list that was carried out meanwhile: its report says which columns were read.
        waiting = StaffImport.objects.filter(pk=staff_import.pk, state=staff_import.state)
        waiting.update(matched=form.matched())
        return redirect("staff_list", staff_import.pk)
    context = {"school": staff_import.school, "staff_import": staff_import, "form": form}
    return render(request, "schools/staff_columns.html", context)


@allow(StaffImport, "can_be_managed_by")
def staff_list(request: MemberRequest, staff_import: StaffImport) -> HttpResponse:
    """The preview while it waits, the report afterwards."""
    context: dict[str, Any] = {"school": staff_import.school, "staff_import": staff_import}
    if not staff_import.is_waiting:
        context |= {"report": report_of(staff_import)}
        context |= {"stuck": why_not_undone(staff_import) if staff_import.is_done else ""}
        return render(request, "schools/staff_report.html", context)
    if not is_enough(staff_import.matched):
        return redirect("staff_columns", staff_import.pk)
    sheet = judge(staff_import, timezone.localdate())
    form = CarryOutForm(sheet=sheet)
    return render(request, "schools/staff_preview.html", context | {"sheet": sheet, "form": form})


@allow(StaffImport, "can_be_managed_by")
@require_POST
def carry_out_list(request: MemberRequest, staff_import: StaffImport) -> HttpResponse:
    if not (staff_import.is_waiting and is_enough(staff_import.matched)):
        return redirect("staff_list", staff_import.pk)
    sheet = judge(staff_import, timezone.localdate())
    form = CarryOutForm(request.POST, sheet=sheet)
    if form.is_stale:
        messages.error(request, changed_meanwhile())
        return redirect("staff_list", staff_import.pk)
    if form.is_valid():
        try:
            carry_out(staff_import, form.ticks(), form.cleaned_data["seen"], request.user, timezone.now())
        except StaleMove as stale:
            messages.error(request, str(stale))
        return redirect("staff_list", staff_import.pk)
    context = {"school": staff_import.school, "staff_import": staff_import, "sheet": sheet, "form": form}
    return render(request, "schools/staff_preview.html", context)


@allow(StaffImport, "can_be_managed_by")
@require_POST
def undo_list(request: MemberRequest, staff_import: StaffImport) -> HttpResponse:
    if not staff_import.is_done:
        return redirect("staff_list", staff_import.pk)
    try:
        undo(staff_import, request.user, timezone.now())
    except MoveRefused as refused:
        messages.error(request, str(refused))
    except StaleMove:
        messages.error(request, _("This list was already undone."))
    else:
        messages.success(request, _("The list has been undone."))
    return redirect("staff_list", staff_import.pk)


@allow(StaffImport, "can_be_managed_by")
@require_POST
def discard_list(request: MemberRequest, staff_import: StaffImport) -> HttpResponse:
    """Only a list that was not carried out; a report goes by itself."""
    if staff_import.is_waiting:
        StaffImport.objects.filter(pk=staff_import.pk, state=staff_import.state).delete()
        messages.success(request, _("The list has been thrown away. Nothing was changed."))
    return redirect("staff_lists", staff_import.school_id)
