"""Sharing by person, ended at once, and seen by the owner when opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from schools.models import Membership, Role, SchoolYear, User
from schools.models.people import directs, in_force

from .models import ActionPlan, Entry, PlanVersion, Share, ShareOpening, ShareQuerySet

Thing = ActionPlan | Entry | PlanVersion

OPENED_AGAIN_AFTER = dt.timedelta(minutes=30)


def default_end(day: dt.date) -> dt.date:
    """A share ends with the school year unless its owner says otherwise."""
    return SchoolYear(starts=SchoolYear.start_of(day)).last_day


def colleagues_of(user: User, day: dt.date | None = None) -> QuerySet[User]:
    """Whom ``user`` may share with: people who share a school or a group with them today, each with ``school``.

    Groups may hold people of several schools of a board. Outside consultants never see portfolios, nor who
    works at the school (domain.md §5).
    """
    day = day or timezone.localdate()
    here = Membership.objects.current(day)
    inside = here.exclude(roles__role=Role.CONSULTANT)
    same_school = Q(school__in=inside.filter(person=user).values("school"))
    return (
        User.objects.filter(Q(pk__in=inside.filter(same_school | _same_group(user, day)).values("person")))
        .filter(is_active=True)
        .exclude(pk=user.pk)
        .annotate(school=Subquery(here.filter(person=OuterRef("pk")).values("school__name")[:1]))
        .order_by("name")
    )


def _in_group(day: dt.date) -> Q:
    """Memberships with a place in a group on ``day``; by relation name, since groups are a room further."""
    until = "group_places__left_on"
    stays = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day})
    return Q(group_places__joined_on__lte=day) & stays


def _same_group(user: User, day: dt.date) -> Q:
    """Memberships with a place in a group of ``user``'s."""
    mine = Membership.objects.filter(in_force(day), _in_group(day), person=user)
    return _in_group(day) & Q(group_places__group__in=mine.values("group_places__group"))


def both_in(viewer: Any, owner: Any, day: dt.date | None = None) -> Q:
    """For shares: ``viewer`` and ``owner`` (people, or their columns) have a place in the group it goes via."""
    return Q(_place_in_via(viewer, day)) & Q(_place_in_via(owner, day))


def _place_in_via(person: Any, day: dt.date | None) -> Exists:
    """In the group that a share names: "group:4"."""
    day = day or timezone.localdate()
    named = Concat(Value("group:"), Cast("group_places__group", CharField()))
    places = Membership.objects.filter(in_force(day), _in_group(day), person=person)
    return Exists(places.annotate(named=named).filter(named=OuterRef("via")))


def groups_of(user: User, day: dt.date) -> list[tuple[int, str]]:
    """Number and name of the groups of this school year in which ``user`` has a place on ``day``."""
    this_year = Q(group_places__group__year__starts=SchoolYear.start_of(day))
    mine = Membership.objects.filter(in_force(day), _in_group(day), this_year, person=user)
    return list(
        mine.values_list("group_places__group", "group_places__group__name").order_by(
            "group_places__group__name", "group_places__group"
        )
    )


def members_of(group: int, user: User, day: dt.date) -> list[User]:
    """Whom ``user`` may share with among the members of their own ``group`` on ``day``."""
    inside = Membership.objects.filter(in_force(day), _in_group(day), group_places__group=group)
    if group not in dict(groups_of(user, day)):
        return []
    return list(colleagues_of(user, day).filter(pk__in=inside.values("person")))


def leads(viewer: User, owner_id: int, day: dt.date | None = None) -> bool:
    return Membership.objects.led_by(viewer, day).filter(person=owner_id).exists()


def one_leads(people: Iterable[int], owner_id: int) -> bool:
    """Whether somebody among ``people``, by their numbers, leads the owner."""
    return any(leads(viewer, owner_id) for viewer in User.objects.filter(pk__in=people))


def share(thing: Thing, viewer: User, *, until: dt.date | None, at: dt.datetime, via: str = "") -> Share:
    """Let ``viewer`` see ``thing``; sharing again moves the end date, and gives it to who they are by now."""
    values = {
        "until": until,
        "via": via,
        "made_at": at,
        "as_leader": leads(viewer, thing.owner_id, timezone.localdate(at)),
        "owner_id": thing.owner_id,
    }
    once: dict[str, Any] = {field_of(thing): thing, "viewer": viewer, "revoked_at": None}
    shared, _made = Share.objects.update_or_create(**once, defaults=values)
    return shared


def field_of(thing: Thing) -> str:
    """By which field of Share ``thing`` is shared."""
    return {ActionPlan: "action_plan", Entry: "entry", PlanVersion: "plan_version"}[type(thing)]


def with_rests(shares: ShareQuerySet, owner: User, day: dt.date) -> Any:
    """``shares`` of ``owner`` with why it may open nothing though it has not ended.

    ``rests``: the viewer came to lead the owner since. ``apart``: they share no school and no group any more,
    or not the group that it goes via.
    """
    led = directs(OuterRef(OuterRef("viewer")), OuterRef("school"), OuterRef("school__board"), day)
    leads = Q(Exists(Membership.objects.current(day).filter(led, person=owner)))
    near = Q(viewer__in=colleagues_of(owner, day).values("pk"))
    via = Q(via="") | both_in(OuterRef("viewer"), owner, day)
    return shares.annotate(rests=_told(Q(as_leader=False) & leads), apart=_told(~(near & via)))


def _told(rule: Q) -> ExpressionWrapper:
    return ExpressionWrapper(rule, output_field=BooleanField())


def share_in_force(thing: Thing, viewer: User) -> Share | None:
    """By which ``viewer`` sees ``thing`` of somebody else."""
    return Share.objects.in_force().filter(**{field_of(thing): thing}, viewer=viewer).first()


def note_opening(thing: Thing, viewer: User, at: dt.datetime) -> None:
    """Write down that ``viewer`` opened the shared ``thing``; reloading within half an hour is one opening."""
    shared = share_in_force(thing, viewer)
    if shared and not shared.openings.filter(at__gt=at - OPENED_AGAIN_AFTER).exists():
        ShareOpening.objects.create(share=shared, at=at)


def end_shares_via(via: str, at: dt.datetime, *, person: User) -> None:
    """Leaving a group ends what was shared through it, given or received by ``person``."""
    given_or_got = Q(viewer=person) | Q(owner=person)
    Share.objects.filter(given_or_got, via=via, revoked_at__isnull=True).update(revoked_at=at)


def shorten_shares_via(via: str, last_day: dt.date, *, person: User) -> None:
    """Who leaves a group on a known day shares nothing through it after ``last_day``."""
    given_or_got = Q(viewer=person) | Q(owner=person)
    lasts = Q(until__isnull=True) | Q(until__gt=last_day)
    Share.objects.in_force().filter(given_or_got, lasts, via=via).update(until=last_day)
