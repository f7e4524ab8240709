"""The first visit, in three steps: marks, one thing to go for, the first goal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.access import members
from coaching.lib.states import MoveRefused, StaleMove
from schools.requests import MemberRequest, posted
from schools.submissions import once

from ..forms.start import FirstGoalForm, FirstMarksForm, PickForm
from ..models import TalentKind
from ..start import choose, chosen, handful, make_first_goal, note_marked
from ..talents import CHART, Talents


@members
def first_visit(request: MemberRequest) -> HttpResponse:
    """What can I do well, what do I like?"""
    talents = Talents(request.user)
    competences = handful(request.user, talents)
    form = FirstMarksForm(
        posted(request), competences=competences, now=talents.by_competence, writer=request.user
    )
    if form.is_valid():
        at = timezone.now()
        once(form.cleaned_data["once_key"], lambda: form.save(request.user, at))
        form.drop_drafts()
        note_marked(request.user, at)
        return redirect("first_visit_choose")
    context = {"form": form, "competences": competences, "step": 1}
    return render(request, "portfolio/start/marks.html", context)


@members
def first_visit_choose(request: MemberRequest) -> HttpResponse:
    """That is how it looks; one thing to go for."""
    talents = Talents(request.user)
    form = PickForm(posted(request), talents=talents, now=chosen(request.user), writer=request.user)
    if form.is_valid():
        choose(request.user, form.picked(request.user), timezone.now())
        form.drop_drafts()
        return redirect("first_visit_goal")
    of_kind = {kind: [each.title for each in found] for kind, found in talents.kinds}
    context = {
        "form": form,
        "talents": talents,
        "strong": of_kind.get(TalentKind.TALENT, []),
        "chances": of_kind.get(TalentKind.CHANCE, []),
        "chart": CHART,
        "step": 2,
    }
    return render(request, "portfolio/start/choose.html", context)


@members
def first_visit_goal(request: MemberRequest) -> HttpResponse:
    """My first goal."""
    form = FirstGoalForm(posted(request), writer=request.user)
    if form.is_valid():
        at = timezone.now()
        try:
            once(form.cleaned_data["once_key"], lambda: make_first_goal(request.user, form.goal, at))
        except (MoveRefused, StaleMove) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Your goal stands in your POP. A good start: strong first, then learning.")
            )
            return redirect("my_pop")
    context = {"form": form, "chosen": chosen(request.user), "step": 3}
    return render(
        request, "portfolio/start/goal.html", context, status=409 if form.non_field_errors() else 200
    )
