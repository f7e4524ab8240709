"""Nothing typed is lost: what was refused stays in its box, and is offered again in a later step."""

from __future__ import annotations

import pytest

from schools.drafts import draft_text
from tests.people import Cast, make_session

from .play import AT, Play, move_to, now_step, session_at

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
