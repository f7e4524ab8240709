"""What goes onto paper, chosen by whom it belongs to. Sent by GET: printing changes nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm

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
