"""Entries of all kinds: written with or without questions, tagged, filtered, read, and never overwritten."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portfolio.competences import choose
from portfolio.models import Competence, Entry, EntryKind, Framework, ShareOpening, Structure
from portfolio.sharing import share
from portfolio.structures import QUESTIONS, answers_of
from schools.models import Draft
from tests.lib.files import picture
from tests.people import Cast
from tests.portfolio.test_files import add
from tests.portfolio.test_views import page, statements

TODAY = timezone.localdate


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return Entry.objects.create(
        owner=cast.noor, kind="success", title="De klas startte zelf", text="Om 8.30."
    )


@pytest.fixture
def tags(cast: Cast) -> dict[str, Competence]:
    """One of the list that the school chose, one of another list, one of Noor's own and one of Samir's."""
    chosen = Framework.objects.create(key="sbl", title_nl="SBL")
    other = Framework.objects.create(key="ander", title_nl="Andere lijst")
    choose(cast.zandplaat, [chosen])
    return {
        "listed": Competence.objects.create(framework=chosen, title_nl="Organiseren"),
        "elsewhere": Competence.objects.create(framework=other, title_nl="Lesgeven in zee"),
        "own": Competence.objects.create(owner=cast.noor, title_nl="Toneel maken"),
        "theirs": Competence.objects.create(owner=cast.samir, title_nl="Schaken"),
    }


def told(**more: Any) -> dict[str, Any]:
    return {"kind": "success", "title": "Titel", "text": "Tekst", "day": TODAY(), "once_key": uuid4(), **more}


def as_typed(entry: Entry, **more: Any) -> dict[str, Any]:
    return {**told(seen=entry.version, title=entry.title, text=entry.text, day=entry.day), **more}


# -- writing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["success", "reflection", "proof", "feedback", "certificate"])
def test_each_kind_can_be_written_and_opens_at_once(cast: Cast, noor: Client, kind: str) -> None:
    assert f'value="{kind}" ' in page(noor, "entry_new")
    reply = noor.post(reverse("entry_new"), told(kind=kind))
    made = Entry.objects.get(owner=cast.noor)
    assert reply["Location"] == reverse("entry", args=[made.pk])
    assert (made.kind, made.structure) == (kind, Structure.FREE)
    assert "Tekst" in page(noor, "entry", made.pk)


def test_the_address_chooses_a_kind_and_nonsense_in_it_does_no_harm(noor: Client) -> None:
    text = noor.get(reverse("entry_new"), {"kind": "proof"}).content.decode()
    assert re.search(r'value="proof"[^>]*checked', text)
    assert noor.get(reverse("entry_new"), {"kind": "x", "structure": "<script>"}).status_code == 200


@pytest.mark.parametrize("structure", [Structure.STARR, Structure.KORTHAGEN, Structure.STARTERS])
def test_a_structure_asks_its_questions_and_keeps_the_answers(
    cast: Cast, noor: Client, structure: Structure
) -> None:
    asked = QUESTIONS[structure]
    address = f"{reverse('entry_new')}?structure={structure}"
    shown = noor.get(address).content.decode()
    assert 'name="text"' not in shown and shown.count('name="q_') == len(asked) == 5
    answers = {f"q_{each.key}": f"Antwoord {number}" for number, each in enumerate(asked)}
    noor.post(address, {**told(kind="reflection"), **answers, f"q_{asked[1].key}": ""})
    made = Entry.objects.get(owner=cast.noor)
    assert (made.structure, made.text) == (structure, "")
    assert [each.text for each in answers_of(made)] == [
        "Antwoord 0",
        "Antwoord 2",
        "Antwoord 3",
        "Antwoord 4",
    ]
    text = page(noor, "entry", made.pk)
    assert str(asked[0].label) in text or "Antwoord 0" in text
    assert "Antwoord 0" in page(noor, "portfolio")
    assert "Antwoord 3" in page(noor, "entry_edit", made.pk)


def test_keys_of_questions_are_short_and_never_twice() -> None:
    for asked in QUESTIONS.values():
        assert len({each.key for each in asked}) == len(asked)
        assert all(len(each.key) <= 20 for each in asked)


def test_every_text_is_kept_while_typing(cast: Cast, noor: Client, entry: Entry) -> None:
    address = f"{reverse('entry_new')}?structure=starr"
    assert 'data-draft="entry:new:q_result"' in noor.get(address).content.decode()
    Draft.objects.create(writer=cast.noor, field="entry:new:q_result", text="halverwege")
    assert "halverwege" in noor.get(address).content.decode()
    Draft.objects.create(writer=cast.noor, field=f"entry:{entry.pk}:text", text="tot hier getypt")
    assert "tot hier getypt" in page(noor, "entry_edit", entry.pk)
    assert "tot hier getypt" not in page(noor, "entry", entry.pk)
    noor.post(reverse("entry_drop_drafts", args=[entry.pk]))
    assert "tot hier getypt" not in page(noor, "entry_edit", entry.pk)


def test_a_refused_structured_entry_keeps_its_answers(noor: Client) -> None:
    address = f"{reverse('entry_new')}?structure=starr"
    text = noor.post(address, told(title="", q_action="Ik telde tot tien")).content.decode()
    assert "Ik telde tot tien" in text and not Entry.objects.exists()


# -- competences -------------------------------------------------------------------------------------------


def test_tags_come_from_the_lists_of_my_school_and_my_own(
    cast: Cast, noor: Client, tags: dict[str, Competence]
) -> None:
    text = page(noor, "entry_new")
    assert "Organiseren" in text and "Toneel maken" in text
    assert "Lesgeven in zee" not in text and "Schaken" not in text
    noor.post(reverse("entry_new"), told(competences=[tags["listed"].pk, tags["own"].pk]))
    made = Entry.objects.get()
    assert {tag.title for tag in made.competences.all()} == {"Organiseren", "Toneel maken"}
    assert "Organiseren" in page(noor, "entry", made.pk)


@pytest.mark.parametrize("name", ["elsewhere", "theirs"])
def test_another_tag_is_refused(noor: Client, tags: dict[str, Competence], name: str) -> None:
    noor.post(reverse("entry_new"), told(competences=[tags[name].pk]))
    assert not Entry.objects.exists()


def test_a_tag_of_a_list_no_longer_in_use_stays(
    cast: Cast, noor: Client, entry: Entry, tags: dict[str, Competence]
) -> None:
    entry.competences.add(tags["elsewhere"])
    assert "Lesgeven in zee" in page(noor, "entry_edit", entry.pk)
    noor.post(reverse("entry_edit", args=[entry.pk]), as_typed(entry, competences=[tags["elsewhere"].pk]))
    assert entry.competences.get() == tags["elsewhere"]


# -- the portfolio page ------------------------------------------------------------------------------------


def test_successes_come_first_and_each_kind_stands_together(cast: Cast, noor: Client) -> None:
    for kind in reversed(EntryKind.values):
        Entry.objects.create(owner=cast.noor, kind=kind, title=f"Een {kind}")
    text = page(noor, "portfolio")
    places = [
        text.index(f"Een {kind}") for kind in ("success", "feedback", "proof", "reflection", "learning")
    ]
    assert places == sorted(places)


def test_the_page_is_filtered_by_kind_and_competence(
    cast: Cast, noor: Client, entry: Entry, tags: dict[str, Competence]
) -> None:
    entry.competences.add(tags["own"])
    Entry.objects.create(owner=cast.noor, kind="proof", title="Dagplanning")

    def shown(**asked: Any) -> tuple[bool, bool]:
        text = noor.get(reverse("portfolio"), asked).content.decode()
        return "De klas startte zelf" in text, "Dagplanning" in text

    assert shown() == (True, True)
    assert shown(kind="proof") == (False, True)
    assert shown(competence=tags["own"].pk) == (True, False)
    assert shown(kind="proof", competence=tags["own"].pk) == (False, False)
    assert shown(kind="zeep", competence="abc") == (True, True)
    assert shown(competence=tags["theirs"].pk) == (True, True)


def test_many_of_a_kind_are_shown_on_demand(cast: Cast, noor: Client) -> None:
    for number in range(8):
        Entry.objects.create(owner=cast.noor, kind="success", title=f"Succes nummer {number}.")
    assert page(noor, "portfolio").count("Succes nummer") == 6
    assert noor.get(reverse("portfolio"), {"kind": "success"}).content.decode().count("Succes nummer") == 8


def test_pages_cost_the_same_with_more_of_everything(
    cast: Cast, noor: Client, entry: Entry, tags: dict[str, Competence]
) -> None:
    counts = []
    for number in range(3):
        entry.competences.add(list(tags.values())[number])
        add(entry, "foto.png", picture())
        more = Entry.objects.create(owner=cast.noor, kind="proof", structure="starr", title=f"Stuk {number}")
        more.write_parts({"situation": "x", "action": "y"})
        more.competences.add(tags["own"])
        one = [statements(noor, name, entry.pk) for name in ("entry", "entry_edit")]
        counts.append([statements(noor, "portfolio"), statements(noor, "entry_new"), *one])
    assert counts[0] == counts[2]
    assert max(counts[0]) <= 12


# -- reading and rewriting ---------------------------------------------------------------------------------


def test_two_tabs_on_one_entry_overwrite_nothing(cast: Cast, noor: Client, entry: Entry) -> None:
    address = reverse("entry_edit", args=[entry.pk])
    noor.post(address, as_typed(entry, title="Eerste tab"))
    reply = noor.post(address, as_typed(entry, title="Tweede tab"))
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Eerste tab" in text and "Tweede tab" in text
    entry.refresh_from_db()
    assert (entry.title, entry.version) == ("Eerste tab", 2)
    noor.post(address, {**as_typed(entry, title="Samen"), "seen": 2})
    entry.refresh_from_db()
    assert entry.title == "Samen"


def test_two_tabs_on_the_answers_of_one_entry(
    cast: Cast, noor: Client, entry: Entry, tags: dict[str, Competence]
) -> None:
    Entry.objects.filter(pk=entry.pk).update(structure="starr", text="")
    entry.refresh_from_db()
    address = reverse("entry_edit", args=[entry.pk])
    noor.post(address, as_typed(entry, q_action="Ik wachtte", competences=[tags["own"].pk]))
    reply = noor.post(address, as_typed(entry, q_action="Ik telde"))
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Ik wachtte" in text and "Ik telde" in text and "Toneel maken" in text
    assert entry.parts.get(key="action").text == "Ik wachtte"


def test_a_form_sent_twice_saves_once_and_says_saved(noor: Client, entry: Entry) -> None:
    sent = as_typed(entry, title="Nieuwe titel")
    replies = [noor.post(reverse("entry_edit", args=[entry.pk]), sent).status_code for _twice in range(2)]
    entry.refresh_from_db()
    assert (replies, entry.version) == ([302, 302], 2)


def test_feedback_of_a_colleague_keeps_its_kind_and_names_them_to_its_owner_alone(
    cast: Cast, noor: Client, client: Client, entry: Entry
) -> None:
    Entry.objects.filter(pk=entry.pk).update(kind="feedback", given_by=cast.tom)
    assert "Tom Veenstra" in page(noor, "entry", entry.pk)
    assert 'name="kind"' not in page(noor, "entry_edit", entry.pk)
    share(entry, cast.lieke, until=None, at=timezone.now())
    client.force_login(cast.lieke)
    text = page(client, "entry", entry.pk)
    assert "De klas startte zelf" in text and "Noor de Wit" in text
    assert "Tom" not in text


def test_a_viewer_reads_and_changes_nothing_and_is_noted(
    cast: Cast, client: Client, entry: Entry, tags: dict[str, Competence]
) -> None:
    entry.competences.add(tags["own"])
    kept = add(entry, "foto.png", picture())
    share(entry, cast.hanneke, until=TODAY(), at=timezone.now())
    client.force_login(cast.hanneke)
    text = page(client, "entry", entry.pk)
    for said in ("De klas startte zelf", "Om 8.30.", "Toneel maken", "foto.png", "Noor de Wit"):
        assert said in text
    assert reverse("file", args=[kept.pk]) in text
    for name in ("entry_edit", "entry_delete", "file_add"):
        assert reverse(name, args=[entry.pk]) not in text
    assert reverse("file_delete", args=[kept.pk]) not in text
    assert ShareOpening.objects.filter(share__viewer=cast.hanneke).count() == 1


def test_what_people_type_is_text_and_nothing_else(cast: Cast, noor: Client) -> None:
    nasty = "<script>window.__xss=1</script>{{7*7}}{% debug %}"
    own = Competence.objects.create(owner=cast.noor, title_nl=nasty)
    made = Entry.objects.create(owner=cast.noor, kind="success", title=nasty, text=nasty)
    made.competences.add(own)
    for name in (("entry", made.pk), ("entry_edit", made.pk), ("entry_delete", made.pk), ("portfolio",)):
        text = page(noor, *name)
        assert "<script>window" not in text and "{{7*7}}" in text
