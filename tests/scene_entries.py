"""What the scene has of entries with files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from coaching.lib.uploads import judge
from portfolio.files import keep
from portfolio.models import Entry
from portfolio.sharing import share
from schools.drafts import save_draft
from tests.lib.files import picture
from tests.people import Cast

ENTRY_WORDS = {
    "entry_part": "kanarieonderdeel",
    "entry_draft": "kanarieconceptstuk",
    "file_name": "kanariebestandsnaam",
}


def entry_with_files(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """A success of the presenter with two files, which the director may see."""
    entry = Entry.objects.create(owner=cast.samir, kind="success", structure="starr", title="Gelukt")
    entry.write_parts({"situation": ENTRY_WORDS["entry_part"]})
    save_draft(cast.samir, f"entry:{entry.pk}:title", ENTRY_WORDS["entry_draft"], 1, at)
    share(entry, cast.hanneke, until=timezone.localdate(), at=at)
    text = keep(entry, judge(f"{ENTRY_WORDS['file_name']}.txt", ENTRY_WORDS["entry_part"].encode()), at)
    photo = keep(entry, judge("foto.png", picture()), at)
    return {"entry_with_files": entry, "file": text, "picture": photo}
