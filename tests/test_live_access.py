"""The two addresses of /live/, outside Django's request handling: every role with a seat of their own."""

from __future__ import annotations

import asyncio
import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from coaching.intervision.live import SessionScreens
from coaching.intervision.models import Contribution, Guest, Session
from coaching.lib.live.app import LiveApp
from coaching.lib.live.hub import Hub
from coaching.lib.live.seat import Seat
from schools.models import Role, RoleHeld, User
from tests import scene as scenes
from tests.lib.live_scene import Visit, cookie
from tests.people import again, log_in
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


def opens_alike(user: User, session: Session) -> bool:
    """Whether ``user`` gets in; by the list, by the way of a page, and by the way of a screen it is the same."""
    listed = Session.objects.visible_to(user).filter(pk=session.pk).exists()
    found = Session.objects.visible_one(user, session.pk)
    assert (found is not None) == listed, (user, session.state, session.pk)
    takes_part = session.participants.filter(person=user).exists()
    admitted = SessionScreens().admit([seat_of(user, session.channel)])[0]
    assert (admitted is not None) == (listed and takes_part), (user, session.state, session.pk)
    return listed


def test_a_page_and_a_screen_open_to_whom_the_list_shows_it() -> None:
    """Both take a short way for whoever took part: it may open nothing more, and nothing less."""
    scene = scenes.build()
    for state in ("lobby", "running", "closed", "cancelled"):
        Session.objects.filter(pk=scene.running.pk).update(state=state)
        for session in Session.objects.all():
            for role in ROLES:
                opens_alike(scene.person(role), session)
    assert Session.objects.visible_one(AnonymousUser(), scene.running.pk) is None  # type: ignore[arg-type]
    assert Session.objects.visible_one(scene.person("facilitator"), 999_999) is None


def test_who_left_the_group_in_the_lobby_is_shown_out() -> None:
    scene = scenes.build()
    Session.objects.filter(pk=scene.running.pk).update(state="lobby")
    session = Session.objects.get(pk=scene.running.pk)
    assert opens_alike(scene.cast.tom, session)
    scene.cast.group.members.filter(membership__person=scene.cast.tom).update(left_on=timezone.localdate())
    assert not opens_alike(scene.cast.tom, session)


def leave_school(person: User, last_day: dt.date) -> None:
    person.memberships.update(valid_until=last_day)


@pytest.mark.parametrize("state", ["lobby", "running"])
@pytest.mark.parametrize("who", ["participant", "facilitator", "guest"])
def test_who_leaves_the_school_is_shown_out(state: str, who: str) -> None:
    """At once, by every way in; their own words included, and nobody waits for their yes or says it for them."""
    scene = scenes.build()
    Session.objects.filter(pk=scene.running.pk).update(state=state)
    session, person = Session.objects.get(pk=scene.running.pk), scene.person(who)
    leave_school(person, timezone.localdate())
    assert opens_alike(person, session)  # the last day is still one
    leave_school(person, timezone.localdate() - dt.timedelta(days=1))
    assert not opens_alike(again(person), Session.objects.get(pk=session.pk))
    assert not Contribution.objects.visible_to(person).filter(step__session=session).exists()
    assert who == "guest" or not Guest.objects.visible_to(person).filter(session=session).exists()


def test_who_left_the_school_keeps_a_session_they_were_in_until_its_end() -> None:
    """Until clean-up, as everybody who was in it; not one that went on without them."""
    scene = scenes.build()
    tom, closed = scene.cast.tom, timezone.localdate(scene.closed.closed_at)
    leave_school(tom, closed)
    assert opens_alike(again(tom), Session.objects.get(pk=scene.closed.pk))
    leave_school(tom, closed - dt.timedelta(days=1))
    assert not opens_alike(again(tom), Session.objects.get(pk=scene.closed.pk))


def test_a_closed_account_opens_no_session() -> None:
    scene = scenes.build()
    User.objects.filter(pk=scene.cast.tom.pk).update(is_active=False)
    for session in (scene.running, scene.closed):
        assert not opens_alike(again(scene.cast.tom), Session.objects.get(pk=session.pk))


@pytest.mark.parametrize("state", ["lobby", "running", "closed"])
@pytest.mark.parametrize("who", ["participant", "guest"])
def test_who_comes_to_lead_the_others_is_shown_out(state: str, who: str) -> None:
    """A colleague or a guest who becomes director: from that moment nothing of the session is theirs to see."""
    scene = scenes.build()
    Session.objects.filter(pk=scene.running.pk).update(state=state)
    session, person = Session.objects.get(pk=scene.running.pk), scene.person(who)
    assert opens_alike(person, session) == (who == "participant" or state != "closed")
    membership = person.memberships.get(school=scene.cast.zandplaat)
    RoleHeld.objects.create(membership=membership, role=Role.DIRECTOR)
    assert not opens_alike(again(person), session)
