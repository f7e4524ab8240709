"""What people write in their portfolio."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import DateInput, HouseForm, HouseModelForm, LongText, date_field
from schools.models import Draft, User

from .models import ActionPlan, Entry, EntryKind, PlanState
from .sharing import colleagues_of, default_end

FIRST_LOOK_BACK = dt.timedelta(days=14)  # a plan made outside a session has no next meeting to aim at
BY_HAND = (EntryKind.SUCCESS, EntryKind.REFLECTION)


def plain_lines(text: str | None) -> str:
    """A submitted text has other line ends than the same text kept while typing."""
    return (text or "").replace("\r\n", "\n")


class DraftedForm(HouseForm):
    """The fields in ``drafted`` are kept while typing, as drafts named "<drafts>:<field>" of ``writer``."""

    drafted: tuple[str, ...] = ()

    def __init__(self, *args: Any, writer: User, drafts: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.draft_names = {f"{drafts}:{name}": name for name in self.drafted}
        for draft, name in self.draft_names.items():
            self.fields[name].widget.attrs["data-draft"] = draft
        self.has_drafts = not self.is_bound and self._take_drafts()

    def _drafts(self) -> Any:
        return Draft.objects.filter(writer=self.writer, field__in=self.draft_names)

    def _take_drafts(self) -> bool:
        """Show what was typed and not yet saved; whether there was any."""
        found = {self.draft_names[draft.field]: draft.text for draft in self._drafts()}
        saved = {name: plain_lines(self.initial.get(name)) for name in found}
        unsaved = {name: text for name, text in found.items() if plain_lines(text) != saved[name]}
        self.initial.update(unsaved)
        return bool(unsaved)

    def drop_drafts(self) -> None:
        self._drafts().delete()


class PlanForm(DraftedForm, HouseModelForm):
    """``seen`` is the version the writer had on the screen."""

    drafted = ("intention", "where", "works_when", "if_then")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ActionPlan
        fields = ["intention", "where", "due", "works_when", "if_then", "group_sees_title"]
        widgets = {
            "intention": forms.Textarea(attrs={"rows": 2}),
            "works_when": forms.Textarea(attrs={"rows": 2}),
            "if_then": forms.Textarea(attrs={"rows": 2}),
            "due": DateInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def rewrite(self) -> ActionPlan:
        """Save; raises StaleMove when the plan was saved by somebody else since it was shown."""
        self.instance.rewrite(self.cleaned_data["seen"], **self.written())
        return self.instance


class NewPlanForm(DraftedForm, HouseModelForm):
    """A plan of one line is a plan."""

    drafted = ("intention",)

    class Meta:
        model = ActionPlan
        fields = ["intention", "due"]
        widgets = {"intention": forms.Textarea(attrs={"rows": 2}), "due": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due", None)
        self.initial["due"] = self.initial["due"] or timezone.localdate() + FIRST_LOOK_BACK

    def make(self) -> ActionPlan:
        self.instance.owner = self.writer
        return self.save()


class ResultForm(DraftedForm):
    """How did it go? Only the states that may follow are offered."""

    drafted = ("happened",)
    submit_label = _("Keep this")
    happened = LongText(label=_("What happened, and what was the effect?"), required=False, rows=3)
    result = forms.ChoiceField(label=_("How does it stand now?"), widget=forms.RadioSelect)
    LABELS = {
        PlanState.TRIED: _("I tried it"),
        PlanState.ADJUSTED: _("I adjust it and go on"),
        PlanState.DONE: _("It is finished"),
        PlanState.LET_GO: _("I let it go"),
    }

    def __init__(self, *args: Any, plan: ActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, drafts=f"plan:{plan.pk}", **kwargs)
        # What comes in is judged by the plan itself: the same form sent twice is no mistake of the reader.
        self.offer(list(self.LABELS) if self.is_bound else plan.next_states())

    def offer(self, states: Sequence[str]) -> None:
        result = cast(forms.ChoiceField, self.fields["result"])
        result.choices = [(state, self.LABELS[PlanState(state)]) for state in states]


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


class EntryForm(DraftedForm, HouseModelForm):
    """A success or reflection by hand; what came from a session keeps its kind."""

    drafted = ("title", "text")

    class Meta:
        model = Entry
        fields = ["kind", "title", "text", "day"]
        widgets = {"kind": forms.RadioSelect, "day": DateInput()}

    text = LongText(label=_("text"), required=False, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.kind not in BY_HAND:
            del self.fields["kind"]
            return
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [(own.value, own.label) for own in BY_HAND]

    def make(self) -> Entry:
        self.instance.owner = self.writer
        return self.save()
