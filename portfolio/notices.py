"""Mails about the portfolio: that something was shared, never what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from schools.models import OutgoingMail
from schools.outbox import post

from .models import Share


def tell_shared(shares: Iterable[Share], at: dt.datetime) -> None:
    """A mail to each viewer of ``shares``, once a share: a later end is no news. In the caller's transaction."""
    post([mail_about(share, at) for share in shares])


def mail_about(share: Share, at: dt.datetime) -> OutgoingMail:
    """In the language of its reader; of no school, so that no coordinator learns who lets whom read."""
    reader, name = share.viewer, share.owner.name
    link = settings.SITE_URL + reverse("shared_with_me")
    with translation.override(reader.language):
        words = {"reader": reader.name, "owner": name, "link": link}
        return OutgoingMail(
            to=reader.email,
            person=reader,
            subject=_("%(name)s lets you read something") % {"name": name},
            body=render_to_string("portfolio/mail/shared.txt", words),
            key=f"share:{share.pk}",
            made_at=at,
            try_again_at=at,
        )
