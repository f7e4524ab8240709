"""Inviting people to a school: bound to address, school and role, single use, the token known by its hash."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove

from .accounts import in_a_mail
from .hand_over import is_past_hand_over, until_hand_over
from .memberships import outside_only
from .models import Function, Invitation, Membership, Role, RoleHeld, School, User
from .models.invitations import VALID_DAYS
from .outbox import SchoolMail
from .tokens import hashed

if TYPE_CHECKING:
    from .pasted import PastedLine

RESEND_AFTER_SECONDS = 60
MAIL_LANGUAGE = "nl"  # whoever is invited has not chosen a language yet


def invite(
    school: School,
    name: str,
    email: str,
    role: str,
    function: str,
    by: User | None,
    at: dt.datetime,
    *,
    mail: bool = True,
) -> tuple[Invitation, str]:
    """A waiting invitation with its mail, and the token that is nowhere kept. ``by`` None: the operator.

    Without ``mail`` it waits until somebody sends it again.

    Raises MoveRefused for a director made by a non-director, a member, or an address already invited.
    """
    if role == Role.DIRECTOR and by is not None and not school.is_directed_by(by):
        raise MoveRefused(_("Only a director can make somebody a director."))
    email = email.strip().lower()
    refuse_known(school, email)
    token = secrets.token_urlsafe(32)
    row = Invitation(
        school=school, name=name, email=email, role=role, function=function, made_by=by, made_at=at,
        token_hash=hashed(token), expires_at=at + dt.timedelta(days=VALID_DAYS),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if mail:
                mail_to(row, token)
    except IntegrityError:
        raise MoveRefused(already_invited()) from None
    return row, token


def invite_all(school: School, lines: Iterable[PastedLine], by: User, at: dt.datetime) -> list[PastedLine]:
    """Invite every line without a problem as a colleague; returns the lines not sent, each with its problem."""
    kept = []
    for line in lines:
        try:
            if not line.problem:
                invite(school, line.name, line.email, Role.TEACHER, Function.TEACHER, by, at)
        except MoveRefused as refused:
            line = replace(line, problem=str(refused))
        if line.problem:
            kept.append(line)
    return kept


def refuse_known(school: School, email: str) -> None:
    if email in members_among(school, [email]):
        raise MoveRefused(already_member())
    if email in invited_among(school, [email]):
        raise MoveRefused(already_invited())


def already_member() -> str:
    return _("This address already belongs to somebody at this school.")


def already_invited() -> str:
    return _("This address has already been invited. You can send that invitation again from the list.")


def members_among(school: School, emails: list[str]) -> set[str]:
    """Which of ``emails`` (lower case) belong to people who are in the school now or later."""
    today = timezone.localdate()
    still = Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), school=school)
    return set(still.filter(person__email__in=emails).values_list("person__email", flat=True))


def invited_among(school: School, emails: list[str]) -> set[str]:
    return set(school.invitations.waiting().filter(email__in=emails).values_list("email", flat=True))


def mail_to(invitation: Invitation, token: str) -> None:
    context = {"invitation": invitation, "link": link_to(token), "days": VALID_DAYS}
    with translation.override(MAIL_LANGUAGE):
        subject = _("Invitation for %(school)s") % {"school": invitation.school.name}
        body = render_to_string("schools/mail/invitation.txt", context)
        SchoolMail(invitation.school, subject, body, invitation.email).send()


def link_to(token: str) -> str:
    return in_a_mail("invitation", token=token)


def resend(invitation: Invitation, at: dt.datetime) -> str:
    """Send a new link; the old one is dead at once. Returns the new token.

    Raises MoveRefused when the invitation is no longer waiting or was sent less than a minute ago.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
        rested = waiting.filter(made_at__lte=at - dt.timedelta(seconds=RESEND_AFTER_SECONDS))
        values = {
            "token_hash": hashed(token),
            "expires_at": at + dt.timedelta(days=VALID_DAYS),
            "made_at": at,
        }
        if not rested.update(**values):
            raise MoveRefused(too_soon() if waiting.exists() else no_longer_open())
        invitation.refresh_from_db()
        mail_to(invitation, token)
    return token


def too_soon() -> str:
    return _("This invitation was sent less than a minute ago. Wait a moment.")


def no_longer_open() -> str:
    return _("This invitation is no longer open.")


def revoke(invitation: Invitation, at: dt.datetime) -> None:
    """Raises MoveRefused when it was accepted or revoked before."""
    if not Invitation.objects.waiting().filter(pk=invitation.pk).update(revoked_at=at):
        raise MoveRefused(no_longer_open())


def by_token(token: str) -> Invitation | None:
    rows = Invitation.objects.select_related("school", "made_by")
    return rows.filter(token_hash=hashed(token)).first()


def opened_by(invitation: Invitation, visitor: User | AnonymousUser) -> str:
    """Who opens the link: "owner", "other" (another account), "log_in" (has an account), or "new"."""
    if visitor.is_authenticated:
        return "owner" if visitor.email.lower() == invitation.email else "other"
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    return "log_in" if has_account else "new"


def accept(
    invitation: Invitation, at: dt.datetime, *, person: User | None = None, name: str = "", password: str = ""
) -> User:
    """Make ``person``, or a new person with ``name``, a member with the invitation's role. Single use.

    An empty password is none at all: that person logs in with a code by e-mail.
    Raises StaleMove when the invitation was used or revoked meanwhile.
    """
    if person is not None and person.email.lower() != invitation.email:
        raise MoveRefused(_("This invitation is for another address."))
    try:
        with transaction.atomic():
            waiting = Invitation.objects.waiting().filter(pk=invitation.pk, expires_at__gt=at)
            if is_past_hand_over(invitation, timezone.localdate(at)):
                raise StaleMove(no_longer_open())
            if not waiting.filter(token_hash=invitation.token_hash).update(accepted_at=at):
                raise StaleMove(no_longer_open())
            person = person or User.objects.create_user(
                invitation.email, name, password or None, language=MAIL_LANGUAGE
            )
            join(person, invitation)
    except IntegrityError:
        # The same address was made an account in the same moment, by an invitation of another school.
        raise StaleMove(_("There is an account with this address now. Open the invitation again.")) from None
    return person


def join(person: User, invitation: Invitation) -> None:
    """Somebody who became a member along another way keeps that membership and gets the role added.

    An outside consultant comes for as long as the introduction of the school is not handed over.
    """
    today = timezone.localdate()
    still = Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), person=person)
    school, outside = invitation.school, invitation.role == Role.CONSULTANT
    membership = still.filter(school=school).first()
    if membership is None:
        until = until_hand_over(school, frozenset([invitation.role]), None)
        stay = {"function": invitation.function, "valid_from": today, "valid_until": until}
        membership = Membership.objects.create(person=person, school=school, **stay)
    elif outside != membership.roles.filter(role=Role.CONSULTANT).exists():
        raise StaleMove(outside_only())
    RoleHeld.objects.get_or_create(membership=membership, role=invitation.role)
