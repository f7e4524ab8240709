"""Cards of a GOP, saved by themselves while members write, and what is said about it."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm, LongText, OneLine, date_field
from coaching.lib.keys import keys_among
from portfolio.forms.card import MOST_HOURS, MOST_MONEY, CardForm, hours_of
from portfolio.models import Competence, Framework, Outcome
from schools.hours_forms import HoursField
from schools.models import Membership, Role, SchoolPlanLine, SchoolYear, User

from .models import GroupActivity, GroupGoal, GroupMember, GroupPlan
from .plan_goals import served_by
from .plan_writing import mark_of, plan_of, write

LONGEST_TITLE, LONGEST_WHAT = 200, 300


class GroupPlanCard(CardForm):
    """A card in which all members of a group write; ``seen`` tells what its own fields said (mark_of)."""

    def mark_of(self, row: Any) -> int:
        return mark_of(row, self.names)

    @property
    def names(self) -> list[str]:
        """Fields of the row that the card writes."""
        return list(self.Meta.fields)  # type: ignore[attr-defined]

    @property
    def plan(self) -> GroupPlan:
        return plan_of(self.instance)

    @property
    def school_year(self) -> SchoolYear:
        return self.plan.group.year

    @property
    def back(self) -> str:
        return reverse("group_plan", args=[self.plan.pk])

    def write(self, saved: Any, values: dict[str, Any]) -> Any:
        return write(saved, self.cleaned_data["seen"], values, self.writer, timezone.now())


class TextCard(GroupPlanCard):
    """One text of the plan itself."""

    kind = "gop"

    @classmethod
    def one(cls, name: str, label: Any, rows: int = 3, help_text: Any = "") -> type[TextCard]:
        meta = type("Meta", (), {"model": GroupPlan, "fields": [name]})
        field = LongText(label=label, required=False, rows=rows, help_text=help_text)
        return type(f"{name}Card", (cls,), {"part": name, "drafted": (name,), name: field, "Meta": meta})


class AskedCard(GroupPlanCard):
    """What the group asks of the school: time, money, knowledge."""

    kind, part = "gop", "asked"
    drafted = ("asked_expertise",)
    asked_minutes = HoursField(
        label=gettext_lazy("Hours we ask for, a person"), most=MOST_HOURS, required=False
    )
    asked_money = forms.IntegerField(
        label=gettext_lazy("Money, in whole euros"),
        required=False,
        min_value=0,
        max_value=MOST_MONEY,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),  # a number field hides what it can't read
    )
    asked_expertise = LongText(
        label=gettext_lazy("Whose knowledge or help do we ask for?"), required=False, rows=2
    )

    class Meta:
        model: type[models.Model] = GroupPlan
        fields = ["asked_minutes", "asked_money", "asked_expertise"]

    def shown_of(self, instance: Any) -> dict[str, Any]:
        return {"asked_minutes": hours_of(instance.asked_minutes)}


class MomentsCard(GroupPlanCard):
    kind, part = "gop", "moments"
    midterm_on = date_field(gettext_lazy("When do we look halfway?"), required=False)
    evaluation_on = date_field(gettext_lazy("When do we look back?"), required=False)

    class Meta:
        model: type[models.Model] = GroupPlan
        fields = ["midterm_on", "evaluation_on"]

    def clean_midterm_on(self) -> dt.date | None:
        return self.day_near("midterm_on")

    def clean_evaluation_on(self) -> dt.date | None:
        return self.day_near("evaluation_on")


PARTS: dict[str, type[GroupPlanCard]] = {
    "standing": TextCard.one("standing", gettext_lazy("Why this plan? Where do we stand?")),
    "agreements": TextCard.one("agreements", gettext_lazy("What do we agree on with each other?")),
    "indicators": TextCard.one("indicators", gettext_lazy("How do we notice that it works?")),
    "asked": AskedCard,
    "moments": MomentsCard,
    "midterm": TextCard.one("midterm", gettext_lazy("How are we doing halfway?"), 4),
    "evaluation": TextCard.one("evaluation", gettext_lazy("How do we look back?"), 4),
}


class GroupGoalCard(GroupPlanCard):
    kind = "groupgoal"
    drafted = ("title", "visible")
    title = LongText(label=gettext_lazy("Our goal"), required=False, rows=1, max_length=LONGEST_TITLE)
    visible = LongText(label=gettext_lazy("What will be visible when it works?"), required=False, rows=2)

    class Meta:
        model: type[models.Model] = GroupGoal
        fields = ["title", "visible"]


class GoalReviewCard(GroupPlanCard):
    """How a goal ended, while the plan runs."""

    kind, part = "groupgoal", "review"
    drafted = ("learned",)
    learned = LongText(label=gettext_lazy("What did we learn?"), required=False, rows=2)

    class Meta:
        model: type[models.Model] = GroupGoal
        fields = ["outcome", "learned"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = [("", "–"), *Outcome.choices]


class GroupActivityCard(GroupPlanCard):
    """``people``: the members of today, one of whom may see to it."""

    kind = "groupactivity"
    drafted = ("what",)
    what = LongText(label=gettext_lazy("What do we do?"), required=False, rows=2, max_length=LONGEST_WHAT)
    due = date_field(gettext_lazy("When?"), required=False)
    minutes = HoursField(label=gettext_lazy("Hours a person"), most=MOST_HOURS, required=False)
    who = forms.TypedChoiceField(
        label=gettext_lazy("Who sees to it?"), coerce=int, empty_value=None, required=False
    )

    class Meta:
        model: type[models.Model] = GroupActivity
        fields = ["what", "due", "minutes"]

    def __init__(self, *args: Any, people: list[GroupMember] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(self.plan.group.current_members()) if people is None else people
        self.people_named = {each.pk: each.person.name for each in self.people}
        if there := self.instance.member:
            self.people_named.setdefault(
                there.pk, there.person.name
            )  # they left; it stands there all the same
        choices = [("", "–"), *self.people_named.items()]
        cast(forms.ChoiceField, self.fields["who"]).choices = choices

    @property
    def names(self) -> list[str]:
        return [*super().names, "member_id"]

    def shown_of(self, instance: Any) -> dict[str, Any]:
        return {"minutes": hours_of(instance.minutes), "who": instance.member_id}

    def clean_due(self) -> dt.date | None:
        return self.day_near("due")

    def written(self) -> dict[str, Any]:
        return {**super().written(), "member_id": self.cleaned_data["who"]}

    def label_of(self, name: str) -> str:
        return super().label_of("who" if name == "member_id" else name)

    def words_of(self, name: str, value: Any) -> str:
        return self.people_named.get(value, "–") if name == "member_id" else super().words_of(name, value)


class EditingForm(HouseForm):
    """Which card somebody writes in now; none when they stopped."""

    field = forms.RegexField(r"^[a-z]+-[0-9]{1,18}(-[a-z]+)?$", max_length=60, required=False)


# -- chosen ------------------------------------------------------------------------------------------------


class ServesForm(HouseForm):
    """Which line of the school plan a goal serves, and which competences of shared lists belong to it.

    ``seen``: what was chosen when the screen showed it.
    """

    line = forms.ModelChoiceField(
        label=gettext_lazy("Which line of the school plan does this goal serve?"),
        queryset=SchoolPlanLine.objects.none(),
        required=False,
        blank=True,  # radios offer no way back without it
        empty_label=gettext_lazy("none: this goal is our own"),
        widget=forms.RadioSelect,
    )
    competences = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which competences does this goal belong to?"),
        queryset=Competence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, goal: GroupGoal) -> None:
        now = list(goal.competences.values_list("pk", flat=True))
        seen = served_by(goal)
        super().__init__(data, initial={"line": goal.line_id, "competences": now, "seen": seen})
        school = goal.plan.group.school
        lines = SchoolPlanLine.objects.filter(school=school)
        cast(forms.ModelChoiceField, self.fields["line"]).queryset = (
            lines.in_use() | lines.filter(pk=goal.line_id or 0)
        ).order_by("number", "pk")
        listed = Competence.objects.to_score().filter(framework__in=Framework.objects.chosen_by([school]))
        rows = Competence.objects.filter(pk__in=[*listed.values_list("pk", flat=True), *now])
        picked = cast(forms.ModelMultipleChoiceField, self.fields["competences"])
        picked.queryset = rows.order_by("framework", "order", "pk")


class ThemesForm(HouseForm):
    """What the plan is about: lines of the school plan, and something the group brings up itself.

    ``shown``: the lines on the screen; one that was chosen on another screen meanwhile stays.
    """

    lines = forms.ModelMultipleChoiceField(
        label=gettext_lazy("From the school plan"),
        queryset=SchoolPlanLine.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = OneLine(label=gettext_lazy("A theme of our own"), required=False, max_length=LONGEST_TITLE)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, plan: GroupPlan) -> None:
        now = list(plan.themes.filter(line__isnull=False).values_list("line", flat=True))
        rows = SchoolPlanLine.objects.filter(school=plan.group.school)
        lines = (rows.in_use() | rows.filter(pk__in=now)).order_by("number", "pk")
        shown = ",".join(str(line.pk) for line in lines)
        super().__init__(data, initial={"lines": now, "shown": shown})
        field = cast(forms.ModelMultipleChoiceField, self.fields["lines"])
        field.queryset = lines
        self.has_lines = bool(shown)
        if not self.has_lines:
            del self.fields["lines"]

    def shown_lines(self) -> set[int]:
        return set(keys_among(self.cleaned_data["shown"].split(",")))


# -- said --------------------------------------------------------------------------------------------------


class SeenForm(HouseForm):
    """``seen``: the digest of the text that was on the screen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class HandInForm(SeenForm):
    submit_label = gettext_lazy("Yes, hand it in")


class PutBackForm(HouseForm):
    """``key``: of what was taken away."""

    key = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class WishForm(HouseForm):
    submit_label = gettext_lazy("Tell the group")
    wish = LongText(label=gettext_lazy("What should change?"), rows=2, max_length=1000)


class ReaderForm(HouseForm):
    """Which outside consultant of the host school reads along."""

    submit_label = gettext_lazy("Let them read along")
    person = forms.ModelChoiceField(
        label=gettext_lazy("Outside consultant"), queryset=User.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, plan: GroupPlan) -> None:
        super().__init__(data)
        here = Membership.objects.current().filter(
            school=plan.group.school_id, roles__role=Role.CONSULTANT, person__is_active=True
        )
        asked = plan.readers.in_force().values("person")
        people = User.objects.filter(pk__in=here.values("person")).exclude(pk__in=asked).order_by("name")
        cast(forms.ModelChoiceField, self.fields["person"]).queryset = people
        self.is_empty = not people.exists()
