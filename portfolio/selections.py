"""A choice out of the portfolio on paper: texts, tags and small pictures; other files by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.lib.kept_files import thumbnail_of
from coaching.lib.printing import Paper
from schools.models import User

from .models import Entry, EntryFile
from .structures import answers_of


def selection_paper(owner: User, entries: QuerySet[Entry], with_pictures: bool, day: dt.date) -> Paper:
    """``entries`` of ``owner``. Who gave feedback is "a colleague" on paper, since paper goes from hand to hand."""
    rows = entries.prefetch_related("parts", "competences", "files")
    schools = owner.schools_as()
    pictures: dict[str, bytes] = {}
    cards = [card_of(entry, with_pictures, pictures) for entry in rows]
    context = {"owner": owner, "school": schools[0].name if schools else "", "cards": cards, "day": day}
    return Paper(
        html=render_to_string("portfolio/pdf/portfolio.html", context),
        title=_("From the portfolio of %(name)s") % {"name": owner.name},
        author=owner.name,
        name="portfolio",
        back=reverse("portfolio"),
        pictures=pictures,
    )


def card_of(entry: Entry, with_pictures: bool, pictures: dict[str, bytes]) -> dict[str, Any]:
    """What the page shows of ``entry``; its pictures are added to ``pictures``, each under its address."""
    files = list(entry.files.all())
    shown = [file for file in files if with_pictures and file.has_thumbnail and add(file, pictures)]
    return {
        "entry": entry,
        "text": "" if entry.text == entry.title else entry.text,
        "answers": answers_of(entry),
        "tags": [competence.title for competence in entry.competences.all()],
        "pictures": [{"name": file.name, "address": address_of(file)} for file in shown],
        "files": [file for file in files if file not in shown],
    }


def address_of(file: EntryFile) -> str:
    return f"asset:{file.stored}.webp"


def add(file: EntryFile, pictures: dict[str, bytes]) -> bool:
    """Whether it could be read. On paper the small picture is sharp enough, and quick to lay out."""
    try:
        pictures[address_of(file)] = thumbnail_of(file.stored).read_bytes()
    except OSError:
        return False
    return True
