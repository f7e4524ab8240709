"""People in their school: the list, and changes that keep the rules about roles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused

from .hand_over import until_hand_over
from .hours import forget_planned_after_stay
from .models import Fte, Membership, Role, RoleHeld, School, User
from .models.people import MembershipQuerySet, in_force


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a membership is to become; ``fte`` holds from ``fte_from`` on, None leaves it as it is."""

    function: str
    roles: frozenset[str]
    valid_until: dt.date | None = None
    fte: Decimal | None = None
    fte_from: dt.date | None = None


def staff_of(school: School, day: dt.date) -> MembershipQuerySet:
    """Who is in the school on ``day`` or later, by name, with ``fte_now``."""
    fte = Fte.objects.filter(membership=OuterRef("pk"), valid_from__lte=day).order_by("-valid_from")
    rows = Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), school=school)
    rows = rows.select_related("person").prefetch_related("roles").order_by("person__name", "pk")
    return rows.annotate(fte_now=Subquery(fte.values("value")[:1]))


def roles_offered(school: School, by: User, membership: Membership | None = None) -> list[str]:
    """The roles ``by`` may give in ``school``; of oneself one can only give up what one holds."""
    if membership is not None and membership.person_id == by.pk:
        held = roles_of(membership)
        return [role for role in Role.values if role in held]
    return [role for role in Role.values if role != Role.DIRECTOR or school.is_directed_by(by)]


def roles_of(membership: Membership) -> frozenset[str]:
    return frozenset(held.role for held in membership.roles.all())


def change(membership: Membership, terms: Terms, by: User) -> None:
    """Give ``membership`` its new terms. Raises MoveRefused with a sentence for the user."""
    with transaction.atomic():
        # One change of a school's people at a time: two directors can't remove each other at once.
        School.objects.select_for_update().get(pk=membership.school_id)
        fresh = Membership.objects.select_related("school").prefetch_related("roles").get(pk=membership.pk)
        before = roles_of(fresh)
        refuse_what_is_over(fresh, terms)
        refuse_own_gain(fresh, before, terms, by)
        refuse_director_by_others(fresh, before, terms, by)
        refuse_leaving_without_director(fresh, before, terms)
        until = until_hand_over(fresh.school, terms.roles, terms.valid_until)
        write(fresh, before, replace(terms, valid_until=until))


def end(membership: Membership, last_day: dt.date, by: User) -> None:
    """``last_day`` is the last day the person belongs to the school."""
    held = roles_of(membership)
    change(membership, Terms(function=membership.function, roles=held, valid_until=last_day), by)


def refuse_what_is_over(membership: Membership, terms: Terms) -> None:
    if membership.valid_until and membership.valid_until < timezone.localdate():
        raise MoveRefused(_("This person has left the school. Invite them again."))
    if terms.valid_until and terms.valid_until < membership.valid_from:
        raise MoveRefused(_("The last day comes before the first day."))
    if not terms.roles:
        raise MoveRefused(_("Choose at least one role."))
    if Role.CONSULTANT in terms.roles and len(terms.roles) > 1:
        raise MoveRefused(outside_only())


def outside_only() -> str:
    return _("An outside consultant has no other role: their access ends with the hand-over.")


def refuse_own_gain(membership: Membership, before: frozenset[str], terms: Terms, by: User) -> None:
    if membership.person_id != by.pk:
        return
    if terms.roles - before:
        raise MoveRefused(_("You can't give yourself a role. Ask another coordinator or the director."))
    if membership.valid_until and (terms.valid_until is None or terms.valid_until > membership.valid_until):
        raise MoveRefused(_("You can't lengthen your own stay. Ask another coordinator or the director."))


def refuse_director_by_others(membership: Membership, before: frozenset[str], terms: Terms, by: User) -> None:
    if membership.school.is_directed_by(by):
        return
    moves_end = terms.valid_until != membership.valid_until
    if Role.DIRECTOR in (before ^ terms.roles) or (Role.DIRECTOR in before and moves_end):
        raise MoveRefused(_("Only a director can do this for a director."))


def refuse_leaving_without_director(membership: Membership, before: frozenset[str], terms: Terms) -> None:
    """A director with an end in sight doesn't count: the school would still be left without."""
    if Role.DIRECTOR not in before or (Role.DIRECTOR in terms.roles and terms.valid_until is None):
        return
    others = Membership.objects.filter(
        in_force(timezone.localdate()),
        school=membership.school,
        valid_until__isnull=True,
        roles__role=Role.DIRECTOR,
        person__is_active=True,
    )
    if not others.exclude(pk=membership.pk).exists():
        raise MoveRefused(_("A school keeps at least one director. First make somebody else a director."))


def write(membership: Membership, before: frozenset[str], terms: Terms) -> None:
    membership.function = terms.function
    membership.valid_until = terms.valid_until
    membership.save(update_fields=["function", "valid_until"])
    forget_planned_after_stay(membership)
    membership.roles.exclude(role__in=terms.roles).delete()
    RoleHeld.objects.bulk_create(
        [RoleHeld(membership=membership, role=role) for role in sorted(terms.roles - before)]
    )
    if terms.fte is not None:
        day = terms.fte_from or timezone.localdate()
        Fte.objects.update_or_create(membership=membership, valid_from=day, defaults={"value": terms.fte})
