"""Pages of talents, and of the lists of competences that a school works with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from schools.models import Role, School
from schools.requests import MemberRequest, posted
from schools.submissions import once

from ..forms.competences import ChooseForm, ListFileForm, OwnCompetenceForm, OwnListForm, TalentForm
from ..models import Competence, Framework
from ..moodle_lists import BadList, keep_list, read_list
from ..talents import CHART, Talents, lists_for


@members
def talents(request: MemberRequest) -> HttpResponse:
    found = Talents(request.user)
    context = {
        "talents": found,
        "lists": lists_for(request.user, found),
        "chart": CHART,
    }
    return render(request, "portfolio/talents.html", context)


@allow(Framework, "can_be_scored_by")
def score_list(request: MemberRequest, framework: Framework) -> HttpResponse:
    competences = list(framework.competences.to_score())
    return scoring(request, competences, {"title": framework.title, "about": framework.about})


@members
def score_own(request: MemberRequest) -> HttpResponse:
    """One's own list: name something, then score it."""
    form = OwnCompetenceForm(posted(request) if "title" in request.POST else None)
    if form.is_valid():
        once(form.cleaned_data["once_key"], lambda: form.make(request.user))
        return redirect("score_own")
    competences = list(request.user.own_competences.to_score())
    return scoring(request, competences, {"title": _("My own list"), "own": competences, "name_form": form})


def scoring(
    request: MemberRequest, competences: list[Competence], context: dict[str, object]
) -> HttpResponse:
    """The marks on ``competences``, on a page with ``context``."""
    newest = Talents(request.user).by_competence
    data = None if "title" in request.POST else posted(request)
    form = TalentForm(data, competences=competences, now=newest)
    if form.is_valid():
        kept = once(form.cleaned_data["once_key"], lambda: form.save(request.user, timezone.now()))
        messages.success(request, said(kept))
        return redirect("talents")
    return render(request, "portfolio/talent_form.html", {"form": form, "competences": competences} | context)


def said(kept: int | None) -> str:
    """None: the same form was sent before, and saved then."""
    if kept is None:
        return _("Saved.")
    words = ngettext("Saved: one talent.", "Saved: %(n)s talents.", kept) % {"n": kept}
    return words if kept else _("Nothing was changed.")


@allow(Competence, "is_mine")
@require_POST
def remove_own(request: MemberRequest, competence: Competence) -> HttpResponse:
    competence.erase()
    messages.success(request, _("Removed, with its marks."))
    return redirect("score_own")


# -- the lists of a school ---------------------------------------------------------------------------------


@allow(School, "is_coordinated_by")
def frameworks(request: MemberRequest, school: School) -> HttpResponse:
    form = ChooseForm(posted(request), school=school)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. Colleagues find these lists under their talents."))
        return redirect("frameworks", school.pk)
    context = {
        "school": school,
        "form": form,
        "frameworks": Framework.objects.of_school(school).prefetch_related("competences"),
        "resting": Framework.objects.resting_at(school),
    }
    return render(request, "portfolio/frameworks.html", context)


@allow(School, "is_coordinated_by")
def new_framework(request: MemberRequest, school: School) -> HttpResponse:
    form = OwnListForm(posted(request))
    if form.is_valid():
        once(form.cleaned_data["once_key"], lambda: form.make(school))
        messages.success(request, _("The list is there. Choose it to use it."))
        return redirect("frameworks", school.pk)
    return render(request, "portfolio/new_framework.html", {"school": school, "form": form})


@allow(School, "is_coordinated_by")
def read_framework(request: MemberRequest, school: School) -> HttpResponse:
    form = ListFileForm(posted(request), request.FILES or None)
    errors: list[str] = []
    if form.is_valid():
        try:
            found = read_list(form.cleaned_data["file"].read())
        except BadList as bad:
            errors = bad.errors
        else:
            once(form.cleaned_data["once_key"], lambda: keep_list(found, school))
            messages.success(request, _("The list is there. Choose it to use it."))
            return redirect("frameworks", school.pk)
    context = {"school": school, "form": form, "errors": errors[:20], "more": max(0, len(errors) - 20)}
    return render(request, "portfolio/read_framework.html", context)


@allow(Framework)
def framework(request: MemberRequest, framework: Framework) -> HttpResponse:
    context = {
        "framework": framework,
        "competences": framework.competences.select_related("parent"),
        "changes": framework.can_be_changed_by(request.user),
        "coordinated": next(iter(request.user.schools_as(Role.COORDINATOR)), None),
    }
    return render(request, "portfolio/framework.html", context)


@allow(Framework, "can_be_changed_by")
@require_POST
def remove_framework(request: MemberRequest, framework: Framework) -> HttpResponse:
    framework.retire()
    messages.success(request, _("Removed. Who filled it in keeps their own marks."))
    return redirect("frameworks", framework.school_id)


@allow(Framework, "can_be_changed_by")
@require_POST
def restore_framework(request: MemberRequest, framework: Framework) -> HttpResponse:
    framework.bring_back()
    messages.success(request, _("It is back. Choose it to use it."))
    return redirect("frameworks", framework.school_id)
