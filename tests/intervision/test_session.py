"""The session's own verbs: opening, moving, closing. Moments are passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from coaching.intervision.models import Session, SessionState, StaleStep, Step
from coaching.lib.states import MoveRefused, StaleMove
from popgroups.models import Attendance, MeetingState
from schools.models import Consent, HourLine, LineKind
from tests.people import Cast, make_meeting, make_method, make_session

from .play import AT, Play, fresh, move_to, seat, session_at


def after(seconds: float) -> dt.datetime:
    return AT + dt.timedelta(seconds=seconds)


def left(session: Session, at: dt.datetime) -> int:
    return fresh(session).left_seconds(at)


# -- opening -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [45, 60, 90])
def test_the_minutes_of_the_steps_are_scaled(cast: Cast, minutes: int) -> None:
    session = Session.open(make_meeting(cast.group), make_method(), minutes)
    planned = [step.planned_seconds for step in session.route]
    assert abs(sum(planned) - minutes * 60) <= 15 * len(planned)
    assert all(seconds >= 60 and seconds % 30 == 0 for seconds in planned)
    assert [step.minutes for step in session.route] == [max(1, round(s / 60)) for s in planned]


def test_without_minutes_the_steps_stay_as_the_method_has_them(cast: Cast) -> None:
    method = make_method()
    session = Session.open(make_meeting(cast.group), method)
    assert [s.planned_seconds for s in session.route] == [s.minutes * 60 for s in method.steps.all()]
    assert (session.state, session.position) == ("lobby", 0)


def test_a_later_edit_of_the_method_changes_no_session(cast: Cast) -> None:
    method = make_method()
    session = Session.open(make_meeting(cast.group), method, 60)
    before = [(s.key, s.title_nl, s.planned_seconds) for s in session.route]
    Step.objects.filter(method=method).update(title_nl="Anders", minutes=1)
    Step.objects.filter(method=method, order=8).delete()
    assert [(s.key, s.title_nl, s.planned_seconds) for s in fresh(session).route] == before


def test_a_meeting_has_one_session_at_a_time(cast: Cast) -> None:
    meeting = make_meeting(cast.group)
    first = Session.open(meeting, make_method())
    with pytest.raises(MoveRefused, match="just opened"), transaction.atomic():
        Session.open(meeting, make_method())
    first.cancel(None, AT)
    assert Session.open(meeting, make_method()).state == SessionState.LOBBY


def test_a_cancelled_meeting_opens_no_session(cast: Cast) -> None:
    meeting = make_meeting(cast.group)
    meeting.cancel(AT)
    with pytest.raises(MoveRefused, match="cancelled"):
        Session.open(meeting, make_method())
    assert not Session.objects.exists()


def test_who_guides_does_not_present(cast: Cast) -> None:
    session = session_at(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        session.put(presenter=seat(session, cast.noor))
    assert fresh(session).presenter is None


def test_joining_twice_is_one_place(cast: Cast) -> None:
    session = session_at(cast)
    version = session.version
    session.join(cast.tom, AT)
    assert session.participants.count() == 5
    assert fresh(session).version == version


# -- starting and moving -----------------------------------------------------------------------------------


def test_start_sets_the_clock_of_the_first_step(cast: Cast) -> None:
    session = session_at(cast)
    session.start(cast.noor, AT)
    session = fresh(session)
    assert (session.state, session.position, session.started_at) == ("running", 1, AT)
    assert session.left_seconds(AT) == session.route[0].planned_seconds
    assert [(m.before, m.after) for m in session.moves.all()] == [(0, 1)]


@pytest.mark.parametrize("state", ["running", "closed", "cancelled"])
def test_only_a_lobby_starts(cast: Cast, state: str) -> None:
    session = session_at(cast)
    session.put(state=state)
    with pytest.raises(StaleStep):
        fresh(session).start(cast.noor, AT)


def test_of_two_who_start_one_does(cast: Cast) -> None:
    session = session_at(cast)
    other = fresh(session)
    session.start(cast.noor, AT)
    with pytest.raises(StaleMove):
        other.start(cast.tom, after(1))
    assert fresh(session).started_at == AT


def test_a_method_without_steps_does_not_start(cast: Cast) -> None:
    session = session_at(cast)
    session.steps.all().delete()
    with pytest.raises(MoveRefused, match="no steps"):
        fresh(session).start(cast.noor, AT)


def test_go_moves_keeps_the_time_used_and_resets_the_clock(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    session.go(2, seen=1, by=cast.noor, at=after(200))
    session = fresh(session)
    assert session.position == 2
    assert session.route[0].used_seconds == 200
    assert session.left_seconds(after(200)) == session.route[1].planned_seconds
    assert session.moves.last().by == cast.noor  # type: ignore[union-attr]


@pytest.mark.parametrize("seen", [0, 2, 3, 8, 9])
def test_a_move_from_a_step_the_session_is_not_at_is_stale(cast: Cast, seen: int) -> None:
    session = session_at(cast, "look_back")
    with pytest.raises(StaleStep):
        session.go(2, seen=seen, by=cast.noor, at=AT)
    assert fresh(session).position == 1


@pytest.mark.parametrize("state", ["lobby", "closed", "cancelled"])
def test_only_a_running_session_moves(cast: Cast, state: str) -> None:
    session = session_at(cast, "look_back")
    session.put(state=state)
    with pytest.raises(StaleStep):
        session.go(2, seen=1, by=cast.noor, at=AT)
    assert fresh(session).position == 1


def test_a_move_to_a_step_that_is_not_there_is_stale(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    with pytest.raises(StaleStep):
        session.go(99, seen=1, by=cast.noor, at=AT)


def test_going_back_gives_the_rest_of_the_time(cast: Cast) -> None:
    session = move_to(session_at(cast, "analysis"), "hypothesis", cast.noor, after(60))
    session.go(4, seen=5, by=cast.noor, at=after(90))
    session = fresh(session)
    assert (session.position, session.previous_position()) == (4, 3)
    assert left(session, after(90)) == session.route[3].planned_seconds - 60


def test_going_back_to_a_step_that_was_used_up_gives_two_minutes(cast: Cast) -> None:
    session = move_to(session_at(cast, "analysis"), "hypothesis", cast.noor, after(5000))
    session.go(4, seen=5, by=cast.noor, at=after(5010))
    assert left(session, after(5010)) == 120


# -- which step follows ------------------------------------------------------------------------------------


def test_the_choice_is_skipped_when_the_presenter_is_known(cast: Cast) -> None:
    session = session_at(cast, "look_back", presenter=cast.samir)
    following = session.step_at(session.next_position() or 0)
    assert following is not None and following.key == "problem"


def test_the_choice_comes_when_nobody_presents_yet(cast: Cast) -> None:
    assert session_at(cast, "look_back").next_position() == 2


def test_after_the_last_step_nothing_follows(cast: Cast) -> None:
    session = session_at(cast, "close")
    assert session.next_position() is None
    assert session.previous_position() == session.position - 1


def test_before_the_first_step_there_is_nothing(cast: Cast) -> None:
    assert session_at(cast, "look_back").previous_position() is None


# -- closing -----------------------------------------------------------------------------------------------


def close(session: Session, cast: Cast, at: dt.datetime = AT) -> Session:
    session.close(seen=session.position, by=cast.noor, at=at)
    return fresh(session)


def test_closing_keeps_planned_and_real_minutes(cast: Cast) -> None:
    session = close(session_at(cast, "close"), cast, after(240))
    assert (session.state, session.closed_at, session.ends_at) == ("closed", after(240), None)
    last = session.route[-1]
    assert (last.used_seconds, last.planned_seconds) == (240, 300)
    assert session.meeting.state == MeetingState.HELD


def test_closing_books_presence_and_hours_of_those_present(cast: Cast) -> None:
    session = session_at(cast, "close")
    session.participants.filter(person=cast.tom).delete()
    close(session, cast)
    present = set(Attendance.objects.values_list("membership__person__name", flat=True))
    assert present == {p.name for p in cast.members} - {cast.tom.name}
    held = HourLine.objects.filter(kind=LineKind.HELD)
    assert [(line.minutes, line.source) for line in held] == [(60, session.meeting.source)] * 4


def test_without_consent_nothing_is_booked_and_the_meeting_is_held(cast: Cast) -> None:
    Consent.objects.all().delete()
    session = close(session_at(cast, "close"), cast)
    assert not Attendance.objects.exists() and not HourLine.objects.filter(kind=LineKind.HELD).exists()
    assert session.meeting.state == MeetingState.HELD


def test_a_second_session_of_the_meeting_books_nothing_twice(cast: Cast) -> None:
    meeting = make_meeting(cast.group)
    for _ in range(2):
        session = make_session(meeting, cast.members, running=True)
        close(move_to(session, "close", cast.noor), cast)
        meeting.refresh_from_db()
    assert Attendance.objects.count() == 5
    assert HourLine.objects.filter(kind=LineKind.HELD).count() == 5
    assert meeting.sessions.filter(state="closed").count() == 2


@pytest.mark.parametrize("state", ["lobby", "closed", "cancelled"])
def test_only_a_running_session_closes(cast: Cast, state: str) -> None:
    session = session_at(cast, "close")
    session.put(state=state)
    with pytest.raises(StaleStep):
        fresh(session).close(seen=8, by=cast.noor, at=AT)
    assert not Attendance.objects.exists()


def test_closing_from_another_step_is_stale(cast: Cast) -> None:
    session = session_at(cast, "close")
    with pytest.raises(StaleStep):
        session.close(seen=7, by=cast.noor, at=AT)
    assert fresh(session).is_running


def test_closing_while_somebody_goes_back_changes_nothing(cast: Cast) -> None:
    session = session_at(cast, "close")
    fresh(session).go(7, seen=8, by=cast.tom, at=AT)
    with pytest.raises(StaleStep):
        session.close(seen=8, by=cast.noor, at=AT)
    assert (fresh(session).state, fresh(session).position) == ("running", 7)
    assert not Attendance.objects.exists()


def test_a_lobby_is_called_off_and_a_running_session_is_not(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    with pytest.raises(MoveRefused, match="has started"):
        session.cancel(None, AT)
    session.put(state="lobby")
    fresh(session).cancel(None, AT)
    assert fresh(session).state == "cancelled"


# -- versions ----------------------------------------------------------------------------------------------

VERBS: dict[str, Callable[[Session, Cast], object]] = {
    "go": lambda s, cast: s.go(2, seen=1, by=cast.noor, at=AT),
    "pause": lambda s, cast: s.pause(AT),
    "add_time": lambda s, cast: s.add_time(120, AT),
    "put": lambda s, cast: s.put(question="Hoe kan ik?"),
    "close": lambda s, cast: s.close(seen=1, by=cast.noor, at=AT),
    "join": lambda s, cast: s.join(cast.late, AT),
}


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_raises_the_version(cast: Cast, verb: str) -> None:
    session = session_at(cast, "look_back")
    before = fresh(session).version
    VERBS[verb](session, cast)
    assert fresh(session).version > before


# -- through the buttons -----------------------------------------------------------------------------------


def test_the_buttons_of_the_dock(cast: Cast) -> None:
    play = Play(session_at(cast, "look_back"), cast.members)
    play.press(cast.noor, "klok", on="1", seen=1)
    assert play.session.ends_at is None
    play.press(cast.noor, "meer-tijd", seen=1)
    play.press(cast.noor, "klok", seen=1)
    assert play.session.ends_at is not None
    play.go_on(cast.noor, "choice")
    play.press(cast.noor, "ongedaan", seen=2)
    assert play.session.position == 1
    play.press(cast.noor, "een-laptop", on="1")
    assert play.session.one_laptop


@pytest.mark.parametrize(
    "address", ["verder", "terug", "ongedaan", "klok", "meer-tijd", "toon-alles", "volgende-spreker"]
)
@pytest.mark.parametrize("seen", ["", "x", "-1", "3"])
def test_a_press_from_another_step_moves_nothing_and_says_so(cast: Cast, address: str, seen: str) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    before = play.session.version
    reply = play.press(cast.noor, address, 409, seen=seen)
    assert "Keuze" in reply.content.decode()
    assert (play.session.position, play.session.version) == (2, before)


def test_back_from_the_first_step_is_refused(cast: Cast) -> None:
    play = Play(session_at(cast, "look_back"), cast.members)
    assert "eerste stap" in play.press(cast.noor, "terug", 409, seen=1).content.decode()


@pytest.mark.parametrize("address", ["start", "verder", "terug", "klok", "rol", "niet-doorgaan"])
def test_only_the_facilitator_presses(cast: Cast, address: str) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    play.press(cast.tom, address, 403, seen=2)
    assert play.session.position == 2


def test_without_javascript_a_button_leads_to_a_page(cast: Cast) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    client = play.clients[cast.noor.pk]
    moved = client.post(f"/sessie/{play.pk}/verder/", {"seen": 2})
    assert (moved.status_code, moved.url) == (302, f"/sessie/{play.pk}/")  # type: ignore[attr-defined]
    stale = client.post(f"/sessie/{play.pk}/verder/", {"seen": 2})
    assert stale.status_code == 409 and "Terug naar de sessie" in stale.content.decode()
