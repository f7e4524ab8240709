"""Pages "About me": for their writer alone, for ever. Nothing here can be shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow, members
from coaching.lib.states import StaleMove
from schools.models import User
from schools.requests import MemberRequest, posted
from schools.submissions import once

from ..about_me import (
    corners_of,
    drafts_named,
    erase_all,
    erase_quadrant,
    keep_notes,
    keep_quadrant,
    mark_of,
    notes_of,
)
from ..forms.about_me import OwnTextsForm, QuadrantForm, ThemeForm
from ..models import CoreQuadrant
from ..prompts import BY_KEY, THEMES, Theme
from ..two_versions import Difference

Bind = Callable[[Any], OwnTextsForm]


@dataclass(frozen=True)
class Written:
    """A theme with what somebody wrote in it: each question with its answer."""

    theme: Theme
    answers: list[tuple[Any, str]]


@members
def about_me(request: MemberRequest) -> HttpResponse:
    notes = notes_of(request.user)
    written = [
        Written(theme, [(each.question, notes[each.key].text) for each in theme.prompts if each.key in notes])
        for theme in THEMES
    ]
    quadrants = list(request.user.core_quadrants.all())
    context = {"written": written, "quadrants": quadrants, "any": bool(notes or quadrants)}
    return render(request, "portfolio/about/about_me.html", context)


@members
def about_theme(request: MemberRequest, theme: str) -> HttpResponse:
    found = theme_or_404(theme)
    form = theme_form(posted(request), found, request.user)
    if form.is_valid():
        at = timezone.now()
        try:
            once(form.cleaned_data["once_key"], lambda: keep_notes(request.user, form.seen, form.typed, at))
        except StaleMove:
            return two_versions(request, form, lambda data: theme_form(data, found, request.user))
        return kept(request, form)
    return render(request, "portfolio/about/theme.html", {"form": form, "theme": found})


def theme_or_404(key: str) -> Theme:
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def theme_form(data: Any, theme: Theme, writer: User) -> ThemeForm:
    saved = {key: note.text for key, note in notes_of(writer).items()}
    return ThemeForm(data, theme=theme, saved=saved, writer=writer)


def kept(request: MemberRequest, form: OwnTextsForm) -> HttpResponse:
    form.drop_drafts()
    messages.success(request, _("Saved. Only you can read it."))
    return redirect("about_me")


def two_versions(request: MemberRequest, refused: OwnTextsForm, bind: Bind) -> HttpResponse:
    """Saved elsewhere in the meantime: both texts side by side, the writer's own still in the form.

    ``bind`` makes the form as it is now. What was not touched on this screen follows what is saved.
    """
    saved, data = bind(None).saved, request.POST.copy()
    for name, text in saved.items():
        data[f"seen_{name}"] = mark_of(text)
        data[name] = refused.typed[name] if name in refused.touched else text
    rows = [
        Difference(str(refused[name].label), saved[name] or "–", refused.typed[name] or "–")
        for name in refused.touched
        if mark_of(saved[name]) != mark_of(refused.typed[name])
    ]
    context = {"rows": rows, "form": bind(data)}
    return render(request, "portfolio/about/two_versions.html", context, status=409)


@members
@require_POST
def about_drop_drafts(request: MemberRequest, theme: str) -> HttpResponse:
    theme_form(None, theme_or_404(theme), request.user).drop_drafts()
    return redirect("about_theme", theme)


@members
def about_delete(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portfolio/about/delete.html")
    erase_all(request.user)
    messages.success(request, _("Deleted."))
    return redirect("about_me")


# -- core quadrants ----------------------------------------------------------------------------------------


@members
def quadrant_new(request: MemberRequest) -> HttpResponse:
    drafts = drafts_named(request.user, "quadrant:new")
    form = QuadrantForm(posted(request), saved={}, writer=request.user, drafts=drafts)
    if form.is_valid():
        once(form.cleaned_data["once_key"], lambda: form.make(request.user))
        return kept(request, form)
    return render(request, "portfolio/about/quadrant.html", {"form": form})


@allow(CoreQuadrant, "is_mine")
def quadrant(request: MemberRequest, quadrant: CoreQuadrant) -> HttpResponse:
    form = quadrant_form(posted(request), quadrant)
    if form.is_valid():
        try:
            once(form.cleaned_data["once_key"], lambda: keep_quadrant(quadrant, form.seen, form.typed))
        except StaleMove:
            quadrant.refresh_from_db()
            return two_versions(request, form, lambda data: quadrant_form(data, quadrant))
        return kept(request, form)
    return render(request, "portfolio/about/quadrant.html", {"form": form, "quadrant": quadrant})


def quadrant_form(data: Any, quadrant: CoreQuadrant) -> QuadrantForm:
    saved = corners_of(quadrant)
    return QuadrantForm(data, saved=saved, writer=quadrant.owner, drafts=f"quadrant:{quadrant.pk}")


@allow(CoreQuadrant, "is_mine")
@require_POST
def quadrant_drop_drafts(request: MemberRequest, quadrant: CoreQuadrant) -> HttpResponse:
    quadrant_form(None, quadrant).drop_drafts()
    return redirect("quadrant", quadrant.pk)


@allow(CoreQuadrant, "is_mine")
def quadrant_delete(request: MemberRequest, quadrant: CoreQuadrant) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portfolio/about/delete.html", {"quadrant": quadrant})
    erase_quadrant(quadrant)
    messages.success(request, _("Deleted."))
    return redirect("about_me")
