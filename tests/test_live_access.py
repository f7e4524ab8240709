"""The two addresses of /live/, outside Django's request handling: every role with a seat of their own."""

from __future__ import annotations

import asyncio
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from coaching.intervision.live import SessionScreens
from coaching.intervision.models import Session
from coaching.lib.live.app import LiveApp
from coaching.lib.live.hub import Hub
from coaching.lib.live.seat import Seat
from schools.models import User
from tests import scene as scenes
from tests.lib.live_scene import Visit, cookie
from tests.people import log_in
from tests.scene import ROLES

pytestmark = pytest.mark.django_db(transaction=True)
ROUTES = ("fragment", "stream")


def seat_of(person: User, channel: str) -> Seat:
    return Seat(channel, person.pk, person.get_session_auth_hash(), log_in(person))


def answers(seats: dict[str, Seat], channel: str) -> dict[str, dict[str, tuple[int, str]]]:
    """What each address gives each seat: status and the first of its body."""

    async def play() -> dict[str, dict[str, tuple[int, str]]]:
        app = LiveApp(SessionScreens(), hub=Hub(), poll=60.0)
        try:
            return {
                route: {name: await knock(app, route, seat, channel) for name, seat in seats.items()}
                for route in ROUTES
            }
        finally:
            await app.stop()

    return asyncio.run(play())


async def knock(app: LiveApp, route: str, seat: Seat, channel: str) -> tuple[int, str]:
    visit = Visit(app, f"/live/{channel}/{route}", cookie(seat))
    if route == "fragment":
        body = await visit.whole()
        return visit.status, body
    greeting = await visit.event()
    if visit.status == 200:
        greeting += await visit.event()
        visit.hang_up()
    return visit.status, greeting


def admitted(found: dict[str, dict[str, tuple[int, str]]]) -> dict[str, set[str]]:
    assert {status for each in found.values() for status, _body in each.values()} <= {200, 404}
    return {
        route: {who for who, (status, _) in each.items() if status == 200} for route, each in found.items()
    }


def test_only_whoever_takes_part_gets_a_screen() -> None:
    scene = scenes.build()
    present = {"facilitator", "presenter", "participant"}
    for session, may in ((scene.running, present | {"guest"}), (scene.closed, present)):
        seats = {role: seat_of(scene.person(role), session.channel) for role in ROLES}
        found = answers(seats, session.channel)
        assert admitted(found) == {"fragment": may, "stream": may}
        words = [body for status, body in found["fragment"].values() if status == 404]
        assert set(words) == {"Not found"}
        streamed = {body for status, body in found["stream"].values() if status == 200}
        assert all(re.fullmatch(r"retry: 2000id: \d+\nevent: changed\ndata: \d+", body) for body in streamed)


def test_a_seat_of_one_session_opens_no_other() -> None:
    scene = scenes.build()
    seat = seat_of(scene.cast.tom, scene.closed.channel)
    found = answers({"participant": seat}, scene.running.channel)
    assert admitted(found) == {"fragment": set(), "stream": set()}


def test_a_right_that_ended_ends_the_screen() -> None:
    """A guest after closing, a new password, a closed account; who joined stays, whoever leaves the group."""
    scene = scenes.build()
    channel = scene.running.channel
    seats = {role: seat_of(scene.person(role), channel) for role in ("guest", "participant", "presenter")}
    assert admitted(answers(seats, channel))["fragment"] == {"guest", "participant", "presenter"}
    tom, samir = scene.cast.tom, scene.cast.samir
    tom.set_password("een heel nieuw wachtwoord")
    tom.save()
    User.objects.filter(pk=samir.pk).update(is_active=False)
    session = scene.running
    session.close(seen=session.position, by=scene.cast.noor, at=timezone.now())
    assert admitted(answers(seats, channel)) == {"fragment": set(), "stream": set()}


def test_a_guest_waits_for_everybodys_yes_again_when_somebody_joins() -> None:
    scene = scenes.build()
    channel = scene.running.channel
    seats = {role: seat_of(scene.person(role), channel) for role in ("guest", "late")}
    assert admitted(answers(seats, channel))["fragment"] == {"guest"}
    scene.running.join(scene.cast.late, timezone.now())
    assert admitted(answers(seats, channel))["fragment"] == {"late"}
    scene.guest_row.answer_yes(scene.running.participant_of(scene.cast.late))
    assert admitted(answers(seats, channel))["fragment"] == {"guest", "late"}


def test_finding_one_session_gives_whom_the_list_gives() -> None:
    """``visible_one`` takes a short way for whoever took part: it may open nothing more, and nothing less."""
    scene = scenes.build()
    for state in ("lobby", "running", "closed", "cancelled"):
        Session.objects.filter(pk=scene.running.pk).update(state=state)
        for session in Session.objects.all():
            for role in ROLES:
                user = scene.person(role)
                listed = Session.objects.visible_to(user).filter(pk=session.pk).exists()
                found = Session.objects.visible_one(user, session.pk)
                assert (found is not None) == listed, (state, session, role)
    assert Session.objects.visible_one(AnonymousUser(), scene.running.pk) is None  # type: ignore[arg-type]
    assert Session.objects.visible_one(scene.person("facilitator"), 999_999) is None
