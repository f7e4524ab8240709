"""With whom, and until when."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm, date_field
from schools.models import User

from ..sharing import colleagues_of, default_end


class PersonChoice(forms.ModelChoiceField):
    """Colleagues by name and school."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.school}"


class ShareForm(HouseForm):
    submit_label = _("Share")
    viewer = PersonChoice(label=_("With whom?"), queryset=User.objects.none())
    until = date_field(_("Until and including"))
    as_buddy = forms.BooleanField(label=_("This colleague helps me or asks me how it goes"), required=False)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        viewer = cast(PersonChoice, self.fields["viewer"])
        viewer.queryset = colleagues_of(owner)
        self.initial.setdefault("until", default_end(timezone.localdate()))

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return until
