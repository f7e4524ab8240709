"""A competency framework as Moodle writes it to CSV, read into one of a school's own lists.

Columns go by their header, in any order; parents may come later than their children. The layout is that of Moodle's
"Import competency framework": one row says "Is framework", all others are competences.
"""

from __future__ import annotations

import csv
import html
import re
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from schools.models import School
from schools.staff_files import Unreadable, decoded

from .competences import Competence, Framework, make_own

MAX_BYTES = 1024 * 1024
MAX_ROWS = 300  # three fields each, and a form of more than 1,000 is refused
LONGEST_TITLE, LONGEST_ABOUT = 120, 300  # characters
DEEPEST = 10
LONGEST_KEY = 100  # characters
NAMES = {
    "parent": ("parent id number", "parent idnumber", "id-nummer bovenliggend", "bovenliggend id-nummer"),
    "key": ("id number", "idnumber", "id-nummer"),
    "title": ("short name", "shortname", "korte naam"),
    "about": ("description", "beschrijving", "omschrijving"),
    "is_framework": ("is framework", "isframework", "is raamwerk"),
}
NEEDED = ("parent", "key", "title", "is_framework")
TAG = re.compile(r"<[^<>]*>")
LONGEST_CELL = 5_000  # characters; Moodle describes in HTML, of which we keep one line


class BadList(Exception):
    """Nothing was read in; ``errors`` are sentences, each with the line it is about."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


@dataclass
class ListRow:
    """``line``: in the file, counted from 1."""

    line: int
    key: str
    parent: str
    title: str
    about: str


@dataclass
class CompetenceList:
    """A framework with its competences, parents before children."""

    key: str = ""
    title: str = ""
    about: str = ""
    rows: list[ListRow] = field(default_factory=list)


def read_list(data: bytes) -> CompetenceList:
    """Raises BadList with all that is wrong at once."""
    if len(data) > MAX_BYTES:
        raise BadList([_("This file is too large: at most 1 MB.")])
    try:
        text = decoded(data)
    except Unreadable:
        raise BadList([_("This is not a CSV file we can read.")]) from None
    lines = list(lines_of(text))
    if not lines:
        raise BadList([_("This file is empty.")])
    (_number, header), *rows = lines
    places = columns(header)
    if len(rows) > MAX_ROWS:
        raise BadList([_("A list has at most %(most)s rows.") % {"most": MAX_ROWS}])
    return checked([(number, named(cells, places)) for number, cells in rows])


def lines_of(text: str) -> Any:
    """(line number, cells) of each row with anything in it."""
    delimiter = ";" if text.splitlines()[:1] and text.splitlines()[0].count(";") >= 3 else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error:
        raise BadList([_("Line %(line)s is not CSV we can read.") % {"line": begin}]) from None


def columns(header: list[str]) -> dict[str, int]:
    """Where each of our columns stands."""
    found = {name.strip().strip("﻿").lower(): place for place, name in reversed(list(enumerate(header)))}
    places = {ours: found[name] for ours, names in NAMES.items() for name in names if name in found}
    missing = [NAMES[ours][0].capitalize() for ours in NEEDED if ours not in places]
    if missing:
        raise BadList([_("The first line lacks: %(columns)s.") % {"columns": ", ".join(missing)}])
    return places


def named(cells: list[str], places: dict[str, int]) -> dict[str, str]:
    return {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}


def plain(text: str) -> str:
    """One line without markup: Moodle describes in HTML."""
    return " ".join(html.unescape(TAG.sub(" ", text[:LONGEST_CELL])).split())


def checked(rows: list[tuple[int, dict[str, str]]]) -> CompetenceList:
    found, errors = CompetenceList(), []
    for line, row in rows:
        title, about = plain(row["title"]), plain(row.get("about", ""))
        if row["is_framework"] in ("1", "true", "yes"):
            if found.title:
                errors.append(_("Line %(line)s: a second framework; one file holds one.") % {"line": line})
            found.key, found.title, found.about = row["key"], title, about
        else:
            found.rows.append(ListRow(line, row["key"], row["parent"], title, about))
        if not title or len(title) > LONGEST_TITLE:
            errors.append(
                _("Line %(line)s has no short name, or one of over 120 characters.") % {"line": line}
            )
        if len(about) > LONGEST_ABOUT:
            errors.append(_("Line %(line)s: its description is longer than 300 characters.") % {"line": line})
    if not found.title:
        errors.append(_("No line says that it is the framework."))
    errors += wrong_keys(found.rows)
    if errors:
        raise BadList(errors)
    found.rows = parents_first(found.rows)
    return found


def wrong_keys(rows: list[ListRow]) -> list[str]:
    errors, seen = [], {row.key for row in rows}
    firsts: dict[str, int] = {}
    for row in rows:
        words = {"line": row.line, "key": row.key, "parent": row.parent, "first": firsts.get(row.key)}
        if not row.key or len(row.key) > LONGEST_KEY:
            errors.append(_("Line %(line)s has no ID number, or one of over 100 characters.") % words)
        elif row.key in firsts:
            errors.append(_("Line %(line)s: ID number %(key)s stands on line %(first)s too.") % words)
        if row.parent and row.parent not in seen:
            errors.append(_("Line %(line)s: its parent %(parent)s is not in the file.") % words)
        firsts.setdefault(row.key, row.line)
    return errors


def parents_first(rows: list[ListRow]) -> list[ListRow]:
    """In an order in which each parent stands before its children. Raises BadList on a circle."""
    placed: list[ListRow] = []
    done, waiting = {""}, rows
    for _depth in range(DEEPEST):
        placed += [row for row in waiting if row.parent in done]
        done |= {row.key for row in placed}
        waiting = [row for row in waiting if row.key not in done]
    if waiting:
        words = {"line": waiting[0].line}
        raise BadList([_("Line %(line)s is its own parent in a circle, or lies too deep.") % words])
    return placed


def keep_list(found: CompetenceList, school: School) -> Framework:
    """All of it or nothing; a list read in again is a next version beside the earlier one."""
    key = slugify(found.key or found.title)[:60] or "lijst"
    with transaction.atomic():
        framework = make_own(school, key, title_nl=found.title, about_nl=found.about)
        made: dict[str, Competence] = {}
        for order, row in enumerate(found.rows, start=1):
            made[row.key] = Competence.objects.create(
                framework=framework,
                key=row.key,
                parent=made.get(row.parent),
                order=order,
                title_nl=row.title,
                about_nl=row.about,
            )
    return framework
