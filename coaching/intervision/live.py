"""What the live layer asks about sessions: who may watch, which version, and the shared screen itself."""

from __future__ import annotations

import datetime as dt
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone, translation

from coaching.lib.live.seat import Seat
from coaching.lib.live.source import Audience, Pair
from schools.models import LiveChange, User

from .models import Session, SessionParticipant
from .roles import ROLES
from .screen import BOARD, audience_context, fill_in, role_of, shared_context

# Asked by every screen on every change, twice: written out because putting it together costs ten times its run.
ADMISSION = """
    SELECT place.id, place.guest, s.version, s.facilitator_id, s.presenter_id,
           person.is_active, person.password, person.language
    FROM intervision_sessionparticipant place
    JOIN intervision_session s ON s.id = place.session_id
    JOIN schools_user person ON person.id = place.person_id
    JOIN django_session log_in ON log_in.session_key = %s
    WHERE place.session_id = %s AND place.person_id = %s
"""


class Scene:
    """What all audiences of one version share. It lives only while one of them is being rendered."""

    def __init__(self) -> None:
        self.loading = Lock()
        self.context: dict[str, Any] = {}


class SessionScreens:
    """The LiveSource of sessions; the channel is the session's primary key."""

    def __init__(self) -> None:
        self._scenes: WeakValueDictionary[tuple[str, int | None, str], Scene] = WeakValueDictionary()

    def admit(self, seat: Seat) -> Audience | None:
        """Whoever takes part, while the log-in of the seat lasts; a guest while everybody's yes stands."""
        with connection.cursor() as cursor:
            cursor.execute(ADMISSION, [seat.log_in, int(seat.channel), seat.user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        place, guest, version, facilitator, presenter, active, password, language = row
        user = User(pk=seat.user_id, password=password)
        if not active or user.get_session_auth_hash() != seat.auth_hash:
            return None
        if guest and not Session.objects.visible_to(user).filter(pk=seat.channel).exists():
            return None
        return Audience(role_of(place, facilitator, presenter), language, version)

    def shows_everybody(self, audience: str) -> bool:
        return audience == BOARD

    def version(self, channel: str) -> int | None:
        return Session.objects.filter(pk=channel).values_list("version", flat=True).first()

    def render(self, channel: str, audience: str, language: str) -> tuple[int, str]:
        language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        at = timezone.now()
        with translation.override(language):
            scene = self._scenes.setdefault((channel, self.version(channel), language), Scene())
            with scene.loading:
                if not scene.context:
                    scene.context = shared_context(session_on_screen(channel), at)
            context = audience_context(scene.context, audience, timezone.now())
            return context["session"].version, render_to_string("intervision/_screen.html", context)

    def changes_since(self, last_id: int) -> tuple[int, list[tuple[str, int]]]:
        if last_id < 0:
            return LiveChange.objects.aggregate(last=Max("pk"))["last"] or 0, []
        rows = list(
            LiveChange.objects.filter(pk__gt=last_id).order_by("pk").values_list("pk", "channel", "version")
        )
        return (rows[-1][0] if rows else last_id), [(channel, version) for _pk, channel, version in rows]

    def seen(self, pairs: set[Pair]) -> None:
        """Screens of these people are open: note it, and tell the group who came or whose screen went."""
        now, channels = timezone.now(), {channel for channel, _user in pairs}
        rows = SessionParticipant.objects.filter(session__in=[int(channel) for channel in channels])
        found = rows.values_list("pk", "session", "person", "connected")
        here = [row for row in found if (str(row[1]), row[2]) in pairs]
        SessionParticipant.objects.filter(pk__in=[row[0] for row in here]).update(seen_at=now, connected=True)
        note_presence(channels, {str(row[1]) for row in here if not row[3]}, now)

    def left(self, pairs: set[Pair]) -> None:
        for channel, user in pairs:
            rows = SessionParticipant.objects.filter(session=int(channel), person=user, connected=True)
            if rows.update(connected=False):
                note_presence({channel}, {channel}, timezone.now())


def session_on_screen(channel: str) -> Session:
    """With its roles taken from those present, which the screen reads anyway."""
    session = Session.objects.select_related("meeting__group").get(pk=channel)
    fill_in(session, session.everyone, *ROLES, "asked_to_lead")
    return session


def note_presence(channels: set[str], changed: set[str], now: dt.datetime) -> None:
    """Raise the version where somebody came or went, or where the facilitator has been gone for a minute."""
    sessions = Session.objects.under_way().filter(pk__in=[int(channel) for channel in channels])
    for session in sessions.select_related("facilitator"):
        facilitator = session.facilitator
        gone = facilitator is not None and not facilitator.connected and facilitator.is_gone(now)
        if gone != session.facilitator_gone:
            session.put(facilitator_gone=gone)
        elif session.channel in changed:
            session.changed()
