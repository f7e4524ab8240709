"""Filling in what only the school knows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseModelForm, LongText
from schools.models import DossierFacts

from .facts import FILLED_IN

LONGEST_BACKUP_DAYS = 3_650


class FactsForm(HouseModelForm):
    """``seen`` is the version the writer started from."""

    submit_label = _("Save as new version")
    backup_days = forms.IntegerField(
        label=_("How many days back-ups are kept"),
        required=False,
        min_value=1,
        max_value=LONGEST_BACKUP_DAYS,
        help_text=_("Ask whoever runs the server. Empty: the term that the server itself names."),
    )
    advice = LongText(
        label=_("Advice of the data protection officer, and what was done with it"), required=False, rows=5
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = DossierFacts
        fields = FILLED_IN
        help_texts = {
            "controller": _("Usually the board. Empty: the board, or the school when it has none."),
            "officer": _("Name and how to reach them; often somebody of the board."),
            "operator": _("The company or department. Everybody reads this on “Who sees what”."),
            "operator_contact": _("An e-mail address or telephone number."),
            "server_place": _("For example: a data centre in Groningen; back-ups in Amsterdam."),
            "breach_contact": _("Name and telephone number that is answered at once."),
        }
