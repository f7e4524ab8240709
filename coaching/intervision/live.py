"""What the live layer asks about sessions: who may watch, which version, and the shared screen itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone, translation

from coaching.lib.live.seat import Seat
from coaching.lib.live.source import Audience, Pair
from schools.models import LiveChange, User

from .models import Session, SessionParticipant
from .screen import BOARD, audience_of, screen_context


class SessionScreens:
    """The LiveSource of sessions; the channel is the session's primary key."""

    def admit(self, seat: Seat) -> Audience | None:
        user = User.objects.filter(pk=seat.user_id, is_active=True).first()
        if user is None or user.get_session_auth_hash() != seat.auth_hash:
            return None
        session = Session.objects.visible_to(user).filter(pk=seat.channel).first()
        participant = session.participant_of(user) if session else None
        if session is None or participant is None or not session.is_attended_by(user):
            return None
        return Audience(audience_of(session, participant), user.language)

    def shows_everybody(self, audience: str) -> bool:
        return audience == BOARD

    def version(self, channel: str) -> int | None:
        return Session.objects.filter(pk=channel).values_list("version", flat=True).first()

    def render(self, channel: str, audience: str, language: str) -> tuple[int, str]:
        session = Session.objects.select_related(
            "meeting__group__school", "facilitator__person", "presenter__person", "timekeeper__person"
        ).get(pk=channel)
        with translation.override(
            language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        ):
            context: dict[str, Any] = screen_context(session, audience, timezone.now())
            return session.version, render_to_string("intervision/_screen.html", context)

    def changes_since(self, last_id: int) -> tuple[int, list[tuple[str, int]]]:
        if last_id < 0:
            return LiveChange.objects.aggregate(last=Max("pk"))["last"] or 0, []
        rows = list(
            LiveChange.objects.filter(pk__gt=last_id).order_by("pk").values_list("pk", "channel", "version")
        )
        return (rows[-1][0] if rows else last_id), [(channel, version) for _pk, channel, version in rows]

    def seen(self, pairs: set[Pair]) -> None:
        """Screens of these people are open: note it, and tell the group who came or whose screen went."""
        now = timezone.now()
        for channel in {channel for channel, _user in pairs}:
            people = [user for where, user in pairs if where == channel]
            rows = SessionParticipant.objects.filter(session=int(channel), person__in=people)
            came = rows.filter(connected=False).exists()
            rows.update(seen_at=now, connected=True)
            note_presence(channel, now, came)

    def left(self, pairs: set[Pair]) -> None:
        for channel, user in pairs:
            rows = SessionParticipant.objects.filter(session=int(channel), person=user, connected=True)
            if rows.update(connected=False):
                note_presence(channel, timezone.now(), True)


def note_presence(channel: str, now: dt.datetime, changed: bool) -> None:
    """Raise the version when somebody came or went, or when the facilitator has been gone for a minute."""
    session = Session.objects.under_way().select_related("facilitator").filter(pk=channel).first()
    if session is None:
        return
    facilitator = session.facilitator
    gone = facilitator is not None and not facilitator.connected and facilitator.is_gone(now)
    if gone != session.facilitator_gone:
        session.put(facilitator_gone=gone)
    elif changed:
        session.changed()
