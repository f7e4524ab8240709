"""Forms of talks: a date, a round of dates, the POP on the table, agreements, a preparation of one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import HouseForm, LongText, OneLine, ShownForm, TimeInput, date_field, moment_at
from schools.models import Membership, User

from ..models import MOST_AGREED, Share, Talk, TalkKind
from ..models.talks import LONGEST, OPEN_TALKS, SHORTEST, USUAL
from ..sharing import colleagues_of
from ..talks import Slot, leaders_of, led_colleagues, school_days, starts_of_day
from .drafted import HIGHEST_VERSION, DraftedForm, plain_lines, version_field
from .sharing import PeopleChoice, PersonChoice

WEEKS_AHEAD, USUAL_START, USUAL_LAST = 2, dt.time(15, 30), dt.time(17, 0)
FURTHEST = dt.timedelta(days=400)  # a day further off is a slip of the keys
MOST_LINES, MOST_IN_A_ROUND, MOST_BETWEEN = 10, 60, 120


class SeenForm(forms.Form):
    """Which state of the talk, or of its text, the screen of whoever presses showed."""

    seen = version_field()

    @classmethod
    def shown_by(cls, data: Any) -> int:
        """0, which nothing ever is, when the screen told nothing that can be."""
        form = cls(data)
        return int(form.cleaned_data["seen"]) if form.is_valid() else 0


def length_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("How many minutes?"), min_value=SHORTEST, max_value=LONGEST, initial=USUAL
    )


def place_field() -> OneLine:
    return OneLine(label=_("Where?"), required=False, max_length=120)


def day_ahead(day: dt.date) -> dt.date:
    if day < timezone.localdate():
        raise forms.ValidationError(gettext("This day has passed. Choose today or later."))
    if day > timezone.localdate() + FURTHEST:
        raise forms.ValidationError(gettext("That day is far away. Is the year right?"))
    return day


class DateForm(HouseForm):
    """Day and start are wall time in Europe/Amsterdam; ``seen``: the date that another is proposed for."""

    submit_label = _("Propose this date")
    day = date_field(_("Date"))
    start = forms.TimeField(label=_("Starts at"), widget=TimeInput())
    minutes = length_field()
    place = place_field()
    seen = version_field(required=False)

    def __init__(self, *args: Any, talk: Talk | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = timezone.localdate() + dt.timedelta(weeks=WEEKS_AHEAD)
        self.initial.update(day=next(school_days(usual)), start=USUAL_START)
        if talk:
            when = timezone.localtime(talk.starts_at)
            self.initial.update(day=when.date(), start=when.time(), seen=talk.sequence)
            self.initial.update(minutes=talk.minutes, place=talk.place)

    def clean_day(self) -> dt.date:
        return day_ahead(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("day") and told.get("start"):
            try:
                told["starts_at"] = moment_at(told["day"], told["start"])
            except forms.ValidationError as refused:
                self.add_error("start", refused)
            else:
                self.refuse_what_passed(told["starts_at"])
        return told

    def refuse_what_passed(self, starts_at: dt.datetime) -> None:
        if starts_at <= timezone.now():
            self.add_error("start", gettext("This time has passed. Choose a later one."))

    @property
    def slot(self) -> Slot:
        told = self.cleaned_data
        return Slot(told["starts_at"], told["minutes"], told["place"])


class TalkForm(DateForm):
    """A talk with who leads one, or with somebody one leads."""

    who = PersonChoice(label=_("With whom?"), queryset=User.objects.none())
    kind = forms.ChoiceField(label=_("What kind of talk"), choices=TalkKind)
    field_order = ["who", "kind", "day", "start", "minutes", "place"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = timezone.localdate()
        keys = [*leaders_of(user, day).values_list("pk", flat=True)]
        keys += led_colleagues(user, day).values_list("pk", flat=True)
        people = colleagues_of(user, day).filter(pk__in=keys)
        field = cast(PersonChoice, self.fields["who"])
        field.queryset = people
        self.nobody = not keys
        if len(set(keys)) == 1:
            self.initial["who"] = keys[0]


@dataclass(frozen=True)
class Asked:
    """One in a round. ``off``: they do not usually work on that day."""

    person: User
    slot: Slot
    off: bool


class RoundForm(ShownForm):
    """Dates for several people one after another, shown before they are mailed."""

    asked: list[Asked] | None = None  # once they are laid out
    kind = forms.ChoiceField(label=_("What kind of talk"), choices=TalkKind)
    people = PeopleChoice(label=_("With whom?"), queryset=User.objects.none())
    day = date_field(_("First day"))
    start = forms.TimeField(label=_("First talk of a day starts at"), widget=TimeInput())
    last = forms.TimeField(label=_("Last talk of a day starts at"), widget=TimeInput())
    minutes = length_field()
    between = forms.IntegerField(
        label=_("Minutes between two talks"), min_value=0, max_value=MOST_BETWEEN, initial=15
    )
    place = place_field()

    def __init__(self, *args: Any, leader: User, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.inputs = []  # the page itself has two buttons
        self.at = at
        day = timezone.localdate(at)
        led = led_colleagues(leader, day)
        waiting = Talk.objects.filter(leader=leader, state__in=OPEN_TALKS, starts_at__gt=at)
        self.offered = led.exclude(pk__in=waiting.values("person"))
        cast(PeopleChoice, self.fields["people"]).queryset = self.offered
        first = next(school_days(day + dt.timedelta(weeks=WEEKS_AHEAD)))
        self.initial.update(day=first, start=USUAL_START, last=USUAL_LAST)

    def clean_day(self) -> dt.date:
        return day_ahead(self.cleaned_data["day"])

    def clean_people(self) -> list[User]:
        people = list(self.cleaned_data["people"])
        if len(people) > MOST_IN_A_ROUND:
            words = {"most": MOST_IN_A_ROUND}
            raise forms.ValidationError(gettext("Choose %(most)s people at most at a time.") % words)
        return people

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("start") and told.get("last") and told["last"] < told["start"]:
            self.add_error("last", gettext("The last talk of a day comes before the first."))
        if not self.errors:
            found = self.lay_out(told)
            if found[0].slot.starts_at <= self.at:
                self.add_error("start", gettext("This time has passed. Choose a later one."))
            else:
                self.asked = found
        return told

    def lay_out(self, told: dict[str, Any]) -> list[Asked]:
        """By name, one after another, on as many school days as it takes."""
        starts = starts_of_day(told["start"], told["last"], told["minutes"] + told["between"])
        # Week days: the clock is put forward on Sundays only.
        moments = (moment_at(day, start) for day in school_days(told["day"]) for start in starts)
        works = work_days_of(told["people"], told["day"])
        return [
            Asked(
                person,
                Slot(starts_at, told["minutes"], told["place"]),
                off=str(timezone.localtime(starts_at).isoweekday()) not in works.get(person.pk, "1234567"),
            )
            for person, starts_at in zip(told["people"], moments, strict=False)
        ]

    @property
    def mark(self) -> str:
        slots = [(each.person.pk, each.slot) for each in self.asked or []]
        told = [self.cleaned_data["kind"], *slots]
        return sha256(repr(told).encode()).hexdigest()


def work_days_of(people: Iterable[User], day: dt.date) -> dict[int, str]:
    """By person, the digits of the days on which they work at one school or another."""
    found: dict[int, str] = {}
    for place in Membership.objects.current(day).filter(person__in=people):
        found[place.person_id] = found.get(place.person_id, "") + place.work_days
    return found


class TableForm(forms.Form):
    """Which version of one's POP lies on the table; empty: none."""

    version = forms.ModelChoiceField(
        label=_("Version"), queryset=Share.objects.none(), required=False, empty_label=_("No version")
    )

    def __init__(self, *args: Any, may: list[Share], talk: Talk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["version"]
        field.queryset = Share.objects.filter(pk__in=[share.pk for share in may])
        field.choices = [("", _("No version")), *((share.pk, self.words(share)) for share in may)]
        self.initial["version"] = talk.on_table_id

    @staticmethod
    def words(share: Share) -> str:
        version: Any = share.plan_version
        words = {"year": version.plan.year, "number": version.number}
        return gettext("My POP %(year)s, version %(number)s") % words


class AgreementsForm(HouseForm):
    """One agreement a line. ``seen``: the text that was changed.

    Not kept while typing: a director has no place of their own to write about somebody.
    """

    submit_label = _("Save the agreements")
    text = LongText(
        label=_("Our agreements"),
        rows=5,
        required=False,
        max_length=MOST_AGREED,
        help_text=_("One agreement a line, short: who does what, by when. No marks, no judgement."),
    )
    seen = version_field()

    def __init__(self, *args: Any, talk: Talk, **kwargs: Any) -> None:
        initial = {"text": talk.agreements, "seen": talk.agreements_version}
        super().__init__(*args, initial=initial, auto_id="agreements-%s", **kwargs)

    def clean_text(self) -> str:
        lines = [line.strip() for line in plain_lines(self.cleaned_data["text"]).split("\n") if line.strip()]
        if len(lines) > MOST_LINES:
            words = {"most": MOST_LINES}
            raise forms.ValidationError(gettext("At most %(most)s lines: short beats complete.") % words)
        return "\n".join(lines)


class PreparationForm(DraftedForm):
    """Kept while typing; ``seen``: what it said when it was shown, 0 for nothing."""

    drafted = ("preparation",)
    marks = ("seen",)
    submit_label = _("Save my preparation")
    preparation = LongText(
        label=_("What do I want to talk about?"),
        rows=4,
        required=False,
        help_text=_("What am I proud of? What do I want to learn? What do I need?"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST_VERSION)

    def __init__(self, *args: Any, talk: Talk, saved: Any, **kwargs: Any) -> None:
        initial = {"preparation": saved.text, "seen": saved.version}
        drafts = f"talk:{talk.pk}"
        super().__init__(
            *args, initial=initial, writer=talk.person, drafts=drafts, auto_id="preparation-%s", **kwargs
        )
