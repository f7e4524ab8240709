"""What the live layer asks about sessions: who may watch, which version, and the shared screen itself."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone, translation

from coaching.lib.idle import STAMP, is_idle
from coaching.lib.live.seat import Seat
from coaching.lib.live.source import Look, Pair
from popgroups.seating import HAS_LED
from schools.models import LiveChange, User

from .models import Captures, Session, SessionParticipant
from .models.doors import opens_at_once
from .screen import BOARD, audience_context, role_of, shared_context

# Asked for every screen on every change: written out because putting it together costs ten times its run.
ADMISSION = """
    SELECT place.session_id, place.person_id, place.id, place.guest, s.version, s.facilitator_id,
           s.presenter_id, s.state, person.is_active, person.password, person.language,
           stay.id IS NOT NULL AND stay.valid_from <= %s
               AND (stay.valid_until IS NULL OR stay.valid_until >= %s),
           {has_led}
    FROM intervision_sessionparticipant place
    JOIN intervision_session s ON s.id = place.session_id
    JOIN schools_user person ON person.id = place.person_id
    LEFT JOIN schools_membership stay ON stay.id = place.membership_id
    WHERE place.session_id IN ({sessions}) AND place.person_id IN ({people})
"""


LOG_INS = """
    SELECT session_key, session_data FROM django_session WHERE expire_date > %s AND session_key IN ({keys})
"""


SCENES_KEPT = 4  # the newest: a session's pages are asked for together, but another's may come between


class Place(NamedTuple):
    """A row of ADMISSION."""

    session: int
    person: int
    id: int
    guest: bool
    version: int
    facilitator: int | None
    presenter: int | None
    state: str
    is_active: bool
    password: str
    language: str
    still_here: bool
    has_led: bool


class Scene:
    """What all audiences of one version share: their pages are asked for one right after the other."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.context: dict[str, Any] = {}
        self.pages: dict[tuple[object, ...], str] = {}
        self.made: tuple[dict[str, str], dict[str, str]] = ({}, {})  # parts of people's pages, of the board's

    def show(self, audience: str) -> tuple[int, str]:
        """The version and the page; audiences that see the same get the same page."""
        if not self.context:
            session = Session.objects.select_related("meeting__group").get(pk=self.channel)
            self.context = shared_context(session, timezone.now())
        context = audience_context(self.context, audience, timezone.now())
        sees = (context["guides"], context["marks"], audience == BOARD)
        if sees not in self.pages:
            made = self.made[audience == BOARD]
            self.pages[sees] = render_to_string("intervision/_screen.html", context | {"made": made})
        return context["session"].version, self.pages[sees]


class SessionScreens:
    """The LiveSource of sessions; the channel is the session's primary key."""

    def __init__(self) -> None:
        self._scenes: OrderedDict[tuple[str, int, str], Scene] = OrderedDict()

    def admit(self, seats: list[Seat]) -> list[Look | None]:
        """Whoever takes part, while the log-in of the seat lasts; a guest while everybody's yes stands."""
        places = places_of(seats)
        lasting = lasting_log_ins(seats)
        return [
            look(places.get((int(seat.channel), seat.user_id)), seat) if seat.log_in in lasting else None
            for seat in seats
        ]

    def shows_everybody(self, audience: str) -> bool:
        return audience == BOARD

    def render(self, channel: str, look: Look) -> tuple[int, str]:
        language = look.language if look.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            scene = self._scenes.pop((channel, look.version, language), None) or Scene(channel)
            page = scene.show(look.audience)
            if scene.context.get("captures") != Captures.LOOK_BACK:  # a plan may be taken back at any moment
                self._scenes[channel, look.version, language] = scene
            while len(self._scenes) > SCENES_KEPT:
                self._scenes.popitem(last=False)
            return page

    def forget(self, channel: str) -> None:
        for key in [key for key in list(self._scenes) if key[0] == channel]:
            self._scenes.pop(key, None)

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


def places_of(seats: list[Seat]) -> dict[tuple[int, int], Place]:
    """Where these people take part, by session and person."""
    sessions, people = {int(seat.channel) for seat in seats}, {seat.user_id for seat in seats}
    today = connection.ops.adapt_datefield_value(timezone.localdate())
    rows = ask(
        ADMISSION.format(
            has_led=HAS_LED.format(person="place.person_id"),
            sessions=placeholders(sessions),
            people=placeholders(people),
        ),
        today,
        today,
        *sessions,
        *people,
    )
    return {(place.session, place.person): place for place in map(Place._make, rows)}


def lasting_log_ins(seats: list[Seat]) -> set[str]:
    """The keys of the log-ins behind these seats that have not ended, nor were left alone for too long."""
    keys, now = {seat.log_in for seat in seats}, timezone.now()
    rows = ask(LOG_INS.format(keys=placeholders(keys)), connection.ops.adapt_datetimefield_value(now), *keys)
    return {key for key, data in rows if not is_idle(last_request(data), now.timestamp())}


@lru_cache(maxsize=4096)
def last_request(data: str) -> int | None:
    """The stamp of IdleLogoutMiddleware in a log-in session as it is stored: read once, asked at every change."""
    found: int | None = SessionStore().decode(data).get(STAMP)
    return found


def placeholders(values: set[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def ask(query: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def look(place: Place | None, seat: Seat) -> Look | None:
    if place is None or not place.is_active:
        return None
    user = User(pk=place.person, password=place.password)
    if user.get_session_auth_hash() != seat.auth_hash:
        return None
    at_once = opens_at_once(place.guest, place.state, still_here=place.still_here) and not place.has_led
    if not at_once and not Session.objects.visible_to(user).filter(pk=place.session).exists():
        return None
    return Look(role_of(place.id, place.facilitator, place.presenter), place.language, place.version)


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
