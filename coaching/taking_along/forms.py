"""What is sent to the pages of taking along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm


class BroughtForm(HouseForm):
    """A ZIP from elsewhere; it is judged before anything of it is read further."""

    submit_label = _("Show me what is in it")
    file = forms.FileField(
        label=_("ZIP file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
        help_text=_(
            "The ZIP you took along here or at another school, or a Leap2A ZIP, for example from Mahara."
        ),
    )

    def clean_file(self) -> Any:
        return self.cleaned_data["file"]
