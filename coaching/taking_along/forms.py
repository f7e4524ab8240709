"""What is sent to the pages of taking along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.archives import DEFAULT
from coaching.lib.forms import HouseForm


class BroughtForm(HouseForm):
    """A ZIP from elsewhere; what is in it is judged when it is shown."""

    submit_label = gettext_lazy("Show me what is in it")
    file = forms.FileField(
        label=gettext_lazy("ZIP file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        help_text=gettext_lazy(
            "The ZIP you took along at another school, or a Leap2A ZIP from Mahara for example."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > DEFAULT.file:
            raise forms.ValidationError(_("This ZIP file is larger than 300 MB."))
        return file


class WaitedForm(forms.Form):
    """Whether somebody comes from the page on which they waited for their ZIP."""

    waited = forms.BooleanField(required=False)


class BringForm(HouseForm):
    """The yes to what was shown."""

    submit_label = gettext_lazy("Bring it in")
