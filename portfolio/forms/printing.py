"""What goes onto paper, chosen by whom it belongs to. Sent by GET: printing changes nothing."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm
from coaching.lib.markup import day_month_year
from schools.models import User

from ..models import Entry
from ..papers import SECTIONS


class PaperForm(HouseForm):
    """Bound once its button was pressed: the address of the PDF is the form's own, with the choice in it."""

    submit_label = _("Make the PDF")

    def __init__(self, asked: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(asked if "submit" in asked else None, *args, **kwargs)
        del self.fields["once_key"]


class SectionsForm(PaperForm):
    sections = forms.MultipleChoiceField(
        label=_("What goes onto paper?"),
        choices=list(SECTIONS.items()),
        initial=list(SECTIONS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one part.")},
    )


class EntriesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Entry) -> str:
        return f"{obj.title} ({obj.get_kind_display()}, {day_month_year(obj.day)})"


class SelectionForm(PaperForm):
    """``owner``: whose entries there are to choose from; ``all``: begin with each of them ticked."""

    entries = EntriesField(
        label=_("Which pieces go onto paper?"),
        queryset=Entry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one piece.")},
    )
    pictures = forms.BooleanField(
        label=_("With my pictures"),
        required=False,
        help_text=_("Small ones. Other files are named, not printed."),
    )

    def __init__(self, asked: Any, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(asked, *args, **kwargs)
        field = cast(EntriesField, self.fields["entries"])
        field.queryset = Entry.objects.filter(owner=owner)
        if "all" in asked:
            field.initial = [entry.pk for entry in field.queryset]
