"""Everything of one person in one ZIP, and nothing of anybody else."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from coaching.taking_along import making, packing
from coaching.taking_along.packing import pack, parcel_of
from schools.models import User
from tests.people import Cast
from tests.scene import ROLES, WORDS, Scene

pytestmark = pytest.mark.django_db

# Whose each word is: a tip belongs to whoever wrote it while the session's notes are kept, and to whoever kept it.
OWN: dict[str, str] = {
    **dict.fromkeys(["situation", "tried", "case_question", "case_draft", "old_situation"], "samir"),
    **dict.fromkeys(["old_case_draft", "choice", "asked", "old_question", "intention", "where"], "samir"),
    **dict.fromkeys(["works_when", "if_then", "happened", "plan_draft"], "samir"),
    **dict.fromkeys(["question", "hidden_hypothesis", "shown_tip", "hidden_tip", "typing", "notes"], "tom"),
    **dict.fromkeys(["old_draft", "learning"], "tom"),
    **dict.fromkeys(["closed_title", "reflection", "competence"], "noor"),
    **dict.fromkeys(["other_case", "theme", "old_hypothesis", "passed_tip", "typed_for"], "lieke"),
    "old_hidden": "esra",
    "picked_tip": "noor samir",
    "kept_tip": "tom samir",
    **dict.fromkeys(["old_chosen", "agreement"], ""),  # of the group
}


@pytest.fixture(autouse=True)
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are told of below; here they would take a second each."""
    monkeypatch.setattr(packing, "render_pdf", lambda html, **words: b"%PDF " + html.encode())


def packed(person: User) -> bytes:
    out = io.BytesIO()
    pack(parcel_of(person, "nl", timezone.now()), out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode(errors="replace") for name in file.namelist()}


def words_in(text: str) -> set[str]:
    return {name for name, word in WORDS.items() if word in text}


def test_the_table_of_words_is_whole() -> None:
    assert set(OWN) == set(WORDS)


def test_it_holds_all_words_of_its_owner_and_none_of_anybody_else(scene: Scene) -> None:
    people: list[str] = ["noor", "samir", "tom", "lieke", "esra", *set(ROLES.values())]
    for name in people:
        person = getattr(scene.cast, name, None) or getattr(scene, name)
        own = {word for word, whose in OWN.items() if name in whose.split()}
        held = parts(packed(person))
        assert words_in("".join(held.values())) == own, name
        assert words_in(held["mine.json"]) == own, name
        assert words_in(held["index.html"]) == own, name


def test_it_names_nobody_but_its_owner(scene: Scene) -> None:
    for person in User.objects.all():
        text = "".join(parts(packed(person)).values())
        others = User.objects.exclude(pk=person.pk)
        assert not [each.name for each in others if each.name in text or each.email in text]
        assert person.name in text and person.email in text
