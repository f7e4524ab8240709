"""Forms for what somebody writes about themselves; each text carries what the screen showed of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import LongText, OneLine
from schools.models import User

from ..about_me import CORNERS, Texts, mark_of
from ..models import CoreQuadrant
from ..prompts import Theme
from .drafted import DraftedForm, plain_lines

LONGEST_CORNER = 200


class OwnTextsForm(DraftedForm):
    """``saved`` are the texts as they stand, by the name of their field; a hidden mark tells what was shown."""

    def __init__(self, *args: Any, saved: Texts, drafts: str, **kwargs: Any) -> None:
        super().__init__(*args, drafts=drafts, **kwargs)
        self.fields |= self.text_fields()
        self.saved: Texts = {name: saved.get(name, "") for name in self.text_fields()}
        self.initial.update(self.saved)
        for name, text in self.saved.items():
            self.fields[f"seen_{name}"] = forms.CharField(
                widget=forms.HiddenInput, initial=mark_of(text), max_length=20, required=False
            )
        self.marks = tuple(f"seen_{name}" for name in self.saved)
        self.keep_drafts(self.saved, drafts)

    def tells_of(self, mark: str, unsaved: Mapping[str, str]) -> bool:
        return mark.removeprefix("seen_") in unsaved

    def text_fields(self) -> dict[str, forms.Field]:
        raise NotImplementedError

    @property
    def typed(self) -> Texts:
        return {name: plain_lines(self.cleaned_data[name]) for name in self.saved}

    @property
    def seen(self) -> Texts:
        return {name: self.cleaned_data[f"seen_{name}"] for name in self.saved}

    @property
    def touched(self) -> list[str]:
        """What was changed on this screen."""
        return [name for name in self.saved if mark_of(self.typed[name]) != self.seen[name]]


class ThemeForm(OwnTextsForm):
    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        self.theme = theme
        super().__init__(*args, drafts=f"about:{theme.key}", **kwargs)

    def text_fields(self) -> dict[str, forms.Field]:
        return {
            prompt.key: LongText(label=prompt.question, help_text=prompt.about, required=False, rows=3)
            for prompt in self.theme.prompts
        }


class QuadrantForm(OwnTextsForm):
    """Four corners that stand where they stand in the picture; each says how to find it from its neighbours."""

    WORDS = {
        "quality": (
            gettext_lazy("Quality"),
            gettext_lazy(
                "What comes to you by itself, and others praise? Or: what is your pitfall too much of?"
            ),
        ),
        "pitfall": (
            gettext_lazy("Pitfall"),
            gettext_lazy(
                "What do you do when your quality goes too far? Or: what do others blame you for at times?"
            ),
        ),
        "challenge": (
            gettext_lazy("Challenge"),
            gettext_lazy("What is the good opposite of your pitfall? Or: what do you admire in others?"),
        ),
        "allergy": (
            gettext_lazy("Allergy"),
            gettext_lazy("What can’t you stand in others? Or: what is too much of your challenge?"),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        corners = [Div(name, css_class=f"corner corner-{name}") for name in CORNERS]
        hidden = [f"seen_{name}" for name in CORNERS]
        self.helper.layout = Layout(Div(*corners, css_class="quadrant"), *hidden, "once_key")

    def text_fields(self) -> dict[str, forms.Field]:
        return {name: self.corner(name) for name in CORNERS}

    def corner(self, name: str) -> forms.Field:
        label, hint = self.WORDS[name]
        return OneLine(label=label, help_text=hint, max_length=LONGEST_CORNER, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in CORNERS):
            raise forms.ValidationError(_("Fill in one corner at least. The others may follow later."))
        return data

    def make(self, owner: User) -> CoreQuadrant:
        return CoreQuadrant.objects.create(owner=owner, **self.typed)
