"""What people write in a step: who may, what stays hidden until when, votes, marks, the parade."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.intervision.models import Contribution, Kind, Mark, Ready, Session, StaleStep, Vote
from coaching.intervision.writing import (
    choose_case,
    mark_tip,
    next_in_parade,
    next_speaker,
    prepared_question,
    reveal,
    set_ready,
    show_next_tip,
    take_back,
    vote,
)
from coaching.lib.states import MoveRefused
from schools.drafts import draft_text
from tests.people import Cast, make_session

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
    vote(play.session, card, seat(play.session, cast.tom), kind, True)
    assert Vote.objects.count() == 1
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


# -- nothing typed is lost ---------------------------------------------------------------------------------


def test_a_card_drops_its_draft(cast: Cast) -> None:
    play = Play(session_at(cast, "analysis"), cast.members)
    field = f"session:{play.pk}:step:{play.step.pk}:write"
    play.post(cast.tom, "/concept/", 200, field=field, text="Wanneer beg", seq=1)
    play.write(cast.tom, "Wanneer begint het?")
    assert draft_text(cast.tom, field) == ""


def test_one_card_too_many_stays_in_the_box(cast: Cast) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    play.write(cast.tom, "Mijn zin.")
    reply = play.write(cast.tom, "Nog een zin.", 409)
    assert "alert" in reply.content.decode()
    assert "Nog een zin." in play.read(cast.tom, "mijn/")
    assert "Nog een zin." not in play.read(cast.noor, "mijn/")


def test_what_came_too_late_is_offered_again(cast: Cast) -> None:
    session = session_at(cast, "analysis")
    old = now_step(session).pk
    play = Play(move_to(move_to(session, "hypothesis", cast.noor), "tip_parade", cast.noor), cast.members)
    play.press(cast.tom, "schrijf", 409, text="Wat doe jij dan?", step=old)
    mine = play.read(cast.tom, "mijn/")
    assert "Analyse" in mine and "Wat doe jij dan?" in mine and "readonly" in mine
    for person in (cast.noor, cast.samir):
        assert "Wat doe jij dan?" not in play.read(person)
    play.write(cast.tom, "Ik zou vragen: Wat doe jij dan?")
    assert "readonly" not in play.read(cast.tom, "mijn/")


def test_a_leftover_that_is_not_needed_goes(cast: Cast) -> None:
    session = session_at(cast, "analysis")
    old = now_step(session).pk
    play = Play(move_to(move_to(session, "hypothesis", cast.noor), "tip_parade", cast.noor), cast.members)
    play.press(cast.tom, "schrijf", 409, text="Wat doe jij dan?", step=old)
    field = f"session:{play.pk}:step:{old}:write"
    assert field in play.read(cast.tom, "mijn/")
    play.post(cast.tom, "/concept/", 200, field=field, text="", seq=2)
    assert "Wat doe jij dan?" not in play.read(cast.tom, "mijn/")


@pytest.mark.parametrize(("key", "address"), [("problem", "vraag"), ("hypothesis", "hypothese")])
def test_a_question_or_hypothesis_that_came_too_late_is_offered_again(
    cast: Cast, key: str, address: str
) -> None:
    session = session_at(cast, key, presenter=cast.samir)
    play = Play(move_to(session, "tip_parade", cast.noor), cast.members)
    play.press(cast.samir, address, 409, text="Hoe kan ik rust krijgen?")
    assert "Hoe kan ik rust krijgen?" in play.read(cast.samir, "mijn/")


def test_after_closing_it_stands_on_the_page_of_the_session(cast: Cast) -> None:
    play = Play(session_at(cast, "tip_parade"), cast.members)
    step = play.step.pk
    play.session.put(state="closed")
    play.press(cast.tom, "schrijf", 409, text="Ik zou het voordoen.", step=step)
    assert "Ik zou het voordoen." in play.read(cast.tom)
    assert "Ik zou het voordoen." not in play.read(cast.samir)


def test_after_erasing_nothing_is_kept(cast: Cast) -> None:
    play = Play(session_at(cast, "tip_parade"), cast.members)
    step = play.step.pk
    play.session.put(state="closed", erased_at=AT)
    play.press(cast.tom, "schrijf", 409, text="Ik zou het voordoen.", step=step)
    assert "Ik zou het voordoen." not in play.read(cast.tom)
    assert not cast.tom.drafts.exists()


def test_another_session_of_the_group_knows_nothing_of_it(cast: Cast) -> None:
    play = Play(session_at(cast, "choice"), cast.members)
    play.write(cast.tom, "Mijn zin.")
    play.write(cast.tom, "Nog een zin.", 409)
    play.session.put(state="closed")
    second = Play(make_session(play.session.meeting, cast.members, running=True), cast.members)
    assert "Nog een zin." not in second.read(cast.tom)
