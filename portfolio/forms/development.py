"""What is chosen, noted down and looked back on in a POP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm, LongText, OneLine, date_field
from schools.models import User

from ..goals import holding
from ..models import (
    MOST_GOALS,
    ActionPlan,
    Competence,
    DevelopmentPlan,
    Entry,
    Framework,
    Goal,
    Outcome,
    TalentKind,
)
from ..pop import Evaluation, close_pop
from ..talents import Talents
from .drafted import DraftedForm, plain_lines, version_field


class NoteForm(DraftedForm):
    """A line in the log of a goal."""

    submit_label = gettext_lazy("Add this line")
    drafted = ("text",)
    text = LongText(label=gettext_lazy("How is it going?"), rows=2)
    day = date_field(gettext_lazy("Date"), initial=timezone.localdate)

    def __init__(
        self, data: Any = None, *, goal: Goal, writer: User, kept: Mapping[str, str] | None = None
    ) -> None:
        name = f"goal:{goal.pk}:note"
        super().__init__(data, writer=writer, drafts=name, kept=kept, auto_id=f"{name.replace(':', '-')}-%s")
        self.plan = goal.plan

    def clean_day(self) -> dt.date:
        """Of what has been, in the year of the plan or just before it."""
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("Write down what has been; this day is still to come."))
        if day.year < self.plan.year.starts:
            raise ValidationError(_("That day is far away from this school year. Is the year right?"))
        return day


# -- what is picked from the portfolio ---------------------------------------------------------------------


class PickForm(HouseForm):
    """Ticks some of ``offered`` for ``field`` of ``row``; ``shown`` are the keys that were ticked on the screen.

    Only what was ticked and unticked here changes, so two screens never undo each other, and a card whose text
    is saved in the meantime has nothing to do with it.
    """

    label: Any = ""
    field = ""
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    picked = forms.ModelMultipleChoiceField(
        queryset=Competence.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, *, row: Any, owner: User) -> None:
        now = sorted(getattr(row, self.field).values_list("pk", flat=True))
        super().__init__(data, initial={"shown": ",".join(map(str, now)), "picked": now})
        self.row = row
        self.plan: DevelopmentPlan = row if isinstance(row, DevelopmentPlan) else row.plan
        picked = cast(forms.ModelMultipleChoiceField, self.fields["picked"])
        picked.label = self.label
        picked.queryset = self.offered(owner, now)
        self.is_empty = not self.is_bound and not picked.queryset.exists()

    def offered(self, owner: User, now: list[int]) -> QuerySet[Any]:
        raise NotImplementedError

    def save(self) -> None:
        """Raises MoveRefused when the plan is closed, StaleMove when it is gone."""
        with holding(self.plan):
            rows = getattr(self.row, self.field)
            shown = set(self.cleaned_data["shown"].split(","))
            elsewhere = {key for key in rows.values_list("pk", flat=True) if str(key) not in shown}
            rows.set({*elsewhere, *(each.pk for each in self.cleaned_data["picked"])})


class StrengthsForm(PickForm):
    field, label = "strengths", gettext_lazy("Which of your talents do you build on?")

    def offered(self, owner: User, now: list[int]) -> QuerySet[Any]:
        """Own talents of today, and what was picked before."""
        good = [each.now.competence_id for each in Talents(owner).all if each.now.kind == TalentKind.TALENT]
        return Competence.objects.filter(pk__in=[*good, *now])


class CompetencesForm(PickForm):
    field, label = "competences", gettext_lazy("Which competences does this goal belong to?")

    def offered(self, owner: User, now: list[int]) -> QuerySet[Any]:
        """Of the lists one's school works with and one's own, and what was picked before."""
        rows = Competence.objects.all()
        lists = Framework.objects.chosen_for(owner)
        mine = rows.to_score().filter(framework__in=lists) | rows.to_score().filter(owner=owner)
        ids = [*mine.values_list("pk", flat=True), *now]
        return rows.filter(pk__in=ids).order_by("framework", "order", "pk")


class ProofForm(PickForm):
    field, label = "proof", gettext_lazy("Which examples show how it goes?")

    def offered(self, owner: User, now: list[int]) -> QuerySet[Any]:
        return Entry.objects.filter(owner=owner)


# -- closing -----------------------------------------------------------------------------------------------


class ClosingForm(DraftedForm):
    """How each goal ended, and the year as a whole. Fields of a goal carry its key: learned_7."""

    submit_label = gettext_lazy("Close this plan")
    seen = version_field()
    looking_back = LongText(label=gettext_lazy("How do I look back on this year?"), required=False, rows=5)

    def __init__(self, data: Any = None, *, plan: DevelopmentPlan, goals: list[Goal], writer: User) -> None:
        self.plan, self.goals = plan, goals
        self.drafted = ("looking_back", *(f"{n}_{g.pk}" for g in goals for n in ("learned", "next_step")))
        initial = {"seen": plan.version, "looking_back": plan.looking_back, **self.saved_of(goals)}
        super().__init__(data, initial=initial, writer=writer, drafts=f"pop:{plan.pk}:closing")

    def add_fields(self) -> None:
        for goal in self.goals:
            self.fields[f"outcome_{goal.pk}"] = forms.ChoiceField(
                label=gettext_lazy("How did it end?"), choices=Outcome.choices, widget=forms.RadioSelect
            )
            self.fields[f"learned_{goal.pk}"] = LongText(
                label=gettext_lazy("What did I learn?"), required=False, rows=3
            )
            self.fields[f"next_step_{goal.pk}"] = LongText(
                label=gettext_lazy("What comes next?"), required=False, rows=2
            )

    @staticmethod
    def saved_of(goals: list[Goal]) -> dict[str, str]:
        names = ("outcome", "learned", "next_step")
        return {f"{name}_{goal.pk}": getattr(goal, name) for goal in goals for name in names}

    def written(self) -> dict[str, str]:
        """What was typed, by field, as it will be saved."""
        return {
            name: plain_lines(text)
            for name, text in self.cleaned_data.items()
            if name not in ("seen", "once_key")
        }

    def close(self, by: User, at: dt.datetime) -> None:
        """Raises StaleMove or MoveRefused, as ``close_pop`` does."""
        told = self.written()
        ends = {
            goal.pk: Evaluation(*(told[f"{name}_{goal.pk}"] for name in ("outcome", "learned", "next_step")))
            for goal in self.goals
        }
        close_pop(self.plan, self.cleaned_data["seen"], ends, told["looking_back"], by, at)


# -- a PAP becomes an action -------------------------------------------------------------------------------

NEW = "new"


class ToPopForm(HouseForm):
    """For which goal a PAP is done: one of the POP of this year, or a first or next one."""

    submit_label = gettext_lazy("Put it in my POP")
    goal = forms.ChoiceField(label=gettext_lazy("For which goal?"), widget=forms.RadioSelect)
    question = OneLine(
        label=gettext_lazy("My learning question: how can I ..."),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For a new goal. It may also be filled in later."),
    )

    def __init__(self, data: Any = None, *, pap: ActionPlan, goals: list[Goal]) -> None:
        super().__init__(data)
        self.pap, self.goals = pap, goals
        choices = [
            (str(goal.pk), goal.question or _("Goal %(n)s") % {"n": n}) for n, goal in enumerate(goals, 1)
        ]
        choices += [(NEW, _("A new goal"))] if len(goals) < MOST_GOALS else []
        cast(forms.ChoiceField, self.fields["goal"]).choices = choices
        self.initial["goal"] = choices[0][0]
        if len(goals) >= MOST_GOALS:
            del self.fields["question"]

    @property
    def chosen(self) -> Goal | None:
        """None for a new one."""
        key = self.cleaned_data["goal"]
        return next((goal for goal in self.goals if str(goal.pk) == key), None)
