"""What people write in a step: who may, what stays hidden until when, the parade."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.intervision.models import Contribution, Kind, Ready, Session, StaleStep
from coaching.intervision.writing import (
    next_in_parade,
    next_speaker,
    reveal,
    show_next_tip,
    take_back,
)
from coaching.lib.states import MoveRefused
from tests.people import Cast

from .play import AT, Play, add, fresh, move_to, now_step, seat, session_at

KINDS = {"choice": "choice", "analysis": "question", "hypothesis": "hypothesis", "tip_parade": "tip"}
NOTHING_WRITTEN = ["look_back", "problem", "action_plan", "close"]


# -- writing a card ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "kind"), KINDS.items())
def test_a_card_is_written(cast: Cast, key: str, kind: str) -> None:
    session = session_at(cast, key)
    card = add(session, cast.tom, "Wanneer gaat het wél goed?")
    assert (card.kind, card.text, card.was_typed_for) == (kind, "Wanneer gaat het wél goed?", False)
    assert (card.shown_at is None) == now_step(session).hidden
    assert fresh(session).version > session.version


@pytest.mark.parametrize("key", NOTHING_WRITTEN)
def test_in_some_steps_nothing_is_written(cast: Cast, key: str) -> None:
    with pytest.raises(MoveRefused, match="Nothing is written"):
        add(session_at(cast, key), cast.tom, "Iets.")
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("state", ["lobby", "closed", "cancelled"])
def test_only_a_running_session_takes_cards(cast: Cast, state: str) -> None:
    session = session_at(cast, "analysis")
    session.put(state=state)
    with pytest.raises(StaleStep):
        add(session, cast.tom, "Te laat.")
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("key", ["analysis", "hypothesis", "tip_parade"])
def test_the_presenter_listens(cast: Cast, key: str) -> None:
    session = session_at(cast, key, presenter=cast.samir)
    with pytest.raises(MoveRefused, match="listens"):
        add(session, cast.samir, "Ja maar.")


def test_the_presenter_too_says_one_sentence_at_the_choice(cast: Cast) -> None:
    session = session_at(cast, "choice", presenter=cast.samir)
    assert add(session, cast.samir, "Overgangen.").kind == Kind.CHOICE


@pytest.mark.parametrize(
    ("key", "most"), [("choice", 1), ("analysis", 2), ("hypothesis", 2), ("tip_parade", 3)]
)
def test_each_step_has_its_most(cast: Cast, key: str, most: int) -> None:
    session = session_at(cast, key)
    cards = [add(session, cast.tom, f"Nummer {n}.") for n in range(most)]
    with pytest.raises(MoveRefused, match="the most this step asks"):
        add(session, cast.tom, "Eentje te veel.")
    add(session, cast.esra, "Een ander mag nog.")
    take_back(cards[0])
    add(session, cast.tom, "Weer plaats.")
    assert Contribution.objects.filter(author__person=cast.tom).count() == most


def test_what_stands_out_has_no_limit(cast: Cast) -> None:
    session = session_at(cast, "analysis")
    for number in range(4):
        add(session, cast.tom, f"Thema {number}", kind="theme")
    assert Contribution.objects.filter(kind=Kind.THEME).count() == 4


@pytest.mark.parametrize("kind", ["tip", "choice", "", "nonsense"])
def test_a_kind_that_does_not_belong_here_becomes_the_steps_own(cast: Cast, kind: str) -> None:
    assert add(session_at(cast, "analysis"), cast.tom, "Hoe?", kind=kind).kind == Kind.QUESTION


# -- on behalf of somebody ---------------------------------------------------------------------------------


def typed_for(session: Session, cast: Cast) -> Contribution:
    """Noor, who guides, types what Lieke reads out."""
    return add(session, cast.lieke, "Van een briefje.", written_by=seat(session, cast.noor))


@pytest.mark.parametrize("hidden", [0, 1, 3])
def test_typing_for_somebody_does_not_tell_how_many_they_have_hidden(cast: Cast, hidden: int) -> None:
    """The tips step takes three a person: the fourth that Noor types is refused, whatever Lieke wrote herself."""
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    assert now_step(session).max_items == 3
    for number in range(hidden):
        add(session, cast.lieke, f"Eigen tip {number}")
    for _number in range(3):
        typed_for(session, cast)
    with pytest.raises(MoveRefused):
        typed_for(session, cast)
    with pytest.raises(MoveRefused):  # of her own she sees all, those typed for her too
        add(session, cast.lieke, "Nog een.")


def test_typing_for_somebody_counts_what_everybody_sees(cast: Cast) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    for number in range(3):
        add(session, cast.lieke, f"Eigen tip {number}")
    Contribution.objects.update(shown_at=AT)
    with pytest.raises(MoveRefused):
        typed_for(session, cast)


def test_the_facilitator_types_for_somebody(cast: Cast) -> None:
    session = session_at(cast, "hypothesis")
    card = typed_for(session, cast)
    assert card.was_typed_for
    assert set(Contribution.objects.visible_to(cast.noor)) == {card}
    assert set(Contribution.objects.visible_to(cast.lieke)) == {card}
    assert not Contribution.objects.visible_to(cast.tom).exists()


def test_nobody_else_does(cast: Cast) -> None:
    session = session_at(cast, "hypothesis")
    with pytest.raises(MoveRefused, match="Only the facilitator types"):
        add(session, cast.lieke, "Namens.", written_by=seat(session, cast.tom))
    assert not Contribution.objects.exists()


def test_nobody_else_says_somebody_is_ready(cast: Cast) -> None:
    play = Play(session_at(cast, "hypothesis"), cast.members)
    author = seat(play.session, cast.lieke).pk
    play.write(cast.tom, "", 409, author=author, done="1")
    assert not Ready.objects.exists()
    play.write(cast.noor, "", author=author, done="1")
    assert Ready.objects.get().participant.person == cast.lieke


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize(
    ("name", "hidden", "after"),
    [("lieke", True, True), ("noor", True, False), ("tom", False, False), ("samir", False, False)],
)
def test_who_takes_a_card_back(cast: Cast, name: str, hidden: bool, after: bool, shown: bool) -> None:
    """Whose words they are, always; who typed them, while hidden."""
    session = session_at(cast, "hypothesis", presenter=cast.samir)
    card = typed_for(session, cast)
    if shown:
        reveal(fresh(session), now_step(session), AT)
    card = Contribution.objects.get(pk=card.pk)
    assert card.can_be_changed_by(getattr(cast, name)) == (after if shown else hidden)


def test_nobody_takes_a_card_back_after_closing(cast: Cast) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    card = add(play.session, cast.tom, "Overgangen.")
    play.session.put(state="closed")
    play.post(cast.tom, f"/kaart/{card.pk}/weg/", 403)
    assert Contribution.objects.filter(pk=card.pk).exists()


def test_a_hidden_card_taken_back_returns_to_the_box(cast: Cast) -> None:
    play = Play(session_at(cast, "hypothesis"), cast.members)
    card = add(play.session, cast.tom, "Ik vermoed dat het aan de tijd ligt.")
    play.post(cast.tom, f"/kaart/{card.pk}/weg/")
    assert not Contribution.objects.exists()
    assert "aan de tijd ligt" in play.read(cast.tom, "mijn/")


def test_somebody_elses_hidden_card_is_not_there(cast: Cast) -> None:
    play = Play(session_at(cast, "hypothesis"), cast.members)
    card = add(play.session, cast.tom, "Verborgen.")
    play.post(cast.esra, f"/kaart/{card.pk}/weg/", 404)
    assert Contribution.objects.filter(pk=card.pk).exists()


# -- hidden until shown ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["hypothesis", "tip_parade"])
def test_hidden_cards_are_their_writers(cast: Cast, key: str) -> None:
    session = session_at(cast, key)
    card = add(session, cast.tom, "Nog niet.")
    for person in cast.members:
        assert Contribution.objects.visible_to(person).filter(pk=card.pk).exists() == (person == cast.tom)
    assert not Contribution.objects.shown().exists()


@pytest.mark.parametrize("name", ["ilse", "late", "karin", "hanneke", "olaf", "vera", "bram"])
def test_a_shown_card_is_seen_by_participants_only(cast: Cast, name: str) -> None:
    session = session_at(cast, "analysis")
    add(session, cast.tom, "Zichtbaar.")
    assert Contribution.objects.visible_to(cast.esra).exists()
    assert not Contribution.objects.visible_to(getattr(cast, name)).exists()


def test_reveal_shows_all_at_once(cast: Cast) -> None:
    session = session_at(cast, "hypothesis")
    for person in (cast.tom, cast.esra):
        add(session, person, f"Van {person.first_name}.")
    assert reveal(fresh(session), now_step(session), AT) == 2
    assert Contribution.objects.shown().count() == 2
    assert add(session, cast.lieke, "Alsnog.").shown_at is not None


def test_revealing_a_step_that_is_over_is_stale(cast: Cast) -> None:
    session = session_at(cast, "hypothesis")
    add(session, cast.tom, "Blijft van mij.")
    step = now_step(session)
    moved = move_to(fresh(session), "tip_parade", cast.noor)
    with pytest.raises(StaleStep):
        reveal(moved, step, AT)
    assert not Contribution.objects.shown().exists()


# -- finish your sentence ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "accepted"), [(1, True), (24, True), (25, False), (600, False)])
def test_a_sentence_may_be_finished_after_the_move(cast: Cast, seconds: int, accepted: bool) -> None:
    session = session_at(cast, "analysis")
    step = now_step(session)
    move_to(session, "hypothesis", cast.noor)
    at = AT + dt.timedelta(seconds=seconds)
    if accepted:
        assert add(session, cast.tom, "Nog net.", step=step, at=at).step == step
    else:
        with pytest.raises(StaleStep):
            add(session, cast.tom, "Te laat.", step=step, at=at)


def test_only_the_step_just_left_waits(cast: Cast) -> None:
    session = session_at(cast, "choice")
    step = now_step(session)
    moved = move_to(move_to(session, "problem", cast.noor), "analysis", cast.noor)
    assert not moved.accepts_writing_in(step, AT)


def test_a_step_to_come_takes_no_cards(cast: Cast) -> None:
    session = session_at(cast, "analysis")
    with pytest.raises(StaleStep):
        add(session, cast.tom, "Te vroeg.", step=session.steps.get(key="tip_parade"))


# -- the parade --------------------------------------------------------------------------------------------


def parade(session: Session) -> list[str]:
    shown = []
    for seen in range(20):
        card = show_next_tip(fresh(session), now_step(session), AT, seen=seen)
        if card is None:
            break
        assert card.turn == seen + 1
        shown.append(card.text)
    return shown


def test_one_tip_a_turn_round_the_circle(cast: Cast) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    for text, person in (("t1", cast.tom), ("t2", cast.tom), ("t3", cast.tom), ("e1", cast.esra)):
        add(session, person, text)
    for text, person in (("n1", cast.noor), ("e2", cast.esra)):
        add(session, person, text)
    assert parade(session) == ["n1", "t1", "e1", "t2", "e2", "t3"]


def test_who_writes_late_comes_before_anybodys_second(cast: Cast) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    add(session, cast.tom, "t1")
    add(session, cast.tom, "t2")
    show_next_tip(fresh(session), now_step(session), AT, seen=0)
    add(session, cast.esra, "e1")
    following = next_in_parade(now_step(session))
    assert following is not None and following.text == "e1"


@pytest.mark.parametrize("seen", [0, 2, 5])
def test_a_press_that_saw_another_number_shows_nothing(cast: Cast, seen: int) -> None:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    add(session, cast.tom, "t1")
    add(session, cast.esra, "e1")
    show_next_tip(fresh(session), now_step(session), AT, seen=0)
    with pytest.raises(StaleStep):
        show_next_tip(fresh(session), now_step(session), AT, seen=seen)
    assert Contribution.objects.shown().count() == 1


def test_when_all_are_shown_there_is_none(cast: Cast) -> None:
    session = session_at(cast, "tip_parade")
    assert next_in_parade(now_step(session)) is None
    assert show_next_tip(fresh(session), now_step(session), AT, seen=0) is None


def test_only_the_parade_shows_tip_by_tip(cast: Cast) -> None:
    session = session_at(cast, "hypothesis")
    add(session, cast.tom, "Ik vermoed.")
    with pytest.raises(StaleStep):
        show_next_tip(fresh(session), now_step(session), AT, seen=0)


def test_the_turn_goes_round_past_the_presenter(cast: Cast) -> None:
    session = session_at(cast, "analysis", presenter=cast.samir)
    turns = []
    for _ in range(5):
        speaker = next_speaker(session, now_step(session))
        turns.append(speaker.name if speaker else None)
    assert turns == ["Noor", "Tom", "Lieke", "Esra", None]


def test_a_presenter_who_writes_alone_is_not_told_to_listen(cast: Cast) -> None:
    session = session_at(cast, "analysis", presenter=cast.samir)
    with pytest.raises(MoveRefused):
        add(session, cast.samir, "Mijn eigen vraag.")
    session.steps.filter(key="analysis").update(presenter="writes")
    assert add(fresh(session), cast.samir, "Mijn eigen vraag.").author.person == cast.samir
