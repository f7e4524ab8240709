"""What stays with people after a session: plans, tips taken along, own learning; and sessions nobody ended."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from coaching.intervision.after import added_up_taps
from coaching.intervision.closing import (
    carry_open_plans_on,
    end_forgotten,
    hand_over_tips,
    keep_learning,
    keep_plan,
    open_look_backs,
    picked_tips,
    plan_made_by,
)
from coaching.intervision.models import Session, Taps
from coaching.intervision.writing import mark_tip, show_next_tip
from popgroups.models import Attendance, LookBack
from portfolio.models import ActionPlan, Entry, KeptTip, Share
from schools.models import SchoolYear, User
from tests.people import Cast, make_meeting, make_session

from .play import AT, Play, add, fresh, now_step, seat, session_at

MARKS = ["pick", "keep", "not_now", ""]


def plan(owner: User, **values: Any) -> ActionPlan:
    return ActionPlan(owner=owner, intention="Ik begin met een stil blokje.", **values)


def parade_with_marks(cast: Cast) -> Session:
    """Four tips shown to Samir: one of each mark, one without."""
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    for number, mark in enumerate(MARKS):
        add(session, (cast.tom, cast.esra, cast.lieke, cast.noor)[number], f"tip {mark}")
    for seen in range(len(MARKS)):
        card = show_next_tip(fresh(session), now_step(session), AT, seen=seen)
        assert card is not None
        mark_tip(card, card.text.removeprefix("tip "))
    return fresh(session)


# -- tips --------------------------------------------------------------------------------------------------


def test_picked_tips_come_in_the_order_of_the_parade(cast: Cast) -> None:
    assert [tip.text for tip in picked_tips(parade_with_marks(cast))] == ["tip pick"]


def test_what_the_presenter_took_along_becomes_theirs_without_names(cast: Cast) -> None:
    session = parade_with_marks(cast)
    made = keep_plan(session, plan(cast.samir), AT)
    for _ in range(2):
        hand_over_tips(session)
    kept = {(tip.text, tip.owner, tip.plan) for tip in KeptTip.objects.all()}
    assert kept == {("tip pick", cast.samir, made), ("tip keep", cast.samir, None)}


def test_without_a_presenter_no_tips_are_handed_over(cast: Cast) -> None:
    session = parade_with_marks(cast)
    session.put(presenter=None)
    hand_over_tips(session)
    assert not KeptTip.objects.exists()


# -- plans -------------------------------------------------------------------------------------------------


def test_a_plan_is_looked_back_on_at_the_next_meeting(cast: Cast) -> None:
    session = session_at(cast, "action_plan")
    following = make_meeting(cast.group, starts_at=session.meeting.starts_at + dt.timedelta(days=28))
    made = keep_plan(session, plan(cast.tom), AT)
    assert plan_made_by(session, seat(session, cast.tom)) == made
    row = LookBack.objects.get()
    assert (row.group, row.meeting, row.action_plan) == (cast.group, following, made)


def test_a_buddy_may_see_the_plan_until_the_school_years_end(cast: Cast) -> None:
    session = session_at(cast, "action_plan")
    keep_plan(session, plan(cast.tom, buddy=cast.esra), AT)
    share = Share.objects.get()
    assert (share.viewer, share.via) == (cast.esra, f"group:{cast.group.pk}")
    assert share.until == SchoolYear.of(session.meeting.day).last_day
    assert ActionPlan.objects.visible_to(cast.esra).exists()


def test_without_a_buddy_nobody_else_sees_it(cast: Cast) -> None:
    keep_plan(session_at(cast, "action_plan"), plan(cast.tom), AT)
    assert not Share.objects.exists()
    for person in (cast.noor, cast.esra, cast.hanneke):
        assert not ActionPlan.objects.visible_to(person).exists()


def test_nobody_is_their_own_buddy(cast: Cast) -> None:
    play = Play(session_at(cast, "action_plan"), cast.members)
    play.press(cast.tom, "pap", 422, intention="Ik begin.", buddy=cast.tom.pk)
    play.session.put(one_laptop=True)
    owner = seat(play.session, cast.samir).pk
    play.press(cast.noor, "pap", 409, intention="Ik begin.", buddy=cast.samir.pk, owner=owner)
    assert not ActionPlan.objects.exists()


@pytest.mark.parametrize("one_laptop", [False, True])
def test_only_with_one_laptop_a_plan_is_typed_for_somebody(cast: Cast, one_laptop: bool) -> None:
    play = Play(session_at(cast, "action_plan"), cast.members)
    play.session.put(one_laptop=one_laptop)
    play.press(cast.noor, "pap", intention="Ik begin.", owner=seat(play.session, cast.samir).pk)
    assert ActionPlan.objects.get().owner == (cast.samir if one_laptop else cast.noor)


def test_the_plans_of_those_present_open_the_next_session(cast: Cast) -> None:
    session = session_at(cast, "action_plan")
    mine = keep_plan(session, plan(cast.tom), AT)
    for person, state in ((cast.esra, "done"), (cast.lieke, "let_go")):
        keep_plan(session, plan(person, state=state), AT)
    assert open_look_backs(session) == []
    session.put(state="closed")
    second = session_at(cast, "look_back")
    assert [row.action_plan for row in open_look_backs(second)] == [mine]
    second.participants.filter(person=cast.tom).delete()
    assert open_look_backs(second) == []


def test_a_plan_that_stays_open_moves_to_the_meeting_after(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    meeting = session.meeting
    kept = plan(cast.tom, due=meeting.day)
    done = plan(cast.esra, due=meeting.day, state="done")
    for each in (kept, done):
        each.save()
        LookBack.objects.create(group=cast.group, meeting=meeting, action_plan=each, looked_back_at=AT)
    following = make_meeting(cast.group, starts_at=meeting.starts_at + dt.timedelta(days=28))
    carry_open_plans_on(session)
    row = LookBack.objects.get(action_plan=kept)
    assert (row.meeting, row.looked_back_at, row.action_plan.due) == (following, None, following.day)
    assert LookBack.objects.get(action_plan=done).meeting == meeting


def test_without_a_next_meeting_it_waits(cast: Cast) -> None:
    session = session_at(cast, "look_back")
    kept = plan(cast.tom, due=session.meeting.day)
    kept.save()
    LookBack.objects.create(group=cast.group, meeting=session.meeting, action_plan=kept)
    carry_open_plans_on(session)
    assert LookBack.objects.get().meeting is None
    assert ActionPlan.objects.get().due == session.meeting.day


# -- looking back ------------------------------------------------------------------------------------------


@pytest.fixture
def back(cast: Cast) -> tuple[Play, LookBack]:
    """In the look-back step; Tom's plan of last time is open."""
    kept = plan(cast.tom)
    kept.save()
    row = LookBack.objects.create(group=cast.group, action_plan=kept)
    return Play(session_at(cast, "look_back"), cast.members), row


def answer(row: LookBack, result: str, happened: str = "") -> dict[str, Any]:
    return {f"lb{row.pk}-result": result, f"lb{row.pk}-happened": happened}


@pytest.mark.parametrize("result", ["tried", "adjusted", "done", "let_go"])
def test_the_owner_says_how_it_went(cast: Cast, back: tuple[Play, LookBack], result: str) -> None:
    play, row = back
    play.press(cast.tom, f"terugblik/{row.pk}", **answer(row, result, "Rustiger!"))
    row.refresh_from_db()
    assert (row.action_plan.state, row.meeting) == (result, play.session.meeting)
    assert row.looked_back_at is not None
    assert row.action_plan.moves.get().happened == "Rustiger!"


@pytest.mark.parametrize("one_laptop", [False, True])
@pytest.mark.parametrize("group_sees", [False, True])
def test_the_facilitator_types_it_on_the_one_laptop(
    cast: Cast, back: tuple[Play, LookBack], one_laptop: bool, group_sees: bool
) -> None:
    play, row = back
    play.session.put(one_laptop=one_laptop)
    ActionPlan.objects.update(group_sees_title=group_sees)
    allowed = one_laptop and group_sees
    play.press(cast.noor, f"terugblik/{row.pk}", 204 if allowed else 409, **answer(row, "done"))
    play.press(cast.esra, f"terugblik/{row.pk}", 409, **answer(row, "let_go"))
    assert ActionPlan.objects.get().state == ("done" if allowed else "planned")


def test_nothing_is_typed_about_the_plan_of_somebody_who_is_absent(
    cast: Cast, back: tuple[Play, LookBack]
) -> None:
    play, row = back
    play.session.put(one_laptop=True)
    play.session.participants.filter(person=cast.tom).delete()
    play.press(cast.noor, f"terugblik/{row.pk}", 409, **answer(row, "let_go"))
    assert ActionPlan.objects.get().state == "planned"


@pytest.mark.parametrize("result", ["", "planned", "splendid"])
def test_a_result_that_is_none_is_told(cast: Cast, back: tuple[Play, LookBack], result: str) -> None:
    play, row = back
    play.press(cast.tom, f"terugblik/{row.pk}", 422, **answer(row, result))
    assert ActionPlan.objects.get().state == "planned"


def test_a_result_that_can_not_follow_is_told_in_words(cast: Cast, back: tuple[Play, LookBack]) -> None:
    play, row = back
    play.press(cast.tom, f"terugblik/{row.pk}", **answer(row, "done"))
    text = play.press(cast.tom, f"terugblik/{row.pk}", 409, **answer(row, "tried")).content.decode()
    assert "afgerond" in text and "geprobeerd" in text and "→" not in text
    assert ActionPlan.objects.get().state == "done"


def test_after_the_step_looking_back_is_stale(cast: Cast, back: tuple[Play, LookBack]) -> None:
    play, row = back
    play.go_on(cast.noor, "choice")
    play.press(cast.tom, f"terugblik/{row.pk}", 409, **answer(row, "done"))
    assert ActionPlan.objects.get().state == "planned"


# -- own learning and the three taps -----------------------------------------------------------------------


def test_a_line_of_learning_is_one_entry_of_its_writer(cast: Cast) -> None:
    session = session_at(cast, "close")
    for text in ("Eerst vragen.", "Eerst vragen, dan tips."):
        keep_learning(session, seat(session, cast.tom), text, AT)
    entry = Entry.objects.get()
    assert (entry.owner, entry.text, entry.kind) == (cast.tom, "Eerst vragen, dan tips.", "learning")
    for person in (cast.noor, cast.hanneke, cast.karin):
        assert not Entry.objects.visible_to(person).exists()


@pytest.mark.parametrize(("count", "shown"), [(0, False), (1, False), (4, False), (5, True)])
def test_taps_are_added_up_from_five_on(cast: Cast, count: int, shown: bool) -> None:
    session = session_at(cast, "close")
    for person in cast.members[:count]:
        Taps.objects.create(participant=seat(session, person), safe=3, useful=2, fits=1)
    totals = added_up_taps(list(Taps.objects.filter(participant__session=session)))
    assert (totals is not None) == shown
    assert totals is None or (totals["safe"], totals["useful"], totals["fits"]) == (3, 2, 1)


def test_tapping_again_changes_ones_own(cast: Cast) -> None:
    play = Play(session_at(cast, "close"), cast.members)
    for safe in (1, 3):
        play.press(cast.tom, "drie-tikken", safe=safe, useful=2, fits=2)
    assert Taps.objects.get().safe == 3


@pytest.mark.parametrize("value", ["0", "4", "-1", "x", ""])
def test_a_tap_is_one_two_or_three(cast: Cast, value: str) -> None:
    play = Play(session_at(cast, "close"), cast.members)
    play.press(cast.tom, "drie-tikken", 422, safe=value, useful=2, fits=2)
    assert not Taps.objects.exists()


# -- sessions nobody ended ---------------------------------------------------------------------------------


def old_session(cast: Cast, *, running: bool) -> Session:
    at = timezone.now() - dt.timedelta(days=3)
    session = make_session(make_meeting(cast.group, starts_at=at), cast.members)
    Session.objects.filter(pk=session.pk).update(made_at=at)
    if running:
        session.start(cast.noor, at)
    return fresh(session)


def test_a_session_left_running_closes_as_planned(cast: Cast) -> None:
    session = old_session(cast, running=True)
    assert end_forgotten(timezone.now()) == [session]
    ended = fresh(session)
    assert ended.state == "closed" and session.entered_at is not None
    assert ended.closed_at == session.entered_at + dt.timedelta(seconds=session.route[0].planned_seconds)
    assert Attendance.objects.count() == 5


def test_a_lobby_left_open_did_not_go_on(cast: Cast) -> None:
    session = old_session(cast, running=False)
    end_forgotten(timezone.now())
    assert fresh(session).state == "cancelled"
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("running", [False, True])
def test_a_session_of_today_goes_on(cast: Cast, running: bool) -> None:
    make_session(make_meeting(cast.group), cast.members, running=running)
    assert end_forgotten(timezone.now()) == []


def test_a_session_that_moved_today_goes_on(cast: Cast) -> None:
    session = old_session(cast, running=True)
    session.go(2, seen=1, by=cast.noor, at=timezone.now() - dt.timedelta(hours=1))
    assert end_forgotten(timezone.now()) == []
