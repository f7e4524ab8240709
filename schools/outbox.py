"""Every mail becomes a row first; a mail server that is down costs time, never a mail."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.utils import timezone

from coaching.lib.calendar_files import readdress

from .models import Membership, OutgoingMail, RoleHeld, School, User
from .models.mail import ACCOUNT_CLOSED, MAX_TRIES, ROLE_OVER, SURVEY_OVER
from .models.people import in_force
from .survey_links import may_leave, text_of

BACK_OFF_MINUTES = (1, 5, 15, 60, 240)
TIMEOUT_SECONDS = 20
STEP_SECONDS = 10
CALENDAR_FILE = "uitnodiging.ics"
WIPED = {"body": "", "html": "", "calendar": ""}  # links and codes in it still work
ROWS_KEPT_DAYS = 90  # who was mailed about what; domain.md names no term
KEPT_DAYS = 14  # a text goes as soon as it is sent; one that can't be sent is of no use for longer


class SchoolMail(EmailMultiAlternatives):
    """A mail about ``school``: its coordinators see when it is stuck."""

    def __init__(self, school: School, subject: str, body: str, to: str) -> None:
        super().__init__(subject, body, None, [to])
        self.school = school


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND of the site: writes rows, in the caller's transaction; deliver() carries them later."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._keep(message) for message in email_messages)

    def _keep(self, message: EmailMessage) -> int:
        html = [str(part[0]) for part in getattr(message, "alternatives", []) if part[1] == "text/html"]
        for address in message.recipients():
            OutgoingMail.objects.create(
                to=address,
                subject=one_line(str(message.subject)),
                body=str(message.body),
                html=html[0] if html else "",
                school=getattr(message, "school", None),
                message_id=new_message_id(),
            )
        return len(message.recipients())


def post(mails: Iterable[OutgoingMail]) -> None:
    """Into the outbox, in the caller's transaction; one whose ``key`` went in before is left out."""
    rows = list(mails)
    for row in rows:
        row.subject, row.message_id = one_line(row.subject), new_message_id()
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)


def one_line(subject: str) -> str:
    """A line break would begin a new header."""
    return " ".join(subject.split())[:300]


def new_message_id() -> str:
    return make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost")


def deliver(now: dt.datetime) -> int:
    """Hand what is due to the mail server, one by one, oldest first; returns how many it took."""
    if not settings.MAIL_SERVER:
        return 0
    due = OutgoingMail.objects.filter(sent_at__isnull=True, try_again_at__lte=now, tries__lt=MAX_TRIES)
    connection, began = mail_server(), time.monotonic()
    taken = 0
    for mail in list(due.order_by("made_at", "pk")):
        # In a long round a claim dated at its start would be over before it is made.
        spent = (time.monotonic() - began) // STEP_SECONDS * STEP_SECONDS
        taken += carry(mail, connection, now + dt.timedelta(seconds=spent))
    return taken


def mail_server() -> Any:
    server = settings.MAIL_SERVER
    return get_connection(
        server["EMAIL_BACKEND"],
        host=server.get("EMAIL_HOST"),
        port=server.get("EMAIL_PORT"),
        username=server.get("EMAIL_HOST_USER") or "",
        password=server.get("EMAIL_HOST_PASSWORD") or "",
        use_tls=server.get("EMAIL_USE_TLS", False),
        use_ssl=server.get("EMAIL_USE_SSL", False),
        timeout=TIMEOUT_SECONDS,
    )


def carry(mail: OutgoingMail, connection: Any, now: dt.datetime) -> bool:
    """Try once. The row is claimed first, so two senders never carry the same mail at the same time."""
    if mail.waits_for_another:
        return False
    wait = BACK_OFF_MINUTES[min(mail.tries, len(BACK_OFF_MINUTES) - 1)]
    claim = OutgoingMail.objects.filter(pk=mail.pk, sent_at__isnull=True, tries=mail.tries)
    if not claim.update(tries=mail.tries + 1, tried_at=now, try_again_at=now + dt.timedelta(minutes=wait)):
        return False
    row = OutgoingMail.objects.filter(pk=mail.pk)
    if not follow_its_reader(mail):
        row.update(trouble=ACCOUNT_CLOSED, tries=MAX_TRIES, **WIPED)
        return False
    if not is_still_for(mail, timezone.localdate(now)):
        row.update(trouble=ROLE_OVER, tries=MAX_TRIES, **WIPED)
        return False
    if not may_leave(mail, now):
        row.update(trouble=SURVEY_OVER, tries=MAX_TRIES, **WIPED)
        return False
    try:
        as_message(mail, connection).send()
    except Exception as error:  # one mail that can't be sent must not hold up the others
        row.update(trouble=trouble_of(error))
        return False
    row.update(sent_at=now, trouble="", **WIPED)
    return True


def follow_its_reader(mail: OutgoingMail) -> bool:
    """Turn ``mail`` to where its reader has their mail by now; False when their account was closed.

    An invitation goes to its address whatever account that has: it is how somebody comes back.
    """
    if mail.person_id is None:
        codes = mail.school_id is None  # of the log-in library, for an account
        return not (codes and User.objects.filter(email__iexact=mail.to, is_active=False).exists())
    person = User.objects.get(pk=mail.person_id)
    if person.is_active and person.email.lower() != mail.to.lower():
        mail.calendar = readdress(mail.calendar, mail.to, person.email)
        mail.to = person.email
        mail.save(update_fields=["to", "calendar"])
    return person.is_active


def is_still_for(mail: OutgoingMail, day: dt.date) -> bool:
    """Whether its reader still leads somebody, or holds a role at its school, where the mail is for who does."""
    if mail.while_leading_id and mail.person:
        led = Membership.objects.led_by(mail.person, day)
        return led.filter(person=mail.while_leading_id).exists()
    held = RoleHeld.objects.filter(in_force(day, "membership__"), role=mail.while_role)
    here = held.filter(membership__person=mail.person_id, membership__school=mail.school_id)
    return not mail.while_role or here.exists()


def as_message(mail: OutgoingMail, connection: Any) -> EmailMultiAlternatives:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(
        mail.subject, text_of(mail), None, [mail.to], headers=headers, connection=connection
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        # As a part of its own for programs that ask whether to accept, as a file for those that don't.
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
        message.attach(CALENDAR_FILE, mail.calendar.encode(), "application/ics")
    return message


def trouble_of(error: Exception) -> str:
    """What kind of error, with the server's code; its text could repeat addresses or content."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def forget_old_mail(now: dt.datetime) -> int:
    """Wipe what was written in mails that could not be sent for KEPT_DAYS, and send them no more."""
    old = OutgoingMail.objects.filter(made_at__lte=now - dt.timedelta(days=KEPT_DAYS))
    return old.exclude(**WIPED).update(**WIPED, tries=MAX_TRIES)


def forget_old_rows(now: dt.datetime) -> int:
    """Erase to whom mails of ROWS_KEPT_DAYS ago went and about what; ``key`` stays: nothing is told twice."""
    done = Q(sent_at__isnull=False) | Q(tries__gte=MAX_TRIES)
    old = OutgoingMail.objects.filter(done, made_at__lte=now - dt.timedelta(days=ROWS_KEPT_DAYS))
    whose: dict[str, Any] = {"to": "", "person": None, "thread": "", "while_leading": None}
    emptied = old.exclude(key=None).exclude(**whose).update(**whose, subject="", trouble="", **WIPED)
    return emptied + old.filter(key=None).delete()[0]
