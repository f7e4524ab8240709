"""The clock of a session: pausing, more time, running late, undoing a move. Moments are passed in."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.intervision.models import Session, StaleStep
from tests.people import Cast

from .play import AT, fresh, move_to, session_at


def after(seconds: float) -> dt.datetime:
    return AT + dt.timedelta(seconds=seconds)


def left(session: Session, at: dt.datetime) -> int:
    return fresh(session).left_seconds(at)


# -- undo --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [1, 10, 14])
def test_undo_puts_the_clock_back_as_it_was(cast: Cast, seconds: int) -> None:
    session = move_to(session_at(cast, "look_back"), "choice", cast.noor, after(120))
    planned = session.route[0].planned_seconds
    session.undo(seen=2, by=cast.noor, at=after(120 + seconds))
    session = fresh(session)
    assert session.position == 1
    assert session.left_seconds(after(120 + seconds)) == planned - 120


def test_undo_is_over_after_fifteen_seconds(cast: Cast) -> None:
    session = move_to(session_at(cast, "look_back"), "choice", cast.noor, after(120))
    with pytest.raises(StaleStep):
        session.undo(seen=2, by=cast.noor, at=after(135))
    assert fresh(session).position == 2


def test_the_start_is_not_undone(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    assert session.last_move(after(1)) is None
    with pytest.raises(StaleStep):
        session.undo(seen=1, by=cast.noor, at=after(1))


def test_undo_from_an_old_screen_is_stale(cast: Cast) -> None:
    session = move_to(session_at(cast, "look_back"), "choice", cast.noor)
    with pytest.raises(StaleStep):
        session.undo(seen=1, by=cast.noor, at=after(1))
    assert fresh(session).position == 2


# -- the clock ---------------------------------------------------------------------------------------------


def test_a_pause_keeps_what_was_left(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    planned = session.route[0].planned_seconds
    session.pause(after(100))
    assert left(session, after(400)) == planned - 100
    session.resume(after(400))
    assert left(session, after(410)) == planned - 110


def test_a_clock_that_ran_out_is_paused_below_zero(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    over = after(session.route[0].planned_seconds + 30)
    assert left(session, over) == -30
    session.pause(over)
    assert left(session, over + dt.timedelta(hours=1)) == -30
    session.resume(over + dt.timedelta(hours=1))
    assert left(session, over + dt.timedelta(hours=1, seconds=5)) == -35


def test_pausing_twice_and_resuming_twice_change_nothing_more(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    planned = session.route[0].planned_seconds
    session.pause(after(10))
    session.pause(after(50))
    assert left(session, after(50)) == planned - 10
    session.resume(after(60))
    session.resume(after(90))
    assert left(session, after(60)) == planned - 10


@pytest.mark.parametrize(("late", "expected"), [(-100, 220), (0, 120), (30, 120), (4000, 120)])
def test_more_time_counts_from_now(cast: Cast, late: int, expected: int) -> None:
    """``late``: seconds past the planned end at which two minutes are added."""
    session = session_at(cast, "look_back")
    now = after(session.route[0].planned_seconds + late)
    session.add_time(120, now)
    assert left(session, now) == expected


@pytest.mark.parametrize(("late", "expected"), [(-100, 220), (30, 120)])
def test_more_time_on_a_paused_clock_stays_paused(cast: Cast, late: int, expected: int) -> None:
    session = session_at(cast, "look_back")
    now = after(session.route[0].planned_seconds + late)
    session.pause(now)
    session.add_time(120, now)
    assert left(session, now + dt.timedelta(hours=1)) == expected
    assert fresh(session).ends_at is None


def test_a_lobby_has_no_clock(cast: Cast) -> None:
    session = session_at(cast)
    session.pause(AT)
    session.resume(AT)
    with pytest.raises(StaleStep):
        session.add_time(120, AT)
    session.start(cast.noor, AT)
    assert left(session, AT) == session.route[0].planned_seconds


def test_behind_is_zero_on_schedule_and_grows_with_overrun(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    planned = session.route[0].planned_seconds
    assert session.behind_seconds(after(100)) == 0
    late = move_to(session, "choice", cast.noor, after(planned + 90))
    assert late.behind_seconds(after(planned + 90)) == 90


def test_behind_is_negative_when_a_step_took_less(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    planned = session.route[0].planned_seconds
    early = move_to(session, "choice", cast.noor, after(planned - 60))
    assert early.behind_seconds(after(planned - 60)) == -60


def test_a_lobby_is_never_behind(cast: Cast) -> None:
    assert session_at(cast).behind_seconds(after(5000)) == 0


@pytest.mark.parametrize("touch", ["pause", "add_time"])
def test_a_clock_touched_from_an_old_screen_changes_nothing(cast: Cast, touch: str) -> None:
    """Read before the group went on, or before somebody else paused: the step of now keeps its time."""
    session = session_at(cast, "look_back")
    old = fresh(session)
    fresh(session).go(2, seen=1, by=cast.noor, at=after(10))
    with pytest.raises(StaleStep):
        old.pause(after(11)) if touch == "pause" else old.add_time(120, after(11))
    assert left(session, after(10)) == fresh(session).route[1].planned_seconds
    first, second = fresh(session), fresh(session)
    first.add_time(120, after(12))
    with pytest.raises(StaleStep):
        second.add_time(120, after(12))


def test_who_closed_a_session_is_noted(cast: Cast) -> None:
    session = move_to(session_at(cast, "look_back"), "close", cast.noor)
    session.close(seen=session.position, by=cast.noor, at=after(60))
    last = session.moves.last()
    assert last is not None and (last.by, last.before, last.after) == (cast.noor, session.position, 0)
