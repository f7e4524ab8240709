"""Erased is erased: withdrawing a case, clean-up in its time, and what stays."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from coaching.intervision.closing import keep_learning, keep_plan
from coaching.intervision.erasing import due_for_erasing, erase_notes, forget_old_cases, stray_drafts
from coaching.intervision.models import Case, Contribution, Session, Taps, Vote
from coaching.intervision.writing import mark_tip, show_next_tip
from popgroups.models import Attendance, Meeting
from portfolio.models import ActionPlan, Entry, KeptTip
from schools.drafts import save_draft
from schools.models import Draft, School
from tests.people import Cast, make_meeting, make_method

from .play import AT, Play, add, fresh, move_to, now_step, seat, session_at


def full_session(cast: Cast) -> Session:
    """Closed just now: a vote, question, hypothesis, marked tip, plan, learning, taps, case and drafts."""
    session = session_at(cast, "choice")
    add(session, cast.samir, "Overgangen.").votes.create(voter=seat(session, cast.tom), kind="urgent")
    session.put(presenter=seat(session, cast.samir), question="Hoe kan ik?", hypothesis="Omdat.")
    Case.objects.create(presenter=cast.samir, meeting=session.meeting, situation="Het is druk.")
    session = move_to(session, "tip_parade", cast.noor)
    add(session, cast.tom, "Ik zou aftellen.")
    tip = show_next_tip(session, now_step(session), AT, seen=0)
    assert tip is not None
    mark_tip(tip, "pick")
    add(session, cast.esra, "Nooit getoond.")
    keep_plan(session, ActionPlan(owner=cast.samir, intention="Ik tel af."), AT)
    keep_learning(session, seat(session, cast.tom), "Eerst vragen.", AT)
    save_draft(cast.tom, f"session:{session.pk}:notes", "Voor mezelf.", 1, AT)
    Taps.objects.create(participant=seat(session, cast.tom), safe=3, useful=3, fits=3)
    session = move_to(session, "close", cast.noor)
    session.close(seen=session.position, by=cast.noor, at=AT)
    return fresh(session)


def test_all_that_was_written_goes(cast: Cast) -> None:
    session = full_session(cast)
    erase_notes(session, AT)
    for model in (Contribution, Vote, Taps, Draft, Case):
        assert not model._default_manager.exists(), model
    session = fresh(session)
    assert (session.question, session.hypothesis, session.erased_at, session.withdrawn_at) == (
        "",
        "",
        AT,
        None,
    )


def test_what_people_took_along_and_presence_stay(cast: Cast) -> None:
    erase_notes(full_session(cast), AT)
    assert ActionPlan.objects.get().intention == "Ik tel af."
    assert KeptTip.objects.get().text == "Ik zou aftellen."
    assert Entry.objects.get().text == "Eerst vragen."
    assert Attendance.objects.count() == 5
    assert Session.objects.get().participants.count() == 5


def test_another_session_keeps_its_words(cast: Cast) -> None:
    session = full_session(cast)
    other = session_at(cast, "analysis")
    add(other, cast.tom, "Van een andere keer.")
    save_draft(cast.tom, f"session:{other.pk}:notes", "Ook van een andere keer.", 1, AT)
    erase_notes(session, AT)
    assert Contribution.objects.get().text == "Van een andere keer."
    assert Draft.objects.get().text == "Ook van een andere keer."


def test_erasing_tells_every_screen(cast: Cast) -> None:
    session = full_session(cast)
    before = session.version
    erase_notes(session, AT)
    assert fresh(session).version > before


# -- withdrawing -------------------------------------------------------------------------------------------


def test_the_presenter_withdraws_the_case(cast: Cast) -> None:
    play = Play(full_session(cast), cast.members)
    assert "intrekken" in play.read(cast.samir, "intrekken/").lower()
    reply = play.clients[cast.samir.pk].post(f"/sessie/{play.pk}/intrekken/")
    assert reply.status_code == 302
    assert not Contribution.objects.exists()
    assert play.session.withdrawn_at is not None
    assert "Hoe kan ik?" not in play.read(cast.tom)


@pytest.mark.parametrize("name", ["noor", "tom"])
def test_nobody_else_withdraws_it(cast: Cast, name: str) -> None:
    play = Play(full_session(cast), cast.members)
    client = play.clients[getattr(cast, name).pk]
    for method in (client.get, client.post):
        assert method(f"/sessie/{play.pk}/intrekken/").status_code == 403
    assert Contribution.objects.exists()


def test_withdrawing_twice_is_as_once(cast: Cast) -> None:
    play = Play(full_session(cast), cast.members)
    for _ in range(2):
        assert play.clients[cast.samir.pk].post(f"/sessie/{play.pk}/intrekken/").status_code == 302
    assert not Contribution.objects.exists()


def test_withdrawn_while_it_runs_the_session_is_cleaned_up_later_all_the_same(cast: Cast) -> None:
    session = session_at(cast, "analysis", presenter=cast.samir)
    erase_notes(session, AT, withdrawn=True)
    add(session, cast.tom, "Toch nog iets.")
    session = move_to(session, "close", cast.noor)
    session.close(seen=session.position, by=cast.noor, at=AT)
    assert due_for_erasing(AT.date() + dt.timedelta(days=400)) == [session]


# -- when --------------------------------------------------------------------------------------------------


def closed_on(cast: Cast, day: dt.date, kept_days: int = 30) -> Session:
    School.objects.filter(pk=cast.zandplaat.pk).update(notes_kept_days=kept_days)
    session = session_at(cast, "close")
    at = dt.datetime.combine(day, dt.time(16), ZoneInfo("Europe/Amsterdam"))
    session.put(state="closed", closed_at=at)
    return Session.objects.select_related("meeting__group__school").get(pk=session.pk)


@pytest.mark.parametrize(
    ("closed", "kept_days", "gone"),
    [
        ((2026, 11, 24), 30, (2026, 12, 24)),
        ((2026, 11, 24), 7, (2026, 12, 1)),
        ((2027, 7, 1), 30, (2027, 7, 31)),
        ((2027, 7, 15), 30, (2027, 7, 31)),
        ((2027, 7, 31), 30, (2027, 7, 31)),
        ((2027, 8, 1), 30, (2027, 8, 31)),
        ((2026, 12, 31), 365, (2027, 7, 31)),
        ((2026, 8, 20), 365, (2027, 7, 31)),
    ],
)
def test_notes_go_after_the_term_and_never_survive_the_school_year(
    cast: Cast, closed: tuple[int, int, int], kept_days: int, gone: tuple[int, int, int]
) -> None:
    assert closed_on(cast, dt.date(*closed), kept_days).erased_on() == dt.date(*gone)


def test_it_counts_from_the_day_in_the_netherlands(cast: Cast) -> None:
    session = closed_on(cast, dt.date(2026, 11, 24))
    session.put(closed_at=dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC))
    assert session.erased_on() == dt.date(2026, 12, 24)


@pytest.mark.parametrize(
    ("day", "due"), [((2026, 12, 23), False), ((2026, 12, 24), True), ((2027, 1, 5), True)]
)
def test_due_from_that_day_on(cast: Cast, day: tuple[int, int, int], due: bool) -> None:
    session = closed_on(cast, dt.date(2026, 11, 24))
    assert due_for_erasing(dt.date(*day)) == ([session] if due else [])


@pytest.mark.parametrize("state", ["lobby", "running", "cancelled"])
def test_only_closed_sessions_fall_due(cast: Cast, state: str) -> None:
    closed_on(cast, dt.date(2020, 1, 1)).put(state=state)
    assert due_for_erasing(dt.date(2027, 1, 1)) == []


def test_once_erased_it_is_not_due_again(cast: Cast) -> None:
    session = closed_on(cast, dt.date(2026, 11, 24))
    erase_notes(session, AT)
    assert due_for_erasing(dt.date(2027, 1, 1)) == []


def test_a_draft_that_arrives_after_erasing_is_a_stray(cast: Cast) -> None:
    session, other = closed_on(cast, dt.date(2026, 11, 24)), session_at(cast, "analysis")
    erase_notes(session, AT)
    for field in (
        f"session:{session.pk}:notes",
        f"session:{other.pk}:notes",
        "plan:1:where",
        "session:x:notes",
    ):
        save_draft(cast.tom, field, "Te laat.", 1, AT)
    assert [draft.field for draft in stray_drafts()] == [f"session:{session.pk}:notes"]


# -- prepared cases ----------------------------------------------------------------------------------------


def prepared(cast: Cast, days_ago: int) -> Meeting:
    """A meeting for which Lieke prepared a case and Esra typed one."""
    noon = dt.datetime.combine(timezone.localdate(AT) - dt.timedelta(days=days_ago), dt.time(12))
    meeting = make_meeting(cast.group, starts_at=timezone.make_aware(noon))
    Case.objects.create(presenter=cast.lieke, meeting=meeting, situation="Het is druk.")
    save_draft(cast.esra, f"case:{meeting.pk}:tried", "Van alles.", 1, AT)
    return meeting


def forgotten(session_state: str = "") -> int:
    if session_state:
        Session.objects.update(state=session_state)
    return forget_old_cases(timezone.localdate(AT))


def test_a_case_that_was_never_chosen_goes_with_the_notes_of_its_meeting(cast: Cast) -> None:
    School.objects.update(notes_kept_days=30)
    old, young = prepared(cast, 30), prepared(cast, 0)
    assert forgotten() == 2 and forgotten() == 0
    assert Case.objects.get().meeting == young
    assert Draft.objects.get().field == f"case:{young.pk}:tried" != f"case:{old.pk}:tried"


@pytest.mark.parametrize("state", ["lobby", "running"])
def test_a_case_waits_for_a_session_that_is_under_way(cast: Cast, state: str) -> None:
    Session.open(prepared(cast, 400), make_method())
    assert forgotten(state) == 0
    assert forgotten("closed") == 2


def test_what_is_typed_for_no_meeting_goes_and_other_names_stay(cast: Cast) -> None:
    for field in ("case:987654321:tried", "case:x:tried", f"case:{'9' * 30}:tried"):
        save_draft(cast.esra, field, "Van alles.", 1, AT)
    assert forgotten() == 1
    assert not Draft.objects.filter(field="case:987654321:tried").exists()
