"""Handing the introduction over: from its day on an outside consultant sees nothing of the school any more.

The day stands in the consultants' stay at school itself, so it ends their access on every address and by itself,
whether or not somebody presses. Who needs more time moves the day, or invites the consultant again afterwards.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove

from .hours import forget_planned_after_stay
from .models import HandOverMove, Invitation, Membership, Role, RoleHeld, School, SchoolYear, Trajectory, User

DAY = dt.timedelta(days=1)


def consultants_of(school: School, day: dt.date) -> list[Membership]:
    """Outside consultants who are at ``school`` on ``day`` or come later, by name."""
    stay = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    rows = Membership.objects.filter(stay, school=school, roles__role=Role.CONSULTANT)
    return list(rows.select_related("person", "school").prefetch_related("roles").order_by("person__name"))


def last_day_of_consultants(school: School, day: dt.date) -> dt.date | None:
    """Where a trajectory is under way, the day until which a consultant who comes on ``day`` may stay."""
    found = Trajectory.objects.under_way(day).filter(school=school).order_by("hand_over_on").first()
    return found.last_day_of_access if found else None


def until_hand_over(school: School, roles: frozenset[str], until: dt.date | None) -> dt.date | None:
    """The last day of a stay that would end on ``until``: a consultant's never goes past the hand-over.

    Who comes back after it and was given no last day, stays until the school year ends.
    """
    if Role.CONSULTANT not in roles:
        return until
    today = timezone.localdate()
    last = last_day_of_consultants(school, today)
    if until is None and last is None and school.trajectories.filter(hand_over_on__lte=today).exists():
        return SchoolYear(starts=SchoolYear.start_of(today)).last_day
    return min(until, last) if until and last else until or last


def bind_consultants(trajectory: Trajectory, day: dt.date, before: dt.date | None = None) -> None:
    """Their stay ends with the hand-over. A shorter stay stays short, unless it ended with ``before`` until now."""
    last = trajectory.last_day_of_access
    for stay in consultants_of(trajectory.school, day):
        ends = stay.valid_until
        moves = ends is None or ends > last or (before is not None and ends == before - DAY)
        if moves and is_only_consultant(stay):
            end_before(stay, trajectory.hand_over_on)


def end_what_goes_past(trajectory: Trajectory) -> list[User]:
    """Stays that began before the hand-over and were never bound to it; who was invited since then stays."""
    stays = consultants_of(trajectory.school, trajectory.hand_over_on)
    past = [each for each in stays if each.valid_from < trajectory.hand_over_on and is_only_consultant(each)]
    for stay in past:
        end_before(stay, trajectory.hand_over_on)
    return [stay.person for stay in past]


def is_only_consultant(stay: Membership) -> bool:
    return all(held.role == Role.CONSULTANT for held in stay.roles.all())


def end_before(stay: Membership, day: dt.date) -> None:
    """``day`` is the first one that is not part of ``stay``; who came only then was here for a day that is over.

    Somebody who is a colleague besides stays one: then only the role goes.
    """
    if not is_only_consultant(stay):
        RoleHeld.objects.filter(membership=stay, role=Role.CONSULTANT).delete()
        return
    first = last = day - DAY
    others = Membership.objects.filter(person=stay.person_id, school=stay.school_id).exclude(pk=stay.pk)
    taken = set(others.values_list("valid_from", flat=True))
    while first in taken:
        first -= DAY
    stay.valid_from, stay.valid_until = min(stay.valid_from, first), last
    stay.save(update_fields=["valid_from", "valid_until"])
    forget_planned_after_stay(stay)


def move_day(trajectory: Trajectory, to: dt.date, by: User, at: dt.datetime) -> None:
    """Move the planned day; the consultants' access moves along. Raises MoveRefused or StaleMove."""
    today, before = timezone.localdate(at), trajectory.hand_over_on
    refuse_when_over(trajectory, today)
    if to <= today:
        raise MoveRefused(_("Choose a day that is still to come, or hand over now."))
    if to <= trajectory.begins_on:
        raise MoveRefused(_("The trajectory only begins after that day."))
    with transaction.atomic():
        rows = Trajectory.objects.under_way(today).filter(pk=trajectory.pk, hand_over_on=before)
        if not rows.update(hand_over_on=to):
            raise StaleMove(moved_meanwhile())
        trajectory.hand_over_on = to
        HandOverMove.objects.create(trajectory=trajectory, by=by, at=at, before=before, after=to)
        bind_consultants(trajectory, today, before)


def hand_over(trajectory: Trajectory, by: User | None, at: dt.datetime) -> list[User]:
    """Now, for good. Returns the consultants whose access ended with it. Raises MoveRefused or StaleMove."""
    today = timezone.localdate(at)
    refuse_when_over(trajectory, today)
    with transaction.atomic():
        rows = Trajectory.objects.under_way(today).filter(pk=trajectory.pk)
        values = {"hand_over_on": today, "begins_on": min(trajectory.begins_on, today)}
        if not rows.update(handed_over_at=at, handed_over_by=by, **values):
            raise StaleMove(moved_meanwhile())
        trajectory.refresh_from_db()
        gone = consultants_of(trajectory.school, today)
        for stay in gone:
            end_before(stay, today)
        revoke_invitations(trajectory, at)
    return [stay.person for stay in gone]


def revoke_invitations(trajectory: Trajectory, at: dt.datetime) -> None:
    """A link that was sent before the hand-over opens nothing after it."""
    waiting = Invitation.objects.waiting().filter(school=trajectory.school, role=Role.CONSULTANT)
    waiting.filter(made_at__lte=at).update(revoked_at=at)


def is_past_hand_over(invitation: Invitation, day: dt.date) -> bool:
    """A consultant was invited before a hand-over that has been since: that link is worth nothing any more."""
    if invitation.role != Role.CONSULTANT:
        return False
    made = timezone.localdate(invitation.made_at)
    return Trajectory.objects.filter(
        school=invitation.school, hand_over_on__gt=made, hand_over_on__lte=day
    ).exists()


def refuse_when_over(trajectory: Trajectory, day: dt.date) -> None:
    if trajectory.is_handed_over(day):
        raise MoveRefused(
            _(
                "It has been handed over. If you need the consultant again, invite them again under Colleagues."
            )
        )


def moved_meanwhile() -> str:
    return _("Somebody else changed the day of the hand-over just now. Look again.")
