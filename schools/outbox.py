"""Every mail becomes a row first; a mail server that is down costs time, never a mail."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .models import OutgoingMail


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND of the site: writes rows, in the caller's transaction; deliver() carries them later."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._keep(message) for message in email_messages)

    def _keep(self, message: EmailMessage) -> int:
        html = [str(part[0]) for part in getattr(message, "alternatives", []) if part[1] == "text/html"]
        for address in message.recipients():
            OutgoingMail.objects.create(
                to=address,
                subject=" ".join(str(message.subject).split())[:300],
                body=str(message.body),
                html=html[0] if html else "",
                message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost"),
            )
        return len(message.recipients())
