"""Who comes into a session under way: members of the day it opened, beside colleagues they do not lead."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from coaching.intervision.live import SessionScreens
from coaching.intervision.models import Session
from coaching.lib.live.source import Look
from schools.models import Role, RoleHeld, User
from tests.people import Cast, again, make_meeting, make_place, make_session

from .play import AT, fresh

SECRET = "Hoe houd ik het vol?"


def browser(person: User) -> Client:
    client = Client()
    client.force_login(again(person))
    return client


def tries_to_join(person: User, session: Session) -> int:
    """The status of joining, after which nothing of the session may be read."""
    client = browser(person)
    status = client.post(f"/sessie/{session.pk}/meedoen/").status_code
    page = client.get(f"/sessie/{session.pk}/").content.decode()
    assert SECRET not in page
    assert not session.participants.filter(person=person).exists()
    return status


@pytest.fixture
def running(cast: Cast) -> Session:
    """Everybody but Lieke and Esra is in it."""
    session = make_session(make_meeting(cast.group), [cast.noor, cast.samir, cast.tom], running=True)
    session.put(question=SECRET)
    return session


def test_a_member_who_is_late_still_joins(cast: Cast, running: Session) -> None:
    client = browser(cast.lieke)
    assert client.post(f"/sessie/{running.pk}/meedoen/").status_code == 302
    assert SECRET in client.get(f"/sessie/{running.pk}/").content.decode()


def test_who_became_a_member_on_a_later_day_does_not_join_what_was_left_running(
    cast: Cast, running: Session
) -> None:
    Session.objects.filter(pk=running.pk).update(made_at=timezone.now() - dt.timedelta(days=1))
    make_place(cast.group, cast.late, joined=timezone.localdate())
    assert tries_to_join(cast.late, running) == 404


def test_a_coordinator_who_empties_the_group_does_not_get_in(cast: Cast, running: Session) -> None:
    client = browser(cast.karin)
    client.post(f"/groepen/{cast.group.pk}/erbij/", {"membership": cast.karin.memberships.get().pk})
    for place in cast.group.members.current():
        client.post(f"/groepslid/{place.pk}/eruit/")
    assert cast.group.has_member(cast.karin)
    assert tries_to_join(cast.karin, running) == 403


def test_a_member_who_became_director_does_not_sit_with_people_they_lead(
    cast: Cast, running: Session
) -> None:
    RoleHeld.objects.create(membership=cast.lieke.memberships.get(), role=Role.DIRECTOR)
    assert tries_to_join(cast.lieke, running) == 404
    assert browser(cast.lieke).get(f"/bijeenkomst/{running.meeting_id}/sessie/").status_code == 403


def test_who_left_the_group_while_the_lobby_waited_takes_no_part(cast: Cast) -> None:
    session = make_session(make_meeting(cast.group), cast.members)
    session.put(timekeeper=session.participants.get(person=cast.tom))
    cast.group.members.get(membership__person=cast.tom).leave(AT)
    assert browser(cast.tom).get(f"/sessie/{session.pk}/").status_code == 404
    session = fresh(session)
    session.start(cast.noor, AT)
    session.put(question=SECRET)
    assert tries_to_join(cast.tom, session) == 404
    assert fresh(session).timekeeper is None
    assert session.participants.count() == 4


def test_who_leaves_the_group_during_the_session_stays_in_it(cast: Cast, running: Session) -> None:
    cast.group.members.get(membership__person=cast.tom).leave(AT)
    assert SECRET in browser(cast.tom).get(f"/sessie/{running.pk}/").content.decode()


def test_only_who_hears_the_agreement_read_agrees_aloud(cast: Cast) -> None:
    """Lieke is not here: she is asked when she comes, and nobody can agree for her."""
    session = make_session(make_meeting(cast.group), [cast.noor, cast.samir])
    lobby = browser(cast.noor).get(f"/sessie/{session.pk}/").content.decode()
    places = {place.person: place for place in cast.group.current_members()}
    samir, lieke = (
        f"/sessie/{session.pk}/mondeling-akkoord/{places[who].pk}/" for who in (cast.samir, cast.lieke)
    )
    assert samir in lobby and lieke not in lobby
    assert browser(cast.noor).post(lieke, {"seen": 1}).status_code == 404
    assert not places[cast.lieke].acceptances.exists()
    assert browser(cast.noor).post(samir, {"seen": 2}).status_code == 409, "another text than the one read"
    browser(cast.noor).post(samir, {"seen": 1})
    assert places[cast.samir].acceptances.get().aloud_noted_by == cast.noor


def test_a_newcomer_who_is_dated_back_does_not_walk_into_yesterdays_session(
    cast: Cast, running: Session
) -> None:
    """Whoever manages the group may mend the date of a place, but the asking itself was later."""
    Session.objects.filter(pk=running.pk).update(made_at=timezone.now() - dt.timedelta(days=1))
    place = cast.group.members.get(membership__person=cast.esra)
    days_ago = timezone.localdate() - dt.timedelta(days=5)
    cast.group.members.filter(pk=place.pk).update(joined_on=days_ago, proposed_on=days_ago)
    assert Session.objects.visible_to(again(cast.esra)).filter(pk=running.pk).exists()
    cast.group.members.filter(pk=place.pk).update(proposed_on=timezone.localdate())
    assert tries_to_join(cast.esra, running) == 404


def test_a_closed_session_does_not_tell_who_is_in_the_group_now(cast: Cast, running: Session) -> None:
    names = ("Lieke", "Esra")
    running.close(seen=running.position, by=cast.noor, at=timezone.now())
    look = Look("participant", "nl", fresh(running).version)
    _version, html = SessionScreens().render(running.channel, look)
    assert not any(name in html for name in names)
    assert browser(cast.tom).get(f"/sessie/{running.pk}/digibord/").status_code == 302
