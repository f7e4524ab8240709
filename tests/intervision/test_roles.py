"""Who does what in a session: the proposal, giving and asking, taking over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from coaching.intervision.erasing import erase_notes
from coaching.intervision.models import Case, Contribution, Session, SessionParticipant
from coaching.intervision.roles import assign, fill_empty, longest_ago, propose, take_over
from coaching.intervision.writing import mark_tip
from coaching.lib.states import MoveRefused
from portfolio.models import KeptTip
from schools.models import User
from tests.people import Cast, make_meeting, make_method, make_session

from .play import AT, Play, add, fresh, seat, session_at

ROLES = ["facilitator", "timekeeper"]


def held(cast: Cast, days_ago: int, **roles: User) -> Session:
    """A closed session of so many days ago with these roles."""
    at = AT - dt.timedelta(days=days_ago)
    session = make_session(make_meeting(cast.group, starts_at=at), cast.members, running=True)
    given = {role: seat(session, person) for role, person in roles.items()}
    session.put(state="closed", closed_at=at, **given)
    return session


def lobby(cast: Cast) -> Session:
    """Everybody present, nobody has a role yet."""
    session = Session.open(make_meeting(cast.group), make_method())
    for person in cast.members:
        session.join(person, AT)
    return session


def names(seats: list[SessionParticipant]) -> list[str]:
    return [one.name for one in seats]


# -- the proposal ------------------------------------------------------------------------------------------


def test_without_a_past_the_first_to_arrive_guide(cast: Cast) -> None:
    proposal = propose(lobby(cast))
    assert {role: who.name for role, who in proposal.items()} == {
        "facilitator": "Noor",
        "timekeeper": "Samir",
    }


@pytest.mark.parametrize("role", ROLES)
def test_never_before_comes_first_then_longest_ago(cast: Cast, role: str) -> None:
    for days, person in ((10, cast.noor), (40, cast.samir), (20, cast.tom)):
        held(cast, days, **{"facilitator": cast.esra, role: person})
    order = names(longest_ago(lobby(cast), role))
    assert order[-3:] == ["Samir", "Tom", "Noor"]
    assert order[0] == "Lieke"


def test_who_did_it_twice_counts_by_the_last_time(cast: Cast) -> None:
    for days, person in ((90, cast.noor), (5, cast.noor), (30, cast.samir)):
        held(cast, days, facilitator=person)
    assert names(longest_ago(lobby(cast), "facilitator"))[-2:] == ["Samir", "Noor"]


def test_sessions_of_another_group_do_not_count(cast: Cast) -> None:
    session = held(cast, 5, facilitator=cast.noor)
    other = cast.group.__class__.objects.create(school=cast.zandplaat, name="Onderbouw", year=cast.group.year)
    session.meeting.group = other
    session.meeting.save()
    assert names(longest_ago(lobby(cast), "facilitator"))[0] == "Noor"


def test_a_guest_is_never_proposed(cast: Cast) -> None:
    session = Session.open(make_meeting(cast.group), make_method())
    session.join(cast.olaf, AT)
    assert propose(session) == {}
    session.join(cast.tom, AT)
    assert names(list(propose(session).values())) == ["Tom"]


def test_who_presents_is_proposed_for_nothing_else(cast: Cast) -> None:
    session = lobby(cast)
    session.put(presenter=seat(session, cast.noor))
    assert "Noor" not in names(list(propose(session).values()))


def test_empty_roles_are_filled_as_people_arrive(cast: Cast) -> None:
    session = Session.open(make_meeting(cast.group), make_method())
    session.join(cast.tom, AT)
    fill_empty(session)
    assert (fresh(session).facilitator, fresh(session).timekeeper) == (seat(session, cast.tom), None)
    session.join(cast.noor, AT)
    fill_empty(session)
    assert fresh(session).timekeeper == seat(session, cast.noor)
    assert fresh(session).facilitator == seat(session, cast.tom)


def test_filling_leaves_a_role_that_was_given_meanwhile(cast: Cast) -> None:
    session = lobby(cast)
    stale = fresh(session)
    session.put(facilitator=seat(session, cast.lieke))
    fill_empty(stale)
    assert fresh(session).facilitator == seat(session, cast.lieke)


def test_filling_skips_who_became_the_presenter_meanwhile(cast: Cast) -> None:
    session = lobby(cast)
    stale = fresh(session)
    session.put(presenter=seat(session, cast.noor))
    fill_empty(stale)
    assert fresh(session).facilitator is None


# -- giving ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["facilitator", "presenter", "timekeeper"])
def test_a_role_is_given(cast: Cast, role: str) -> None:
    session = session_at(cast)
    assign(session, role, seat(session, cast.tom))
    assert getattr(fresh(session), role) == seat(session, cast.tom)


@pytest.mark.parametrize("role", ["presenter", "timekeeper"])
def test_a_role_can_be_nobodys(cast: Cast, role: str) -> None:
    session = session_at(cast)
    assign(session, role, seat(session, cast.tom))
    assign(session, role, None)
    assert getattr(fresh(session), role) is None


def test_somebody_has_to_guide(cast: Cast) -> None:
    session = session_at(cast)
    with pytest.raises(MoveRefused, match="Somebody has to guide"):
        assign(session, "facilitator", None)
    assert fresh(session).facilitator == seat(session, cast.noor)


def test_there_are_three_roles(cast: Cast) -> None:
    with pytest.raises(MoveRefused, match="no such role"):
        assign(session_at(cast), "state", None)


@pytest.mark.parametrize(("role", "name"), [("facilitator", "samir"), ("presenter", "noor")])
@pytest.mark.parametrize("stale", [False, True])
def test_nobody_guides_and_presents(cast: Cast, role: str, name: str, stale: bool) -> None:
    """Also when the other role was given after this screen was read."""
    session = session_at(cast)
    before = fresh(session)
    session.put(presenter=seat(session, cast.samir))
    with pytest.raises(MoveRefused, match="does not guide as well"):
        assign(before if stale else session, role, seat(session, getattr(cast, name)))
    session = fresh(session)
    assert session.facilitator != session.presenter == seat(session, cast.samir)


def test_in_the_lobby_everybody_present_taps_roles(cast: Cast) -> None:
    play = Play(session_at(cast), cast.members)
    play.press(cast.tom, "rol", role="presenter", participant=seat(play.session, cast.samir).pk)
    assert play.session.presenter == seat(play.session, cast.samir)


@pytest.mark.parametrize(
    "posted", [{"role": "director"}, {"role": ""}, {"role": "presenter", "participant": "x"}, {}]
)
def test_a_role_form_that_makes_no_sense_is_told(cast: Cast, posted: dict[str, str]) -> None:
    play = Play(session_at(cast), cast.members)
    reply = play.post(cast.tom, f"/sessie/{play.pk}/rol/", 422, **posted)
    assert "alert" in reply.content.decode()


def test_somebody_of_another_session_gets_no_role(cast: Cast) -> None:
    other = session_at(cast)
    play = Play(session_at(cast), cast.members)
    play.press(cast.tom, "rol", 422, role="presenter", participant=seat(other, cast.samir).pk)
    assert play.session.presenter is None


# -- asking and accepting ----------------------------------------------------------------------------------


@pytest.fixture
def asked(cast: Cast) -> Play:
    """Running; Noor has asked Tom to guide."""
    play = Play(session_at(cast, "choice"), cast.members)
    play.press(cast.noor, "rol", role="facilitator", participant=seat(play.session, cast.tom).pk)
    return play


def test_once_running_guiding_is_asked_not_given(cast: Cast, asked: Play) -> None:
    session = asked.session
    assert (session.facilitator, session.asked_to_lead) == (seat(session, cast.noor), seat(session, cast.tom))
    assert "Noor vraagt Tom" in asked.read(cast.lieke)


def test_saying_yes_hands_the_role_over(cast: Cast, asked: Play) -> None:
    asked.press(cast.tom, "rol/antwoord", on="1")
    session = asked.session
    assert (session.facilitator, session.asked_to_lead) == (seat(session, cast.tom), None)
    asked.press(cast.noor, "verder", 403, seen=session.position)


def test_saying_no_leaves_it(cast: Cast, asked: Play) -> None:
    asked.press(cast.tom, "rol/antwoord")
    session = asked.session
    assert (session.facilitator, session.asked_to_lead) == (seat(session, cast.noor), None)


def test_somebody_else_can_not_answer(cast: Cast, asked: Play) -> None:
    reply = asked.press(cast.lieke, "rol/antwoord", 409, on="1")
    assert "iemand anders" in reply.content.decode().lower()
    assert asked.session.facilitator == seat(asked.session, cast.noor)


def test_who_presents_by_now_can_not_say_yes(cast: Cast, asked: Play) -> None:
    asked.session.put(presenter=seat(asked.session, cast.tom))
    asked.press(cast.tom, "rol/antwoord", 409, on="1")
    assert asked.session.facilitator == seat(asked.session, cast.noor)


# -- taking over -------------------------------------------------------------------------------------------


def test_the_first_tap_takes_over(cast: Cast) -> None:
    session = session_at(cast, "choice")
    session.put(facilitator_gone=True)
    take_over(session, cast.tom)
    assert (fresh(session).facilitator, fresh(session).facilitator_gone) == (seat(session, cast.tom), False)
    with pytest.raises(MoveRefused, match="already"):
        take_over(session, cast.lieke)
    assert fresh(session).facilitator == seat(session, cast.tom)


def test_a_presenter_who_takes_over_presents_no_more(cast: Cast) -> None:
    session = session_at(cast, "problem", presenter=cast.samir)
    session.put(facilitator_gone=True)
    take_over(session, cast.samir)
    assert (fresh(session).facilitator, fresh(session).presenter) == (seat(session, cast.samir), None)


def test_the_case_stays_of_the_presenter_who_took_over(cast: Cast) -> None:
    """Tips taken up become theirs at the close, and they may still withdraw the case, prepared text and all."""
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    Case.objects.create(presenter=cast.samir, meeting=session.meeting, question="Hoe kan ik vragen?")
    tip = add(session, cast.tom, "Begroet ze bij de deur.")
    Contribution.objects.update(shown_at=AT)
    tip.refresh_from_db()
    mark_tip(tip, "pick")
    session.put(facilitator_gone=True)
    take_over(session, cast.samir)
    closed = fresh(session)
    closed.close(seen=closed.position, by=cast.samir, at=AT)
    assert [kept.text for kept in KeptTip.objects.filter(owner=cast.samir)] == ["Begroet ze bij de deur."]
    assert closed.case_can_be_withdrawn_by(cast.samir)
    assert not closed.case_can_be_withdrawn_by(cast.noor)
    erase_notes(closed, AT, withdrawn=True)
    assert not Case.objects.exists()


def test_nobody_takes_over_from_somebody_who_is_there(cast: Cast) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    play.press(cast.tom, "overnemen", 403)
    with pytest.raises(MoveRefused, match="already"):
        take_over(play.session, cast.tom)
    assert play.session.facilitator == seat(play.session, cast.noor)


def test_who_does_not_take_part_takes_nothing_over(cast: Cast) -> None:
    session = session_at(cast, "choice")
    session.put(facilitator_gone=True)
    client = Client()
    client.force_login(cast.ilse)
    assert client.post(f"/sessie/{session.pk}/overnemen/").status_code == 404
    with pytest.raises(MoveRefused):
        take_over(session, cast.ilse)
    assert fresh(session).facilitator == seat(session, cast.noor)


def test_a_new_facilitator_is_not_gone(cast: Cast) -> None:
    session = session_at(cast, "choice")
    session.put(facilitator_gone=True)
    assign(session, "facilitator", seat(session, cast.tom))
    assert not fresh(session).can_be_taken_over_by(cast.lieke)
