"""Forms whose texts are kept while somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from coaching.lib.forms import HouseForm
from schools.models import Draft, User


def plain_lines(text: Any) -> str:
    """A submitted text has other line ends than the same text kept while typing."""
    return str("" if text is None else text).replace("\r\n", "\n")


class DraftedForm(HouseForm):
    """The fields in ``drafted`` are kept while typing, as drafts named "<drafts>:<field>" of ``writer``.

    ``kept``: the drafts by name, for a page that read those of all its forms at once.
    """

    drafted: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, writer: User, drafts: str, kept: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.add_fields()
        self.keep_drafts(self.drafted, drafts, kept)

    def keep_drafts(self, names: Iterable[str], drafts: str, kept: Mapping[str, str] | None = None) -> None:
        """From here on the fields ``names`` are those that are kept while typing."""
        self.draft_names = {f"{drafts}:{name}": name for name in names}
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
        """Show what was typed and not yet saved; whether there was any."""
        saved = {name: plain_lines(self.initial.get(name)) for name in found}
        unsaved = {name: text for name, text in found.items() if plain_lines(text) != saved[name]}
        self.initial.update(unsaved)
        return bool(unsaved)

    def drop_drafts(self) -> None:
        self._drafts().delete()
