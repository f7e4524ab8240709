"""What home asks for about the school's agreement."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from schools.models import Role

from .home_next import Next
from .today import Today


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
