"""Forms of this room: people, invitations, consent, a first school."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlencode

from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm, HouseModelForm, LongText, OneLine, date_field

from .consents import MEANING
from .memberships import Terms, roles_of, roles_offered
from .models import (
    Consent,
    ConsentKind,
    Fte,
    Function,
    Invitation,
    Membership,
    OutgoingMail,
    ReminderChoice,
    Role,
    School,
    User,
)
from .names import NameField
from .pasted import MAX_LINES

TOO_MUCH_FTE = Decimal("1.2")


def fte_field(**kwargs: Any) -> forms.DecimalField:
    """A werktijdfactor: 1 is full time."""
    limits: dict[str, Any] = {"min_value": Decimal(0), "max_value": TOO_MUCH_FTE, "max_digits": 5}
    return forms.DecimalField(
        label=_("Fte (werktijdfactor)"), decimal_places=4, localize=True, **limits, **kwargs
    )


def offer(field: forms.Field, roles: list[str]) -> None:
    """Anything else that is posted is refused as not one of the choices."""
    cast(forms.ChoiceField, field).choices = [(role, Role(role).label) for role in roles]


class InviteForm(HouseForm):
    submit_label = _("Send the invitation")
    name = NameField(label=_("Name"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), initial=Role.TEACHER)
    function = forms.ChoiceField(label=_("Function"), choices=Function, initial=Function.TEACHER)

    def __init__(self, *args: Any, school: School, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["role"], roles_offered(school, by))


class PasteForm(HouseForm):
    submit_label = _("Check the lines")
    lines = LongText(
        label=_("One colleague a line: name; e-mail"),
        rows=8,
        help_text=_("For example: Sanne Visser; sanne@school.example. A comma or a tab will do too."),
    )

    def clean_lines(self) -> str:
        text = str(self.cleaned_data["lines"])
        if len(text.splitlines()) > MAX_LINES:
            raise ValidationError(_("At most %(most)s lines at once."), params={"most": MAX_LINES})
        return text


class SendPastedForm(PasteForm):
    """The lines as they were previewed, once more, now to be sent."""

    submit_label = _("Send the invitations")
    lines = LongText(widget=forms.HiddenInput)


class MembershipForm(HouseForm):
    function = forms.ChoiceField(label=_("Function"), choices=Function)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple, required=False)
    fte = fte_field(
        required=False,
        help_text=_("1 is full time, 0.5 is half of it. Leave it empty to leave it as it is."),
    )
    fte_from = date_field(_("This fte holds from"), required=False, initial=timezone.localdate)
    valid_until = date_field(
        _("Last day at this school"), required=False, help_text=_("Empty: no end in sight.")
    )

    def __init__(self, *args: Any, membership: Membership, by: User, **kwargs: Any) -> None:
        held = roles_of(membership)
        start = {
            "function": membership.function,
            "roles": list(held),
            "valid_until": membership.valid_until,
        }
        super().__init__(*args, initial=start, **kwargs)
        self.held, offered = held, roles_offered(membership.school, by, membership)
        self.kept = held - set(offered)
        offer(self.fields["roles"], offered)

    def terms(self) -> Terms:
        """What was asked, with the roles this person can't touch left as they are."""
        data = self.cleaned_data
        return Terms(
            function=data["function"],
            roles=frozenset(data["roles"]) | self.kept,
            valid_until=data["valid_until"],
            fte=data["fte"],
            fte_from=data["fte_from"],
        )


class FteForm(HouseForm):
    """Puts an fte right that was filled in wrongly."""

    value = fte_field(help_text=_("1 is full time, 0.5 is half of it."))
    valid_from = date_field(_("This fte holds from"))

    def __init__(self, *args: Any, row: Fte, **kwargs: Any) -> None:
        start = {"value": row.value.normalize(), "valid_from": row.valid_from}
        super().__init__(*args, initial=start, **kwargs)
        self.row = row

    def clean_valid_from(self) -> dt.date:
        day: dt.date = self.cleaned_data["valid_from"]
        others = Fte.objects.filter(membership=self.row.membership).exclude(pk=self.row.pk)
        if others.filter(valid_from=day).exists():
            raise ValidationError(_("Another fte holds from that day already. Change or remove that one."))
        return day

    def save(self) -> None:
        """By its key alone: one that somebody removed meanwhile stays away."""
        words = {name: self.cleaned_data[name] for name in ("value", "valid_from")}
        Fte.objects.filter(pk=self.row.pk).update(**words)


class EndForm(HouseForm):
    submit_label = _("Set the last day")
    last_day = date_field(_("Last day at this school"), initial=timezone.localdate)


class JoinForm(HouseForm):
    """Somebody who has an account already only says yes."""

    submit_label = _("Accept the invitation")


class NewPersonForm(HouseForm):
    submit_label = _("Accept the invitation")
    name = NameField(label=_("Your name"))
    password = forms.CharField(
        label=_("Choose a password"),
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Empty: you log in with a code that we send to your e-mail."),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": invitation.name}, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("password"):
            person = User(email=self.invitation.email, name=data.get("name", ""))
            try:
                validate_password(data["password"], person)
            except ValidationError as refused:
                self.add_error("password", refused)
        return data


class ConsentLinkForm(HouseForm):
    submit_label = _("Send the link")
    name = NameField(label=_("Name of the PMR member"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class PmrConsentForm(HouseForm):
    """One tick a kind that is still off, each explained in plain words."""

    submit_label = _("Confirm in the name of the PMR")
    note = OneLine(
        label=_("Note for your colleagues"),
        required=False,
        help_text=_(
            "For example: discussed in the meeting of 3 November. Everybody at school can read this."
        ),
    )

    def __init__(self, *args: Any, consents: list[tuple[ConsentKind, Consent | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [kind for kind, given in consents if given is None]
        for kind in self.asked:
            field = forms.BooleanField(label=kind.label.capitalize(), help_text=MEANING[kind], required=False)
            self.fields[kind.value] = field
        self.order_fields([*(kind.value for kind in self.asked), "note"])

    def clean(self) -> dict[str, Any]:
        if not self.chosen():
            raise ValidationError(_("Tick what the PMR agrees with."))
        return self.cleaned_data

    def chosen(self) -> list[str]:
        return [kind.value for kind in self.asked if self.cleaned_data.get(kind.value)]


class SchoolAgreementForm(HouseForm):
    """``seen`` is the text the writer started from: its primary key, 0 for none."""

    submit_label = _("Propose this text")
    text = LongText(label=_("Our school's agreement"), rows=30)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ProfileForm(HouseModelForm):
    name = NameField(label=_("Your name"))

    class Meta:
        model = User
        fields = ["name", "language"]


class FirstSchoolForm(forms.ModelForm):
    """What ``manage.py create_school`` asks."""

    name = NameField()
    place = NameField(max_length=80)
    brin = forms.CharField(
        validators=[
            RegexValidator(
                r"^\d{2}[A-Z]{2}(\d{2})?$", _("A BRIN number is like 12AB, or 12AB01 with the location.")
            )
        ]
    )
    director_name = NameField()
    director_email = forms.EmailField(max_length=254)

    class Meta:
        model = School
        fields = ["name", "place", "brin", "sector", "region"]


class ReminderForm(HouseModelForm):
    class Meta:
        model = ReminderChoice
        fields = ["meeting", "plan", "case", "bundled"]
        widgets = {"bundled": forms.RadioSelect}

    def keep(self, person: User) -> None:
        """One row a person, also when two windows save at one moment."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        ReminderChoice.objects.update_or_create(person=person, defaults=values)


class MailFilter(HouseForm):
    """Which mails the demo's mailbox shows, by GET; what is not readable asks for nothing."""

    submit_label = _("Show")
    to = OneLine(label=_("To"), required=False, max_length=254)
    subject = OneLine(label=_("Subject contains"), required=False)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        self.fields["page"] = forms.IntegerField(required=False, min_value=1, max_value=100_000)
        del self.fields["once_key"]
        self.helper.layout = Layout("to", "subject")  # another choice starts at the first page again
        self.is_valid()

    @property
    def page(self) -> int:
        return self.cleaned_data.get("page") or 1

    @property
    def asked_for(self) -> str:
        """For links to other pages of the same choice."""
        return urlencode({name: self.cleaned_data.get(name, "") for name in ("to", "subject")})

    def pick(self, mails: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        words = self.cleaned_data
        return mails.filter(to__icontains=words.get("to", ""), subject__icontains=words.get("subject", ""))
