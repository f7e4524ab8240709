"""Pasted lines "name; e-mail": what each one says, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .invitations import already_invited, already_member, invited_among, members_among
from .models import School
from .names import NAME_LENGTH, clean_name

MAX_LINES = 200
BETWEEN = re.compile(r"[;,\t]")


@dataclass(frozen=True)
class PastedLine:
    """One line as typed; ``problem`` is a sentence for the user, empty when the line can be invited."""

    number: int
    text: str
    name: str = ""
    email: str = ""
    problem: str = ""


def read_lines(text: str) -> list[PastedLine]:
    """The lines that hold anything; blank ones are passed over but counted."""
    numbered = enumerate(text.splitlines(), start=1)
    return [read_line(number, line.strip()) for number, line in numbered if line.strip()]


def read_line(number: int, line: str) -> PastedLine:
    parts = [part.strip().strip('"') for part in BETWEEN.split(line)]
    parts = [part for part in parts if part]
    if len(parts) != 2:
        return PastedLine(number, line, problem=_("Write a name, then ; and then one e-mail address."))
    name, email = clean_name(parts[0]), parts[1].strip("<> ").lower()
    read = PastedLine(number, line, name, email)
    return replace(read, problem=trouble_with(name, email))


def trouble_with(name: str, email: str) -> str:
    if not name:
        return _("The name is missing.")
    if len(name) > NAME_LENGTH:
        return _("The name is too long.")
    try:
        validate_email(email)
    except ValidationError:
        return _("This is not an e-mail address.")
    return "" if len(email) <= 254 else _("This is not an e-mail address.")


def judged(school: School, text: str) -> list[PastedLine]:
    """The lines of ``text``, also checked against the school's people and against each other."""
    lines = read_lines(text)
    emails = [line.email for line in lines if not line.problem]
    members, invited = members_among(school, emails), invited_among(school, emails)
    seen: set[str] = set()
    result = []
    for line in lines:
        problem = line.problem
        if not problem:
            problem = trouble_among(line.email, members, invited, seen)
            seen.add(line.email)
        result.append(replace(line, problem=problem))
    return result


def trouble_among(email: str, members: set[str], invited: set[str], seen: set[str]) -> str:
    if email in members:
        return already_member()
    if email in invited:
        return already_invited()
    return _("This address stands in the list twice.") if email in seen else ""
