"""What people write in an entry of their portfolio, and what they look for among them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from crispy_forms.layout import HTML, Layout
from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.forms import DateInput, HouseForm, HouseModelForm, LongText
from coaching.lib.upload_fields import UploadField
from coaching.lib.uploads import Upload

from ..models import Competence, Entry, EntryKind, Structure
from ..structures import ABOUT, questions_of
from ..tags import offered_tags, tags_in_use
from ..two_versions import Difference, shown
from .drafted import DraftedForm, plain_lines, version_field

# What a session brought keeps saying so; everything else is a choice.
BY_HAND = (
    EntryKind.SUCCESS,
    EntryKind.REFLECTION,
    EntryKind.PROOF,
    EntryKind.FEEDBACK,
    EntryKind.CERTIFICATE,
)
KIND_HELP = {
    EntryKind.SUCCESS: gettext_lazy("something that went well, however small"),
    EntryKind.REFLECTION: gettext_lazy("looking back on what happened"),
    EntryKind.PROOF: gettext_lazy("something you made or did, with a file"),
    EntryKind.FEEDBACK: gettext_lazy("what somebody said about your work"),
    EntryKind.CERTIFICATE: gettext_lazy("a diploma or proof of a course"),
}


class StartForm(forms.Form):
    """How an entry begins, from the address: a kind and a structure. Anything else begins as free text."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in BY_HAND], required=False)
    structure = forms.ChoiceField(choices=Structure.choices, required=False)

    def chosen(self, name: str, otherwise: str) -> str:
        return str((self.cleaned_data if self.is_valid() else {}).get(name) or otherwise)


class TagChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class EntryForm(DraftedForm, HouseModelForm):
    """Any entry by hand: its text, or its answers to the questions of ``structure``, in fields "q_<key>".

    ``seen`` is the version the writer had on the screen; a new one has none.
    """

    class Meta:
        model = Entry
        fields = ["kind", "title", "text", "day", "competences"]
        field_classes = {"competences": TagChoice}
        widgets = {"kind": forms.RadioSelect, "day": DateInput()}

    text = LongText(label=gettext_lazy("Text"), required=False, rows=8)
    seen = version_field(required=False)

    def __init__(self, *args: Any, structure: str = Structure.FREE, **kwargs: Any) -> None:
        found = kwargs.get("instance")
        self.structure = found.structure if found else structure
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        if self.instance.pk:
            self.initial["seen"], self.marks = self.instance.version, ("seen",)
        self.offer_kinds()
        self.offer_tags()
        self.ask_questions()
        self.lay_out()

    def offer_kinds(self) -> None:
        if self.instance.pk and (self.instance.given_by_id or self.instance.kind not in BY_HAND):
            del self.fields["kind"]
            return
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [
            (own.value, format_html("{}: {}", capfirst(own.label), KIND_HELP[own])) for own in BY_HAND
        ]

    def offer_tags(self) -> None:
        field = cast(TagChoice, self.fields["competences"])
        groups = offered_tags(self.writer, self.initial.get("competences") or [])
        field.queryset = Competence.objects.filter(pk__in=[tag.pk for _list, tags in groups for tag in tags])
        field.choices = [(name, [(tag.pk, tag.title) for tag in tags]) for name, tags in groups]
        field.label, field.required = _("Which competences does it show?"), False

    def ask_questions(self) -> None:
        """One box a question in place of the one text."""
        asked = questions_of(self.structure)
        if asked:
            del self.fields["text"]
        parts = {part.key: part.text for part in self.instance.parts.all()} if self.instance.pk else {}
        for each in asked:
            self.fields[f"q_{each.key}"] = LongText(
                label=each.label, help_text=each.help, required=False, rows=3
            )
            self.initial[f"q_{each.key}"] = parts.get(each.key, "")
        self.drafted = ("title", *([f"q_{each.key}" for each in asked] or ["text"]))

    def lay_out(self) -> None:
        names = [*self.drafted, "day"]
        kind = ["kind"] if "kind" in self.fields else []
        ways = [] if self.instance.pk else [self.ways_to_write()]
        tags: list[Any] = []
        if self.fields["competences"].choices:  # type: ignore[attr-defined]
            opened = " open" if self.errors.get("competences") else ""
            head = format_html("<details{}><summary>{}</summary>", opened, _("Add competences"))
            tags = [HTML(head), "competences", HTML("</details>")]
        self.helper.layout = Layout(*kind, *ways, *names, *tags, "seen", "once_key")

    def ways_to_write(self) -> HTML:
        """Questions are for a reflection, so with them it becomes one; folded until that was chosen."""
        context = {
            "structures": [(value, label, ABOUT[value]) for value, label in Structure.choices],
            "structure": self.structure,
            "kind": EntryKind.REFLECTION,
            "opened": self.structure != Structure.FREE or self.initial.get("kind") == EntryKind.REFLECTION,
        }
        text = render_to_string("portfolio/_structures.html", context)
        return HTML(text)

    def parts(self) -> dict[str, str]:
        asked = questions_of(self.structure)
        return {each.key: self.cleaned_data[f"q_{each.key}"] for each in asked}

    def written(self) -> dict[str, Any]:
        """The columns of the entry itself."""
        return {
            name: self.cleaned_data[name] for name in ("kind", "title", "text", "day") if name in self.fields
        }

    def differences(self, saved: Entry) -> list[Difference]:
        """Where ``saved`` says something else than what was typed here."""
        parts = {part.key: part.text for part in saved.parts.all()}
        pairs: dict[str, tuple[Any, Any]] = {
            **{name: (getattr(saved, name), typed) for name, typed in self.written().items()},
            **{f"q_{key}": (parts.get(key, ""), typed) for key, typed in self.parts().items()},
            "competences": (titles(saved.competences.all()), titles(self.cleaned_data["competences"])),
        }
        return [
            Difference(str(self[name].label), shown(now), shown(typed))
            for name, (now, typed) in pairs.items()
            if plain_lines(str(now)) != plain_lines(str(typed))
        ]

    def make(self) -> Entry:
        self.instance.owner, self.instance.structure = self.writer, self.structure
        made = self.save()
        made.write_parts(self.parts())
        return made

    def rewrite(self) -> Entry:
        """Save; raises StaleMove when the entry was saved elsewhere since it was shown."""
        seen = self.cleaned_data["seen"] or 0
        self.instance.rewrite(seen, self.parts(), self.cleaned_data["competences"], **self.written())
        return self.instance


def titles(tags: Iterable[Competence]) -> str:
    return ", ".join(sorted(tag.title for tag in tags))


class FilterForm(HouseForm):
    """Which entries the portfolio shows, by GET; a wrong value shows everything."""

    submit_label = gettext_lazy("Show")
    kind = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    competence = forms.ModelChoiceField(
        label=gettext_lazy("Competence"), queryset=Competence.objects.none(), required=False
    )

    def __init__(self, *args: Any, owner: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["once_key"]
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("everything")), *EntryKind.choices]
        tag = cast(forms.ModelChoiceField, self.fields["competence"])
        tag.queryset, tag.empty_label = tags_in_use(owner), _("all")

    def asked(self) -> dict[str, Any]:
        """``kind`` and ``competence`` where chosen."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class FileForm(HouseForm):
    """A file, judged by its content; ``upload`` is what may be kept of it."""

    submit_label = gettext_lazy("Add this file")
    file = UploadField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, a picture, Word, Excel, PowerPoint, ODT, text or sound (MP3, M4A), up to 20 MB. Of a photo, place"
            " and camera are taken out. Show no pupils, parents or colleagues who don't know."
        ),
    )

    @property
    def upload(self) -> Upload:
        kept: Upload = self.cleaned_data["file"]
        return kept
