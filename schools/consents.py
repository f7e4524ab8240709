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

from .accounts import MAIL_LANGUAGE, in_a_mail
from .models import BoardDirector, Consent, ConsentKind, ConsentLink, Membership, Role, School, User
from .models.people import in_force
from .outbox import SchoolMail
from .surveys import stop_at
from .tokens import hashed

VALID_DAYS = 60
MEANING = {
    ConsentKind.ATTENDANCE: gettext_lazy(
        "The site keeps who was present at a meeting, and how many hours each colleague spent. Everybody sees "
        "their own. The coordinator sees them per person; the director only the total of the year per person, "
        "eight days after that year is over."
    ),
    ConsentKind.SURVEYS: gettext_lazy(
        "Colleagues can be asked to fill in a short survey. Nobody sees single answers: they are shown only "
        "added up, from five people on."
    ),
    ConsentKind.OVERVIEW: gettext_lazy(
        "The director gets a page with numbers for the whole school, such as how many meetings were held. "
        "Never names, never what was said. What colleagues did is told in spans, once a quarter. When you agree, "
        "the quarters of this school year and the one before that are over appear too."
    ),
}
# What stands still while the PMR has not agreed, or not any more.
WHILE_OFF = {
    ConsentKind.ATTENDANCE: gettext_lazy(
        "Nobody is asked who was there, no hours are booked, and no page shows any: not to the coordinator, not "
        "to the director, not even your own. The sessions go on. Who was there is erased in the night after "
        "consent was taken back; hours that were booked before are locked: only in the file with everything of "
        "your own you still find yours."
    ),
    ConsentKind.SURVEYS: gettext_lazy(
        "Nobody is asked to fill in a survey, and no page shows results, also not of an earlier one."
    ),
    ConsentKind.OVERVIEW: gettext_lazy("That page is not there, and the board does not count this school."),
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
    return send_link(school, name, email, by, at)


def send_link(school: School, name: str, email: str, by: User, at: dt.datetime) -> tuple[ConsentLink, str]:
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
        found = {link.email for link in known if may_have_given(link, row)}
        row.sent_to = ", ".join(sorted(found))  # type: ignore[attr-defined]


def may_have_given(link: ConsentLink, row: Consent) -> bool:
    return link.name == row.given_by and link.made_at <= row.given_at < link.expires_at


def gave_one_of(links: Iterable[ConsentLink], consents: Iterable[Consent], person: User) -> bool:
    """Whether a consent in force was confirmed with a link that went to ``person``'s address."""
    own = [link for link in links if link.email == person.email.lower()]
    return any(may_have_given(link, row) for row in consents for link in own)


def renew_link(school: School, person: User, at: dt.datetime) -> tuple[ConsentLink, str]:
    """A fresh link for who confirmed what is on: taking back must need nobody's leave, also after the term.

    Raises MoveRefused for who did not confirm any of it, directs the school by now, or works there no more.
    """
    given = list(Consent.objects.in_force().filter(school=school))
    links = list(school.consent_links.filter(email=person.email.lower()).order_by("made_at"))
    used = next((link for link in links if any(may_have_given(link, row) for row in given)), None)
    if used is None:
        raise MoveRefused(_("You did not confirm what is on now, so there is no link to send you again."))
    if directs(school, person.email) or not works_at(school, person.email):
        raise MoveRefused(_("A link for the PMR is only for staff of the school who don't direct it."))
    return send_link(school, used.name, used.email, person, at)


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
