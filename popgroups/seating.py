"""Who may sit in one group: nobody with people they lead, no external consultant (domain.md §5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schools.models import BoardDirector, Membership, Role, RoleHeld, School, User
from schools.models.people import directs, in_force

# Whether {person} ever directed a school or a board: only then it has to be asked whom they lead today.
HAS_LED = """
    (EXISTS (SELECT 1 FROM schools_roleheld held JOIN schools_membership there ON there.id = held.membership_id
             WHERE held.role = 'director' AND there.person_id = {person})
     OR EXISTS (SELECT 1 FROM schools_boarddirector board WHERE board.person_id = {person}))
"""


def led_pairs(memberships: Iterable[Membership]) -> list[tuple[User, User]]:
    """(leader, led) among ``memberships`` today, in two queries; directors of different schools give none."""
    rows = list(memberships)
    people = [row.person_id for row in rows]
    today = timezone.localdate()
    schools = set(
        RoleHeld.objects.filter(
            in_force(today, "membership__"), role=Role.DIRECTOR, membership__person__in=people
        ).values_list("membership__person", "membership__school")
    )
    boards = set(
        BoardDirector.objects.filter(in_force(today), person__in=people).values_list("person", "board")
    )
    return [
        (leader.person, led.person)
        for leader in rows
        for led in rows
        if leader.person_id != led.person_id
        and (
            (leader.person_id, led.school_id) in schools or (leader.person_id, led.school.board_id) in boards
        )
    ]


def led_by(user: User) -> Q:
    """Places in a group of people whom ``user`` leads today, as director of their school or its board."""
    school, board = OuterRef("membership__school"), OuterRef("membership__school__board")
    return directs(user, school, board, timezone.localdate()) & ~Q(membership__person=user)


def leaders(schools: QuerySet[Any]) -> Q:
    """People who ever directed one of ``schools`` (rows of keys) or its board."""
    roles = RoleHeld.objects.filter(role=Role.DIRECTOR, membership__school__in=schools)
    boards = BoardDirector.objects.filter(board__in=School.objects.filter(pk__in=schools).values("board"))
    return Q(pk__in=roles.values("membership__person")) | Q(pk__in=boards.values("person"))


def candidates(school: School) -> QuerySet[Membership]:
    """Who may be asked into a group of ``school``: colleagues of today in the schools of its board."""
    schools = Q(school__board=school.board_id) if school.board_id else Q(school=school)
    rows = Membership.objects.current().filter(schools, person__is_active=True)
    return (
        rows.exclude(roles__role=Role.CONSULTANT)
        .select_related("person", "school")
        .order_by("person__name", "school__name")
    )


def refusal_of(memberships: Iterable[Membership]) -> str:
    """Why these people can't be in one group, as a sentence; empty when they can."""
    rows = list(memberships)
    if len({row.person_id for row in rows}) < len(rows):
        return _("This colleague is already in the group or asked into it.")
    if Membership.objects.filter(pk__in=[row.pk for row in rows], roles__role=Role.CONSULTANT).exists():
        return _("An external consultant can't be a member; they may be a guest in one session.")
    for leader, led in led_pairs(rows):
        return _(
            "%(leader)s leads %(led)s. Nobody sits in a POP-group with people they lead: "
            "leave one of them out."
        ) % {"leader": leader.name, "led": led.name}
    return ""
