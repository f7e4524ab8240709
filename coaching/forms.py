"""Forms that belong to no room."""

from __future__ import annotations

from django import forms
from django.conf import settings

from coaching.lib.forms import LONG_TEXT


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class DraftForm(forms.Form):
    """``field`` names what is typed, ``seq`` rises with each save of it."""

    field = forms.RegexField(r"^[a-z_]+(:[a-z0-9_]+){1,6}$", max_length=80)
    text = forms.CharField(max_length=LONG_TEXT, required=False, strip=False)
    seq = forms.IntegerField(min_value=0, max_value=2**62)
