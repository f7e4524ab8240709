"""A consultant's access ends with the hand-over, at every address: the whole table, before it and after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.intervision.live import SessionScreens
from coaching.intervision.models import Session
from coaching.introduction.handing_over import hand_over_now, settle_hand_overs
from coaching.lib.live.seat import Seat
from schools.hand_over import consultants_of, move_day, until_hand_over
from schools.models import Invitation, Role, SchoolYear, Trajectory
from tests.people import again, log_in
from tests.scene import Scene
from tests.visits import Visits, visit
from tests.walk import ROWS, Row
from tests.walk_row import EVERYBODY

pytestmark = pytest.mark.django_db
CONSULTANTS = ("consultant", "guest", "was_guest")
GONE = "404"
OUTSIDE = frozenset([Role.CONSULTANT])
DAY = dt.timedelta(days=1)


def looks(scene: Scene, role: str) -> dict[str, str]:
    """What ``role`` gets by now at each page, and at each verb."""
    browser = Client()
    browser.force_login(scene.person(role))
    return {f"{row.id} {how}": got(row, scene, browser, how) for row in ROWS for how in ways(row)}


def ways(row: Row) -> list[str]:
    """A page is looked at; what can only be posted is posted."""
    return ["get"] if row.get else ["post"]


def got(row: Row, scene: Scene, browser: Client, how: str = "get") -> str:
    return visit(row, scene, browser, how).outcome


def expected(role: str) -> dict[str, str]:
    return {f"{row.id} {how}": row.expected(role) for row in ROWS for how in ways(row)}


def nothing_but_own() -> dict[str, str]:
    """Public pages and one's own account, the same for everybody: as for somebody who never was here."""
    rows = {f"{row.id} {how}": row for row in ROWS for how in ways(row)}
    return {name: row.expected("other") for name, row in rows.items()}


def press(scene: Scene) -> None:
    trajectory = Trajectory.objects.get(pk=scene.trajectory.pk)
    gone = hand_over_now(trajectory, scene.cast.hanneke, timezone.now())
    assert {person.pk for person in gone} == {scene.person(role).pk for role in CONSULTANTS}


def bind(scene: Scene) -> None:
    """The planned day stands in the stay of each consultant, as it does for a trajectory made on the site."""
    later = scene.trajectory.hand_over_on + dt.timedelta(days=1)
    trajectory = Trajectory.objects.get(pk=scene.trajectory.pk)
    move_day(trajectory, later, scene.cast.hanneke, timezone.now())
    move_day(trajectory, later - dt.timedelta(days=1), scene.cast.hanneke, timezone.now())


def test_at_every_address_before_and_after_somebody_hands_over(
    scene: Scene, clients: dict[str, Client], visits: Visits
) -> None:
    """The guest of a running session opens most; the other consultant never was in one."""
    known = [
        (row, how, visits.make(row, how, scene, {"guest": clients["guest"]})["guest"])
        for row in ROWS
        for how in ways(row)
    ]
    before = {f"{row.id} {how}": seen.outcome for row, how, seen in known}
    assert before == expected("guest")
    with transaction.atomic():
        press(scene)
        after = {role: looks(scene, role) for role in ("guest", "consultant")}
        transaction.set_rollback(True)
    assert after == dict.fromkeys(after, nothing_but_own())
    closed = [name for name in before if before[name] in ("in", "403") and after["guest"][name] == GONE]
    assert len(closed) > 50, "the table has to have something to close"
    assert not {row.id for row in ROWS if "other" in row.may.split() and row.may != EVERYBODY}


def test_it_ends_by_itself_on_the_planned_day_and_not_before(scene: Scene) -> None:
    """Nobody presses anything: the evening before it is open, from the first minute of the day it is closed."""
    day = scene.trajectory.hand_over_on
    pages = [row for row in ROWS if row.name in ("trajectory", "unit", "consents", "session") and row.get]
    pages = [row for row in pages if "guest" in row.may.split()]
    assert {row.name for row in pages} == {"trajectory", "unit", "consents", "session"}
    with transaction.atomic():
        bind(scene)
        for moment, opened in ((local(day, 0) - dt.timedelta(minutes=1), "in"), (local(day, 0), GONE)):
            with time_machine.travel(moment, tick=False):
                browser = Client()
                browser.force_login(scene.guest)
                assert {got(row, scene, browser) for row in pages} == {opened}
        transaction.set_rollback(True)


def test_on_the_planned_day_it_is_closed_everywhere(scene: Scene) -> None:
    with transaction.atomic():
        bind(scene)
        with time_machine.travel(local(scene.trajectory.hand_over_on, 8), tick=False):
            after = looks(scene, "guest")
        transaction.set_rollback(True)
    assert after == nothing_but_own()


def local(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def seat(scene: Scene) -> Seat:
    guest = scene.guest
    return Seat(scene.running.channel, guest.pk, guest.get_session_auth_hash(), log_in(guest))


def test_a_screen_that_is_open_gets_nothing_more(scene: Scene) -> None:
    """And the group's screens are told, so that the guest's asks anew at once."""
    with transaction.atomic():
        screens, place = SessionScreens(), seat(scene)
        assert screens.admit([place])[0] is not None
        version = Session.objects.get(pk=scene.running.pk).version
        press(scene)
        assert screens.admit([place]) == [None]
        assert Session.objects.get(pk=scene.running.pk).version > version
        transaction.set_rollback(True)


INVITED_AGAIN: list[tuple[str, Callable[[Row], bool], str]] = [
    ("the trainings, as a consultant of today", lambda row: row.name == "trainings", "in"),
    ("not the plan, which is the school's own by now", lambda row: row.name == "trajectory", "403"),
    ("nor the paper of it", lambda row: row.name == "trajectory_pdf", "403"),
    ("not the session they were a guest in before", lambda row: row.id == "session-running", GONE),
]


@pytest.mark.parametrize(("what", "which", "outcome"), INVITED_AGAIN, ids=[each[0] for each in INVITED_AGAIN])
def test_invited_again_they_come_in_anew(
    scene: Scene, what: str, which: Callable[[Row], bool], outcome: str
) -> None:
    with transaction.atomic():
        press(scene)
        scene.cast.zandplaat.memberships.create(person=scene.guest).roles.create(role=Role.CONSULTANT)
        browser = Client()
        browser.force_login(again(scene.guest))
        rows = [row for row in ROWS if which(row) and row.get]
        assert rows and {got(row, scene, browser) for row in rows} == {outcome}
        transaction.set_rollback(True)


def test_invited_again_they_do_not_stay_for_ever(scene: Scene) -> None:
    """And find no plan where it was: it was handed over."""
    with transaction.atomic():
        assert until_hand_over(scene.school, OUTSIDE, None) == scene.trajectory.last_day_of_access
        press(scene)
        ends = SchoolYear(starts=SchoolYear.start_of(timezone.localdate())).last_day
        assert until_hand_over(scene.school, OUTSIDE, None) == ends
        assert until_hand_over(scene.school, OUTSIDE, ends + DAY) == ends + DAY
        assert until_hand_over(scene.school, frozenset([Role.TEACHER]), None) is None
        assert until_hand_over(scene.cast.duin, OUTSIDE, None) is None, "nothing was handed over there"
        scene.cast.zandplaat.memberships.create(person=scene.guest).roles.create(role=Role.CONSULTANT)
        browser = Client()
        browser.force_login(again(scene.guest))
        page = browser.get(reverse("introduction", args=[scene.school.pk])).content.decode()
        assert "Het is overgedragen" in page and scene.trajectory.goal not in page
        transaction.set_rollback(True)


def test_a_stay_that_was_never_bound_ends_with_the_day_too(scene: Scene) -> None:
    """A staff list that is taken back, or an import, may have left it without an end."""
    with transaction.atomic():
        later = scene.cast.zandplaat.memberships.create(person=scene.person("other"))
        later.roles.create(role=Role.CONSULTANT)
        day = scene.trajectory.hand_over_on
        type(later).objects.filter(pk=later.pk).update(valid_from=day)
        with time_machine.travel(local(day, 3), tick=False):
            settle_hand_overs(timezone.now())
            stays = {each.person for each in consultants_of(scene.school, day)}
        assert stays == {later.person}, "who was invited since stays"
        transaction.set_rollback(True)


def test_what_follows_a_day_that_came_by_itself_is_settled_in_the_night(scene: Scene) -> None:
    with transaction.atomic():
        bind(scene)
        with time_machine.travel(local(scene.trajectory.hand_over_on, 3), tick=False):
            assert settle_hand_overs(timezone.now()) == 1
            assert settle_hand_overs(timezone.now()) == 0
            assert not scene.running.guests.filter(person=scene.guest).exists()
            assert Trajectory.objects.get(pk=scene.trajectory.pk).handed_over_by is None
        transaction.set_rollback(True)


def test_a_waiting_invitation_opens_nothing_after_it(scene: Scene) -> None:
    with transaction.atomic():
        waiting = Invitation.objects.create(
            school=scene.school,
            email="nog@advies.example",
            name="Nog Een",
            role=Role.CONSULTANT,
            token_hash="x",
            expires_at=timezone.now() + dt.timedelta(days=9),
        )
        press(scene)
        waiting.refresh_from_db()
        assert waiting.revoked_at is not None
        transaction.set_rollback(True)
