"""What people write in an entry of their portfolio."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import DateInput, HouseModelForm, LongText

from ..models import Entry, EntryKind
from .drafted import DraftedForm

BY_HAND = (EntryKind.SUCCESS, EntryKind.REFLECTION)


class EntryForm(DraftedForm, HouseModelForm):
    """A success or reflection by hand; what came from a session keeps its kind."""

    drafted = ("title", "text")

    class Meta:
        model = Entry
        fields = ["kind", "title", "text", "day"]
        widgets = {"kind": forms.RadioSelect, "day": DateInput()}

    text = LongText(label=_("text"), required=False, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.kind not in BY_HAND:
            del self.fields["kind"]
            return
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [(own.value, own.label) for own in BY_HAND]

    def make(self) -> Entry:
        self.instance.owner = self.writer
        return self.save()
