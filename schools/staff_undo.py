"""Taking a staff list back, as long as nothing hangs on the people it brought in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, move

from .hours import forget_planned_after_stay
from .memberships import refuse_director_by_others, refuse_own_gain, roles_of
from .models import (
    Fte,
    ImportState,
    Invitation,
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
from .staff_imports import fte_on, raw, terms_of, typed

COMES_ALONG = {"schools.membership", "schools.roleheld", "schools.fte", "account.emailaddress"}
NAMES_AT_MOST = 5  # in one sentence


def undo(staff_import: StaffImport, by: User, at: dt.datetime) -> None:
    """All of it, or nothing. What somebody changed since then by hand stays as they left it.

    Raises MoveRefused with a sentence saying what hangs on whom; StaleMove when it was undone meanwhile.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=staff_import.school_id)
        move(staff_import, IMPORT_MOVES, ImportState.UNDONE, undone_by=by, undone_at=at)
        rows = staff_import.rows.filter(applied=True).select_related(
            "membership__person", "membership__school"
        )
        new = [row for row in rows if row.kind == RowKind.NEW]
        refuse_what_hangs(staff_import, new)
        for row in rows.exclude(kind=RowKind.NEW):
            if row.membership:
                restore(row, row.membership, by)
        for row in new:
            if row.membership:
                take_out(row.membership, row.person_made)


def why_not_undone(staff_import: StaffImport) -> str:
    """The sentence with which undoing would be refused now; empty when it would not be."""
    rows = staff_import.rows.filter(applied=True, kind=RowKind.NEW, membership__isnull=False)
    try:
        refuse_what_hangs(staff_import, list(rows.select_related("membership__person")))
    except MoveRefused as refused:
        return str(refused)
    return ""


# -- what hangs on the new people --------------------------------------------------------------------------


def refuse_what_hangs(staff_import: StaffImport, new: list[StaffRow]) -> None:
    found: dict[str, set[str]] = defaultdict(set)  # name → what hangs on it
    for name, what in hanging(staff_import, new):
        found[name].add(what)
    if found:
        told = [f"{name} ({', '.join(sorted(what))})" for name, what in sorted(found.items())]
        more = [_("and others")] if len(told) > NAMES_AT_MOST else []
        people = ", ".join(told[:NAMES_AT_MOST] + more)
        raise MoveRefused(
            _("This list can't be undone any more, for something hangs on its people: %(people)s.")
            % {"people": people}
        )


def hanging(staff_import: StaffImport, new: list[StaffRow]) -> Iterator[tuple[str, str]]:
    """Name and what hangs on it, from every table that points at a membership or a person."""
    members = {row.membership_id: row.name for row in new if row.membership_id}
    made = {row.membership.person_id: row.name for row in new if row.person_made and row.membership}
    yield from hanging_on(Membership, members)
    yield from hanging_on(User, made)
    held = RoleHeld.objects.filter(membership__in=members).exclude(role=Role.TEACHER)
    yield from ((members[pk], _("has another role")) for pk in held.values_list("membership", flat=True))
    seen = User.objects.filter(pk__in=made, last_login__isnull=False)
    yield from ((made[pk], _("has logged in")) for pk in seen.values_list("pk", flat=True))
    names = {row.membership.person.email: row.name for row in new if row.membership}
    accepted = Invitation.objects.filter(
        school=staff_import.school_id, email__in=names, accepted_at__gte=staff_import.done_at
    )
    for email in accepted.values_list("email", flat=True):
        yield names[email], _("has accepted an invitation")


def hanging_on(model: type[models.Model], names: dict[Any, str]) -> Iterator[tuple[str, str]]:
    """Other rooms are asked through their keys, so that this room needs to know none of them; in one question."""
    asked = [
        relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": names})
        .order_by()
        .values_list(relation.field.attname, models.Value(relation.related_model._meta.label_lower))
        for relation in model._meta.related_objects
        if relation.related_model._meta.label_lower not in COMES_ALONG
    ]
    if names and asked:
        yield from ((names[pk], words_for(table)) for pk, table in asked[0].union(*asked[1:]))


def words_for(table: str) -> str:
    known = {
        "popgroups.groupmember": _("is in a group"),
        "popgroups.attendance": _("was at a meeting"),
        "schools.hourline": _("has hours"),
    }
    return known.get(table, _("has been at work on this site"))


# -- putting back ------------------------------------------------------------------------------------------


def take_out(membership: Membership, person_made: bool) -> None:
    """The membership goes; the account too, if the list made it and no other school has the person by now."""
    person = membership.person
    membership.delete()
    if person_made and not person.memberships.exists():
        person.delete()


def restore(row: StaffRow, membership: Membership, by: User) -> None:
    if "end" in row.after and raw(membership.valid_until) == row.after["end"]:
        restore_end(membership, row.before["end"], by)
    if "function" in row.after and membership.function == row.after["function"]:
        membership.function = row.before["function"]
    if "days" in row.after and membership.work_days == row.after["days"]:
        membership.work_days = row.before["days"]
    membership.save(update_fields=["function", "work_days", "valid_until"])
    forget_planned_after_stay(membership)
    if "name" in row.after:
        same = User.objects.filter(pk=membership.person_id, name=row.after["name"])
        same.update(name=row.before["name"])
    if "fte" in row.after:
        restore_fte(membership, row)


def restore_end(membership: Membership, before: str | None, by: User) -> None:
    """The rules of who may lengthen whose stay hold here too."""
    last_day = typed("end", before)
    terms, held = terms_of(membership, {"end": last_day}), roles_of(membership)
    refuse_own_gain(membership, held, terms, by)
    refuse_director_by_others(membership, held, terms, by)
    membership.valid_until = last_day


def restore_fte(membership: Membership, row: StaffRow) -> None:
    day = dt.date.fromisoformat(row.after["fte_from"])
    if fte_on(membership, day) != Decimal(row.after["fte"]):
        return
    same = Fte.objects.filter(membership=membership, valid_from=day)
    if row.before["fte_there"] is None:
        same.delete()
    else:
        same.update(value=Decimal(row.before["fte_there"]))
