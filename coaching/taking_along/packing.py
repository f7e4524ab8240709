"""One ZIP with everything of one person, in two steps: what the database says, and the work without it.

mine.json        everything, for a program (mine.py tells its shape)
index.html       everything, for people, with stijl.css
leap2a.xml       the portfolio, for portfolios of other makers
pdf/             plans on paper
bestanden/       the files of entries, by the sum of their content
LEESMIJ.txt      what is what, and what is missing
"""

from __future__ import annotations

import datetime as dt
import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coaching.lib.pdf import PdfFailed, PdfUnavailable, render_pdf
from coaching.lib.printing import Paper
from portfolio.models import EntryFile
from schools.models import User

from .leap2a_mine import feed_of
from .leap2a_writing import written
from .mine import Document, document_of, path_of
from .papers import papers_of
from .readable import sections_of
from .stored_files import FileGone, chunks_of

DOCUMENT, PAGE, FEED, STYLE, READ_ME = "mine.json", "index.html", "leap2a.xml", "stijl.css", "LEESMIJ.txt"
SECONDS_FOR_PDFS = 60.0


@dataclass
class Parcel:
    """What goes into the ZIP. ``papers``, ``files``: by their path there."""

    document: Document
    language: str
    owner: str
    at: dt.datetime
    papers: dict[str, Paper] = field(default_factory=dict)
    files: dict[str, EntryFile] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"mijn-portfolio-{timezone.localdate(self.at)}.zip"


def parcel_of(user: User, language: str, at: dt.datetime) -> Parcel:
    """All that the database has to say of it."""
    document = document_of(user, language, at)
    files = EntryFile.objects.filter(entry__owner=user).order_by("pk")
    return Parcel(
        document=document,
        language=language,
        owner=user.name,
        at=at,
        papers=papers_of(user, timezone.localdate(at)),
        files={path_of({"sha256": file.sha256, "kind": file.kind}): file for file in files},
    )


# -- without the database ----------------------------------------------------------------------------------


def pack(parcel: Parcel, out: BinaryIO) -> None:
    """Write the ZIP. What can't be made or found is left out, and LEESMIJ.txt says so."""
    with translation.override(parcel.language), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            DOCUMENT, json.dumps(parcel.document, ensure_ascii=False, indent=1).encode(errors="replace")
        )
        held = set(put_files(parcel, file))
        put_papers(parcel, file)
        file.writestr(FEED, written(feed_of(without(parcel.document, held)), held))
        file.writestr(PAGE, page_of(parcel).encode(errors="replace"))
        file.writestr(STYLE, style())
        file.writestr(READ_ME, read_me(parcel).encode(errors="replace"))


def put_files(parcel: Parcel, file: zipfile.ZipFile) -> Iterator[str]:
    """The paths of those that are there. Stored as they are: they are packed already."""
    for path, row in parcel.files.items():
        try:
            pieces = chunks_of(row)
            first = next(pieces, b"")
        except FileGone:
            parcel.missing.append(_("The file %(name)s could not be read.") % {"name": row.name})
            continue
        info = zipfile.ZipInfo(path, moment_of(parcel))
        with file.open(info, "w") as place:
            place.write(first)
            for piece in pieces:
                place.write(piece)
        yield path


def put_papers(parcel: Parcel, file: zipfile.ZipFile) -> None:
    until = time.monotonic() + SECONDS_FOR_PDFS
    for path, paper in parcel.papers.items():
        if time.monotonic() > until:
            parcel.missing.append(_("Some PDFs: making all of them took too long."))
            return
        try:
            made = render_pdf(
                paper.html,
                language=parcel.language,
                title=paper.title,
                author=paper.author,
                pictures=paper.pictures,
            )
        except PdfUnavailable as reason:
            parcel.missing.append(str(reason))
            return
        except PdfFailed as reason:
            parcel.missing.append(f"{path}: {reason}")
        else:
            file.writestr(zipfile.ZipInfo(path, moment_of(parcel)), made)


def moment_of(parcel: Parcel) -> tuple[int, int, int, int, int, int]:
    return timezone.localtime(parcel.at).timetuple()[:6]


def without(document: Document, held: set[str]) -> Document:
    """As ``document``, its entries only with the files that are in the ZIP."""
    mine = document["portfolio"]
    entries = [
        {**row, "files": [file for file in row["files"] if path_of(file) in held]} for row in mine["entries"]
    ]
    return {**document, "portfolio": {**mine, "entries": entries}}


def page_of(parcel: Parcel) -> str:
    context = {
        "title": _("Portfolio of %(name)s") % {"name": parcel.owner},
        "language": parcel.language,
        "made_at": parcel.at,
        "sections": sections_of(parcel.document),
    }
    return render_to_string("taking_along/index.html", context)


def style() -> bytes:
    found = finders.find("css/taken_along.css")
    if not isinstance(found, str):
        return b""
    with open(found, "rb") as file:
        return file.read()


def read_me(parcel: Parcel) -> str:
    context = {"owner": parcel.owner, "made_at": parcel.at, "missing": parcel.missing}
    return render_to_string("taking_along/read_me.txt", context)
