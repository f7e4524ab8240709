"""Saving a card of a plan: by itself while somebody writes, or by its button; two versions are both shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.markup import clock
from coaching.lib.states import MoveRefused, StaleMove
from schools.requests import MemberRequest

from .forms.card import CardForm
from .two_versions import Difference


def save_card(request: MemberRequest, form: CardForm) -> HttpResponse:
    if request.POST.get("keep") == "saved":
        form.drop_drafts()
        return to_card(form)
    if not form.is_valid():
        return Refusal(request, form, 422).answer()
    try:
        form.rewrite()
    except MoveRefused as closed:
        form.add_error(None, str(closed))
        return Refusal(request, form, 409).answer()
    except StaleMove:
        return Refusal(request, form, 409, differs=True).answer()
    if by_itself(request):
        form.drop_saved_drafts()
        return JsonResponse({"saved_at": clock(timezone.now()), "seen": form.mark_of(form.instance)})
    form.drop_drafts()
    messages.success(request, _("Saved."))
    return to_card(form)


def by_itself(request: MemberRequest) -> bool:
    """Sent by static/js/cards.js, which leaves what stands on the screen alone."""
    return request.headers.get("X-Card") == "save"


def to_card(form: CardForm) -> HttpResponse:
    return redirect(f"{form.back}#{form.key}")


@dataclass
class Refusal:
    """A card that was not saved; the writer's own text is never thrown away with it.

    ``differs``: it was saved elsewhere in the meantime, so both texts are shown side by side.
    """

    request: MemberRequest
    form: CardForm
    status: int
    differs: bool = False

    def answer(self) -> HttpResponse:
        if not by_itself(self.request):
            return render(self.request, "portfolio/pop/card.html", self.on_a_page(), status=self.status)
        if self.differs:
            context = self.in_two_versions()
            return render(self.request, "portfolio/pop/_conflict.html", context, status=self.status)
        told = {name: [str(text) for text in texts] for name, texts in self.form.errors.items()}
        return JsonResponse({"errors": told}, status=self.status)

    def in_two_versions(self) -> dict[str, Any]:
        saved = self.form.saved_now()
        return {
            "rows": differences(self.form, saved),
            "seen": self.form.mark_of(saved),
            "action": self.request.path,
            "form_id": f"card-{self.form.key}",
        }

    def on_a_page(self) -> dict[str, Any]:
        """With the version of now to go on from, once both texts were shown."""
        context: dict[str, Any] = {"form": self.form, "back": self.form.back, "differs": self.differs}
        if self.differs:
            context |= self.in_two_versions()
            data = self.request.POST.copy()
            data["seen"] = str(context["seen"])
            context["form"] = self.form.again(data)
        return context


def differences(form: CardForm, saved: Any) -> list[Difference]:
    typed = form.written()
    return [
        Difference(form.label_of(name), form.words_of(name, getattr(saved, name)), form.words_of(name, value))
        for name, value in typed.items()
        if getattr(saved, name) != value
    ]
