"""A staff list held against the school's people: who is new, changed, unchanged or missing, and what is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from .invitations import invited_among
from .memberships import roles_of, staff_of
from .models import Fte, Function, Membership, Role, RowKind, School, StaffImport, User
from .staff_columns import FIELDS, folded
from .staff_values import Values, read_values


@dataclass(frozen=True)
class Change:
    """``before`` and ``after`` are raw values of the field: Function, Decimal, digits of days, date, text."""

    field: str
    before: Any
    after: Any

    @property
    def label(self) -> str:
        return str(FIELDS[self.field])

    @property
    def was(self) -> str:
        return shown(self.field, self.before)

    @property
    def becomes(self) -> str:
        return shown(self.field, self.after)


@dataclass
class Line:
    """A row of the list as judged. ``ticked``: what the preview proposes."""

    number: int
    values: Values
    kind: str = ""
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    membership: Membership | None = None
    person: User | None = None
    changes: list[Change] = field(default_factory=list)
    ticked: bool = True

    @property
    def name(self) -> str:
        return self.membership.person.name if self.membership else self.values.name

    @property
    def details(self) -> list[tuple[str, str]]:
        """Label and value of everything a new colleague comes in with."""
        values = self.values
        raw: dict[str, Any] = {
            "function": values.function or Function.OTHER,
            "fte": values.fte,
            "days": values.days,
        }
        raw |= {"start": values.start, "end": values.end, "number": values.number, "group": values.group}
        return [
            (str(FIELDS[key]), shown(key, value)) for key, value in raw.items() if value not in ("", None)
        ]


@dataclass
class Sheet:
    """The four lists and what is left out."""

    lines: list[Line]
    missing: list[Membership]

    def of_kind(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def new(self) -> list[Line]:
        return self.of_kind(RowKind.NEW)

    @property
    def changed(self) -> list[Line]:
        return self.of_kind(RowKind.CHANGED)

    @property
    def unchanged(self) -> list[Line]:
        return self.of_kind(RowKind.UNCHANGED)

    @property
    def problems(self) -> list[Line]:
        return self.of_kind(RowKind.PROBLEM)

    @property
    def fingerprint(self) -> str:
        """Another one as soon as anything on the preview would be different; the same in every language."""
        lines = [
            [line.number, line.kind, line.values.email, line.membership and line.membership.pk]
            + [[change.field, str(change.before), str(change.after)] for change in line.changes]
            for line in self.lines
        ]
        missing = [[row.pk, str(row.valid_until)] for row in self.missing]
        return hashlib.sha256(json.dumps([lines, missing]).encode()).hexdigest()


@dataclass(frozen=True)
class Known:
    """What is known here: people by address (small letters) or number, read in a fixed number of questions."""

    members: Mapping[str, Membership]
    accounts: Mapping[str, User]
    elsewhere: set[int]  # people who belong, or belonged, to another school too
    invited: set[str]  # addresses with an invitation of this school that waits
    names: dict[str, str]  # folded name of a member → address


def shown(key: str, value: Any) -> str:
    if value in ("", None):
        return "–"
    if isinstance(value, dt.date):
        return date_format(value, "j-n-Y")
    if isinstance(value, Decimal):
        return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)))
    if key == "days":
        return " ".join(str(WEEKDAYS_ABBR[int(digit) - 1]).lower() for digit in value)
    return str(Function(value).label) if key == "function" else str(value)


def judge(staff_import: StaffImport, day: dt.date) -> Sheet:
    """The list against the people of ``day``; nothing is written."""
    school, width = staff_import.school, len(staff_import.header)
    lines = [
        Line(row.line, read_values(row.cells, staff_import.matched, width)) for row in staff_import.rows.all()
    ]
    known = who_is_known(school, [line.values.email for line in lines if line.values.email], day)
    mark_doubles(lines)
    for line in lines:
        line.problem = line.problem or line.values.problem
        if not line.problem:
            place(line, known, day)
        line.kind = RowKind.PROBLEM if line.problem else line.kind
        line.notes += [line.values.note] if line.values.note else []
    return Sheet(lines, missing_in(lines, known))


def who_is_known(school: School, emails: list[str], day: dt.date) -> Known:
    latest = Fte.objects.filter(membership=OuterRef("pk")).order_by("-valid_from")
    staff = staff_of(school, day).annotate(fte_last=Subquery(latest.values("value")[:1]))
    # Somebody may have a stay now and one to come: the one of now is compared.
    by_start = sorted(staff, key=lambda row: row.valid_from, reverse=True)
    members = {row.person.email.lower(): row for row in by_start}
    accounts = User.objects.annotate(small=Lower("email")).filter(small__in=set(emails) - set(members))
    people = [row.person_id for row in by_start]
    others = Membership.objects.filter(person__in=people).exclude(school=school)
    by_email = {person.email.lower(): person for person in accounts}
    return Known(
        members=members,
        accounts=by_email,
        elsewhere=set(others.values_list("person", flat=True)),
        invited=invited_among(school, emails),
        names={folded(row.person.name): email for email, row in members.items()},
    )


# -- doubles -----------------------------------------------------------------------------------------------


def mark_doubles(lines: Iterable[Line]) -> None:
    """Of two equal lines the first counts; of two that differ nobody can say which is right."""
    by_email: dict[str, list[Line]] = defaultdict(list)
    by_number: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.values.email:
            by_email[line.values.email].append(line)
        if number := line.values.number.lstrip("0"):
            by_number[number].append(line)
    for same in by_email.values():
        if len(same) > 1:
            mark_same_address(same)
    for same in by_number.values():
        if len({line.values.email for line in same}) > 1:
            mark_all(same, _("This personnel number stands in the list twice, see also line %(lines)s."))


def mark_same_address(same: list[Line]) -> None:
    first = same[0]
    if len({folded(line.values.name) for line in same}) > 1:
        mark_all(same, _("Two people have this e-mail address, see also line %(lines)s."))
        return
    text = _("The same person stands in the list twice, see also line %(lines)s.")
    if all(line.values == first.values for line in same):
        for line in same[1:]:
            line.problem = text % {"lines": first.number}
    else:
        mark_all(same, text)


def mark_all(same: list[Line], text: str) -> None:
    for line in same:
        others = ", ".join(str(other.number) for other in same if other is not line)
        line.problem = line.problem or text % {"lines": others}


# -- one line ----------------------------------------------------------------------------------------------


def place(line: Line, known: Known, day: dt.date) -> None:
    membership = known.members.get(line.values.email)
    if membership is None:
        place_new(line, known, day)
    else:
        line.membership = membership
        place_member(line, membership, known)


def place_new(line: Line, known: Known, day: dt.date) -> None:
    """Give ``line`` its first day, and a word about a namesake that is here already.

    Nothing tells whether the address has an account at another school: a list is no way to try addresses.
    """
    values = line.values
    line.kind, line.person = RowKind.NEW, known.accounts.get(values.email)
    values.start = values.start or day
    values.function = values.function or (Function.OTHER if values.unknown_function else Function.TEACHER)
    if values.end and values.end < day:
        line.problem = _("This person has left: the last day was %(day)s.") % {
            "day": shown("end", values.end)
        }
    elif values.end and values.end < values.start:
        line.problem = _("The last day comes before the first day.")
    if values.email in known.invited:
        line.ticked = False
        line.notes.append(_("An invitation to this address is waiting already."))
    namesake = known.names.get(folded(values.name))
    if namesake:
        line.ticked = False
        words = {"name": values.name, "email": namesake}
        line.notes.append(
            _("%(name)s is here already, as %(email)s. The same person? Then leave this one out.") % words
        )


def place_member(line: Line, membership: Membership, known: Known) -> None:
    values = line.values
    if values.end and values.end < membership.valid_from:
        line.problem = _("The last day comes before the first day.")
        return
    line.changes = changes_of(values, membership, owns_name(membership.person, known))
    line.kind = RowKind.CHANGED if line.changes else RowKind.UNCHANGED
    if folded(values.name) != folded(membership.person.name) and owns_name(membership.person, known):
        words = {"name": values.name}
        line.notes.append(_("The list says “%(name)s”; people change their own name.") % words)


def owns_name(person: User, known: Known) -> bool:
    """Who has been here once, or is known at another school, is not renamed by a list."""
    return person.last_login is not None or person.pk in known.elsewhere


def changes_of(values: Values, membership: Membership, keeps_name: bool) -> list[Change]:
    """What the list says and is different here; an empty cell says nothing."""
    pairs = {
        "function": (membership.function, values.function),
        "days": (membership.work_days, values.days),
        "end": (membership.valid_until, values.end),
    }
    if not keeps_name:
        pairs["name"] = (membership.person.name, values.name)
    changes = [
        Change(key, was, becomes) for key, (was, becomes) in pairs.items() if becomes and was != becomes
    ]
    fte_now, fte_last = membership.fte_now, membership.fte_last  # type: ignore[attr-defined]
    if values.fte is not None and values.fte not in (fte_now, fte_last):
        changes.append(Change("fte", fte_now, values.fte))
    return changes


def missing_in(lines: list[Line], known: Known) -> list[Membership]:
    """Members the list does not name. Not those of a line that can't be read, nor an outside consultant."""
    emails = {line.values.email for line in lines}
    names = {folded(line.values.name) for line in lines if line.kind == RowKind.PROBLEM}
    rows = [
        row
        for email, row in known.members.items()
        if email not in emails
        and folded(row.person.name) not in names
        and roles_of(row) != frozenset({Role.CONSULTANT})
    ]
    return sorted(rows, key=lambda row: (row.person.name, row.pk))
