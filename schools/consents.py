"""The PMR's consent: a link of a member's own, with which that member alone confirms and takes back."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.states import MoveRefused, StaleMove

from .accounts import in_a_mail
from .invitations import MAIL_LANGUAGE
from .models import BoardDirector, Consent, ConsentKind, ConsentLink, Membership, Role, School, User
from .models.people import in_force
from .outbox import SchoolMail
from .surveys import stop_at
from .tokens import hashed

VALID_DAYS = 60
MEANING = {
    ConsentKind.ATTENDANCE: gettext_lazy(
        "The site keeps who was present at a meeting, and how many hours each colleague spent. Everybody sees "
        "their own. The coordinator sees them per person; the director only the total of the year per person."
    ),
    ConsentKind.SURVEYS: gettext_lazy(
        "Colleagues can be asked to fill in a short survey. Nobody sees single answers: they are shown only "
        "added up, from five people on."
    ),
    ConsentKind.OVERVIEW: gettext_lazy(
        "The director gets a page with numbers for the whole school, such as how many meetings were held. "
        "Never names, never what was said."
    ),
}


def directs(school: School, email: str) -> bool:
    """Whether the address belongs to a director of the school or of its board today."""
    today = timezone.localdate()
    roles = Membership.objects.current(today).filter(school=school, roles__role=Role.DIRECTOR)
    boards = BoardDirector.objects.filter(in_force(today), board=school.board_id or 0)
    return (
        roles.filter(person__email__iexact=email).exists()
        or boards.filter(person__email__iexact=email).exists()
    )


def works_at(school: School, email: str) -> bool:
    """Whether the address belongs to staff of the school today; an outside consultant is none."""
    staff = Membership.objects.current().filter(school=school, person__is_active=True)
    return staff.exclude(roles__role=Role.CONSULTANT).filter(person__email__iexact=email).exists()


def make_link(school: School, name: str, email: str, by: User, at: dt.datetime) -> tuple[ConsentLink, str]:
    """A link for a PMR member, sent by mail; an older link of the same address is dead at once.

    Raises MoveRefused for a director's address, for one's own (who asks can't be who confirms), and for one
    that belongs to nobody at the school.
    """
    email = email.strip().lower()
    if directs(school, email):
        raise MoveRefused(_("A director can't confirm for the PMR. Fill in a member of the PMR."))
    if email == by.email.lower():
        raise MoveRefused(_("You can't ask yourself for consent. Let another colleague make this link."))
    if not works_at(school, email):
        raise MoveRefused(_("Fill in the address of a colleague of this school who sits on the PMR."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        ConsentLink.objects.filter(school=school, email=email, expires_at__gt=at).update(expires_at=at)
        link = ConsentLink.objects.create(
            school=school, name=name, email=email, made_by=by, made_at=at,
            token_hash=hashed(token), expires_at=at + dt.timedelta(days=VALID_DAYS),
        )  # fmt: skip
        mail_to(link, token)
    return link, token


def mail_to(link: ConsentLink, token: str) -> None:
    context = {"link": link, "address": in_a_mail("pmr_consent", token=token), "days": VALID_DAYS}
    with translation.override(MAIL_LANGUAGE):
        subject = _("Consent of the PMR of %(school)s") % {"school": link.school.name}
        body = render_to_string("schools/mail/pmr_consent.txt", context)
        SchoolMail(link.school, subject, body, link.email).send()


def by_token(token: str) -> ConsentLink | None:
    return ConsentLink.objects.select_related("school").filter(token_hash=hashed(token)).first()


def consents_of(school: School) -> list[tuple[ConsentKind, Consent | None]]:
    """Every kind with the consent in force for it, or None while it is off."""
    given = {row.kind: row for row in Consent.objects.in_force().filter(school=school)}
    return [(kind, given.get(kind)) for kind in ConsentKind]


def addresses_behind(consents: Iterable[Consent], links: Iterable[ConsentLink]) -> None:
    """Give each of ``consents`` ``sent_to``: where the links went with which it can have been confirmed."""
    known = list(links)
    for row in consents:
        open_then = [
            link
            for link in known
            if link.name == row.given_by and link.made_at <= row.given_at < link.expires_at
        ]
        row.sent_to = ", ".join(sorted({link.email for link in open_then}))  # type: ignore[attr-defined]


def confirm(link: ConsentLink, kinds: Iterable[str], note: str, at: dt.datetime) -> None:
    """Kinds already in force stay as they are.

    Raises MoveRefused when the link is not of a colleague (any more), or of a director.
    """
    refuse_strangers(link)
    with transaction.atomic():
        for kind in kinds:
            Consent.objects.get_or_create(
                school=link.school,
                kind=kind,
                revoked_at=None,
                defaults={"given_by": link.name, "given_at": at, "note": note},
            )


def withdraw(link: ConsentLink, kind: str, at: dt.datetime) -> None:
    """Also by who left the school or has another address: less is kept then, never more.

    Raises StaleMove when it was not in force (any more), MoveRefused when the link is of a director.
    """
    refuse_directors(link)
    with transaction.atomic():
        if not Consent.objects.in_force().filter(school=link.school, kind=kind).update(revoked_at=at):
            raise StaleMove(_("This consent was already taken back."))
        if kind == ConsentKind.SURVEYS:
            stop_at(link.school, at)


def refuse_strangers(link: ConsentLink) -> None:
    """Somebody may have become director, or left the school, after the link was made."""
    if not works_at(link.school, link.email):
        raise MoveRefused(_("This link was for somebody who does not work at this school any more."))
    refuse_directors(link)


def refuse_directors(link: ConsentLink) -> None:
    if directs(link.school, link.email):
        raise MoveRefused(_("A director can't confirm for the PMR. Ask another member of the PMR."))
