"""Forms of the school plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm, OneLine

from .models import School, SchoolPlanLine


class PlanLineForm(HouseForm):
    """A new line of ``school``, or ``line`` as it becomes; ``was``: as the screen showed it."""

    number = OneLine(
        label=gettext_lazy("Number in the school plan"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("As it stands there, for example 2.3. It may stay empty."),
    )
    text = OneLine(
        label=gettext_lazy("What does the school want?"),
        max_length=300,
        help_text=gettext_lazy("One sentence. Groups choose which line a goal of theirs serves."),
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=320)

    def __init__(self, *args: Any, school: School, line: SchoolPlanLine | None = None, **kwargs: Any) -> None:
        start = {"number": line.number, "text": line.text, "was": str(line)} if line else {}
        super().__init__(*args, initial=start, **kwargs)
        self.school, self.line = school, line
