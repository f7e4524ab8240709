"""Forms about hours: booking, correcting, what the school sets apart, and what a page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm, HouseModelForm, OneLine, date_field

from .budgets import QUARTER, Balance, in_hours
from .calendar_forms import YearForm
from .hours import ACTIVITIES_BY_HAND
from .models import ActivityCode, Allotment, School, SchoolYear, TaskCode
from .models.hours import FULL_YEAR_MINUTES

MOST_HOURS_A_DAY = 24


class HoursField(forms.DecimalField):
    """Typed as hours in quarters ("1,5"), cleaned to minutes (90)."""

    def __init__(self, *, most: int = MOST_HOURS_A_DAY, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, max_digits=7, decimal_places=2, localize=True, **kwargs)

    def clean(self, value: Any) -> Any:
        hours = super().clean(value)
        if hours is None:
            return None
        minutes = int(hours * 60)
        if hours * 60 % QUARTER:
            raise ValidationError(_("In steps of a quarter of an hour: 0.25 is 15 minutes."))
        return minutes


class BookHoursForm(HouseForm):
    submit_label = _("Book these hours")
    activity = forms.ChoiceField(
        label=_("What was it?"), choices=[(a.value, a.label) for a in ACTIVITIES_BY_HAND]
    )
    day = date_field(_("Day"), initial=timezone.localdate)
    minutes = HoursField(label=_("Hours"), help_text=_("In quarters: 1.5 is an hour and a half."))
    note = OneLine(
        label=_("Note"),
        required=False,
        help_text=_(
            "For example: visit to a lesson of a colleague. The coordinator can read this: no names of pupils."
        ),
    )

    task_code = forms.ChoiceField(label=_("Task code"), required=False)
    field_order = ["activity", "day", "minutes", "task_code", "note"]

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        """The code is asked only where there is something to choose."""
        super().__init__(*args, **kwargs)
        codes = [(row.code, str(row)) for row in school.task_codes.all()]
        if len(codes) < 2:
            del self.fields["task_code"]
        else:
            field = cast(forms.ChoiceField, self.fields["task_code"])
            field.choices = [("", _("the one that goes with this activity")), *codes]

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if day > today:
            raise ValidationError(_("Book what has been; this day is still to come."))
        if day < SchoolYear(starts=SchoolYear.start_of(today) - 1).first_day:
            raise ValidationError(_("That is too long ago: only this school year and the one before."))
        return day

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not minutes:
            raise ValidationError(_("Fill in how long it took."))
        return minutes


class CorrectHoursForm(HouseForm):
    submit_label = _("Correct")
    minutes = HoursField(
        label=_("How many hours should it be?"), help_text=_("0 when it does not count at all.")
    )
    reason = OneLine(
        label=_("Why?"), help_text=_("Stays beside the line, readable for you and the coordinator.")
    )


class AllotmentForm(HouseModelForm):
    minutes = HoursField(
        label=_("Hours a person, at full time"),
        most=FULL_YEAR_MINUTES // 60,
        help_text=_("Six meetings of an hour and a half and two lesson visits of three hours make 15."),
    )

    class Meta:
        model = Allotment
        fields = ["minutes", "pro_rata", "task_code", "preparation", "facilitator_extra"]
        help_texts = {
            "task_code": _("Meetings are booked on it. A code that is new here joins the task codes.")
        }

    def __init__(self, *args: Any, instance: Allotment, **kwargs: Any) -> None:
        start = {"minutes": in_hours(instance.minutes)} if instance.pk else {"minutes": Decimal("15")}
        super().__init__(*args, instance=instance, initial=start, **kwargs)


class TaskCodeForm(HouseModelForm):
    """A new code, or what one is called and goes with; the code itself stays as lines were booked on it."""

    activities = forms.MultipleChoiceField(
        label=_("Goes with, when booked by hand"),
        choices=[(a.value, a.label) for a in ACTIVITIES_BY_HAND],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("An activity goes with one code; what you tick here leaves the code it was on."),
    )

    class Meta:
        model = TaskCode
        fields = ["code", "name"]

    def __init__(self, *args: Any, instance: TaskCode, **kwargs: Any) -> None:
        held = list(ActivityCode.objects.filter(task_code=instance.pk).values_list("activity", flat=True))
        super().__init__(*args, instance=instance, initial={"activities": held}, **kwargs)
        if instance.pk:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if TaskCode.objects.filter(school=self.instance.school, code=code).exists():
            raise ValidationError(_("Your school has this code already."))
        return code


class DownloadForm(YearForm):
    """What a file holds; sent by GET. ``per``: a line a person, or a line a person and task code."""

    task_code = forms.CharField(required=False, max_length=40)
    per = forms.ChoiceField(choices=[("person", "person"), ("code", "code")], required=False)


SORTS: dict[str, tuple[Any, Callable[[Balance], Any]]] = {
    "name": (_("name"), lambda balance: balance.membership.person.name),
    "left": (_("least left first"), lambda balance: balance.left),
    "held": (_("most spent first"), lambda balance: -balance.held),
    "fte": (_("fte, smallest first"), lambda balance: balance.fte),
}


class HoursFilter(YearForm):
    """What the coordinator's table shows, by GET; a wrong value shows everything."""

    name = OneLine(label=_("Name contains"), required=False, max_length=80)
    task_code = forms.CharField(label=_("Task code"), required=False, max_length=40)
    sort = forms.ChoiceField(
        label=_("Sorted by"), required=False, choices=[(key, words) for key, (words, _key) in SORTS.items()]
    )
    over = forms.BooleanField(label=_("Only who has too many hours"), required=False)

    def offer_codes(self, codes: Iterable[tuple[str, str]]) -> None:
        """``codes``: each with its label."""
        choices = [("", _("all")), *codes]
        self.fields["task_code"].widget = forms.Select(choices=choices)

    def pick(self, balances: list[Balance]) -> list[Balance]:
        words, over = str(self.asked.get("name") or "").casefold(), self.asked.get("over")
        kept = [
            balance
            for balance in balances
            if words in balance.membership.person.name.casefold() and (balance.is_over or not over)
        ]
        return sorted(kept, key=SORTS[self.asked.get("sort") or "name"][1])
