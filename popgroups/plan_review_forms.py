"""Forms about a GOP that was handed in: answering, commenting, promising."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm, LongText, OneLine
from coaching.lib.keys import is_key
from schools.hours_forms import HoursField

from .models import AnswerKind, PromiseKind
from .plan_reviews import NEEDS_WORDS

WHOLE_PLAN = 0  # as the key of a goal
MOST_HOURS, MOST_EUROS = 400, 1_000_000


class ReactionForm(HouseForm):
    """Its three buttons stand in the template: each sends its own ``answer``."""

    text = LongText(label=gettext_lazy("What would you like to see differently, or more of?"), required=False)
    answer = forms.ChoiceField(choices=AnswerKind.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_reaction_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") in NEEDS_WORDS and not self.errors and not told["text"].strip():
            self.add_error(
                "text", _("Write down what you would like to see differently; the group can't guess it.")
            )
        return told


class CommentForm(HouseForm):
    """``goal_key``: which goal it is about, 0 for the whole plan. One of several on a page."""

    submit_label = gettext_lazy("Put it there")
    text = LongText(label=gettext_lazy("Comment"), rows=3)
    goal_key = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, key: int = WHOLE_PLAN) -> None:
        sent = data.get("goal_key", "") if data else ""
        self.key = int(sent) if is_key(sent) else key
        super().__init__(data, auto_id=f"id_comment_{self.key}_%s", initial={"goal_key": self.key})


class PromiseForm(HouseForm):
    submit_label = gettext_lazy("Promise this")
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you promise?"), choices=PromiseKind.choices, widget=forms.RadioSelect
    )
    minutes = HoursField(
        label=gettext_lazy("Hours for each member"),
        most=MOST_HOURS,
        required=False,
        help_text=gettext_lazy("Comes on top of the budget of everybody in the group, at once."),
    )
    euros = forms.IntegerField(
        label=gettext_lazy("Euros, for the group"), min_value=1, max_value=MOST_EUROS, required=False
    )
    text = OneLine(
        label=gettext_lazy("In words"),
        required=False,
        help_text=gettext_lazy("For example: for the lesson visits; whose help; from when."),
    )

    def clean(self) -> dict[str, Any]:
        """What goes with another kind is left out; what goes with this one has to be there."""
        told = super().clean() or {}
        kind = told.get("kind")
        needed = {PromiseKind.HOURS: "minutes", PromiseKind.MONEY: "euros", PromiseKind.EXPERTISE: "text"}
        name = needed.get(PromiseKind(kind)) if kind else None
        if name and not told.get(name) and name not in self.errors:
            self.add_error(name, _("Fill this in too, or choose something else above."))
        return told

    def promised(self) -> dict[str, Any]:
        told = self.cleaned_data
        kind = told["kind"]
        return {
            "kind": kind,
            "minutes": told["minutes"] if kind == PromiseKind.HOURS else None,
            "euros": told["euros"] if kind == PromiseKind.MONEY else None,
            "text": told["text"],
        }
