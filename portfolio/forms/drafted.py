"""Forms whose texts are kept while somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.lib.forms import HouseForm
from schools.models import Draft, User


def plain_lines(text: Any) -> str:
    """A submitted text has other line ends than the same text kept while typing."""
    return str("" if text is None else text).replace("\r\n", "\n")


HIGHEST_VERSION = 2**31 - 1


def version_field(*, required: bool = True) -> forms.IntegerField:
    """The version that the writer had on the screen."""
    return forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=HIGHEST_VERSION, required=required
    )


class DraftedForm(HouseForm):
    """The fields in ``drafted`` are kept while typing, as drafts named "<drafts>:<field>" of ``writer``.

    ``marks`` are the hidden fields that tell what the screen showed, kept with the text by static/js/autosave.js.
    ``kept``: the drafts by name, for a page that read those of all its forms at once.
    """

    drafted: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, writer: User, drafts: str, kept: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.add_fields()
        self.keep_drafts(self.drafted, drafts, kept)

    def keep_drafts(self, names: Iterable[str], drafts: str, kept: Mapping[str, str] | None = None) -> None:
        """From here on the fields ``names`` are those that are kept while typing."""
        self.draft_names = {f"{drafts}:{name}": name for name in (*self.marks, *names)}
        for draft, name in self.draft_names.items():
            self.fields[name].widget.attrs["data-draft"] = draft
        self.has_drafts = not self.is_bound and self._take_drafts(self._found(kept))

    def add_fields(self) -> None:
        """For a form whose fields differ; those to keep while typing go into ``drafted``."""

    def _drafts(self) -> Any:
        return Draft.objects.filter(writer=self.writer, field__in=self.draft_names)

    def _found(self, kept: Mapping[str, str] | None) -> dict[str, str]:
        """What is kept, by field."""
        if kept is None:
            kept = dict(self._drafts().values_list("field", "text"))
        return {name: kept[draft] for draft, name in self.draft_names.items() if draft in kept}

    def _take_drafts(self, found: dict[str, str]) -> bool:
        """Show what was typed and not yet saved; whether there was any.

        It goes on from what was shown when it was typed: what was saved since is then asked about, not lost.
        """
        marks = {name: found.pop(name) for name in self.marks if name in found}
        saved = {name: plain_lines(self.initial.get(name)) for name in found}
        unsaved = {name: text for name, text in found.items() if plain_lines(text) != saved[name]}
        self.initial.update(unsaved)
        for mark, text in marks.items():
            shown = self._read(mark, text)
            if shown and self.tells_of(mark, unsaved):
                self.initial[mark] = shown
        return bool(unsaved)

    def _read(self, name: str, text: str) -> Any:
        """``text`` as the value of field ``name``; None for what it can't be."""
        try:
            return self.fields[name].clean(text)
        except ValidationError:
            return None

    def tells_of(self, mark: str, unsaved: Mapping[str, str]) -> bool:
        """Whether ``mark`` goes with one of the fields that are ``unsaved``."""
        return bool(unsaved)

    def drop_drafts(self) -> None:
        self._drafts().delete()
