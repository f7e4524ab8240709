"""Forms of a staff list: the file, its columns, and what of it is to happen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm, date_field
from coaching.lib.keys import keys_among

from .models import StaffImport
from .staff_columns import FIELDS, Matched, is_enough, known_headers, letter
from .staff_files import MAX_BYTES, Table, Unreadable, read_table, too_large
from .staff_imports import Ticks
from .staff_lists import Sheet

SAMPLES, SAMPLE_LENGTH = 2, 30  # how many cells of a column are shown beside its name, and how much of each


class StaffFileForm(HouseForm):
    submit_label = _("Read this list")
    file = forms.FileField(
        label=_("Staff list"),
        allow_empty_file=True,
        help_text=_("An Excel file (.xlsx) or CSV, at most 2 MB and 500 people."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    table: Table

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(too_large())
        try:
            self.table = read_table(file.read(), known_headers)
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable)) from None
        return file


class ColumnsForm(HouseForm):
    """One choice a field: which column of the list is it."""

    submit_label = _("See what will happen")

    def __init__(self, *args: Any, staff_import: StaffImport, **kwargs: Any) -> None:
        super().__init__(*args, initial=staff_import.matched, **kwargs)
        choices = [("", _("not in the list")), *columns_of(staff_import)]
        for field, label in FIELDS.items():
            self.fields[field] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, empty_value=None, required=False
            )

    def clean(self) -> dict[str, Any]:
        places = list(self.matched().values())
        if len(places) > len(set(places)):
            raise ValidationError(_("One column has been chosen for two things."))
        if not self.errors and not is_enough(self.matched()):
            raise ValidationError(
                _("Choose at least the column of the e-mail addresses and one of the names.")
            )
        return self.cleaned_data

    def matched(self) -> Matched:
        return {each: self.cleaned_data[each] for each in FIELDS if self.cleaned_data.get(each) is not None}


def columns_of(staff_import: StaffImport) -> list[tuple[int, str]]:
    """Each column by its letter and name, with what stands in it: two columns may have the same name."""
    rows = list(staff_import.rows.all()[:20])
    found = []
    for place, name in enumerate(staff_import.header):
        cells = [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place]]
        sample = ", ".join(cell[:SAMPLE_LENGTH] for cell in cells[:SAMPLES])
        label = f"{letter(place)}: {name or '–'}"
        found.append((place, f"{label} ({sample})" if sample else label))
    return found


class CarryOutForm(HouseForm):
    """The ticks stand in the page beside each person; this form holds what goes with them."""

    submit_label = _("Carry out what is ticked")
    lines = forms.MultipleChoiceField(required=False)
    ends = forms.MultipleChoiceField(required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    fte_from = date_field(_("A changed fte holds from"), initial=timezone.localdate, required=False)
    last_day = date_field(_("Last day of who is ticked as gone"), initial=timezone.localdate, required=False)
    mail = forms.BooleanField(
        label=_("Send the new people a mail saying how they log in or accept"), required=False, initial=True
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_stale = self.is_bound and self.data.get("seen") != sheet.fingerprint
        self.fields["seen"].initial = sheet.fingerprint
        self.proposed = [line.number for line in sheet.new + sheet.changed if line.ticked]
        for name, keys in {
            "lines": [line.number for line in sheet.new + sheet.changed],
            "ends": [row.pk for row in sheet.missing],
        }.items():
            self.fields[name].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("ends") and not self.cleaned_data.get("last_day") and not self.errors:
            self.add_error("last_day", _("Fill in their last day."))
        return self.cleaned_data

    @property
    def ticked_lines(self) -> set[int]:
        return self.posted_numbers("lines") if self.is_bound else set(self.proposed)

    @property
    def ticked_ends(self) -> set[int]:
        return self.posted_numbers("ends") if self.is_bound else set()

    def posted_numbers(self, name: str) -> set[int]:
        return set(keys_among(self.data.getlist(name)))  # type: ignore[attr-defined]

    def ticks(self) -> Ticks:
        data = self.cleaned_data
        return Ticks(
            lines=frozenset(int(number) for number in data["lines"]),
            ends=frozenset(int(key) for key in data["ends"]),
            fte_from=data["fte_from"] or timezone.localdate(),
            last_day=data["last_day"],
            mail=data["mail"],
        )
