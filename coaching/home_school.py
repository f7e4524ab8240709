"""What home asks for about the school's agreement and what its PMR agrees to."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.markup import day, next_anniversary
from schools.models import ConsentKind, Role, School

from .home_next import Next
from .today import Today

LOOK_BACK_AHEAD = dt.timedelta(days=30)


def school_agreement_to_accept(today: Today) -> Next | None:
    waiting = (row for row in today.school_agreements if row.in_force_from and not row.accepted)
    agreement = next(waiting, None)
    if agreement is None:
        return None
    return Next(
        label=_("Three minutes"),
        title=_("The agreement of %(school)s") % {"school": agreement.school.name},
        text=_("Read what the director sees of collegial coaching and what not, and whether you can agree."),
        url=reverse("school_agreement", args=[agreement.school_id]),
        action=_("Read the agreement"),
    )


def to_settle_as_coordinator(today: Today) -> Next | None:
    return to_settle(today, Role.COORDINATOR)


def to_settle_as_director(today: Today) -> Next | None:
    return to_settle(today, Role.DIRECTOR)


def to_settle(today: Today, role: Role) -> Next | None:
    proposed = (row for row in today.school_agreements if not row.in_force_from and row.settled_as == role)
    proposal = next((row for row in proposed if row.can_be_settled_by(today.user)), None)
    if proposal is None:
        return None
    return Next(
        label=_("Waits for you"),
        title=_("A text for the agreement of %(school)s") % {"school": proposal.school.name},
        text=_("It is proposed, and holds once you say yes too. You can also change it first."),
        url=reverse("school_agreement", args=[proposal.school_id]),
        action=_("Read the proposed text"),
    )


def consent_missing(today: Today) -> Next | None:
    school = next(iter(today.without_consent(ConsentKind.ATTENDANCE)), None)
    if school is None:
        return None
    return Next(
        label=_("PMR"),
        title=_("The PMR has not agreed yet"),
        text=_(
            "Until then attendance and hours per person are not recorded at %(school)s. The sessions go on."
        )
        % {"school": school.name},
        url=reverse("consents", args=[school.pk]),
        action=_("Ask the PMR"),
    )


def agreement_to_look_back_on(today: Today) -> Next | None:
    """For a coordinator; and for a director of a school where they are not the coordinator as well."""
    led = {school.pk for school in (*today.coordinates, *today.directs)}
    for row in today.school_agreements:
        on = look_back_ahead(row.in_force_from, today) if row.school_id in led else None
        if on:
            title = _("Look back on the agreement of %(school)s")
            return look_back(row.school, title, on, reverse("school_agreement", args=[row.school_id]))
    return None


def look_back_as_director(today: Today) -> Next | None:
    """On the agreement, unless its coordinator's card stands there already; else on what the PMR agreed to."""
    agreement = None if today.coordinates else agreement_to_look_back_on(today)
    return agreement or consents_to_look_back_on(today)


def consents_to_look_back_on(today: Today) -> Next | None:
    for school in today.directs:
        given = (at for (where, _kind), at in today.consents.items() if where == school.pk)
        if days := sorted(on for at in given if (on := look_back_ahead(at, today))):
            title = _("Look back on what the PMR of %(school)s agreed to")
            return look_back(school, title, days[0], reverse("consents", args=[school.pk]))
    return None


def look_back_ahead(settled: dt.datetime | None, today: Today) -> dt.date | None:
    """The day of the look-back of each year, when it is near."""
    on = next_anniversary(timezone.localdate(settled), today.day) if settled else None
    return on if on and on - LOOK_BACK_AHEAD <= today.day else None


def look_back(school: School, title: str, on: dt.date, url: str) -> Next:
    return Next(
        label=_("Once a year"),
        title=title % {"school": school.name},
        text=_("Director, coordinator and PMR do that together, by %(day)s. Agree on a moment.")
        % {"day": day(on)},
        url=url,
        action=_("Read it again"),
        quiet=True,
    )
