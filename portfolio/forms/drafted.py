"""Forms whose texts are kept while somebody types."""

from __future__ import annotations

from typing import Any

from coaching.lib.forms import HouseForm
from schools.models import Draft, User


def plain_lines(text: str | None) -> str:
    """A submitted text has other line ends than the same text kept while typing."""
    return (text or "").replace("\r\n", "\n")


class DraftedForm(HouseForm):
    """The fields in ``drafted`` are kept while typing, as drafts named "<drafts>:<field>" of ``writer``."""

    drafted: tuple[str, ...] = ()

    def __init__(self, *args: Any, writer: User, drafts: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.add_fields()
        self.draft_names = {f"{drafts}:{name}": name for name in self.drafted}
        for draft, name in self.draft_names.items():
            self.fields[name].widget.attrs["data-draft"] = draft
        self.has_drafts = not self.is_bound and self._take_drafts()

    def add_fields(self) -> None:
        """For a form whose fields differ; those to keep while typing go into ``drafted``."""

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
