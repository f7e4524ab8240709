"""Sharing by person, ended at once, and seen by the owner when opened."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from schools.models import SchoolYear, User

from .models import ActionPlan, Share, ShareOpening

OPENED_AGAIN_AFTER = dt.timedelta(minutes=30)


def default_end(day: dt.date) -> dt.date:
    """A share ends with the school year unless its owner says otherwise."""
    return SchoolYear.of(day).last_day


def share_plan(
    plan: ActionPlan, viewer: User, *, until: dt.date | None, at: dt.datetime, via: str = ""
) -> Share:
    """Let ``viewer`` see ``plan``; sharing again moves the end date."""
    share, _made = Share.objects.update_or_create(
        action_plan=plan, viewer=viewer, revoked_at=None, defaults={"until": until, "via": via, "made_at": at}
    )
    return share


def note_opening(plan: ActionPlan, viewer: User, at: dt.datetime) -> None:
    """Write down that ``viewer`` opened the shared ``plan``; reloading within half an hour is one opening."""
    share = Share.objects.in_force().filter(action_plan=plan, viewer=viewer).first()
    if share and not share.openings.filter(at__gt=at - OPENED_AGAIN_AFTER).exists():
        ShareOpening.objects.create(share=share, at=at)


def end_shares_via(via: str, at: dt.datetime, *, person: User) -> None:
    """Leaving a group ends what was shared through it, given or received by ``person``."""
    Share.objects.filter(
        Q(viewer=person) | Q(action_plan__owner=person) | Q(entry__owner=person),
        via=via,
        revoked_at__isnull=True,
    ).update(revoked_at=at)
