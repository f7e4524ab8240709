"""Forms about the days on which a school is closed, and on which somebody works."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm, HouseModelForm, TimeInput, date_field, refuse_backwards

from .models import ClosedDays, Holiday, LessonHours, School, SchoolYear

LONGEST_DAYS = 100
WEEK_DAYS = (
    ("1", gettext_lazy("Monday")),
    ("2", gettext_lazy("Tuesday")),
    ("3", gettext_lazy("Wednesday")),
    ("4", gettext_lazy("Thursday")),
    ("5", gettext_lazy("Friday")),
)


class YearForm(HouseForm):
    """Which school year a page is about, by the year it starts in, sent by GET; nothing valid: that of ``day``."""

    submit_label = gettext_lazy("Show")
    year = forms.IntegerField(
        label=gettext_lazy("School year"),
        required=False,
        min_value=2020,
        max_value=2100,
        widget=forms.Select(),
    )

    def __init__(self, data: QueryDict, *, day: dt.date) -> None:
        self.this, data = SchoolYear.start_of(day), data.copy()
        data["year"] = data.get("year") or str(self.this)
        super().__init__(data)
        del self.fields["once_key"]
        widget = cast(forms.Select, self.fields["year"].widget)
        widget.choices = CallableChoiceIterator(lambda: self.years_offered)
        self.is_valid()

    @classmethod
    def chosen(cls, data: QueryDict) -> SchoolYear:
        return cls(data, day=timezone.localdate()).school_year()

    @property
    def asked(self) -> dict[str, Any]:
        return getattr(self, "cleaned_data", {})

    def school_year(self) -> SchoolYear:
        """Need not be in the database: looking makes no rows."""
        return SchoolYear(starts=self.asked.get("year") or self.this)

    @cached_property
    def years_offered(self) -> list[tuple[str, str]]:
        """Newest first: those in use, that of today and the one on screen; read when the form is shown."""
        starts = {*SchoolYear.objects.values_list("starts", flat=True)}
        starts |= {self.this, self.school_year().starts}
        return [(str(each), str(SchoolYear(starts=each))) for each in sorted(starts, reverse=True)]


def years_around(day: dt.date) -> list[SchoolYear]:
    """The school year of ``day``, the one before and the next."""
    starts = SchoolYear.start_of(day)
    return [SchoolYear(starts=starts + n) for n in (-1, 0, 1)]


class ClosedDaysForm(HouseModelForm):
    """One day or a span; no last day means one day."""

    first_day = date_field(gettext_lazy("First day"))
    last_day = date_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty for one day.")
    )
    field_order = ["name", "kind", "first_day", "last_day"]

    class Meta:
        model = ClosedDays
        fields = ["name", "kind", "first_day", "last_day"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if first := data.get("first_day"):
            data["last_day"] = data.get("last_day") or first
            if (
                not refuse_backwards(self, "first_day", "last_day")
                and (data["last_day"] - first).days >= LONGEST_DAYS
            ):
                self.add_error("last_day", _("That is more than three months. Check the year."))
        return data


class InsteadForm(HouseForm):
    """What a school does with a holiday of its region: other days, or open."""

    choice = forms.ChoiceField(
        label=gettext_lazy("At our school"),
        choices=[
            ("days", gettext_lazy("we are closed on other days")),
            ("open", gettext_lazy("we are open")),
        ],
        widget=forms.RadioSelect,
        initial="days",
    )
    first_day = date_field(gettext_lazy("First day"), required=False)
    last_day = date_field(gettext_lazy("Last day"), required=False)

    def __init__(self, *args: Any, holiday: Holiday, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"first_day": holiday.first_day, "last_day": holiday.last_day}, **kwargs
        )
        self.holiday = holiday

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("choice") != "days":
            return data | {"first_day": None, "last_day": None}
        first, last = data.get("first_day"), data.get("last_day")
        if not first or not last:
            raise forms.ValidationError(_("Fill in the first and the last day."))
        far = dt.timedelta(days=LONGEST_DAYS)
        if not refuse_backwards(self, "first_day", "last_day") and abs(first - self.holiday.first_day) > far:
            self.add_error("first_day", _("That is more than three months from the holiday. Check the year."))
        return data

    def save(self, school: School) -> ClosedDays:
        values = {name: self.cleaned_data[name] for name in ("first_day", "last_day")}
        row, _new = ClosedDays.objects.update_or_create(
            school=school,
            instead_of=self.holiday,
            defaults={**values, "name": self.holiday.name, "kind": self.holiday.kind},
        )
        return row


class RestoreForm(forms.Form):
    """Which of the days that were just removed comes back."""

    key = forms.UUIDField()


class WorkDaysForm(HouseForm):
    """On which days of the week somebody works; kept as digits, 1 is Monday."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Works on"),
        choices=WEEK_DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )

    @property
    def work_days(self) -> str:
        return "".join(sorted(self.cleaned_data["days"]))


class LessonHoursForm(HouseForm):
    """From when until when there are lessons, a day of the week each; a day without both has none."""

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        now = {row.weekday: row for row in school.lesson_hours.all()}
        for number, (day, label) in enumerate(WEEK_DAYS, start=1):
            row = now.get(number)
            words = {"day": str(label).capitalize()}
            self.fields[f"starts_{day}"] = lesson_time(_("%(day)s from") % words, row.starts if row else None)
            self.fields[f"ends_{day}"] = lesson_time(_("%(day)s until") % words, row.ends if row else None)
        pairs = [Row(Column(f"starts_{day}"), Column(f"ends_{day}")) for day, _label in WEEK_DAYS]
        self.helper.layout = Layout(*pairs, "once_key")

    def span(self, day: str) -> tuple[dt.time | None, dt.time | None]:
        return self.cleaned_data.get(f"starts_{day}"), self.cleaned_data.get(f"ends_{day}")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day, _label in WEEK_DAYS:
            starts, ends = self.span(day)
            if (starts is None) != (ends is None) and not self.errors:
                self.add_error(f"ends_{day}", _("Fill in both times, or neither."))
            elif starts and ends and ends <= starts:
                self.add_error(f"ends_{day}", _("This is before the lessons begin."))
        return data

    def save(self) -> None:
        """All five days at once: what is no longer filled in goes."""
        spans = {int(day): self.span(day) for day, _label in WEEK_DAYS}
        rows = [
            LessonHours(school=self.school, weekday=day, starts=starts, ends=ends)
            for day, (starts, ends) in spans.items()
            if starts and ends
        ]
        with transaction.atomic():
            School.objects.select_for_update().get(
                pk=self.school.pk
            )  # of two at the same time the second waits
            self.school.lesson_hours.all().delete()
            LessonHours.objects.bulk_create(rows)


def lesson_time(label: str, now: dt.time | None) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=TimeInput(), initial=now)
