"""The form of a series."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.bootstrap import AppendedText
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import DateInput, OneLine, ShownForm, TimeInput, refuse_backwards
from schools.calendar_forms import WEEK_DAYS
from schools.models import School, SchoolYear

from .forms import SHORTEST_MINUTES, USUAL_START
from .models import MeetingKind, PopGroup
from .models.meetings import LONGEST_MINUTES
from .planner import YearPlan, fingerprint
from .series import Rhythm, Series

MOST_TIMES, MOST_WEEKS = 40, 26


class SeriesForm(ShownForm):
    """Which groups meet when; ``shown`` are the dates."""

    groups = forms.ModelMultipleChoiceField(
        queryset=PopGroup.objects.none(),
        label=gettext_lazy("For which groups?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one group.")},
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often?"), choices=Rhythm, widget=forms.RadioSelect, initial=Rhythm.TIMES
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many times in this period?"),
        min_value=1,
        max_value=MOST_TIMES,
        initial=6,
        required=False,
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Every how many weeks?"),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=6,
        required=False,
    )
    weekday = forms.ChoiceField(label=gettext_lazy("On which day?"), choices=WEEK_DAYS, initial="2")
    suits = forms.BooleanField(
        label=gettext_lazy("Somebody is not at work that day? Then a day that week on which everybody is."),
        required=False,
        initial=True,
    )
    start = forms.TimeField(label=gettext_lazy("Starts at"), widget=TimeInput(), initial=USUAL_START)
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes?"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        initial=90,
    )
    first = forms.DateField(label=gettext_lazy("From"), widget=DateInput())
    last = forms.DateField(label=gettext_lazy("Until and including"), widget=DateInput())
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeetingKind)
    place = OneLine(label=gettext_lazy("Place"), max_length=120, required=False)
    about_change = OneLine(
        label=gettext_lazy("About which change at school?"), max_length=200, required=False
    )

    def __init__(self, *args: Any, school: School, year: SchoolYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        groups: Any = self.fields["groups"]
        groups.queryset = PopGroup.objects.filter(school=school, year__starts=year.starts).order_by("name")
        self.fields["first"].initial = max(year.first_day, timezone.localdate() + dt.timedelta(weeks=1))
        self.fields["last"].initial = year.last_day
        self.helper.inputs = []
        self.helper.layout = Layout(
            "once_key",
            "shown",
            "groups",
            "rhythm",
            Row(
                Column(AppendedText("times", _("times")), css_class="for-times"),
                Column(AppendedText("weeks", _("weeks")), css_class="for-weeks"),
                Column("weekday"),
            ),
            "suits",
            Row(Column("start"), Column("minutes")),
            Row(Column("first"), Column("last")),
            Fieldset(_("What kind of meetings?"), "kind", "place", "about_change"),
        )

    def clean_first(self) -> dt.date:
        return self._in_year(self.cleaned_data["first"])

    def clean_last(self) -> dt.date:
        return self._in_year(self.cleaned_data["last"])

    def _in_year(self, day: dt.date) -> dt.date:
        if not self.year.first_day <= day <= self.year.last_day:
            text = _("Choose a day in school year %(year)s.")
            raise forms.ValidationError(text % {"year": self.year})
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_backwards(self, "first", "last")
        if rhythm := data.get("rhythm"):
            self.errors.pop("weeks" if rhythm == Rhythm.TIMES else "times", None)  # it is not on the screen
            if not data.get(rhythm) and rhythm not in self.errors:
                self.add_error(rhythm, _("Fill in a number."))
        return data

    @property
    def series(self) -> Series:
        data = self.cleaned_data
        return Series(
            first=data["first"],
            last=data["last"],
            weekday=int(data["weekday"]),
            rhythm=data["rhythm"],
            number=data[data["rhythm"]],
            suits=data["suits"],
        )

    @property
    def columns(self) -> dict[str, Any]:
        """The other columns of each meeting."""
        return {name: self.cleaned_data[name] for name in ("minutes", "kind", "place", "about_change")}


class PublishForm(ShownForm):
    """Which groups' concepts. ``seen``: all concepts that the screen showed; ``shown``: of which groups it told."""

    submit_label = gettext_lazy("Publish")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    groups = forms.MultipleChoiceField(
        widget=forms.MultipleHiddenInput,  # the page itself shows a tick at each group
        error_messages={"required": gettext_lazy("Choose at least one group.")},
    )

    def __init__(self, *args: Any, plan: YearPlan, **kwargs: Any) -> None:
        self.waiting = [row.group.pk for row in plan.waiting]
        first = {"seen": plan.concepts_seen, "shown": mark_of(set(self.waiting))}
        super().__init__(*args, initial=first, **kwargs)
        groups: Any = self.fields["groups"]
        # Of the whole year: what was published meanwhile is for ``seen`` to notice, no fault in the form.
        groups.choices = [(str(row.group.pk), row.group.pk) for row in plan.rows]
        self.helper.layout = Layout("once_key", "seen", "shown")

    @property
    def chosen(self) -> set[int]:
        """All of them to begin with."""
        if not self.is_bound:
            return set(self.waiting)
        return {int(pk) for pk in self.cleaned_data.get("groups", [])} if self.is_valid() else set()

    @property
    def mark(self) -> str:
        return mark_of(self.chosen)


def mark_of(groups: set[int]) -> str:
    return fingerprint([str(pk) for pk in groups])


class KeepForm(forms.Form):
    """Which of the dates shown are kept."""

    keep = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["keep"]
        field.choices = [(key, key) for key in keys]

    @property
    def ticked(self) -> set[str]:
        return set(self.cleaned_data["keep"])
