"""What the live layer learns of a session: who may watch, what each audience is shown, who is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session as LogIn
from django.test import Client
from django.utils import timezone

from coaching.intervision.live import SessionScreens
from coaching.intervision.models import Guest, Session, SessionParticipant
from coaching.intervision.screen import AUDIENCES
from coaching.intervision.writing import mark_tip, reveal, show_next_tip
from coaching.lib.live.seat import Seat, unsign
from coaching.lib.live.source import Look
from schools.models import LiveChange, User
from tests.people import Cast, again, log_in

from .play import AT, add, fresh, move_to, now_step, seat, session_at

SCREENS = SessionScreens()


def seat_of(person: User, session: Session) -> Seat:
    return Seat(session.channel, person.pk, person.get_session_auth_hash(), log_in(person))


def admit(seat: Seat) -> Look | None:
    return SCREENS.admit([seat])[0]


def audience(person: User, session: Session) -> str | None:
    admitted = admit(seat_of(person, session))
    return admitted.audience if admitted else None


# -- who may watch -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"), [("noor", "facilitator"), ("samir", "presenter"), ("tom", "participant")]
)
def test_who_takes_part_is_admitted_in_their_role(cast: Cast, name: str, expected: str) -> None:
    assert audience(getattr(cast, name), session_at(cast, "problem", presenter=cast.samir)) == expected


@pytest.mark.parametrize("state", ["lobby", "running", "closed", "cancelled"])
@pytest.mark.parametrize("name", ["late", "gone", "ilse", "karin", "hanneke", "bram", "olaf", "vera"])
def test_nobody_else_is_admitted(cast: Cast, name: str, state: str) -> None:
    session = session_at(cast, "problem")
    session.put(state=state)
    assert audience(getattr(cast, name), session) is None


def test_a_member_who_has_not_joined_is_not_admitted(cast: Cast) -> None:
    session = session_at(cast, "problem")
    session.participants.filter(person=cast.tom).delete()
    assert audience(cast.tom, session) is None


def test_a_guest_watches_while_everybodys_yes_stands(cast: Cast) -> None:
    session = session_at(cast, "problem")
    guest = Guest.objects.create(session=session, person=cast.olaf)
    for participant in session.participants.all():
        guest.answer_yes(participant)
    session.join(cast.olaf, AT)
    assert audience(cast.olaf, session) == "participant"
    guest.answers.first().delete()  # type: ignore[union-attr]
    assert audience(cast.olaf, session) is None


def test_a_log_in_that_ended_admits_nobody(cast: Cast) -> None:
    session = session_at(cast, "problem")
    old = seat_of(cast.tom, session)
    cast.tom.set_password("een-nieuw-wachtwoord")
    cast.tom.save()
    assert admit(old) is None
    assert admit(seat_of(again(cast.tom), session)) is not None
    User.objects.filter(pk=cast.tom.pk).update(is_active=False)
    assert admit(seat_of(again(cast.tom), session)) is None


def test_logging_out_ends_the_screens_of_that_log_in_alone(cast: Cast) -> None:
    """On a shared computer the cookie of the screen stays behind in the browser."""
    session = session_at(cast, "problem")
    here, elsewhere = Client(), seat_of(cast.tom, session)
    here.force_login(cast.tom)
    left_behind = unsign(here.get(f"/sessie/{session.pk}/").cookies["live"].value)
    assert left_behind is not None and admit(left_behind) is not None
    here.post("/uitloggen/")
    assert admit(left_behind) is None
    assert admit(elsewhere) is not None


def test_a_log_in_that_ran_out_admits_nobody(cast: Cast) -> None:
    mine = seat_of(cast.tom, session_at(cast, "problem"))
    LogIn.objects.filter(session_key=mine.log_in).update(expire_date=AT - dt.timedelta(days=400))
    assert admit(mine) is None


def test_a_log_in_that_was_left_alone_admits_nobody(cast: Cast, settings: Any) -> None:
    """As long as a page of it would open, and no longer; what the screen itself asks for keeps it going."""
    session = session_at(cast, "problem")
    browser, elsewhere = Client(), seat_of(cast.samir, session)
    browser.force_login(cast.tom)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mine = unsign(browser.get(f"/sessie/{session.pk}/").cookies["live"].value)
        assert mine is not None
        for _ in range(2):
            clock.shift(dt.timedelta(minutes=settings.IDLE_MINUTES - 1))
            assert admit(mine) is not None
            browser.get(f"/sessie/{session.pk}/mijn/")
        clock.shift(dt.timedelta(minutes=settings.IDLE_MINUTES, seconds=1))
        assert admit(mine) is None
        assert browser.get(f"/sessie/{session.pk}/").status_code == 302
        assert admit(elsewhere) is not None  # never stamped: it has only just begun


def test_a_stamp_is_read_once_however_often_it_is_asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = seat_of(cast.tom, session_at(cast, "problem"))
    assert admit(mine) is not None
    monkeypatch.setattr("coaching.intervision.live.SessionStore", None)
    assert admit(mine) is not None


def test_many_seats_are_checked_together_and_kept_apart(cast: Cast) -> None:
    """One without a place in its session, one with somebody else's log-in hash, and two that are right."""
    first = session_at(cast, "problem", presenter=cast.samir)
    right, also = seat_of(cast.tom, first), seat_of(cast.samir, first)
    stranger, forged = seat_of(cast.olaf, first), replace(right, auth_hash=also.auth_hash)
    found = SCREENS.admit([stranger, right, forged, also])
    assert [look.audience if look else None for look in found] == [None, "participant", None, "presenter"]


def test_the_language_is_the_persons(cast: Cast) -> None:
    session = session_at(cast, "problem")
    User.objects.filter(pk=cast.tom.pk).update(language="en")
    admitted = admit(seat_of(again(cast.tom), session))
    assert admitted is not None and admitted.language == "en"


def test_only_the_board_shows_everybody(cast: Cast) -> None:
    assert [each for each in AUDIENCES if SCREENS.shows_everybody(each)] == ["board"]


# -- what is shown -----------------------------------------------------------------------------------------


def shown(session: Session, to: str) -> str:
    version, html = SessionScreens().render(session.channel, Look(to, "nl", session.version))
    assert version == fresh(session).version
    return html


@pytest.mark.parametrize("to", AUDIENCES)
def test_hidden_cards_are_on_no_screen_until_shown(cast: Cast, to: str) -> None:
    session = session_at(cast, "hypothesis", presenter=cast.samir)
    add(session, cast.tom, "kanarie-een")
    add(session, cast.lieke, "kanarie-twee", written_by=seat(session, cast.noor))
    assert "kanarie" not in shown(session, to)
    reveal(fresh(session), now_step(session), AT)
    html = shown(session, to)
    assert "kanarie-een" in html and "kanarie-twee" in html


@pytest.mark.parametrize("to", AUDIENCES)
def test_the_parade_shows_no_tip_before_its_turn(cast: Cast, to: str) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    add(session, cast.tom, "kanarie-tom")
    add(session, cast.esra, "kanarie-esra")
    show_next_tip(fresh(session), now_step(session), AT, seen=0)
    html = shown(session, to)
    assert "kanarie-tom" in html and "kanarie-esra" not in html


@pytest.mark.parametrize("to", AUDIENCES)
def test_what_stayed_hidden_stays_hidden_afterwards(cast: Cast, to: str) -> None:
    session = session_at(cast, "hypothesis")
    add(session, cast.tom, "kanarie")
    for key in ("tip_parade", "action_plan", "close"):
        session = move_to(session, key, cast.noor)
        assert "kanarie" not in shown(session, to), key


@pytest.mark.parametrize("one_laptop", [False, True])
@pytest.mark.parametrize("to", AUDIENCES)
def test_marks_are_the_presenters(cast: Cast, to: str, one_laptop: bool) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    session.put(one_laptop=one_laptop)
    add(session, cast.tom, "Ik zou aftellen.")
    card = show_next_tip(fresh(session), now_step(session), AT, seen=0)
    assert card is not None
    mark_tip(card, "pick")
    sees = to == "presenter" or (to == "facilitator" and one_laptop)
    assert ("aria-pressed" in shown(session, to)) == sees


@pytest.mark.parametrize("to", AUDIENCES)
def test_only_the_facilitator_has_the_dock(cast: Cast, to: str) -> None:
    session = session_at(cast, "analysis")
    assert ("/verder/" in shown(session, to)) == (to == "facilitator")


@pytest.mark.parametrize("language", ["nl", "en", "xx"])
def test_the_screen_is_made_in_the_language_asked_for(cast: Cast, language: str) -> None:
    session = session_at(cast, "problem")
    _version, html = SessionScreens().render(session.channel, Look("participant", language, session.version))
    assert ("Problem" if language == "en" else "Probleem") in html


# -- versions and changes ----------------------------------------------------------------------------------


def test_the_version_is_the_sessions(cast: Cast) -> None:
    session = session_at(cast)
    found = admit(seat_of(cast.tom, session))
    assert found is not None and found.version == fresh(session).version
    assert admit(Seat("999999", cast.tom.pk, cast.tom.get_session_auth_hash(), log_in(cast.tom))) is None


def test_changes_come_with_ids_only(cast: Cast) -> None:
    session = session_at(cast)
    last, none = SCREENS.changes_since(-1)
    assert none == []
    session.put(question="kanarie")
    newest, rows = SCREENS.changes_since(last)
    assert rows == [(session.channel, fresh(session).version)]
    assert SCREENS.changes_since(newest) == (newest, [])
    assert not LiveChange.objects.filter(channel__contains="kanarie").exists()


# -- who is there ------------------------------------------------------------------------------------------


@pytest.fixture
def session(cast: Cast) -> Session:
    """Running; everybody's screen is connected."""
    session = session_at(cast, "analysis")
    SCREENS.seen({(session.channel, person.pk) for person in cast.members})
    return fresh(session)


def place(session: Session, person: User) -> SessionParticipant:
    return seat(session, person)


def later(seconds: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=seconds)


def beat(session: Session, people: list[User], seconds: int) -> int:
    """These screens report themselves after so many seconds; returns by how much the version rose."""
    before = fresh(session).version
    with time_machine.travel(later(seconds), tick=False):
        SCREENS.seen({(session.channel, person.pk) for person in people})
    return fresh(session).version - before


def test_a_beat_of_the_same_screens_changes_nothing(cast: Cast, session: Session) -> None:
    assert beat(session, cast.members, 30) == 0
    assert place(session, cast.tom).seen_at > timezone.now()


def test_who_comes_back_is_shown(cast: Cast, session: Session) -> None:
    before = session.version
    SCREENS.left({(session.channel, cast.tom.pk)})
    assert fresh(session).version == before + 1
    assert not place(session, cast.tom).connected
    SCREENS.left({(session.channel, cast.tom.pk)})
    assert fresh(session).version == before + 1
    assert beat(session, [cast.tom], 5) == 1
    assert place(session, cast.tom).connected


def test_a_stranger_in_the_list_changes_nothing(cast: Cast, session: Session) -> None:
    assert beat(session, [cast.ilse], 5) == 0
    SCREENS.left({(session.channel, cast.ilse.pk)})
    assert fresh(session).version == session.version


@pytest.mark.parametrize(("seconds", "gone"), [(30, False), (58, False), (62, True), (600, True)])
def test_a_facilitator_without_a_screen_is_gone_after_a_minute(
    cast: Cast, session: Session, seconds: int, gone: bool
) -> None:
    SCREENS.left({(session.channel, cast.noor.pk)})
    beat(session, [cast.tom], seconds)
    assert fresh(session).facilitator_gone == gone
    assert fresh(session).can_be_taken_over_by(cast.tom) == gone


def test_gone_is_told_once(cast: Cast, session: Session) -> None:
    SCREENS.left({(session.channel, cast.noor.pk)})
    assert [beat(session, [cast.tom], seconds) for seconds in (62, 70, 90)] == [1, 0, 0]


def test_a_facilitator_who_returns_is_there_again(cast: Cast, session: Session) -> None:
    SCREENS.left({(session.channel, cast.noor.pk)})
    beat(session, [cast.tom], 62)
    assert beat(session, [cast.noor], 70) == 1
    assert not fresh(session).facilitator_gone


@pytest.mark.parametrize("seconds", [62, 600])
def test_a_facilitator_with_a_screen_is_never_gone(cast: Cast, session: Session, seconds: int) -> None:
    beat(session, [cast.tom], seconds)
    assert not fresh(session).facilitator_gone


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_after_the_end_presence_changes_nothing(cast: Cast, session: Session, state: str) -> None:
    session.put(state=state)
    before = fresh(session).version
    SCREENS.left({(session.channel, cast.tom.pk)})
    beat(session, [cast.noor], 62)
    assert fresh(session).version == before
