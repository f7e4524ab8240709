"""The one base of all forms: crispy layout, one submit button, a key that makes a double submit one row."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SHORT_TEXT = 300
LONG_TEXT = 8_000


class HouseForm(forms.Form):
    """Subclasses set ``submit_label``; ``once_key`` travels hidden (see schools.submissions.once)."""

    submit_label: Any = _("Save")
    once_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once_key"].initial = uuid.uuid4
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("submit", self.submit_label, css_class="btn btn-primary"))

    @property
    def marks_required(self) -> bool:
        """Whether a field wears the * that the form then explains; one field alone explains itself."""
        fields = self.visible_fields()
        return len(fields) > 1 and any(field.field.required for field in fields)


class ShownForm(HouseForm):
    """Shows first what would follow. ``shown``: what the screen showed; anything else is shown first."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def show(self, mark: str) -> None:
        """The page that follows shows what ``mark`` stands for."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["shown"] = mark
        self.data = data

    def has_shown(self, mark: str) -> bool:
        return bool(self.cleaned_data["shown"] == mark)


class HouseModelForm(HouseForm, forms.ModelForm):
    """A HouseForm that saves a model; ``fields`` is always explicit."""


class LongText(forms.CharField):
    """Several lines of plain text, at most LONG_TEXT characters; too long is said, never cut."""

    def __init__(self, *, rows: int = 4, max_length: int = LONG_TEXT, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)


class OneLine(forms.CharField):
    """One line of plain text, at most SHORT_TEXT characters."""

    def __init__(self, *, max_length: int = SHORT_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class WrappedLine(OneLine):
    """One line that may be long: on a phone all of it is seen. A line break becomes a space."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def date_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **kwargs)


def refuse_backwards(form: forms.BaseForm, first: str, last: str) -> bool:
    """In ``clean``: the day in ``last`` comes before that in ``first``, which is said beside it."""
    begin, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if backwards := bool(begin and end and end < begin):
        form.add_error(last, _("The last day comes before the first."))
    return backwards


def moment_at(day: dt.date, start: dt.time) -> dt.datetime:
    """What the clock in Europe/Amsterdam shows, as a moment; ValidationError for an hour the clock skips."""
    wall = dt.datetime.combine(day, start)
    found = wall.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    if timezone.localtime(found.astimezone(dt.UTC)).replace(tzinfo=None) != wall:
        raise forms.ValidationError(
            gettext("That time does not exist: the clock jumps an hour ahead that night.")
        )
    return found
