"""Everything of one person as one plain document: mine.json.

Schema "collegiale-coaching/1". Days are ISO ("2027-03-01"), moments ISO in UTC, both "" when there is none; minutes
and whole euros are numbers or null; "id" is a number that other parts of the same document point to. People are
"me" or "colleague": no name but one's own. Keys such as kind, state and form are those of the program.

    schema, language, made_at,
    origin       the same in every file that one account takes from one site: so nothing comes in twice
    account      name, email, language, since
    schools      school, function, from, until, work_days, roles, fte [from, value], hours [day, kind, activity,
                 minutes, task_code, note, reason, is_correction], agreed [version, at] (of the school's agreement)
    boards, drafts [field, text, saved_at], reminders
    portfolio    competences [id, own, framework, version, key, title_nl, ...], talents [competence, good, fun,
                 learned, at], entries [id, kind, title, text, structure, day, source, given_by, competences,
                 parts [key, text], files [id, name, kind, size, sha256, seal]], pops [id, year, state, standing,
                 heading, wish, agreements, ..., strengths, goals [id, order, question, ..., competences, proof,
                 actions, progress], moves, versions [number, made_at, content, signatures]], paps [id, intention,
                 ..., moves], tips, notes [key, text], quadrants, feedback_asked, feedback_given, shares,
                 talks [starts_at, minutes, place, kind, state, with, agreements, yes, agreed_before, preparation,
                 pop_version, moves], talks_led [starts_at, minutes, place, kind, state]
    groups       group, school, year, from, until, agreed, meetings; celebrations; look_backs
    cases, sessions [day, method, roles, question, contributions [kind, text, at], paps, taps]
A file of an entry lies in the ZIP as bestanden/<sha256>.<kind>.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

import popgroups.my_data
import portfolio.my_data
import schools.my_data
from coaching.intervision import my_data as of_sessions
from coaching.lib.plain_values import iso
from schools.models import User

SCHEMA = "collegiale-coaching/1"
Document = dict[str, Any]
REGISTERS = (schools.my_data, portfolio.my_data, popgroups.my_data, of_sessions)


def origin_of(user: User) -> str:
    """Names the account on this site without telling who it is."""
    name = f"{settings.SITE_URL}:{user.pk}"
    return salted_hmac("taking along", name, algorithm="sha256").hexdigest()[:24]


def document_of(user: User, language: str, at: dt.datetime) -> Document:
    """All that is ``user``'s at this moment, in the shape this module tells."""
    document = {
        "schema": SCHEMA,
        "language": language,
        "made_at": iso(at),
        "origin": origin_of(user),
        **schools.my_data.my_data(user),
        "portfolio": portfolio.my_data.my_data(user),
        **popgroups.my_data.my_data(user),
        **of_sessions.my_data(user),
    }
    for entry in document["portfolio"]["entries"]:
        for file in entry["files"]:
            file["seal"] = seal_of(file["sha256"], file["kind"])
    return document


def seal_of(digest: str, kind: str) -> str:
    """Shows to this site that it made the file itself: a picture is then not drawn anew, which would change it."""
    return salted_hmac("taken along", f"{digest}.{kind}", algorithm="sha256").hexdigest()


def path_of(file: dict[str, Any]) -> str:
    """Where a file of an entry lies in the ZIP."""
    return f"bestanden/{file['sha256']}.{file['kind']}"
