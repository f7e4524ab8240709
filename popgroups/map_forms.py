"""Forms of the have/need map: putting in what was shown, and the numbers a group chooses."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import HouseForm
from portfolio.forms.competences import as_template
from portfolio.models import Competence

from .maps import Wish
from .models import LARGEST_GROUP

Choices = list[tuple[Competence, int | None]]


class PutInForm(HouseForm):
    """``seen``: digest of the list that was shown."""

    submit_label = gettext_lazy("Put exactly this in")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class MakeMapForm(HouseForm):
    submit_label = gettext_lazy("Make the map now")
    together = forms.BooleanField(
        label=gettext_lazy("We do this together: whoever wants to take part has put something in."),
    )


class NeedsForm(HouseForm):
    """A number of people for each competence; ``was`` travels hidden, so that nobody overwrites another.

    ``mine``: what was typed and not kept, as somebody else was first.
    """

    submit_label = gettext_lazy("Keep these numbers")

    def __init__(
        self, *args: Any, rows: Choices, size: int, mine: list[Wish] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.most = rows, max(LARGEST_GROUP, size)
        typed = {wish.competence: wish.people for wish in mine or [] if wish.people != wish.was}
        sections: dict[str, list[Any]] = {}
        for competence, need in rows:
            label = str(competence.framework)
            sections.setdefault(label, []).extend(self.add(competence, need, typed))
        parts = [Fieldset(as_template(title), *fields) for title, fields in sections.items()]
        self.helper.layout = Layout(*parts, "once_key")

    def add(self, competence: Competence, need: int | None, typed: dict[int, int | None]) -> list[Field]:
        """The field of one competence and the hidden one beside it."""
        now, was = f"need_{competence.pk}", f"was_{competence.pk}"
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        self.fields[now] = forms.IntegerField(
            label=competence.title,
            min_value=1,
            max_value=self.most,
            required=False,
            initial=need,
            widget=widget,
            help_text=self.typed_words(typed[competence.pk]) if competence.pk in typed else "",
        )
        self.fields[was] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=1, max_value=32_000, required=False, initial=need
        )
        return [Field(now, wrapper_class="one-need"), Field(was)]

    def typed_words(self, people: int | None) -> str:
        return _("You typed: %(people)s.") % {"people": people or _("nothing")}

    def wishes(self) -> list[Wish]:
        data = self.cleaned_data
        return [Wish(c.pk, data.get(f"was_{c.pk}"), data.get(f"need_{c.pk}")) for c, _need in self.rows]
