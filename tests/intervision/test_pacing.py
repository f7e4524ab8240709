"""When a session runs late: what is proposed, and what stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from coaching.intervision.models import Session
from coaching.intervision.pacing import proposal, spread
from tests.people import Cast, make_meeting, make_session


@pytest.fixture
def session(cast: Cast) -> Session:
    return make_session(make_meeting(cast.group), cast.members, running=True)


def late(session: Session, minutes: int) -> dt.datetime:
    """The moment the first step of five minutes has run ``minutes`` over."""
    assert session.started_at
    return session.started_at + dt.timedelta(minutes=5 + minutes)


def test_on_time_nothing_is_proposed(session: Session) -> None:
    assert proposal(session, timezone.now()) == []
    assert proposal(session, late(session, 2)) == []


def test_twelve_minutes_late_are_won_back_and_tips_and_plan_keep_their_minimum(session: Session) -> None:
    at = late(session, 12)
    pace = {step.key: seconds for step, seconds in proposal(session, at)}
    won = sum(step.planned_seconds for step in session.route[1:]) - sum(pace.values())
    assert abs(won - 12 * 60) <= 60
    assert pace["tip_parade"] >= 300 and pace["action_plan"] >= 180


def test_an_hour_late_leaves_the_minimum_and_no_less(session: Session) -> None:
    pace = {step.key: seconds for step, seconds in proposal(session, late(session, 60))}
    assert pace == {
        "choice": 60, "problem": 60, "analysis": 60, "hypothesis": 60,
        "tip_parade": 300, "action_plan": 180, "close": 60,
    }  # fmt: skip


def test_taking_it_over_changes_the_steps_to_come_and_keeps_what_was_planned(session: Session) -> None:
    at, version = late(session, 12), session.version
    spread(session, at)
    again = Session.objects.get(pk=session.pk)
    assert again.version > version
    assert abs(again.behind_seconds(at)) <= 60
    assert [step.minutes for step in again.route] == [5, 5, 5, 15, 10, 10, 5, 5]
    assert proposal(again, at) == []
