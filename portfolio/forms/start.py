"""Forms of the first visit: a handful of marks, one thing to go for, the first goal."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.forms import OneLine, date_field
from schools.models import User

from ..models import Competence, Goal, GoalAction, TalentKind
from ..start import DRAFTS, FirstGoal, named
from ..talents import Talent, Talents
from .competences import TalentForm
from .drafted import DraftedForm

LEARNING_ORDER = (TalentKind.CHANCE, TalentKind.TOGETHER, TalentKind.TALENT, TalentKind.DOSE)
FIRST_STEP = dt.timedelta(days=14)


class FirstMarksForm(TalentForm, DraftedForm):
    """Two marks for each, kept while typing."""

    submit_label = _("Keep and go on")
    asked = ("good", "fun")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, drafts=DRAFTS, **kwargs)
        self.keep_drafts([f"{name}_{each.pk}" for each in self.competences for name in self.asked], DRAFTS)


class PickForm(DraftedForm):
    """One of one's talents, or something of one's own in own words; neither is fine too."""

    submit_label = _("Go on")
    drafted = ("own",)
    pick = forms.ChoiceField(
        label=_("What do I want to get further in?"), widget=forms.RadioSelect, required=False
    )
    own = OneLine(
        label=_("Or something else, in your own words"),
        help_text=_("What you write here goes before what you marked above."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, talents: Talents, now: Competence | None, **kwargs: Any) -> None:
        super().__init__(*args, drafts=DRAFTS, **kwargs)
        self.by_key = {str(each.now.competence_id): each.now.competence for each in talents.all}
        pick = cast(forms.ChoiceField, self.fields["pick"])
        ordered = sorted(talents.all, key=lambda each: LEARNING_ORDER.index(each.now.kind))
        pick.choices = [(str(each.now.competence_id), self.words_for(each)) for each in ordered]
        self.initial["pick"] = str(now.pk) if now else ""
        if not talents.all:
            del self.fields["pick"]
            self.fields["own"].label, self.fields["own"].help_text = pick.label, ""

    @staticmethod
    def words_for(talent: Talent) -> str:
        return f"{talent.number}. {talent.title} ({talent.now.kind.label})"

    def picked(self, owner: User) -> Competence | None:
        own = self.cleaned_data["own"]
        return named(owner, own) if own else self.by_key.get(self.cleaned_data.get("pick", ""))


class FirstGoalForm(DraftedForm):
    submit_label = _("This is my first goal")
    drafted = ("question", "what")
    question = OneLine(
        label=_("My learning question: how can I ..."),
        help_text=_("For example: how can I give the quiet children a turn more often?"),
        max_length=Goal._meta.get_field("question").max_length or 500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    what = OneLine(
        label=_("My first step"),
        help_text=_("Small enough to do it, for example: watch for ten minutes in Samir’s lesson."),
        max_length=GoalAction._meta.get_field("what").max_length or 500,
        required=False,
    )
    due = date_field(_("When?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, drafts=DRAFTS, **kwargs)
        self.initial["due"] = timezone.localdate() + FIRST_STEP

    @property
    def goal(self) -> FirstGoal:
        return FirstGoal(*(self.cleaned_data[name] for name in ("question", "what", "due")))
