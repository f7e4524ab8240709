"""Forms of this room: groups, their members and agreement, meetings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import (
    HouseForm,
    HouseModelForm,
    LongText,
    ShownForm,
    TimeInput,
    date_field,
    moment_at,
    refuse_backwards,
)
from coaching.lib.keys import is_key
from schools.models import Membership, School, SchoolYear

from .models import GroupMember, Meeting, PopGroup
from .models.meetings import LONGEST_MINUTES
from .seating import candidates, refusal_of

MANY_PEOPLE = 200
SHORTEST_MINUTES = 5
WEEKS_AHEAD, USUAL_START = 2, dt.time(15, 30)  # what a new meeting is proposed for
NOT_A_COLLEAGUE = _("Choose colleagues who work here now. An external consultant can't be in a group.")


def colleague_label(row: Membership, host: School) -> str:
    """Noor de Wit · teacher, with the school when it is another one than ``host``."""
    parts = [row.person.name, str(row.get_function_display())]
    if row.school_id != host.pk:
        parts.append(row.school.name)
    return " · ".join(parts)


class ColleaguesField(forms.ModelMultipleChoiceField):
    """Colleagues of ``host`` and the other schools of its board."""

    widget = forms.CheckboxSelectMultiple
    host: School

    def set_host(self, host: School) -> None:
        self.host = host
        self.queryset = candidates(host)

    def label_from_instance(self, obj: Any) -> str:
        return colleague_label(obj, self.host)

    def clean(self, value: Any) -> Any:
        if value and len(value) > MANY_PEOPLE:
            raise forms.ValidationError(gettext("Choose the members of one group."))
        if not all(map(is_key, value or [])):
            raise forms.ValidationError(NOT_A_COLLEAGUE)
        return super().clean(value)


class ColleagueField(forms.ModelChoiceField):
    host: School

    def label_from_instance(self, obj: Any) -> str:
        return colleague_label(obj, self.host)


class GroupForm(HouseModelForm):
    """A new group; founding members are in at once. ``asked``: the school year to begin with."""

    submit_label = _("Make the group")
    year = forms.TypedChoiceField(label=_("school year"), coerce=int)
    members = ColleaguesField(
        queryset=Membership.objects.none(),
        label=_("Who is in it?"),
        help_text=_("A POP-group works best with 4 to 8 people. Later you can ask others in."),
        error_messages={
            "required": _("Choose who is in the group."),
            "invalid_choice": NOT_A_COLLEAGUE,
            "invalid_pk_value": NOT_A_COLLEAGUE,
        },
    )

    class Meta:
        model = PopGroup
        fields = ["name", "kind", "year"]

    def __init__(self, *args: Any, school: School, asked: SchoolYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        people: Any = self.fields["members"]
        people.set_host(school)
        year: Any = self.fields["year"]
        year.choices = [(each.starts, str(each)) for each in years_to_plan()]
        offered = dict(year.choices)
        year.initial = asked.starts if asked.starts in offered else next(iter(offered))

    def clean_year(self) -> SchoolYear:
        """The row is made here: a page that only asks makes none."""
        return SchoolYear.of(SchoolYear(starts=self.cleaned_data["year"]).first_day)

    def clean_members(self) -> list[Membership]:
        chosen = list(self.cleaned_data["members"])
        if refusal := refusal_of(chosen):
            raise forms.ValidationError(refusal)
        return chosen


class RenameForm(HouseModelForm):
    class Meta:
        model = PopGroup
        fields = ["name", "kind"]


class HeldForm(HouseForm):
    """Who was at a meeting without a session. All are ticked: else the page told who had called off."""

    submit_label = _("It has been held")
    present = forms.ModelMultipleChoiceField(
        queryset=GroupMember.objects.none(),
        label=_("Who was there?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, counts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not counts:
            del self.fields["present"]
            return
        field: Any = self.fields["present"]
        field.queryset = meeting.group.current_members(meeting.day).select_related(
            "membership__school", "membership__person"
        )
        field.initial = field.queryset

    @property
    def memberships(self) -> list[Membership]:
        return [place.membership for place in self.cleaned_data.get("present", [])]


class WayBack(forms.Form):
    """Which page around the year plan somebody came from; none when the address names none."""

    back = forms.ChoiceField(
        choices=[(name, name) for name in ("planner", "publish_plan", "school_calendar")]
    )

    @classmethod
    def chosen(cls, data: QueryDict) -> str:
        form = cls(data)
        return str(form.cleaned_data["back"]) if form.is_valid() else ""


class DayFilter(forms.Form):
    """Which day a form starts from; nothing when the address names none."""

    day = forms.DateField(required=False)

    @classmethod
    def chosen(cls, data: QueryDict) -> dt.date | None:
        form = cls(data)
        return form.cleaned_data["day"] if form.is_valid() else None


class ProposeForm(HouseForm):
    """Ask one colleague in."""

    submit_label = _("Ask in")
    membership = ColleagueField(
        queryset=Membership.objects.none(),
        label=_("Who?"),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague."), "invalid_choice": NOT_A_COLLEAGUE},
    )

    def __init__(self, *args: Any, group: PopGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = group.members.not_ended().values("membership__person")
        field: Any = self.fields["membership"]
        field.host = group.school
        field.queryset = candidates(group.school).exclude(person__in=taken)


class PlaceForm(HouseForm):
    """From when until when somebody is a member."""

    first_day = date_field(_("Member from"))
    last_day = date_field(
        _("Until and including"),
        required=False,
        help_text=_("Leave empty for as long as the group exists."),
    )

    def __init__(self, *args: Any, place: GroupMember, **kwargs: Any) -> None:
        initial = {"first_day": place.joined_on, "last_day": place.last_day}
        super().__init__(*args, initial=initial, **kwargs)
        self.place = place

    def clean_first_day(self) -> dt.date:
        return near(self.cleaned_data["first_day"], self.place.group.year)

    def clean_last_day(self) -> dt.date | None:
        last_day = self.cleaned_data["last_day"]
        return near(last_day, self.place.group.year) if last_day else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_backwards(self, "first_day", "last_day")
        return data


class AgreementForm(HouseForm):
    """``seen`` is the version the writer started from."""

    submit_label = _("Save as new version")
    text = LongText(label=_("Our agreement"), rows=14)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)


class MeetingForm(HouseModelForm):
    """Date and start are wall time in Europe/Amsterdam."""

    submit_label = _("Plan the meeting")
    day = date_field(_("Date"))
    start = forms.TimeField(label=_("Starts at"), widget=TimeInput())
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES, initial=90
    )
    link = forms.URLField(
        label=_("Link for taking part from elsewhere"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    field_order = ["day", "start", "minutes", "kind", "place", "link", "about_change"]

    class Meta:
        model = Meeting
        fields = ["minutes", "kind", "place", "link", "about_change"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_change"].help_text = _("Only if the meeting is about one. No names.")
        when = timezone.localtime(self.instance.starts_at) if self.instance.pk else proposed_start()
        self.fields["day"].initial, self.fields["start"].initial = when.date(), when.time()

    def clean_day(self) -> dt.date:
        return near(self.cleaned_data["day"], self.instance.group.year)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("start"):
            try:
                data["starts_at"] = moment_at(data["day"], data["start"])
            except forms.ValidationError as refused:
                self.add_error("start", refused)
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the meeting, from a valid form."""
        names = ("starts_at", "minutes", "kind", "place", "link", "about_change")
        return {name: self.cleaned_data[name] for name in names}


class ChangeForm(MeetingForm, ShownForm):
    """Shows first who will get a mail."""

    submit_label = _("Save")

    def ask(self, people: int) -> None:
        """The button says what it does to so many people."""
        label = ngettext("Save and mail %(count)s person", "Save and mail %(count)s people", people)
        self.helper.inputs[0].value = label % {"count": people}


def proposed_start() -> dt.datetime:
    """Two weeks from now, at the end of a school day: a weekend moves to its Monday."""
    day = timezone.localdate() + dt.timedelta(weeks=WEEKS_AHEAD)
    day += dt.timedelta(days=7 - day.weekday() if day.isoweekday() > 5 else 0)
    return moment_at(day, USUAL_START)


def near(day: dt.date, year: SchoolYear) -> dt.date:
    """``day``, when it lies at most a year outside ``year``: further away is a typing error."""
    if abs(day.year - year.starts) > 2:
        raise forms.ValidationError(
            gettext("This group is of school year %(year)s. Check the year of this date.") % {"year": year}
        )
    return day


def years_to_plan() -> list[SchoolYear]:
    """This school year and the next, which may not have been used before."""
    this = SchoolYear.start_of(timezone.localdate())
    return [SchoolYear(starts=this), SchoolYear(starts=this + 1)]


class WallForm(forms.Form):
    """Which of ``groups`` gets to read a success."""

    group = forms.ModelChoiceField(queryset=PopGroup.objects.none())

    def __init__(self, *args: Any, groups: list[PopGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = PopGroup.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["group"] = forms.ModelChoiceField(queryset=own)
