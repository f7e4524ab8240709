"""Forms about competences: which a school uses, its own lists, and how one sees oneself on them."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from crispy_forms.layout import HTML, Column, Field, Fieldset, Layout, Row
from django import forms
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm, LongText, OneLine
from schools.models import School, User

from ..competences import choose, make_own, score_all
from ..models import HIGHEST, Competence, Framework, TalentScore

MOST_ITEMS = 60


class FrameworkChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.version})" if obj.version else str(obj.title)


class ChooseForm(HouseForm):
    frameworks = FrameworkChoice(
        label=gettext_lazy("Which lists do you use?"),
        queryset=Framework.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        field = cast(FrameworkChoice, self.fields["frameworks"])
        field.queryset = Framework.objects.of_school(school)
        self.initial["frameworks"] = list(school.framework_choices.values_list("framework", flat=True))

    def save(self) -> None:
        choose(self.school, list(self.cleaned_data["frameworks"]))


class OwnListForm(HouseForm):
    """A school's own list: one line a competence, with what it means behind a semicolon."""

    title = OneLine(label=gettext_lazy("Name of the list"), max_length=120)
    items = LongText(
        label=gettext_lazy("Competences"),
        rows=10,
        help_text=gettext_lazy("One on each line. What it means may stand behind a semicolon."),
    )

    def clean_items(self) -> list[tuple[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines()]
        items = [
            (title.strip(), about.strip())
            for title, _s, about in (line.partition(";") for line in lines if line)
        ]
        titles = [title.lower() for title, _about in items]
        if len(items) > MOST_ITEMS:
            raise forms.ValidationError(_("At most %(most)s lines.") % {"most": MOST_ITEMS})
        if any(not title or len(title) > 120 or len(about) > 300 for title, about in items):
            raise forms.ValidationError(
                _("Each line begins with a name of at most 120 characters; 300 behind it.")
            )
        if len(set(titles)) < len(titles):
            raise forms.ValidationError(_("A name stands there twice."))
        return items

    def make(self, school: School) -> Framework:
        """A list of the same name is a next version: who scored on the earlier one keeps that."""
        title = self.cleaned_data["title"]
        key = slugify(title)[:60] or "lijst"
        with transaction.atomic():
            framework = make_own(school, key, title_nl=title)
            Competence.objects.bulk_create(
                Competence(framework=framework, key=str(order), order=order, title_nl=name, about_nl=about)
                for order, (name, about) in enumerate(self.cleaned_data["items"], start=1)
            )
        return framework


class ListFileForm(HouseForm):
    submit_label = gettext_lazy("Read this list")
    file = forms.FileField(
        label=gettext_lazy("CSV file from Moodle"),
        help_text=gettext_lazy("A competency framework as Moodle exports it, at most 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )


class OwnCompetenceForm(HouseForm):
    submit_label = gettext_lazy("Add")
    title = OneLine(label=gettext_lazy("What are you good at, or want to be?"), max_length=120)

    def make(self, owner: User) -> Competence:
        order = owner.own_competences.count() + 1
        return Competence.objects.create(owner=owner, title_nl=self.cleaned_data["title"], order=order)


def as_template(text: str) -> str:
    """Crispy reads legends and paragraphs as templates: what people typed is text in it, no markup and no tags."""
    return escape(text).replace("{", "&#123;")


def to_ten(label: Any, now: int | None) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=HIGHEST, required=False, initial=now, widget=widget
    )


class TalentForm(HouseForm):
    """Two marks and a tick for each of ``competences``; what stays empty is not scored."""

    asked: tuple[str, ...] = ("good", "fun", "learned")

    def __init__(
        self, *args: Any, competences: list[Competence], now: dict[int, TalentScore], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.competences = competences
        self.scored = set(now)
        parts = [self.part_of(each, now.get(each.pk)) for each in competences]
        self.helper.layout = Layout(*parts, "once_key")

    def part_of(self, competence: Competence, newest: TalentScore | None) -> Fieldset:
        """The fields of one competence, and how they stand on the page."""
        good, fun, learned = (f"{name}_{competence.pk}" for name in ("good", "fun", "learned"))
        self.fields[good] = to_ten(gettext_lazy("I do this well (0–10)"), newest.good if newest else None)
        self.fields[fun] = to_ten(gettext_lazy("I like this (0–10)"), newest.fun if newest else None)
        about = HTML(f'<p class="soft">{as_template(competence.about)}</p>')
        parts = [about, Row(*(Column(Field(name), css_class="col-6 one-mark") for name in (good, fun)))]
        if "learned" in self.asked:
            self.fields[learned] = forms.BooleanField(
                label=gettext_lazy("learned, not doing it yet"),
                required=False,
                initial=newest.learned if newest else False,
            )
            parts.append(learned)
        return Fieldset(as_template(competence.title), *parts)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for each in self.competences:
            marks = {name: data.get(f"{name}_{each.pk}") for name in ("good", "fun")}
            empty = [f"{name}_{each.pk}" for name, mark in marks.items() if mark is None]
            given = len(empty) == 1 or data.get(f"learned_{each.pk}") or each.pk in self.scored
            if empty and given and not any(name in self.errors for name in empty):
                self.add_error(empty[0], _("Fill in both marks. What was marked once stays."))
        return data

    def save(self, owner: User, at: dt.datetime) -> int:
        """How many changed."""
        found = {each.pk: self.marks_of(each) for each in self.competences}
        return score_all(owner, {key: marks for key, marks in found.items() if marks["good"] is not None}, at)

    def marks_of(self, competence: Competence) -> dict[str, Any]:
        return {name: self.cleaned_data[f"{name}_{competence.pk}"] for name in self.asked}
