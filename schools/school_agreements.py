"""The school's agreement: proposed by one role, settled by the other, accepted by everybody for themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.states import MoveRefused, StaleMove

from .hours import YEARS_KEPT_BEFORE
from .models import Membership, Role, RoleHeld, School, SchoolAcceptance, SchoolAgreement, User
from .models.people import MembershipQuerySet

# What a school starts from: a line that stands alone is a heading, the rest are points under it.
DEFAULT = (
    (
        gettext_lazy("Why we have this agreement"),
        (
            gettext_lazy(
                "We learn from each other, and that takes safety. So we write down once what the director sees "
                "of collegial coaching, and what not."
            ),
        ),
    ),
    (
        gettext_lazy("What the director sees"),
        (
            gettext_lazy("that there are groups, when they meet, and how many meetings were held"),
            gettext_lazy("the plan of a group (GOP), once the group has handed it in"),
            gettext_lazy(
                "a POP, a PAP or a piece of a portfolio: only what its owner shared, and for as long as its "
                "owner likes"
            ),
            gettext_lazy(
                "hours: of each colleague the total of the school year, of everything else totals; and only "
                "once the PMR has agreed"
            ),
            gettext_lazy(
                "numbers of the whole school, never of fewer than five people; and only once the PMR has agreed"
            ),
        ),
    ),
    (
        gettext_lazy("What the director does not see"),
        (
            gettext_lazy(
                "what is said or written in a session: the case, the questions, the hypotheses and the tips"
            ),
            gettext_lazy("notes, talents, and what somebody writes about themselves"),
            gettext_lazy("who did not share something; not sharing needs no reason and has no consequence"),
        ),
    ),
    (
        gettext_lazy("Not for appraisal"),
        (
            gettext_lazy(
                "Nothing of collegial coaching is used to appraise anybody: not for a contract, a salary, a "
                "file, or the choice of who has to leave."
            ),
            gettext_lazy("Nobody is asked to show more than they want to, and nobody gets a score."),
            gettext_lazy(
                "What a colleague shares with the director is for the talk they have about it. It goes into no "
                "other file unless that colleague wants it there."
            ),
        ),
    ),
    (
        gettext_lazy("How long it is kept"),
        (
            gettext_lazy(
                "The working notes of a session disappear after %(days)s days, and at the end of the school "
                "year at the latest."
            ),
            gettext_lazy(
                "Who was there and the hours: in their own school year and in the %(years)s after it."
            ),
            gettext_lazy("What is yours stays yours: you can take it along, and you can erase it."),
        ),
    ),
    (
        gettext_lazy("When something goes wrong"),
        (
            gettext_lazy(
                "Who thinks that this agreement is not kept can say so to the coordinator, to the PMR or to "
                "%(confidant)s."
            ),
            gettext_lazy("Every year director, coordinator and PMR look back on this agreement together."),
        ),
    ),
    (
        gettext_lazy("When the text changes"),
        (
            gettext_lazy(
                "Director and coordinator change it together. Then everybody is asked anew. You can take back "
                "your yes at any time and need not say why."
            ),
        ),
    ),
)


def default_text(school: School) -> str:
    """In the language of whoever starts from it, with the terms and the confidant of ``school`` filled in."""
    words = {
        "days": school.notes_kept_days,
        "years": YEARS_KEPT_BEFORE,
        "confidant": school.confidant or _("the confidant (vertrouwenspersoon)"),
    }
    parts = []
    for heading, points in DEFAULT:
        lines = [str(point) % words for point in points]
        mark = "– " if len(lines) > 1 else ""
        parts.append("\n".join([str(heading), *(f"{mark}{line}" for line in lines)]))
    return "\n\n".join(parts)


def newest_of(school: School) -> SchoolAgreement | None:
    """The proposal if there is one, else what holds: what somebody who writes starts from."""
    return school.agreements.filter(replaced_at__isnull=True).order_by("-version").first()


def in_force(school: School) -> SchoolAgreement | None:
    return school.agreements.in_force().first()


def propose(school: School, text: str, *, seen: int, by: User, at: dt.datetime) -> SchoolAgreement:
    """``text`` as the one proposal of ``school``, in place of the one before, which stays readable to both.

    ``seen``: primary key of what the writer started from, 0 for none; StaleMove when there is a newer text.
    """
    stale = StaleMove(_("Somebody else changed the text just now. Read the new text first."))
    role = Role.DIRECTOR if school.is_directed_by(by) else Role.COORDINATOR
    try:
        with transaction.atomic():
            before = newest_of(school)
            if (before.pk if before else 0) != seen:
                raise stale
            if before and before.in_force_from is None:
                school.agreements.proposed().filter(pk=before.pk).update(replaced_at=at)
            current = in_force(school)
            return SchoolAgreement.objects.create(
                school=school,
                version=current.version + 1 if current else 1,
                text=text,
                proposed_as=role,
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError as twice:
        raise stale from twice


def settle(school: School, seen: int, by: User, at: dt.datetime) -> None:
    """The other role says yes to proposal ``seen`` (primary key): it holds from now, and nobody accepted it yet.

    Raises StaleMove when it was replaced or settled meanwhile, MoveRefused for who may not.
    """
    proposal = school.agreements.proposed().filter(pk=seen).first()
    stale = StaleMove(_("There is another text by now. Read it first."))
    if proposal is None:
        raise stale
    if not proposal.can_be_settled_by(by):
        raise MoveRefused(_("Director and coordinator settle the text together: now it is up to the other."))
    if not school.agreements.proposed().filter(pk=seen).update(settled_by=by, in_force_from=at):
        raise stale


def staff_now(school: School) -> MembershipQuerySet:
    """Who is asked to accept: everybody who works there today, outside consultants left out."""
    held = RoleHeld.objects.exclude(role=Role.CONSULTANT).values("membership")
    return Membership.objects.current().filter(school=school, person__is_active=True, pk__in=held)


def accept(school: School, version: int, by: User, at: dt.datetime) -> None:
    """``by`` agrees to what they read. Raises StaleMove when that is not what holds now."""
    current = in_force(school)
    if current is None or current.version != version:
        raise StaleMove(_("The agreement has a new text. Read it first, then agree."))
    for place in staff_now(school).filter(person=by):
        SchoolAcceptance.objects.get_or_create(agreement=current, membership=place, defaults={"at": at})


def take_back(school: School, by: User) -> None:
    """Erased, in every version: what stays behind would be a list of who changed their mind."""
    SchoolAcceptance.objects.filter(agreement__school=school, membership__person=by).delete()


def forget_acceptances(day: dt.date) -> int:
    """Of who left before ``day``: the dossier says that they go."""
    return SchoolAcceptance.objects.filter(membership__valid_until__lt=day).delete()[0]


@dataclass(frozen=True)
class Standing:
    """The text that holds, how many are asked to agree to it, and the yes of whoever looks.

    How many agreed is not told, not even that all did: it turns on the day one person agrees, takes it back or
    leaves, and then it tells of that person.
    """

    agreement: SchoolAgreement | None
    mine: SchoolAcceptance | None
    asked: int


def standing_of(school: School, user: User) -> Standing:
    current, staff = in_force(school), staff_now(school)
    yeses = SchoolAcceptance.objects.filter(agreement=current, membership__in=staff, membership__person=user)
    mine = yeses.order_by("pk").first() if current else None
    return Standing(current, mine, staff.values("person").distinct().count())


def texts_for(user: User) -> list[Any]:
    """Where ``user`` is staff: the text that holds and the one that is proposed, each with ``accepted``.

    In one question for home, the longest waiting first.
    """
    schools = user.schools_as(Role.TEACHER, Role.COORDINATOR, Role.DIRECTOR)
    places = Membership.objects.current().filter(person=user)
    mine = SchoolAcceptance.objects.filter(agreement=OuterRef("pk"), membership__in=places)
    newer = SchoolAgreement.objects.in_force().filter(
        school=OuterRef("school"), version__gt=OuterRef("version")
    )
    standing = SchoolAgreement.objects.filter(~Exists(newer), school__in=schools, replaced_at__isnull=True)
    rows = standing.annotate(accepted=Exists(mine))
    return list(rows.select_related("school").order_by("proposed_at", "pk"))
