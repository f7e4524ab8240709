"""A card of a plan: a small form that is saved by itself while somebody writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coaching.lib.forms import HouseModelForm
from coaching.lib.markup import hours
from schools.budgets import in_hours
from schools.models import Draft, SchoolYear, User

from ..two_versions import shown
from .drafted import DraftedForm, plain_lines, version_field

FAR = 5  # school years before and after; a day further off is a slip of the keys
MOST_HOURS, MOST_MONEY = 500, 1_000_000


class CardForm(DraftedForm, HouseModelForm):
    """``seen`` is the version the writer had on the screen, kept with the text that is typed on it.

    Never keyed by ``once``: the same card sent again finds that it is saved already.
    """

    kind = part = ""
    marks = ("seen",)
    seen = version_field()

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Any,
        writer: User,
        kept: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        name = f"{self.kind}:{instance.pk}" + (f":{self.part}" if self.part else "")
        self.key = name.replace(":", "-")
        initial = {"seen": self.mark_of(instance), **self.shown_of(instance)}
        super().__init__(
            data,
            instance=instance,
            initial=initial,
            writer=writer,
            drafts=name,
            kept=kept,
            auto_id=f"{self.key}-%s",
            **kwargs,
        )
        del self.fields["once_key"]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
            # A browser cuts off what is pasted; here too long is said.
            field.widget.attrs.pop("maxlength", None)

    def mark_of(self, row: Any) -> int:
        """What tells that ``row`` still says what was shown: travels as ``seen``."""
        version: int = row.version
        return version

    @property
    def back(self) -> str:
        """The address of the page with all cards of the plan."""
        raise NotImplementedError

    @property
    def school_year(self) -> SchoolYear:
        """That of the plan."""
        raise NotImplementedError

    def write(self, saved: Any, values: dict[str, Any]) -> Any:
        """Save ``values``, which differ from ``saved``; the row as it is then. Raises as ``rewrite`` does."""
        raise NotImplementedError

    def shown_of(self, instance: Any) -> dict[str, Any]:
        """What the fields show where the row says it otherwise."""
        return {}

    def day_near(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        if day and abs(SchoolYear.start_of(day) - self.school_year.starts) > FAR:
            raise ValidationError(_("That day is far away from this school year. Is the year right?"))
        return day

    def written(self) -> dict[str, Any]:
        """The values of the row."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}  # type: ignore[attr-defined]
        return {name: plain_lines(text) if isinstance(text, str) else text for name, text in values.items()}

    def rewrite(self) -> None:
        """Save; raises StaleMove when it was saved since it was shown, MoveRefused when the plan is closed."""
        values, saved = self.written(), self.saved_now()
        if any(getattr(saved, name) != value for name, value in values.items()):
            saved = self.write(saved, values)
        self.instance = saved

    def saved_now(self) -> Any:
        found: Any = type(self.instance).objects.get(pk=self.instance.pk)
        return found

    def again(self, data: Any) -> CardForm:
        """The same card with ``data``, about the row as it is saved now."""
        return type(self)(data, instance=self.saved_now(), writer=self.writer)

    def label_of(self, name: str) -> str:
        """What the field of the row ``name`` is called on the card."""
        return str(self.fields[name].label)

    def words_of(self, name: str, value: Any) -> str:
        """``value`` of the row as people read it."""
        return hours(value) if name.endswith("minutes") and value is not None else shown(value)

    def drop_saved_drafts(self) -> None:
        """Of what is saved now. What was typed after it was sent stays, with the version it was typed on."""
        kept = {self.draft_names[draft.field]: draft for draft in self._drafts()}
        seen = kept.pop("seen", None)
        saved = [draft for name, draft in kept.items() if self._was_sent(name, draft.text)]
        if seen and len(saved) == len(kept):
            saved.append(seen)
        for draft in saved:
            Draft.objects.filter(pk=draft.pk, text=draft.text).delete()

    def _was_sent(self, name: str, text: str) -> bool:
        return plain_lines(text).strip() == plain_lines(self.data.get(name)).strip()


def hours_of(minutes: int | None) -> Any:
    """As somebody types it: 90 is 1.5, 1200 is 20."""
    return None if minutes is None else in_hours(minutes).normalize() + 0
