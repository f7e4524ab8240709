"""Asking a colleague for feedback, and giving it."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import LongText
from schools.models import User

from .. import feedback
from ..models import FeedbackRequest
from ..sharing import colleagues_of
from .drafted import DraftedForm
from .sharing import PersonChoice


class AskForm(DraftedForm):
    drafted = ("question",)
    submit_label = _("Ask")
    asked = PersonChoice(
        label=_("Whom do you ask?"), queryset=User.objects.none(), empty_label=_("Choose a colleague")
    )
    question = forms.CharField(
        label=_("Your one question"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Small and about something they saw: “What did you notice in my instruction on Tuesday?”"
        ),
    )

    def add_fields(self) -> None:
        cast(PersonChoice, self.fields["asked"]).queryset = colleagues_of(self.writer)

    def make(self, at: dt.datetime) -> FeedbackRequest:
        told = self.cleaned_data
        return feedback.ask_in_turn(self.writer, told["asked"], told["question"], at)


class AnswerForm(DraftedForm):
    drafted = ("answer",)
    submit_label = _("Send my answer")
    answer = LongText(
        label=_("Your answer"),
        rows=6,
        help_text=_("What did you see, what did it do, what would you like to see more of?"),
    )

    def __init__(self, *args: Any, asks: FeedbackRequest, **kwargs: Any) -> None:
        super().__init__(*args, initial={"answer": asks.answer}, drafts=f"feedback:{asks.pk}", **kwargs)


class KeepForm(forms.Form):
    """``seen``: which answer was on the screen."""

    seen = forms.CharField(max_length=40)
