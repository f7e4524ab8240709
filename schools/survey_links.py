"""Everybody's own link to a running wave. It is reckoned anew each time it is needed and stands in no row:
from a secret of the site that is not in the database, a secret of the wave that is erased when it closes, and the
person. So the mail, the reminder and the button on the site all give one and the same link, and nothing has to be
noted about who got it. What stands in the database is its hash, until it is used.
"""

from __future__ import annotations

import datetime as dt
from base64 import urlsafe_b64encode

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .accounts import in_a_mail
from .models import OutgoingMail, SurveyLink, SurveyWave
from .tokens import hashed

PLACE = "{own-link}"  # where the link comes in the text of a mail
PURPOSE = "schools.survey_links"


def own_token(wave: SurveyWave, person: int) -> str:
    """The secret part of the link of the person with key ``person``; nobody's any more once the wave closed."""
    if not wave.salt:
        raise ValueError("a wave that is not open has no links")
    words = f"{wave.pk}:{person}:{wave.salt}"
    tokens = [made_with(secret, words) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    if len(tokens) == 1:
        return tokens[0]
    # The site's secret was changed: while the wave runs, the one counts with which it was opened.
    known = set(wave.links.filter(pk__in=map(hashed, tokens)).values_list("pk", flat=True))
    return next((token for token in tokens if hashed(token) in known), tokens[0])


def made_with(secret: str, words: str) -> str:
    digest = salted_hmac(PURPOSE, words, secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def by_token(token: str) -> SurveyLink | None:
    """The link while it can be used; used, closed and never made are one and the same: there is no row."""
    found = SurveyLink.objects.select_related("wave__school").filter(token_hash=hashed(token)).first()
    return found if found and found.wave.is_running() else None


def may_leave(mail: OutgoingMail, now: dt.datetime) -> bool:
    """Whether what ``mail`` asks for can still be done; also when it is not about a survey."""
    day = timezone.localdate(now)
    return mail.survey_id is None or SurveyWave.objects.running(day).filter(pk=mail.survey_id).exists()


def text_of(mail: OutgoingMail) -> str:
    """What ``mail`` says, with its reader's own link in it; for whoever carries it, never to be kept."""
    wave = mail.survey
    if wave is None or not mail.person_id:
        return mail.body
    own = in_a_mail("answer_survey", token=own_token(wave, mail.person_id)) if wave.salt else "–"
    return mail.body.replace(PLACE, own)
