"""An outside consultant in one session: let in by everybody, gone when somebody has not said yes, or it closes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from coaching.intervision.models import Contribution, Guest, Session
from coaching.intervision.roles import assign
from coaching.intervision.writing import choose_case
from coaching.lib.states import MoveRefused
from schools.models import Membership, Role
from tests.people import Cast, make_membership

from .play import AT, Play, add, fresh, move_to, seat, session_at


def ask(session: Session, cast: Cast) -> Guest:
    return Guest.objects.create(session=session, person=cast.olaf, invited_by=cast.noor)


def all_say_yes(guest: Guest) -> None:
    for participant in guest.session.participants.filter(guest=False):
        guest.answer_yes(participant)


@pytest.fixture
def session(cast: Cast) -> Session:
    return session_at(cast, "choice", presenter=cast.samir)


@pytest.fixture
def guest(cast: Cast, session: Session) -> Guest:
    """Olaf: welcomed by everybody, and in."""
    guest = ask(session, cast)
    all_say_yes(guest)
    session.join(cast.olaf, AT)
    return guest


def may_see(cast: Cast, session: Session) -> bool:
    return Session.objects.visible_to(cast.olaf).filter(pk=session.pk).exists()


def test_a_guest_is_in_when_the_last_one_says_yes(cast: Cast, session: Session) -> None:
    guest = ask(session, cast)
    for number, participant in enumerate(session.participants.all()):
        assert not may_see(cast, session), number
        guest.answer_yes(participant)
    assert may_see(cast, session) and session.can_be_joined_by(cast.olaf)


def test_who_joins_is_a_guest(cast: Cast, session: Session, guest: Guest) -> None:
    assert seat(session, cast.olaf).guest
    assert session.is_attended_by(cast.olaf)


def test_a_yes_twice_is_one_yes(cast: Cast, session: Session) -> None:
    guest = ask(session, cast)
    for _ in range(2):
        guest.answer_yes(seat(session, cast.tom))
    assert guest.answers.count() == 1


def test_somebody_who_joins_later_suspends_the_guest(cast: Cast, session: Session, guest: Guest) -> None:
    add(session, cast.tom, "Ik wil het hebben over overgangen.")
    assert Contribution.objects.visible_to(cast.olaf).exists()
    session.participants.filter(person=cast.esra).delete()
    all_say_yes(guest)
    late = session.join(cast.esra, AT)
    assert not may_see(cast, session)
    assert not Contribution.objects.visible_to(cast.olaf).exists()
    guest.answer_yes(late)
    assert may_see(cast, session)
    assert Contribution.objects.visible_to(cast.olaf).exists()


def test_an_empty_session_lets_nobody_in(cast: Cast, session: Session) -> None:
    ask(session, cast)
    session.participants.all().delete()
    assert not may_see(cast, session)


def test_the_guests_own_place_needs_no_yes(cast: Cast, session: Session, guest: Guest) -> None:
    assert Guest.objects.accepted().filter(pk=guest.pk).exists()


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_after_it_ends_nothing_of_it_is_the_guests(
    cast: Cast, session: Session, guest: Guest, state: str
) -> None:
    card = add(session, cast.olaf, "Ik herken dit.")
    client = Client()
    client.force_login(cast.olaf)
    assert client.get(f"/sessie/{session.pk}/").status_code == 200
    session.put(state=state)
    for address in ("", "mijn/", "digibord/", "qr.svg", "stap/1/"):
        assert client.get(f"/sessie/{session.pk}/{address}").status_code == 404, address
    assert client.post(f"/sessie/{session.pk}/schrijf/", {"text": "Nog iets."}).status_code == 404
    assert client.post(f"/kaart/{card.pk}/weg/").status_code == 404
    assert not Contribution.objects.visible_to(cast.olaf).exists()
    assert not fresh(session).is_attended_by(cast.olaf)


def test_the_group_asks_a_guest_in_the_lobby(cast: Cast) -> None:
    play = Play(session_at(cast), cast.members)
    play.press(cast.tom, "gast", person=cast.olaf.pk)
    guest = Guest.objects.get()
    assert (guest.person, guest.invited_by) == (cast.olaf, cast.tom)
    play.post(cast.lieke, f"/gast/{guest.pk}/akkoord/")
    assert guest.answers.get().participant == seat(play.session, cast.lieke)
    assert "Olaf Berg" in play.read(cast.esra)


def test_a_guest_is_asked_once(cast: Cast) -> None:
    play = Play(session_at(cast), cast.members)
    play.press(cast.tom, "gast", person=cast.olaf.pk)
    play.press(cast.noor, "gast", 422, person=cast.olaf.pk)
    assert Guest.objects.count() == 1


@pytest.mark.parametrize("name", ["ilse", "hanneke", "karin", "vera"])
def test_only_a_consultant_of_the_school_can_be_asked(cast: Cast, name: str) -> None:
    play = Play(session_at(cast), cast.members)
    play.press(cast.noor, "gast", 422, person=getattr(cast, name).pk)
    assert not Guest.objects.exists()


def test_a_consultant_who_left_the_school_is_not_asked(cast: Cast) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(person=cast.olaf).update(valid_until=yesterday)
    Play(session_at(cast), cast.members).press(cast.noor, "gast", 422, person=cast.olaf.pk)
    assert not Guest.objects.exists()


def test_a_consultant_with_two_memberships_is_asked_once(cast: Cast) -> None:
    Membership.objects.filter(person=cast.olaf).update(valid_until=timezone.localdate())
    make_membership(cast.olaf, cast.zandplaat, Role.CONSULTANT, since=timezone.localdate())
    Play(session_at(cast), cast.members).press(cast.noor, "gast", person=cast.olaf.pk)
    assert Guest.objects.count() == 1


def test_who_does_not_take_part_answers_nothing(cast: Cast, session: Session) -> None:
    guest = ask(session, cast)
    for person, status in ((cast.olaf, 403), (cast.ilse, 404), (cast.karin, 404), (cast.late, 404)):
        client = Client()
        client.force_login(person)
        assert client.post(f"/gast/{guest.pk}/akkoord/").status_code == status
    assert not guest.answers.exists()


def test_a_yes_after_closing_is_none(cast: Cast, session: Session) -> None:
    guest = ask(session, cast)
    session.put(state="closed")
    Play(session, cast.members).post(cast.tom, f"/gast/{guest.pk}/akkoord/", 403)
    assert not guest.answers.exists()


def test_a_guest_who_was_not_let_in_does_not_join(cast: Cast, session: Session) -> None:
    ask(session, cast)
    client = Client()
    client.force_login(cast.olaf)
    assert client.post(f"/sessie/{session.pk}/meedoen/").status_code == 404
    assert not session.participants.filter(person=cast.olaf).exists()


@pytest.mark.parametrize("key", ["action_plan", "close"])
def test_a_guest_is_offered_nothing_to_take_home(
    session: Session, guest: Guest, cast: Cast, key: str
) -> None:
    move_to(fresh(session), key, cast.noor)
    for person, offered in ((cast.tom, True), (cast.olaf, False)):
        browser = Client()
        browser.force_login(person)
        page = browser.get(f"/sessie/{session.pk}/mijn/").content.decode()
        assert ("/pap/" in page or "/geleerd/" in page) == offered, page


def test_a_guest_brings_in_no_case_and_gives_no_roles(session: Session, guest: Guest, cast: Cast) -> None:
    card = add(session, cast.olaf, "Mijn eigen vraag.")
    with pytest.raises(MoveRefused):
        choose_case(fresh(session), card)
    with pytest.raises(MoveRefused):
        assign(fresh(session), "presenter", seat(session, cast.olaf))
    Session.objects.filter(pk=session.pk).update(state="lobby", presenter=None)
    browser = Client()
    browser.force_login(cast.olaf)
    mine = {"role": "facilitator", "participant": seat(session, cast.olaf).pk}
    assert browser.post(f"/sessie/{session.pk}/rol/", mine).status_code == 403
    assert fresh(session).facilitator == seat(session, cast.noor)
