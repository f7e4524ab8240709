"""What a reader gets of an entry, its owner and whoever it is shared with alike: never who gave feedback."""

from __future__ import annotations

from typing import Any

from .models import Entry
from .structures import answers_of


def what_it_says(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry,
        "answers": answers_of(entry),
        "tags": list(entry.competences.all()),
        "files": list(entry.files.all()),
    }
