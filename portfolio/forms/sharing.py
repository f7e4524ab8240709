"""With whom, until when, and what for: first whom somebody thinks of, then exactly who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm, date_field
from coaching.lib.keys import LONGEST_KEY, is_key
from schools.models import User

from ..sharing import colleagues_of, default_end, groups_of, members_of


class PersonChoice(forms.ModelChoiceField):
    """Colleagues by name and school."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.school}"


class PeopleChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.school}"

    def clean(self, value: Any) -> Any:
        """A number that no column of the database holds is nobody's."""
        for key in value or []:
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"] % {"pk": str(key)[:LONGEST_KEY]}
                )
        return super().clean(value)


class PickForm(HouseForm):
    """One colleague, or a group to start from; nothing is shared by it."""

    submit_label = _("See what becomes visible")
    viewer = PersonChoice(label=_("With whom?"), queryset=User.objects.none(), required=False)
    group = forms.TypedChoiceField(label=_("Or with the members of a group"), required=False, coerce=int)

    again = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owner: User, seeing: Collection[User] = (), **kwargs: Any) -> None:
        """``seeing``: who sees an earlier state of it today; ``again`` picks them."""
        super().__init__(*args, **kwargs)
        self.owner, self.seeing = owner, seeing
        del self.fields["once_key"]  # nothing is made yet: what is picked stands in the address
        cast(PersonChoice, self.fields["viewer"]).queryset = colleagues_of(owner)
        groups = groups_of(owner, timezone.localdate())
        cast(forms.ChoiceField, self.fields["group"]).choices = [("", "---------"), *groups]
        if not groups:
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not any(told.get(name) for name in ("viewer", "group", "again")) and not self.errors:
            raise ValidationError(_("Choose a colleague, or a group."))
        return told

    def picked(self) -> dict[str, Any]:
        """What the next form starts with: the people, and the group they were picked by."""
        told = self.cleaned_data
        group, people = told.get("group"), [told["viewer"]] if told.get("viewer") else []
        if group:
            people += members_of(group, self.owner, timezone.localdate())
        if told.get("again"):
            people += self.seeing
        return {"viewers": list({person.pk for person in people}), "group": group or ""}


class ShareForm(HouseForm):
    """Exactly who. ``group``: by which it was picked; ``seen``: digest of what the screen showed of a POP."""

    submit_label = _("Share")
    viewers = PeopleChoice(label=_("Who gets to see it"), queryset=User.objects.none())
    until = date_field(_("Until and including"))
    as_buddy = forms.BooleanField(label=_("This colleague helps me or asks me how it goes"), required=False)
    group = forms.TypedChoiceField(widget=forms.HiddenInput, required=False, coerce=int)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, owner: User, shown: list[int], has_buddy: bool, **kwargs: Any) -> None:
        """``shown``: numbers of the people to tick; in what comes in it is whoever was ticked."""
        super().__init__(*args, **kwargs)
        self.owner = owner
        colleagues = colleagues_of(owner)
        cast(PeopleChoice, self.fields["viewers"]).queryset = (
            colleagues if self.is_bound else colleagues.filter(pk__in=shown)
        )
        groups = groups_of(owner, timezone.localdate())
        cast(forms.ChoiceField, self.fields["group"]).choices = [("", ""), *groups]
        self.initial.setdefault("until", default_end(timezone.localdate()))
        self.initial.setdefault("viewers", shown)
        if not has_buddy:
            del self.fields["as_buddy"]

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return until

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("as_buddy") and len(told.get("viewers", [])) != 1:
            self.add_error("as_buddy", _("Share with this one colleague alone, then tick this."))
        return told

    def given(self) -> list[tuple[User, str]]:
        """Each viewer, with what it goes via: who was picked by a group loses it on leaving that group."""
        group, day = self.cleaned_data.get("group"), timezone.localdate()
        members = {person.pk for person in members_of(group, self.owner, day)} if group else set()
        return [
            (person, f"group:{group}" if person.pk in members else "")
            for person in self.cleaned_data["viewers"]
        ]
