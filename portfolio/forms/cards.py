"""Cards of the POP."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coaching.lib.forms import LongText, date_field
from schools.hours_forms import HoursField
from schools.models import SchoolYear

from ..models import ActionForm, DevelopmentPlan, Goal, GoalAction, rewrite
from .card import MOST_HOURS, MOST_MONEY, CardForm, hours_of


class PopCard(CardForm):
    """A card in which the owner of a POP writes."""

    @staticmethod
    def plan_of(instance: Any) -> DevelopmentPlan:
        found: DevelopmentPlan = instance
        return found

    @property
    def plan(self) -> DevelopmentPlan:
        return self.plan_of(self.instance)

    @property
    def school_year(self) -> SchoolYear:
        return self.plan.year

    @property
    def back(self) -> str:
        return reverse("pop", args=[self.plan.pk])

    def write(self, saved: Any, values: dict[str, Any]) -> Any:
        rewrite(saved, self.cleaned_data["seen"], **values)
        return saved


class StandingCard(PopCard):
    """Where am I, where do I want to go."""

    kind, part = "pop", "standing"
    drafted = ("standing", "heading")
    standing = LongText(label=gettext_lazy("Where am I?"), required=False, rows=3)
    heading = LongText(label=gettext_lazy("Where do I want to go?"), required=False, rows=3)

    class Meta:
        model: type[models.Model] = DevelopmentPlan
        fields = ["standing", "heading"]


class AgreementsCard(PopCard):
    """What is agreed on, in hours and money, and the wish further ahead."""

    kind, part = "pop", "agreements"
    drafted = ("agreements", "wish")
    agreements = LongText(label=gettext_lazy("What do we agree on?"), required=False, rows=3)
    agreed_minutes = HoursField(label=gettext_lazy("Hours"), most=MOST_HOURS, required=False)
    agreed_money = forms.IntegerField(
        label=gettext_lazy("Money, in whole euros"),
        required=False,
        min_value=0,
        max_value=MOST_MONEY,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),  # a number field hides what it can't read
    )
    talk_on = date_field(gettext_lazy("When do we talk?"), required=False)
    wish = LongText(
        label=gettext_lazy("What would I like to do one day?"),
        required=False,
        rows=2,
        help_text=gettext_lazy("Only if you like: a wish for your career."),
    )

    class Meta:
        model: type[models.Model] = DevelopmentPlan
        fields = ["agreements", "agreed_minutes", "agreed_money", "talk_on", "wish"]

    def shown_of(self, instance: Any) -> dict[str, Any]:
        return {"agreed_minutes": hours_of(instance.agreed_minutes)}

    def clean_talk_on(self) -> dt.date | None:
        return self.day_near("talk_on")


class GoalCard(PopCard):
    """The learning question is enough; all else may come later or never."""

    kind = "goal"
    drafted = ("question", "visible", "why", "support")
    question = LongText(
        label=gettext_lazy("My learning question: how can I ..."), required=False, rows=2, max_length=500
    )
    visible = LongText(label=gettext_lazy("What will be visible when it works?"), required=False, rows=2)
    why = LongText(label=gettext_lazy("Why does this matter to me?"), required=False, rows=2)
    support = LongText(label=gettext_lazy("What or whom do I need?"), required=False, rows=2)
    due = date_field(gettext_lazy("By when?"), required=False)

    class Meta:
        model: type[models.Model] = Goal
        fields = ["question", "visible", "why", "support", "due"]

    @staticmethod
    def plan_of(instance: Any) -> DevelopmentPlan:
        found: DevelopmentPlan = instance.plan
        return found

    def clean_due(self) -> dt.date | None:
        return self.day_near("due")


class ActionCard(PopCard):
    """What somebody does for a goal, in the card of that goal."""

    kind = "goalaction"
    drafted = ("what",)
    what = LongText(label=gettext_lazy("What do I do?"), required=False, rows=2, max_length=500)
    due = date_field(gettext_lazy("When?"), required=False)
    minutes = HoursField(label=gettext_lazy("Hours"), most=MOST_HOURS, required=False)
    done = forms.BooleanField(label=gettext_lazy("Done"), required=False)

    class Meta:
        model: type[models.Model] = GoalAction
        fields = ["what", "form", "due", "minutes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["form"]).choices = [("", "–"), *ActionForm.choices]

    @staticmethod
    def plan_of(instance: Any) -> DevelopmentPlan:
        found: DevelopmentPlan = instance.goal.plan
        return found

    def shown_of(self, instance: Any) -> dict[str, Any]:
        return {"minutes": hours_of(instance.minutes), "done": instance.done_on is not None}

    def clean_due(self) -> dt.date | None:
        return self.day_near("due")

    def written(self) -> dict[str, Any]:
        """A tick gives the day of today, and keeps the day on which it was given."""
        before = self.saved_now().done_on
        done_on = (before or timezone.localdate()) if self.cleaned_data["done"] else None
        return {**super().written(), "done_on": done_on}

    def label_of(self, name: str) -> str:
        return super().label_of("done" if name == "done_on" else name)

    def words_of(self, name: str, value: Any) -> str:
        if name == "form":
            return str(dict(ActionForm.choices).get(value) or "–")
        return super().words_of(name, value)
