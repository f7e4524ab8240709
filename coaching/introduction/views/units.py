"""Trainings: for all staff to read, with their material; changed by whoever designs the trajectory."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.kept_files import path_of, send
from coaching.lib.states import StaleMove
from coaching.lib.uploads import TYPES, UploadRefused
from schools.hours import per_person_is_allowed
from schools.models import Material, School, TrainingUnit, Trajectory
from schools.requests import MemberRequest, posted, told
from schools.submissions import once

from ..forms import AttendanceForm, MaterialForm, UnitForm
from ..involved import note_who_was_there
from ..materials import add_file, add_link, forget
from ..materials import remove_unit as remove


@allow(School, "has_as_member")
def trainings(request: MemberRequest, school: School) -> HttpResponse:
    rows = TrainingUnit.objects.visible_to(request.user).filter(trajectory__school=school)
    context = {"school": school, "units": rows.order_by("-trajectory__year__starts", "day", "pk")}
    return render(request, "introduction/trainings.html", context)


@allow(TrainingUnit, "can_be_read_by")
def unit(request: MemberRequest, unit: TrainingUnit) -> HttpResponse:
    return unit_page(request, unit, MaterialForm())


def unit_page(
    request: MemberRequest, unit: TrainingUnit, form: MaterialForm, status: int = 200
) -> HttpResponse:
    agreed = per_person_is_allowed(unit.trajectory.school)
    there = list(unit.attendances.select_related("membership__person")) if agreed else []
    notes = agreed and unit.attendance_can_be_noted_by(request.user)
    context = {
        "unit": unit,
        "materials": unit.materials.all(),
        "form": form,
        "changes": unit.can_be_changed_by(request.user),
        "designs": unit.trajectory.can_be_designed_by(request.user),
        "removes": unit.can_be_moved_by(request.user),
        "notes": notes,
        "there": sorted(row.membership.person.name for row in there) if notes else [],
        "was_there": any(row.membership.person_id == request.user.pk for row in there),
    }
    return render(request, "introduction/unit.html", context, status=status)


@allow(Trajectory, "can_be_designed_by")
def add_unit(request: MemberRequest, trajectory: Trajectory) -> HttpResponse:
    unit = TrainingUnit(trajectory=trajectory)
    form = UnitForm(posted(request), instance=unit, reader=request.user)
    if form.is_valid():
        once(form.cleaned_data["once_key"], form.save)
        messages.success(request, _("Saved."))
        return redirect("trajectory", trajectory.pk)
    return render(request, "introduction/change_unit.html", {"trajectory": trajectory, "form": form})


@allow(TrainingUnit, "can_be_changed_by")
def change_unit(request: MemberRequest, unit: TrainingUnit) -> HttpResponse:
    form = UnitForm(posted(request), instance=unit, reader=request.user)
    context: dict[str, Any] = {"trajectory": unit.trajectory, "unit": unit, "form": form}
    context["removes"] = unit.can_be_removed_by(request.user)
    if form.is_valid():
        try:
            form.keep()
        except StaleMove as stale:
            form.add_error(None, str(stale))
            context["beside"] = form.beside()
        else:
            messages.success(request, _("Saved."))
            return redirect("unit", unit.pk)
    return render(request, "introduction/change_unit.html", context)


@allow(TrainingUnit, "can_be_removed_by")
@require_POST
def remove_unit(request: MemberRequest, unit: TrainingUnit) -> HttpResponse:
    with told(request):
        remove(unit)
        messages.success(request, _("“%(title)s” is removed.") % {"title": unit.title})
        return redirect("trajectory", unit.trajectory_id)
    return redirect("unit", unit.pk)


@allow(TrainingUnit, "can_be_changed_by")
@require_POST
def add_material(request: MemberRequest, unit: TrainingUnit) -> HttpResponse:
    form = MaterialForm(request.POST, request.FILES)
    if not form.is_valid():
        return unit_page(request, unit, form, 422)
    try:
        put_in(unit, form)
    except UploadRefused as refused:
        form.add_error(None, str(refused))
        return unit_page(request, unit, form, 422)
    messages.success(request, _("Added."))
    return redirect("unit", unit.pk)


def put_in(unit: TrainingUnit, form: MaterialForm) -> None:
    data, now = form.cleaned_data, timezone.now()
    if form.upload:
        add_file(unit, data["title"], form.upload, now, data["once_key"])
    else:
        once(data["once_key"], lambda: add_link(unit, data["title"], data["link"], now))


@allow(TrainingUnit, "attendance_can_be_noted_by")
def unit_attendance(request: MemberRequest, unit: TrainingUnit) -> HttpResponse:
    form = AttendanceForm(posted(request), unit=unit)
    if form.is_valid():
        note_who_was_there(unit, form.change())
        messages.success(request, _("Saved."))
        return redirect("unit", unit.pk)
    return render(request, "introduction/attendance.html", {"unit": unit, "form": form})


@allow(Material, "can_be_read_by")
def material(request: MemberRequest, material: Material) -> HttpResponseBase:
    """A file, as an attachment; a link has its own address."""
    if not material.stored:
        raise Http404
    name = (
        material.title
        if material.title.endswith(f".{material.kind}")
        else f"{material.title}.{material.kind}"
    )
    sent = send(path_of(material.stored), TYPES.get(material.kind, "application/octet-stream"), name)
    return sent or render(request, "introduction/file_gone.html", {"material": material}, status=410)


@allow(Material, "can_be_removed_by")
@require_POST
def remove_material(request: MemberRequest, material: Material) -> HttpResponse:
    unit = material.unit_id
    forget(material)
    messages.success(request, _("“%(title)s” is removed.") % {"title": material.title})
    return redirect("unit", unit)
