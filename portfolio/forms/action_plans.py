"""What people write in an action plan, and how it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import DateInput, HouseModelForm, LongText

from ..models import ActionPlan, PlanState
from .drafted import DraftedForm, version_field

FIRST_LOOK_BACK = dt.timedelta(days=14)  # a plan made outside a session has no next meeting to aim at


class PlanForm(DraftedForm, HouseModelForm):
    """``seen`` is the version the writer had on the screen."""

    drafted = ("intention", "where", "works_when", "if_then")
    marks = ("seen",)
    seen = version_field()

    class Meta:
        model = ActionPlan
        fields = ["intention", "where", "due", "works_when", "if_then", "group_sees_title"]
        widgets = {
            "intention": forms.Textarea(attrs={"rows": 2}),
            "works_when": forms.Textarea(attrs={"rows": 2}),
            "if_then": forms.Textarea(attrs={"rows": 2}),
            "due": DateInput(),
        }

    def add_fields(self) -> None:
        self.initial["seen"] = self.instance.version

    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def rewrite(self) -> ActionPlan:
        """Save; raises StaleMove when the plan was saved by somebody else since it was shown."""
        self.instance.rewrite(self.cleaned_data["seen"], **self.written())
        return self.instance


class NewPlanForm(DraftedForm, HouseModelForm):
    """A plan of one line is a plan."""

    drafted = ("intention",)

    class Meta:
        model = ActionPlan
        fields = ["intention", "due"]
        widgets = {"intention": forms.Textarea(attrs={"rows": 2}), "due": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due", None)
        self.initial["due"] = self.initial["due"] or timezone.localdate() + FIRST_LOOK_BACK

    def make(self) -> ActionPlan:
        self.instance.owner = self.writer
        return self.save()


class ResultForm(DraftedForm):
    """How did it go? Only the states that may follow are offered."""

    drafted = ("happened",)
    submit_label = _("Keep this")
    happened = LongText(label=_("What happened, and what was the effect?"), required=False, rows=3)
    result = forms.ChoiceField(label=_("How does it stand now?"), widget=forms.RadioSelect)
    LABELS = {
        PlanState.TRIED: _("I tried it"),
        PlanState.ADJUSTED: _("I adjust it and go on"),
        PlanState.DONE: _("It is finished"),
        PlanState.LET_GO: _("I let it go"),
    }

    def __init__(self, *args: Any, plan: ActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, drafts=f"plan:{plan.pk}", **kwargs)
        # What comes in is judged by the plan itself: the same form sent twice is no mistake of the reader.
        self.offer(list(self.LABELS) if self.is_bound else plan.next_states())

    def offer(self, states: Sequence[str]) -> None:
        result = cast(forms.ChoiceField, self.fields["result"])
        result.choices = [(state, self.LABELS[PlanState(state)]) for state in states]
