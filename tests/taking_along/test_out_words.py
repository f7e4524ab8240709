"""Export of one person: all private words of theirs, none of anybody else's, also when many are made at once."""

from __future__ import annotations

import io
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.taking_along import making
from coaching.taking_along.packing import pack, parcel_of
from schools.models import User
from tests.scene import ROLES, WORDS, Scene
from tests.scene_dossier import DOSSIER_WORDS
from tests.scene_review import REVIEW_WORDS
from tests.scene_trajectory import TRAJECTORY_WORDS
from tests.taking_along.conftest import packed, parts, text_of, zip_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]

# Whose each word is: a tip belongs to whoever wrote it while the session's notes are kept, and to whoever kept it.
OWN: dict[str, str] = {
    **dict.fromkeys(["situation", "tried", "case_question", "case_draft", "old_situation"], "samir"),
    **dict.fromkeys(["old_case_draft", "choice", "asked", "old_question", "intention", "where"], "samir"),
    **dict.fromkeys(["works_when", "if_then", "happened", "plan_draft"], "samir"),
    **dict.fromkeys(["question", "hidden_hypothesis", "shown_tip", "hidden_tip", "typing", "notes"], "tom"),
    **dict.fromkeys(["old_draft", "learning"], "tom"),
    **dict.fromkeys(["closed_title", "reflection", "competence"], "noor"),
    **dict.fromkeys(["about_note", "about_draft", "quadrant", "quadrant_draft", "start_draft"], "noor"),
    **dict.fromkeys(["other_case", "theme", "old_hypothesis", "passed_tip", "typed_for"], "lieke"),
    **dict.fromkeys(["entry_part", "entry_draft", "file_name", "shared_entry"], "samir"),
    **dict.fromkeys(["pop_shared", "pop_later", "pop", "wish", "action", "progress", "pop_draft"], "samir"),
    **dict.fromkeys(["feedback_question", "wall"], "samir"),
    **dict.fromkeys(
        ["talk_agreement", "talk_agreed_before", "talk_preparation", "talk_draft"], "samir"
    ),  # also what two agreed on
    **dict.fromkeys(["feedback_answer", "answer_draft"], "tom"),  # not kept by who asked: still the giver's
    "old_hidden": "esra",
    "gop_wish": "tom",
    "gop_draft": "noor",
    "picked_tip": "noor samir",
    "kept_tip": "tom samir",
    **dict.fromkeys(
        ["old_chosen", "agreement", "gop_handed_in", "gop_living", "gop_taken_away"], ""
    ),  # of the group
    **dict.fromkeys([*REVIEW_WORDS, *TRAJECTORY_WORDS, *DOSSIER_WORDS], ""),  # of the group, of the school
}


def words_of(name: str) -> set[str]:
    return {word for word, whose in OWN.items() if name in whose.split()} & set(WORDS)


def words_in(text: str) -> set[str]:
    return {name for name, word in WORDS.items() if word in text}


def test_the_table_of_words_is_whole() -> None:
    assert not set(WORDS) - set(OWN), "say in OWN whose words these are"


def test_it_holds_all_words_of_its_owner_and_none_of_anybody_else(scene: Scene) -> None:
    people: list[str] = ["noor", "samir", "tom", "lieke", "esra", *set(ROLES.values())]
    for name in people:
        person = getattr(scene.cast, name, None) or getattr(scene, name)
        data, own = packed(person), words_of(name)
        assert words_in(text_of(data)) == own, name
        assert words_in(parts(data)["mine.json"].decode()) == own, name


def test_it_names_nobody_but_its_owner(scene: Scene) -> None:
    for person in User.objects.all():
        text = text_of(packed(person))
        others = User.objects.exclude(pk=person.pk)
        assert not [each.name for each in others if each.name in text or each.email in text]
        assert person.name in text and person.email in text


def test_two_at_the_same_time_do_not_mix(scene: Scene) -> None:
    """Six threads at once, each with the parcel of one of three people; the database is asked before."""
    people = [scene.cast.noor, scene.cast.samir, scene.cast.tom] * 2
    parcels = [parcel_of(person, "nl", timezone.now()) for person in people]
    outs = [io.BytesIO() for _person in people]
    threads = [Thread(target=pack, args=pair) for pair in zip(parcels, outs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person, out in zip(people, outs, strict=True):
        name = next(role for role in ("noor", "samir", "tom") if getattr(scene.cast, role) == person)
        assert words_in(text_of(out.getvalue())) == words_of(name)


def test_each_gets_their_own_from_the_desk(
    scene: Scene, clients: dict[str, Client], monkeypatch: Any
) -> None:
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 60)
    for role, name in (("facilitator", "noor"), ("presenter", "samir"), ("participant", "tom")):
        assert words_in(text_of(zip_of(clients[role].get("/meenemen/zip/")))) == words_of(name)
