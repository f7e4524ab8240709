"""Cards of the POP: small forms that are saved by themselves while somebody writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseModelForm, LongText, date_field
from schools.budgets import in_hours
from schools.hours_forms import HoursField
from schools.models import Draft, SchoolYear, User

from ..models import ActionForm, DevelopmentPlan, Goal, GoalAction, rewrite
from .drafted import DraftedForm, plain_lines, version_field

FAR = 5  # school years before and after; a day further off is a slip of the keys
MOST_HOURS, MOST_MONEY = 500, 1_000_000


class CardForm(DraftedForm, HouseModelForm):
    """``seen`` is the version the writer had on the screen, kept with the text that is typed on it.

    Never keyed by ``once``: the same card sent again finds that it is saved already.
    """

    kind = part = ""
    marks = ("seen",)
    seen = version_field()

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Any,
        writer: User,
        kept: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        name = f"{self.kind}:{instance.pk}" + (f":{self.part}" if self.part else "")
        self.key = name.replace(":", "-")
        initial = {"seen": instance.version, **self.shown_of(instance)}
        super().__init__(
            data,
            instance=instance,
            initial=initial,
            writer=writer,
            drafts=name,
            kept=kept,
            auto_id=f"{self.key}-%s",
            **kwargs,
        )
        del self.fields["once_key"]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
            field.widget.attrs.pop(
                "maxlength", None
            )  # a browser cuts off what is pasted; here too long is said

    @staticmethod
    def plan_of(instance: Any) -> DevelopmentPlan:
        found: DevelopmentPlan = instance
        return found

    def shown_of(self, instance: Any) -> dict[str, Any]:
        """What the fields show where the row says it otherwise."""
        return {}

    @property
    def plan(self) -> DevelopmentPlan:
        return self.plan_of(self.instance)

    def day_near(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        starts = self.plan.year.starts
        if day and abs(SchoolYear.start_of(day) - starts) > FAR:
            raise ValidationError(_("That day is far away from this school year. Is the year right?"))
        return day

    def written(self) -> dict[str, Any]:
        """The values of the row."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}  # type: ignore[attr-defined]
        return {name: plain_lines(text) if isinstance(text, str) else text for name, text in values.items()}

    def rewrite(self) -> None:
        """Save; raises StaleMove when it was saved since it was shown, MoveRefused when the plan is closed."""
        values, saved = self.written(), self.saved_now()
        if any(getattr(saved, name) != value for name, value in values.items()):
            rewrite(saved, self.cleaned_data["seen"], **values)
        self.instance = saved

    def saved_now(self) -> Any:
        found: Any = type(self.instance).objects.get(pk=self.instance.pk)
        return found

    def drop_saved_drafts(self) -> None:
        """Of what is saved now. What was typed after it was sent stays, with the version it was typed on."""
        kept = {self.draft_names[draft.field]: draft for draft in self._drafts()}
        seen = kept.pop("seen", None)
        saved = [draft for name, draft in kept.items() if self._was_sent(name, draft.text)]
        if seen and len(saved) == len(kept):
            saved.append(seen)
        for draft in saved:
            Draft.objects.filter(pk=draft.pk, text=draft.text).delete()

    def _was_sent(self, name: str, text: str) -> bool:
        return plain_lines(text).strip() == plain_lines(self.data.get(name)).strip()


class StandingCard(CardForm):
    """Where am I, where do I want to go."""

    kind, part = "pop", "standing"
    drafted = ("standing", "heading")
    standing = LongText(label=gettext_lazy("Where am I?"), required=False, rows=3)
    heading = LongText(label=gettext_lazy("Where do I want to go?"), required=False, rows=3)

    class Meta:
        model: type[models.Model] = DevelopmentPlan
        fields = ["standing", "heading"]


class AgreementsCard(CardForm):
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


class GoalCard(CardForm):
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


class ActionCard(CardForm):
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


def hours_of(minutes: int | None) -> Any:
    """As somebody types it: 90 is 1.5, 1200 is 20."""
    return None if minutes is None else in_hours(minutes).normalize() + 0
