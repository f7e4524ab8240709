"""Taking a staff list back, as long as nothing hangs on the people it brought in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import models, transaction
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, move

from .hand_over import until_hand_over
from .hours import forget_planned_after_stay
from .memberships import refuse_director_by_others, refuse_own_gain, refuse_what_is_over, roles_of
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


def undo(staff_import: StaffImport, by: User, at: dt.datetime) -> None:
    """All of it, or nothing. What somebody changed since then by hand stays as they left it.

    Raises MoveRefused when something hangs on the new people; StaleMove when it was undone meanwhile.
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
        invited = Invitation.objects.waiting().filter(pk__in=[row.invitation_id for row in new])
        invited.update(revoked_at=at)


def why_not_undone(staff_import: StaffImport) -> str:
    """The sentence with which undoing would be refused now; empty when it would not be."""
    rows = staff_import.rows.filter(applied=True, kind=RowKind.NEW)
    try:
        refuse_what_hangs(staff_import, list(rows.select_related("membership__person")))
    except MoveRefused as refused:
        return str(refused)
    return ""


# -- what hangs on the new people --------------------------------------------------------------------------


def refuse_what_hangs(staff_import: StaffImport, new: list[StaffRow]) -> None:
    """Without names and without reasons: who was at a meeting, or logged in, is nothing for a report to tell."""
    members = {row.membership_id for row in new if row.membership_id}
    made = {row.membership.person_id for row in new if row.person_made and row.membership}
    if (
        hangs_on(Membership, members)
        or hangs_on(User, made)
        or RoleHeld.objects.filter(membership__in=members).exclude(role=Role.TEACHER).exists()
        or User.objects.filter(pk__in=made, last_login__isnull=False).exists()
        or accepted_since(staff_import, new)
    ):
        raise MoveRefused(_("People of this list are at work here already; so the list can't go back."))


def accepted_since(staff_import: StaffImport, new: list[StaffRow]) -> bool:
    """An invitation of this list, or another one to somebody it brought in."""
    emails = [row.membership.person.email for row in new if row.membership]
    invited = [row.invitation_id for row in new if row.invitation_id]
    accepted = Invitation.objects.filter(
        models.Q(pk__in=invited) | models.Q(email__in=emails),
        school=staff_import.school_id,
        accepted_at__gte=staff_import.done_at,
    )
    return accepted.exists()


def hangs_on(model: type[models.Model], keys: set[int]) -> bool:
    """Other rooms are asked through their keys, so that this room needs to know none of them; in one question."""
    asked = [
        relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        .order_by()
        .values_list(relation.field.attname)
        for relation in model._meta.related_objects
        if relation.related_model._meta.label_lower not in COMES_ALONG
    ]
    return bool(keys and asked) and bool(asked[0].union(*asked[1:])[:1])


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
    """The rules of who may lengthen whose stay hold here too; a stay that is over does not come back."""
    last_day = typed("end", before)
    terms, held = terms_of(membership, {"end": last_day}), roles_of(membership)
    refuse_what_is_over(membership, terms)
    refuse_own_gain(membership, held, terms, by)
    refuse_director_by_others(membership, held, terms, by)
    membership.valid_until = until_hand_over(membership.school, held, last_day)


def restore_fte(membership: Membership, row: StaffRow) -> None:
    day = dt.date.fromisoformat(row.after["fte_from"])
    if fte_on(membership, day) != Decimal(row.after["fte"]):
        return
    same = Fte.objects.filter(membership=membership, valid_from=day)
    if row.before["fte_there"] is None:
        same.delete()
    else:
        same.update(value=Decimal(row.before["fte_there"]))
