"""Forms of the survey: planning a wave, and the answers of whoever has a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm, date_field, refuse_backwards

from .models import SurveyKind
from .survey_items import LISTS, NO_ANSWER, RATHER_NOT, SCALE, Result


class PlanSurveyForm(HouseForm):
    submit_label = _("Plan this survey")
    kind = forms.ChoiceField(label=_("At which moment?"), choices=SurveyKind)
    opens = date_field(_("First day"))
    closes = date_field(_("Last day"))

    def clean(self) -> dict[str, Any]:
        refuse_backwards(self, "opens", "closes")
        return self.cleaned_data


class AnswerForm(HouseForm):
    """The items of list ``number``. What is left open counts as "I'd rather not say", but not all of it.

    It carries no key of its own: a link works once, and such a key would be kept with a moment.
    """

    def __init__(self, data: QueryDict | None = None, *, number: int) -> None:
        super().__init__(data)
        del self.fields["once_key"]
        self.results: tuple[Result, ...] = LISTS[number]
        choices = [*SCALE, (NO_ANSWER, RATHER_NOT)]
        for result in self.results:
            for item in result.items:
                self.fields[item.key] = forms.TypedChoiceField(
                    label=str(item), choices=choices, coerce=int, required=False, empty_value=None,
                    widget=forms.RadioSelect,
                )  # fmt: skip

    @property
    def parts(self) -> list[tuple[Result, list[forms.BoundField]]]:
        return [(result, [self[key] for key in result.keys]) for result in self.results]

    def clean(self) -> dict[str, Any]:
        keys = [key for result in self.results for key in result.keys]
        if not any(self.data.get(key) for key in keys):
            raise ValidationError(_("Nothing is filled in yet. Choose what fits; you may leave things open."))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, int]:
        return {key: NO_ANSWER if value is None else value for key, value in self.cleaned_data.items()}


class LanguageAsked(forms.Form):
    """The button that shows the questions in the other language, with what was chosen."""

    switch = forms.ChoiceField(choices=settings.LANGUAGES)
