"""Being ready, votes and the choice of the case; question, hypothesis and marks of the presenter."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from coaching.intervision.models import Contribution, Kind, Mark, Ready, Session, StaleStep, Vote
from coaching.intervision.roles import assign
from coaching.intervision.writing import (
    choose_case,
    mark_tip,
    prepared_question,
    reveal,
    set_ready,
    show_next_tip,
)
from coaching.lib.states import MoveRefused
from tests.people import Cast

from .play import AT, Play, add, fresh, move_to, now_step, seat, session_at

# -- ready, votes, the case --------------------------------------------------------------------------------


def test_ready_is_said_once_and_taken_back(cast: Cast) -> None:
    session = session_at(cast, "analysis")
    step, tom = now_step(session), seat(session, cast.tom)
    for _ in range(2):
        set_ready(session, step, tom, True)
    assert Ready.objects.count() == 1
    set_ready(session, step, tom, False)
    assert not Ready.objects.exists()


def test_ready_for_another_step_is_stale(cast: Cast) -> None:
    session = session_at(cast, "analysis")
    with pytest.raises(StaleStep):
        set_ready(session, session.steps.get(key="problem"), seat(session, cast.tom), True)


@pytest.mark.parametrize("seen", ["", "x", "3"])
def test_ready_from_an_old_screen_is_stale(cast: Cast, seen: str) -> None:
    Play(session_at(cast, "analysis"), cast.members).press(cast.tom, "klaar", 409, seen=seen, ready="1")
    assert not Ready.objects.exists()


@pytest.mark.parametrize("kind", ["urgent", "recognised"])
def test_a_vote_is_given_once_and_taken_back(cast: Cast, kind: str) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    card = add(play.session, cast.samir, "Overgangen.")
    play.press(cast.tom, f"stem/{card.pk}", kind=kind)
    assert [(v.voter.person, v.kind) for v in Vote.objects.all()] == [(cast.tom, kind)]
    play.press(cast.tom, f"stem/{card.pk}", kind=kind)
    assert Vote.objects.count() == 1, "two presses in a row are one vote"
    Vote.objects.update(at=timezone.now() - dt.timedelta(seconds=3))
    play.press(cast.tom, f"stem/{card.pk}", kind=kind)
    assert not Vote.objects.exists()


def test_nobody_votes_on_their_own_case(cast: Cast) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    card = add(play.session, cast.samir, "Overgangen.")
    assert "anderen" in play.press(cast.samir, f"stem/{card.pk}", 409, kind="urgent").content.decode()
    assert not Vote.objects.exists()


def test_a_vote_of_another_kind_is_told(cast: Cast) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    card = add(play.session, cast.samir, "Overgangen.")
    play.press(cast.tom, f"stem/{card.pk}", 422, kind="funny")
    assert not Vote.objects.exists()


@pytest.mark.parametrize("key", ["problem", "analysis", "close"])
def test_after_the_choice_votes_are_stale(cast: Cast, key: str) -> None:
    session = session_at(cast, "choice")
    card = add(session, cast.samir, "Overgangen.")
    play = Play(move_to(session, key, cast.noor), cast.members)
    play.press(cast.tom, f"stem/{card.pk}", 409, kind="urgent")
    play.press(cast.noor, f"kies/{card.pk}", 409)
    assert not Vote.objects.exists() and play.session.presenter is None


def test_the_chosen_case_makes_its_maker_the_presenter(cast: Cast) -> None:
    session = session_at(cast, "choice")
    choose_case(session, add(session, cast.samir, "Overgangen."))
    assert fresh(session).presenter == seat(session, cast.samir)


def test_the_facilitators_own_case_first_needs_another_facilitator(cast: Cast) -> None:
    session = session_at(cast, "choice")
    with pytest.raises(MoveRefused, match="does not guide as well"):
        choose_case(session, add(session, cast.noor, "Die van mij."))
    assert fresh(session).presenter is None


def test_the_prepared_question_is_the_presenters(cast: Cast) -> None:
    session = session_at(cast, "problem")
    assert prepared_question(session) == ""
    session.meeting.cases.create(presenter=cast.samir, question="Hoe kan ik rust krijgen?")
    session.put(presenter=seat(session, cast.samir))
    assert prepared_question(fresh(session)) == "Hoe kan ik rust krijgen?"
    play = Play(session, cast.members)
    assert "Hoe kan ik rust krijgen?" in play.read(cast.samir)
    for person in (cast.noor, cast.tom):
        assert "Hoe kan ik rust krijgen?" not in play.read(person)


# -- question, hypothesis, marks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "address", "name"), [("problem", "vraag", "question"), ("hypothesis", "hypothese", "hypothesis")]
)
def test_only_the_presenter_writes_question_and_hypothesis(
    cast: Cast, key: str, address: str, name: str
) -> None:
    play = Play(session_at(cast, key, presenter=cast.samir), cast.members)
    play.press(cast.tom, address, 403, text="Niet van mij.")
    play.press(cast.noor, address, 403, text="Ook niet van mij.")
    play.press(cast.samir, address, text="Hoe kan ik?")
    assert getattr(play.session, name) == "Hoe kan ik?"


@pytest.mark.parametrize("kind", ["question", "choice", "tip"])
def test_only_a_hypothesis_is_picked_as_one(cast: Cast, kind: str) -> None:
    play = Play(session_at(cast, "hypothesis", presenter=cast.samir), cast.members)
    card = add(play.session, cast.tom, "Ik vermoed dat.")
    reveal(play.session, play.step, AT)
    Contribution.objects.filter(pk=card.pk).update(kind=kind)
    play.press(cast.samir, f"hypothese/{card.pk}", 404)
    Contribution.objects.filter(pk=card.pk).update(kind=Kind.HYPOTHESIS)
    play.press(cast.samir, f"hypothese/{card.pk}")
    assert play.session.hypothesis == "Ik vermoed dat."


def shown_tip(session: Session, cast: Cast) -> Contribution:
    add(session, cast.tom, "Ik zou een startblokje nemen.")
    card = show_next_tip(fresh(session), now_step(session), AT, seen=0)
    assert card is not None
    return card


@pytest.mark.parametrize("mark", ["pick", "keep", "not_now"])
def test_a_shown_tip_is_marked_and_the_mark_changed(cast: Cast, mark: str) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    card = shown_tip(session, cast)
    mark_tip(card, "keep")
    mark_tip(card, mark)
    assert Mark.objects.get().mark == mark
    mark_tip(card, "")
    assert not Mark.objects.exists()


def test_a_hidden_tip_is_not_marked(cast: Cast) -> None:
    play = Play(session_at(cast, "tip_parade", presenter=cast.samir), cast.members)
    card = add(play.session, cast.tom, "Nog verborgen.")
    play.press(cast.samir, f"merk/{card.pk}", 404, mark="pick")
    with pytest.raises(StaleStep):
        mark_tip(card, "pick")
    assert not Mark.objects.exists()


def test_only_tips_are_marked(cast: Cast) -> None:
    session = session_at(cast, "analysis", presenter=cast.samir)
    with pytest.raises(StaleStep):
        mark_tip(add(session, cast.tom, "Wanneer?"), "pick")


@pytest.mark.parametrize("one_laptop", [False, True])
def test_with_one_laptop_the_facilitators_screen_marks(cast: Cast, one_laptop: bool) -> None:
    play = Play(session_at(cast, "tip_parade", presenter=cast.samir), cast.members)
    play.session.put(one_laptop=one_laptop)
    card = shown_tip(play.session, cast)
    play.press(cast.noor, f"merk/{card.pk}", 204 if one_laptop else 403, mark="pick")
    play.press(cast.tom, f"merk/{card.pk}", 403, mark="keep")
    assert [m.mark for m in Mark.objects.all()] == (["pick"] if one_laptop else [])


def test_a_mark_that_is_not_one_is_told(cast: Cast) -> None:
    play = Play(session_at(cast, "tip_parade", presenter=cast.samir), cast.members)
    play.press(cast.samir, f"merk/{shown_tip(play.session, cast).pk}", 422, mark="splendid")
    assert not Mark.objects.exists()


def test_after_closing_marks_stay_as_they_are(cast: Cast) -> None:
    play = Play(session_at(cast, "tip_parade", presenter=cast.samir), cast.members)
    card = shown_tip(play.session, cast)
    play.session.put(state="closed")
    play.press(cast.samir, f"merk/{card.pk}", 409, mark="pick")
    assert not Mark.objects.exists()


# -- whose case it is --------------------------------------------------------------------------------------


def test_the_facilitator_cannot_hand_a_case_to_somebody_else(cast: Cast) -> None:
    play = Play(session_at(cast, "tip_parade", presenter=cast.samir), cast.members)
    for other in (str(seat(play.session, cast.tom).pk), ""):
        told = play.press(cast.noor, "rol", 409, role="presenter", participant=other)
        assert "casus" in told.content.decode()
    assert play.session.presenter == seat(play.session, cast.samir)


def test_another_choice_leaves_the_first_presenter_the_right_to_withdraw(cast: Cast) -> None:
    """And the marks they gave are not for the next presenter to see."""
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    tip = add(session, cast.tom, "Begin klein.")
    show_next_tip(fresh(session), now_step(session), AT, seen=0)
    mark_tip(Contribution.objects.get(pk=tip.pk), "pick")
    session = move_to(fresh(session), "choice", cast.noor)
    choose_case(session, add(session, cast.tom, "Werkdruk."))
    session = fresh(session)
    assert session.presenter == seat(session, cast.tom)
    assert session.case_can_be_withdrawn_by(cast.samir) and session.case_can_be_withdrawn_by(cast.tom)
    assert not Mark.objects.exists()
    choose_case(session, add(session, cast.esra, "Een lastig gesprek."))
    bringers = [who.person for who in fresh(session).bringers]
    assert bringers == [cast.esra, cast.tom, cast.samir]


def test_a_role_tapped_in_the_lobby_is_no_case_yet(cast: Cast) -> None:
    session = session_at(cast)
    assign(session, "presenter", seat(session, cast.samir))
    assign(fresh(session), "presenter", seat(session, cast.tom))
    assert not fresh(session).case_can_be_withdrawn_by(cast.samir)


def test_one_laptop_is_for_a_presenter_without_a_screen(cast: Cast) -> None:
    play = Play(session_at(cast, "tip_parade", presenter=cast.samir), cast.members)
    samir = seat(play.session, cast.samir)
    type(samir).objects.filter(pk=samir.pk).update(connected=True)
    assert "eigen scherm" in play.press(cast.noor, "een-laptop", 409, on="1").content.decode()
    assert not play.session.one_laptop
    type(samir).objects.filter(pk=samir.pk).update(connected=False)
    play.press(cast.noor, "een-laptop", on="1")
    assert play.session.one_laptop
