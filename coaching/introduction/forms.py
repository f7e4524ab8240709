"""Forms of the introduction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm, HouseModelForm, LongText, OneLine, WrappedLine, date_field
from coaching.lib.keys import is_key, keys_among
from coaching.lib.markup import hours
from coaching.lib.states import StaleMove
from coaching.lib.upload_fields import UploadField
from coaching.lib.uploads import Upload
from schools.budgets import in_hours
from schools.hours_forms import HoursField
from schools.models import (
    Membership,
    Milestone,
    Role,
    RoleHeld,
    School,
    SchoolYear,
    TrainingUnit,
    Trajectory,
    TrajectoryLookBack,
    User,
)
from schools.models.people import MembershipQuerySet, in_force

from .checklist import KEYS
from .involved import Change

HIGHEST = 2**31 - 1
LONGEST_HOURS = 400
FIRST_DAY, LAST_DAY = dt.date(2020, 1, 1), dt.date(2100, 12, 31)


def staff_of(school: School, also: Iterable[int | None] = ()) -> MembershipQuerySet:
    """Who works at ``school`` today and the memberships ``also``, by name; an outside consultant is no staff."""
    outside = RoleHeld.objects.filter(role=Role.CONSULTANT).values("membership")
    here = in_force(timezone.localdate()) & Q(school=school) & ~Q(pk__in=outside)
    rows = Membership.objects.filter(here | Q(pk__in=[pk for pk in also if pk]))
    return rows.select_related("person").order_by("person__name", "pk")


def staff_label(row: Membership) -> str:
    return f"{row.person.name} · {row.get_function_display()}"


class StaffField(forms.ModelChoiceField):
    """One colleague of a school; the queryset is set by the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Membership.objects.none(), required=False, **kwargs)
        self.empty_label = _("nobody yet")

    def to_python(self, value: Any) -> Any:
        if value and not is_key(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        return staff_label(obj)


class StaffsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        if value and not all(map(is_key, value)):
            raise ValidationError(_("Choose colleagues of this school."))
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        return staff_label(obj)


class SeenForm(HouseModelForm):
    """Carries the version the writer had on the screen, so that nobody overwrites what they never saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version
        self.fields["seen"].required = self.instance.pk is not None

    def kept_fields(self) -> list[str]:
        return [name for name in self._meta.fields or [] if name in self.cleaned_data]

    def keep(self) -> None:
        """Raises StaleMove when somebody else saved since the page was opened."""
        values = {name: self.cleaned_data[name] for name in self.kept_fields()}
        rows: Any = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        if not rows.filter(version=self.cleaned_data["seen"]).update(version=F("version") + 1, **values):
            raise StaleMove(_("Somebody else changed this meanwhile. What you typed is still here."))

    def beside(self) -> list[dict[str, Any]]:
        """What is saved now beside what was typed, where that differs; saving once more puts this over it."""
        saved: Any = type(self.instance)._default_manager.get(pk=self.instance.pk)
        self.data = {**self.data.dict(), "seen": str(saved.version)}  # type: ignore[attr-defined]
        fresh = type(self)(instance=saved, **self.again())
        return [
            {"label": field.label, "saved": fresh.said(field.name), "typed": self.said(field.name)}
            for field in self.visible_fields()
            if fresh.said(field.name) != self.said(field.name)
        ]

    def again(self) -> dict[str, Any]:
        """What else its making asks for."""
        return {}

    def said(self, name: str) -> str:
        """The value of a field, in words."""
        field = self.fields[name]
        value = self.cleaned_data.get(name) if self.is_bound else self.get_initial_for_field(field, name)
        if isinstance(field, HoursField):
            return hours((value if self.is_bound else self.instance.minutes) or 0)
        choices = getattr(field, "choices", None)
        key = getattr(value, "pk", value)
        if choices is not None:
            return next((str(label) for choice, label in choices if str(choice) == str(key or "")), "–")
        return str(value or "–").replace("\r\n", "\n")


class DesignForm(SeenForm):
    """Whom it offers depends on who reads it."""

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def again(self) -> dict[str, Any]:
        return {"reader": self.reader}


class StartForm(HouseForm):
    submit_label = gettext_lazy("Make the plan")
    year = forms.TypedChoiceField(label=gettext_lazy("School year"), coerce=int)

    def __init__(self, *args: Any, years: list[SchoolYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = [(year.starts, str(year)) for year in years]


class TrajectoryForm(DesignForm):
    goal = LongText(label=gettext_lazy("What do we want to reach?"), required=False, rows=5)
    start = LongText(
        label=gettext_lazy("Where do we start from?"),
        required=False,
        rows=5,
        help_text=gettext_lazy("What is there already, and what asks for attention? No names of colleagues."),
    )
    minutes = HoursField(
        label=gettext_lazy("Hours for each colleague, this school year"), most=LONGEST_HOURS, required=False
    )
    steered_by = StaffField(label=gettext_lazy("Who of the school leads the introduction?"))

    class Meta:
        model = Trajectory
        fields = ["goal", "start", "minutes", "steered_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_hours(self)
        offer_staff(self, "steered_by", self.instance)

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0


def of_hours(form: SeenForm) -> None:
    """Minutes are shown as the hours that people type."""
    if not form.is_bound and form.instance.minutes:
        form.initial["minutes"] = in_hours(form.instance.minutes)


def offer_staff(form: DesignForm, name: str, trajectory: Trajectory) -> None:
    """Staff of today, and whoever stands there already. Who comes from outside is offered who designs it alone.

    An outside consultant does not learn who works at the school (domain.md §5).
    """
    stands = getattr(form.instance, f"{name}_id")
    offered = staff_of(trajectory.school, [stands])
    if not trajectory.can_be_designed_from_inside_by(form.reader):
        known = [stands, trajectory.steered_by_id, *(row.membership_id for row in trajectory.staff)]
        owners = trajectory.milestones.exclude(owner=None).values_list("owner", flat=True)
        in_it = Q(pk__in={*owners, *(key for key in known if key)})
        managing = Membership.objects.filter(roles__role__in=(Role.COORDINATOR, Role.DIRECTOR)).values("pk")
        offered = offered.filter(in_it | Q(pk__in=managing))
    field: Any = form.fields[name]
    field.queryset = offered


class MilestoneForm(DesignForm):
    title = WrappedLine(label=gettext_lazy("What is ready then?"), max_length=200)
    owner = StaffField(label=gettext_lazy("Who sees to it?"))
    due = date_field(gettext_lazy("Ready by"), required=False)
    proof_text = LongText(
        label=gettext_lazy("How do we know it is there?"),
        required=False,
        rows=3,
        help_text=gettext_lazy("In your own words. No names, nothing of what was said in a group."),
    )

    class Meta:
        model = Milestone
        fields = ["title", "phase", "owner", "due", "proof", "proof_text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].required = False
        choices: Any = self.fields["proof"]
        choices.choices = [("", _("nothing, we tell it ourselves")), *list(choices.choices)[1:]]
        offer_staff(self, "owner", self.instance.trajectory)

    def clean_due(self) -> dt.date | None:
        return within_reason(self.cleaned_data["due"])


def within_reason(day: dt.date | None) -> dt.date | None:
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Check the year."))
    return day


class UnitForm(DesignForm):
    title = OneLine(label=gettext_lazy("Title"), max_length=200)
    day = date_field(gettext_lazy("Day"), required=False)
    minutes = HoursField(label=gettext_lazy("Hours"), required=False)
    text = LongText(label=gettext_lazy("What we do, and what to read"), required=False, rows=6)

    class Meta:
        model = TrainingUnit
        fields = ["title", "day", "minutes", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_hours(self)

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0

    def clean_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["day"]
        if day != self.instance.day and not self.instance.can_be_moved_by(self.reader):
            raise ValidationError(_("This training has been given; ask who steers it to change its day."))
        return within_reason(day)


class MaterialForm(HouseForm):
    """A link or a file, exactly one of them."""

    submit_label = gettext_lazy("Add")
    title = OneLine(
        label=gettext_lazy("Name"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Left empty: the name of the file, or the address."),
    )
    link = forms.URLField(label=gettext_lazy("Link"), required=False, max_length=200, assume_scheme="https")
    file = UploadField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("PDF, a picture, Word, Excel, PowerPoint, ODT, text or sound, up to 20 MB."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("link")) == bool(data.get("file")):
            self.add_error("link", _("Give a link or choose a file, one of the two."))
        return data

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError(_("A link begins with https://."))
        return link

    @property
    def upload(self) -> Upload | None:
        kept: Upload | None = self.cleaned_data.get("file")
        return kept


class TickedForm(HouseForm):
    """Colleagues to tick; ``shown``: who was ticked when the screen showed it, so that it changes nobody else."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ticked: list[int], **kwargs: Any) -> None:
        shown = ",".join(map(str, ticked))
        super().__init__(*args, initial={"people": ticked, "shown": shown}, **kwargs)

    def change(self) -> Change:
        """Whom the writer ticked, and whose tick they took away; memberships by number."""
        chosen = {row.pk for row in self.cleaned_data["people"]}
        shown = set(keys_among(self.cleaned_data["shown"].split(",")))
        return Change(chosen - shown, shown - chosen)


class AttendanceForm(TickedForm):
    """Who was at a training: colleagues of today, and who was noted before."""

    people = StaffsField(
        queryset=Membership.objects.none(), label=gettext_lazy("Who was there?"), required=False
    )

    def __init__(self, *args: Any, unit: TrainingUnit, **kwargs: Any) -> None:
        noted = list(unit.attendances.values_list("membership", flat=True))
        super().__init__(*args, ticked=noted, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = staff_of(unit.trajectory.school, noted)


class InvolveForm(TickedForm):
    """Colleagues who take part in the design; director and coordinator do so anyway."""

    people = StaffsField(
        queryset=Membership.objects.none(),
        label=gettext_lazy("Who takes part in the design?"),
        required=False,
        help_text=gettext_lazy(
            "They read this plan and can change milestones and trainings. Ask them first."
        ),
    )

    def __init__(self, *args: Any, trajectory: Trajectory, **kwargs: Any) -> None:
        now = [row.membership_id for row in trajectory.staff]
        super().__init__(*args, ticked=now, **kwargs)
        field: Any = self.fields["people"]
        leading = RoleHeld.objects.filter(role__in=[Role.DIRECTOR, Role.COORDINATOR]).values("membership")
        field.queryset = staff_of(trajectory.school, now).exclude(~Q(pk__in=now), pk__in=leading)


class DayForm(HouseForm):
    submit_label = gettext_lazy("Move the day")
    day = date_field(
        gettext_lazy("Day of the hand-over"),
        help_text=gettext_lazy("From this day on the consultant sees nothing of the school any more."),
    )

    def clean_day(self) -> dt.date | None:
        return within_reason(self.cleaned_data["day"])


class TickForm(HouseForm):
    key = forms.ChoiceField(choices=[(key, key) for key in sorted(KEYS)])
    on = forms.BooleanField(required=False)


class LookBackForm(SeenForm):
    day = date_field(
        gettext_lazy("Day"), required=False, help_text=gettext_lazy("Empty: the day that the site proposes.")
    )
    text = LongText(
        label=gettext_lazy("What is still there, what has grown, what do we do next?"),
        required=False,
        rows=7,
        help_text=gettext_lazy("About the school as a whole: no names, nothing of what was said in a group."),
    )

    class Meta:
        model = TrajectoryLookBack
        fields = ["day", "text"]

    def clean_day(self) -> dt.date | None:
        return within_reason(self.cleaned_data["day"])
