"""Carrying a staff list out, in one transaction, and the report of what it did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove, move

from .accounts import in_a_mail
from .invitations import invite, invited_among
from .memberships import Terms, change, roles_of
from .models import (
    Fte,
    ImportState,
    Membership,
    Role,
    RoleHeld,
    RowKind,
    School,
    StaffImport,
    StaffRow,
    User,
)
from .models.imports import IMPORT_MOVES
from .outbox import SchoolMail
from .staff_columns import FIELDS
from .staff_files import Table
from .staff_lists import Change, Line, Sheet, judge

MOST_NAME = 120  # characters kept of a file's name


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """What was ticked: line numbers, and memberships (their keys) to end on ``last_day``."""

    lines: frozenset[int]
    ends: frozenset[int]
    fte_from: dt.date
    last_day: dt.date | None
    mail: bool


def keep(
    school: School, table: Table, matched: dict[str, int], name: str, by: User, at: dt.datetime
) -> StaffImport:
    """The list in the staging table; nobody's data is changed yet."""
    made = StaffImport.objects.create(
        school=school,
        uploaded_by=by,
        uploaded_at=at,
        file_name=name[:MOST_NAME],
        header=table.header,
        matched=matched,
    )
    StaffRow.objects.bulk_create(
        [StaffRow(staff_import=made, line=row.number, cells=row.cells) for row in table.rows]
    )
    return made


# -- carrying out ------------------------------------------------------------------------------------------


def carry_out(staff_import: StaffImport, ticks: Ticks, seen: str, by: User, at: dt.datetime) -> None:
    """All that is ticked, or nothing. A row that the rules about people refuse stays out, with the reason.

    ``seen`` is the fingerprint of what the screen showed. Raises StaleMove when that has changed meanwhile.
    """
    try:
        with transaction.atomic():
            # One change of a school's people at a time: of two coordinators the second sees what the first did.
            School.objects.select_for_update().get(pk=staff_import.school_id)
            sheet = judge(staff_import, timezone.localdate(at))
            if sheet.fingerprint != seen:
                raise StaleMove(changed_meanwhile())
            move(staff_import, IMPORT_MOVES, ImportState.DONE, done_by=by, done_at=at)
            carry_out_lines(staff_import, sheet, ticks, by, at)
            end_missing(staff_import, sheet, ticks, by)
    except (StaleMove, MoveRefused, IntegrityError):  # the last: an address became an account this moment
        raise StaleMove(changed_meanwhile()) from None


def changed_meanwhile() -> str:
    return _(
        "The list changed meanwhile: somebody else was working on these people. Nothing was done; look again."
    )


def carry_out_lines(staff_import: StaffImport, sheet: Sheet, ticks: Ticks, by: User, at: dt.datetime) -> None:
    rows = {row.line: row for row in staff_import.rows.all()}
    for line in sheet.lines:
        carry_out_line(rows[line.number], line, ticks, by, at)
    if ticks.mail and any(row.applied and row.kind == RowKind.NEW for row in rows.values()):
        staff_import.mailed = True
        staff_import.save(update_fields=["mailed"])


def carry_out_line(row: StaffRow, line: Line, ticks: Ticks, by: User, at: dt.datetime) -> None:
    row.kind, row.name, row.cells = line.kind, line.name, []
    row.problem, row.membership = line.problem[:300], line.membership
    if line.number in ticks.lines and line.kind == RowKind.NEW:
        bring_in(row, line, ticks.mail, by, at)
    elif line.number in ticks.lines and line.membership and line.changes:
        apply_changes(row, line.membership, line.changes, ticks.fte_from, by)
    elif line.kind in (RowKind.NEW, RowKind.CHANGED):
        row.problem = _("Not ticked.")
    row.save()


def bring_in(row: StaffRow, line: Line, mail: bool, by: User, at: dt.datetime) -> None:
    """A colleague who can be chosen for a group at once; who has an account is asked first.

    The report tells the same of both, and nobody's name but the list's: a list is no way to try addresses.
    """
    if line.person is None:
        make_colleague(row, line, mail, by)
    elif not invited_among(row.staff_import.school, [line.values.email]):
        words = line.values.name, line.values.email, Role.TEACHER, line.values.function
        row.invitation, _token = invite(row.staff_import.school, *words, by, at, mail=mail)
    row.applied = True


def make_colleague(row: StaffRow, line: Line, mail: bool, by: User) -> None:
    values = line.values
    membership = Membership.objects.create(
        person=User.objects.create_user(values.email, values.name),
        school_id=row.staff_import.school_id,
        function=values.function,
        valid_from=values.start or timezone.localdate(),
        valid_until=values.end,
        **({"work_days": values.days} if values.days else {}),
    )
    RoleHeld.objects.create(membership=membership, role=Role.TEACHER)
    if values.fte is not None:
        Fte.objects.create(membership=membership, valid_from=membership.valid_from, value=values.fte)
    row.membership, row.person_made = membership, True
    if mail:
        welcome(membership, by)


def welcome(membership: Membership, by: User) -> None:
    person = membership.person
    with translation.override(person.language):
        context = {"membership": membership, "by": by, "link": in_a_mail("account_request_login_code")}
        subject = _("You are in at %(school)s") % {"school": membership.school.name}
        body = render_to_string("schools/mail/staff_list.txt", context)
        SchoolMail(membership.school, subject, body, person.email).send()


def apply_changes(
    row: StaffRow, membership: Membership, changes: list[Change], fte_from: dt.date, by: User
) -> None:
    """Along the rules of memberships, which may refuse: then the row stays as it was, with the sentence."""
    after = {each.field: each.after for each in changes}
    fte_from = max(fte_from, membership.valid_from)
    row.before = {each.field: raw(each.before) for each in changes}
    row.after = {each.field: raw(each.after) for each in changes}
    if "fte" in after:
        row.after["fte_from"] = raw(fte_from)
        row.before["fte_there"] = raw(fte_on(membership, fte_from))
    try:
        with transaction.atomic():
            change(membership, terms_of(membership, after, fte_from), by)
            write_rest(membership, after)
    except MoveRefused as refused:
        row.problem, row.before, row.after = str(refused)[:300], {}, {}
    else:
        row.applied = True


def terms_of(membership: Membership, after: dict[str, Any], fte_from: dt.date | None = None) -> Terms:
    return Terms(
        function=after.get("function", membership.function),
        roles=roles_of(membership),
        valid_until=after.get("end", membership.valid_until),
        fte=after.get("fte"),
        fte_from=fte_from,
    )


def write_rest(membership: Membership, after: dict[str, Any]) -> None:
    """What the terms of a membership do not hold."""
    if "days" in after:
        Membership.objects.filter(pk=membership.pk).update(work_days=after["days"])
    if "name" in after:
        User.objects.filter(pk=membership.person_id).update(name=after["name"])


def fte_on(membership: Membership, day: dt.date) -> Decimal | None:
    """The fte written on exactly ``day``: what a new one of that day takes the place of."""
    return Fte.objects.filter(membership=membership, valid_from=day).values_list("value", flat=True).first()


def raw(value: Any) -> str | None:
    return None if value is None else str(value)


def end_missing(staff_import: StaffImport, sheet: Sheet, ticks: Ticks, by: User) -> None:
    for membership in sheet.missing:
        if membership.pk in ticks.ends and ticks.last_day:
            row = StaffRow(staff_import=staff_import, line=0, kind=RowKind.MISSING)
            row.name, row.membership = membership.person.name, membership
            row.before, row.after = {"end": raw(membership.valid_until)}, {"end": raw(ticks.last_day)}
            try:
                with transaction.atomic():
                    change(membership, terms_of(membership, {"end": ticks.last_day}), by)
            except MoveRefused as refused:
                row.problem = str(refused)[:300]
            row.applied = not row.problem
            row.save()


# -- the report --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One person in the report. ``line`` 0: not in the list; ``problem``: why nothing was done."""

    name: str
    line: int
    problem: str
    changes: list[Change]


@dataclass(frozen=True)
class Report:
    """What a list did, by name."""

    new: list[Told]
    changed: list[Told]
    ended: list[Told]
    left_out: list[Told]  # not ticked, or refused
    unchanged: int

    @property
    def did_nothing(self) -> bool:
        return not (self.new or self.changed or self.ended)


def report_of(staff_import: StaffImport) -> Report:
    rows = list(staff_import.rows.all())

    def done(kind: str) -> list[Told]:
        return [told(row) for row in rows if row.applied and row.kind == kind]

    return Report(
        new=done(RowKind.NEW),
        changed=done(RowKind.CHANGED),
        ended=done(RowKind.MISSING),
        left_out=[told(row) for row in rows if not row.applied and row.kind != RowKind.UNCHANGED],
        unchanged=sum(row.kind == RowKind.UNCHANGED for row in rows),
    )


def told(row: StaffRow) -> Told:
    changes = [
        Change(key, typed(key, row.before.get(key)), typed(key, after))
        for key, after in row.after.items()
        if key in FIELDS and row.applied
    ]
    return Told(row.name, row.line, row.problem, changes)


def typed(field: str, text: str | None) -> Any:
    """The value that ``raw`` wrote down."""
    if text is None:
        return None
    if field == "fte":
        return Decimal(text)
    return dt.date.fromisoformat(text) if field == "end" else text


def forget_old_lists(now: dt.datetime) -> int:
    """Lists never carried out go after a week, reports after three months; with them what could be undone."""
    return StaffImport.objects.past_their_term(now).delete()[1].get("schools.StaffImport", 0)
