"""About me: core quadrants and answers, for their writer alone; two tabs, drafts, deleting."""

from __future__ import annotations

from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import StaleMove
from portfolio.about_me import CORNERS, changes_of, erase_quadrant, keep_notes, keep_quadrant, mark_of
from portfolio.erasing import stray_drafts
from portfolio.models import CoreQuadrant, PersonalNote, Share
from portfolio.prompts import THEMES
from schools.drafts import save_draft
from schools.models import Draft
from tests.people import Cast

pytestmark = pytest.mark.django_db
NEEDS = ("relation", "competence", "autonomy", "worth")


def address(theme: str = "needs") -> str:
    return reverse("about_theme", args=[theme])


def shown(client: Client, where: str) -> str:
    page = client.get(where)
    assert page.status_code == 200
    return " ".join(unescape(page.content.decode()).split())


def form_of(client: Client, where: str) -> dict[str, str]:
    """The fields as a browser would send them back."""
    form = client.get(where).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def send(client: Client, where: str, fields: dict[str, str], **changes: str) -> Any:
    return client.post(where, {**fields, **changes}, follow=True)


def texts(cast: Cast) -> dict[str, str]:
    return {note.key: note.text for note in PersonalNote.objects.filter(owner=cast.noor)}


# -- questions ---------------------------------------------------------------------------------------------


def test_every_question_has_a_key_of_its_own_that_fits_the_column() -> None:
    keys = [prompt.key for theme in THEMES for prompt in theme.prompts]
    longest = PersonalNote._meta.get_field("key").max_length or 0
    assert len(keys) == len(set(keys)) and max(map(len, keys)) <= longest
    assert {theme.key for theme in THEMES} >= {
        "needs",
        "motives",
        "values",
        "mirror",
        "dare",
        "career",
        "style",
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.key)
def test_each_theme_can_be_answered_and_says_who_sees_it(noor: Client, cast: Cast, theme: Any) -> None:
    page, first = shown(noor, address(theme.key)), theme.prompts[0]
    assert str(first.question) in page and "Delen kan niet, met niemand" in page
    send(noor, address(theme.key), form_of(noor, address(theme.key)), **{first.key: "Rust."})
    assert texts(cast) == {first.key: "Rust."}
    assert "Rust." in shown(noor, reverse("about_me"))


def test_the_four_needs_each_begin_with_a_sentence(noor: Client) -> None:
    page = shown(noor, address())
    for words in ("Relatie", "Competentie", "Autonomie", "Zelfwaardering"):
        assert words in page
    assert "Ik hoor erbij, en anderen zijn blij dat ik er ben." in page


def test_nothing_has_to_be_filled_in_and_what_is_emptied_is_gone(noor: Client, cast: Cast) -> None:
    page = send(noor, address(), form_of(noor, address()))
    assert "Bewaard. Alleen jij kunt het lezen." in page.content.decode() and not texts(cast)
    send(noor, address(), form_of(noor, address()), relation="Thuis in de bovenbouw.")
    send(noor, address(), form_of(noor, address()), relation="")
    assert not PersonalNote.objects.exists()


def test_a_theme_that_is_none(noor: Client) -> None:
    for name in ("about_theme", "about_drop_drafts"):
        assert noor.post(reverse(name, args=["geheim"])).status_code == 404


def test_too_long_is_said_and_not_cut(noor: Client) -> None:
    reply = send(noor, address(), form_of(noor, address()), relation="x" * 8001)
    assert "8000" in reply.content.decode() and not PersonalNote.objects.exists()


def test_a_double_press_saves_once_and_says_saved(noor: Client, cast: Cast) -> None:
    fields = form_of(noor, address()) | {"once_key": str(uuid4()), "relation": "Thuis."}
    for _time in range(2):
        assert "Bewaard." in send(noor, address(), fields).content.decode()
    assert PersonalNote.objects.get().version == 1


# -- two tabs ----------------------------------------------------------------------------------------------


def test_two_tabs_on_one_text_get_both_side_by_side_and_nothing_is_overwritten(
    noor: Client, cast: Cast
) -> None:
    here, there = form_of(noor, address()), form_of(noor, address())
    send(noor, address(), there, relation="Van het andere scherm.", worth="Ook daar.")
    refused = send(noor, address(), here, relation="Van dit scherm.", autonomy="Ik kies zelf.")
    page = unescape(refused.content.decode())
    assert refused.status_code == 409 and "Twee versies van je tekst" in page
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "Van het andere scherm." in table and "Van dit scherm." in table and "Ook daar." not in table
    assert texts(cast) == {"relation": "Van het andere scherm.", "worth": "Ook daar."}
    again = {
        name: str(refused.context["form"][name].value() or "") for name in refused.context["form"].fields
    }
    assert again["worth"] == "Ook daar.", "what was not touched here follows what is saved"
    send(noor, address(), again, relation="Van allebei.")
    assert texts(cast) == {"relation": "Van allebei.", "worth": "Ook daar.", "autonomy": "Ik kies zelf."}


def test_two_tabs_on_two_texts_are_in_nobodys_way(noor: Client, cast: Cast) -> None:
    here, there = form_of(noor, address()), form_of(noor, address())
    send(noor, address(), there, relation="Daar.")
    assert send(noor, address(), here, worth="Hier.").status_code == 200
    assert texts(cast) == {"relation": "Daar.", "worth": "Hier."}


def test_the_same_text_on_two_screens_is_no_conflict(noor: Client, cast: Cast) -> None:
    here, there = form_of(noor, address()), form_of(noor, address())
    for fields in (here, there):
        assert send(noor, address(), fields, relation="Hetzelfde.\r\nTwee regels.").status_code == 200
    assert texts(cast) == {"relation": "Hetzelfde.\nTwee regels."}


@pytest.mark.parametrize(
    ("shown_text", "typed", "saved", "changes"),
    [
        ("a", "a", "a", {}),
        ("a", "b", "a", {"t": "b"}),
        ("a", "a", "b", {}),
        ("a", "b", "b", {}),
        ("a", "", "a", {"t": ""}),
        ("", "b", "", {"t": "b"}),
        ("a\nb", "a\r\nb ", "c", {}),
        ("a", "b", "c", None),
        ("a", "", "c", None),
        ("", "b", "c", None),
    ],
)
def test_what_a_screen_changes(
    shown_text: str, typed: str, saved: str, changes: dict[str, str] | None
) -> None:
    given = {"t": mark_of(shown_text)}, {"t": typed}, {"t": saved}
    if changes is None:
        with pytest.raises(StaleMove):
            changes_of(*given)
    else:
        assert changes_of(*given) == changes


def saved_between(monkeypatch: pytest.MonkeyPatch, save: Any) -> None:
    """Another screen saves after this one has read what is saved, before it writes."""
    import portfolio.about_me

    judge = changes_of

    def meanwhile(*given: Any) -> dict[str, str]:
        found = judge(*given)
        save()
        return found

    monkeypatch.setattr(portfolio.about_me, "changes_of", meanwhile)


def test_a_save_between_reading_and_writing_is_not_overwritten(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = PersonalNote.objects.filter(owner=cast.noor)
    seen, typed = {"relation": mark_of("")}, {"relation": "Mijn tekst."}
    first: dict[str, Any] = {"owner": cast.noor, "key": "relation", "text": "Eerst."}
    saved_between(monkeypatch, lambda: rows.get_or_create(**first))
    with pytest.raises(StaleMove):
        keep_notes(cast.noor, seen, typed, timezone.now())
    saved_between(monkeypatch, lambda: rows.update(text="Later.", version=2))
    rows.get_or_create(**first)
    for text in ("Mijn tekst.", ""):
        with pytest.raises(StaleMove):
            keep_notes(cast.noor, {"relation": mark_of("Eerst.")}, {"relation": text}, timezone.now())
    assert rows.exists()


def test_a_corner_saved_between_reading_and_writing_is_not_overwritten(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    quadrant = CoreQuadrant.objects.create(owner=cast.noor, quality="zorgzaam")
    rows = CoreQuadrant.objects.filter(pk=quadrant.pk)
    saved_between(monkeypatch, lambda: rows.update(pitfall="bemoeizuchtig"))
    with pytest.raises(StaleMove):
        keep_quadrant(quadrant, {"quality": mark_of("zorgzaam")}, {"quality": "geduldig"})
    assert rows.values_list("quality", "pitfall").get() == ("zorgzaam", "bemoeizuchtig")


# -- drafts ------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_comes_back_and_can_be_thrown_away(noor: Client, cast: Cast) -> None:
    assert 'data-draft="about:needs:worth"' in shown(noor, address())
    save_draft(cast.noor, "about:needs:worth", "Nog niet af.", 1, timezone.now())
    page = shown(noor, address())
    assert "Nog niet af." in page and "Hieronder staat tekst die je eerder typte" in page
    assert "Nog niet af." not in shown(noor, reverse("about_me"))
    noor.post(reverse("about_drop_drafts", args=["needs"]))
    assert "Nog niet af." not in shown(noor, address()) and not Draft.objects.exists()


def test_saving_ends_the_draft(noor: Client, cast: Cast) -> None:
    save_draft(cast.noor, "about:needs:worth", "Nog niet af.", 1, timezone.now())
    send(noor, address(), form_of(noor, address()))
    assert texts(cast) == {"worth": "Nog niet af."} and not Draft.objects.exists()


# -- core quadrants ----------------------------------------------------------------------------------------


def corners(quadrant: CoreQuadrant) -> list[str]:
    return [getattr(quadrant, corner) for corner in CORNERS]


@pytest.mark.parametrize("corner", CORNERS)
def test_a_quadrant_begins_in_any_corner(noor: Client, cast: Cast, corner: str) -> None:
    page = shown(noor, reverse("quadrant_new"))
    assert "Begin in de hoek die je kent" in page and "Wat is het goede tegendeel van je valkuil?" in page
    send(noor, reverse("quadrant_new"), form_of(noor, reverse("quadrant_new")), **{corner: "geduldig"})
    made = CoreQuadrant.objects.get(owner=cast.noor)
    assert getattr(made, corner) == str(made) == "geduldig" and sum(map(bool, corners(made))) == 1


def test_several_quadrants_are_drawn_with_their_four_corners(noor: Client, cast: Cast) -> None:
    for words in (("zorgzaam", "bemoeizuchtig", "loslaten", "onverschillig"), ("snel", "slordig", "", "")):
        CoreQuadrant.objects.create(owner=cast.noor, **dict(zip(CORNERS, words, strict=True)))
    page = shown(noor, reverse("about_me"))
    assert page.count('class="quadrant"') == 2
    for name, word in zip(CORNERS, ("zorgzaam", "bemoeizuchtig", "loslaten", "onverschillig"), strict=True):
        assert word in page.split(f"corner-{name}")[1].split("</div>")[0]


def test_a_quadrant_without_a_word_is_none(noor: Client, cast: Cast) -> None:
    reply = send(noor, reverse("quadrant_new"), form_of(noor, reverse("quadrant_new")), quality="  ")
    assert "Vul minstens één hoek in." in reply.content.decode() and not CoreQuadrant.objects.exists()


def test_a_quadrant_pressed_twice_is_one(noor: Client) -> None:
    fields = form_of(noor, reverse("quadrant_new")) | {"once_key": str(uuid4()), "quality": "snel"}
    for _time in range(2):
        send(noor, reverse("quadrant_new"), fields)
    assert CoreQuadrant.objects.count() == 1


def test_a_quadrant_is_changed_and_two_tabs_get_both_texts(noor: Client, cast: Cast) -> None:
    quadrant = CoreQuadrant.objects.create(owner=cast.noor, quality="zorgzaam")
    where = reverse("quadrant", args=[quadrant.pk])
    here, there = form_of(noor, where), form_of(noor, where)
    send(noor, where, there, quality="geduldig", allergy="haastig")
    refused = send(noor, where, here, quality="behulpzaam")
    page = unescape(refused.content.decode())
    assert refused.status_code == 409 and "geduldig" in page and "behulpzaam" in page
    quadrant.refresh_from_db()
    assert corners(quadrant) == ["geduldig", "", "", "haastig"]
    fields = {
        name: str(refused.context["form"][name].value() or "") for name in refused.context["form"].fields
    }
    send(noor, where, fields)
    quadrant.refresh_from_db()
    assert corners(quadrant) == ["behulpzaam", "", "", "haastig"]


def test_a_quadrant_is_deleted_after_a_question_with_what_was_being_typed(noor: Client, cast: Cast) -> None:
    quadrant = CoreQuadrant.objects.create(owner=cast.noor, quality="zorgzaam")
    field, where = f"quadrant:{quadrant.pk}:pitfall", reverse("quadrant_delete", args=[quadrant.pk])
    save_draft(cast.noor, field, "bemoei", 1, timezone.now())
    assert "zorgzaam" in shown(noor, where) and CoreQuadrant.objects.exists()
    noor.post(where)
    assert not CoreQuadrant.objects.exists() and not Draft.objects.exists()
    save_draft(cast.noor, field, "een late toets", 2, timezone.now())
    assert [draft.field for draft in stray_drafts()] == [field]


def test_drafts_of_a_quadrant_that_is_there_are_no_strays(noor: Client, cast: Cast) -> None:
    quadrant = CoreQuadrant.objects.create(owner=cast.noor, quality="zorgzaam")
    save_draft(cast.noor, f"quadrant:{quadrant.pk}:pitfall", "bemoei", 1, timezone.now())
    save_draft(cast.noor, "quadrant:new:pitfall", "bemoei", 1, timezone.now())
    assert not stray_drafts().exists()
    noor.post(reverse("quadrant_drop_drafts", args=[quadrant.pk]))
    assert Draft.objects.get().field == "quadrant:new:pitfall"
    erase_quadrant(quadrant)
    assert Draft.objects.count() == 1


# -- theirs alone ------------------------------------------------------------------------------------------


def test_all_of_it_is_deleted_after_a_question_and_nothing_of_others(noor: Client, cast: Cast) -> None:
    for owner in (cast.noor, cast.tom):
        PersonalNote.objects.create(owner=owner, key="relation", text="Thuis.")
        CoreQuadrant.objects.create(owner=owner, quality="zorgzaam")
        for field in ("about:needs:worth", "quadrant:new:quality", "plan:new:intention"):
            save_draft(owner, field, "Nog niet af.", 1, timezone.now())
    assert "Alles over jezelf verwijderen?" in shown(noor, reverse("about_delete"))
    assert PersonalNote.objects.count() == 2
    noor.post(reverse("about_delete"))
    assert PersonalNote.objects.get().owner == CoreQuadrant.objects.get().owner == cast.tom
    left = dict(Draft.objects.filter(writer=cast.noor).values_list("field", "text"))
    assert left == {"plan:new:intention": "Nog niet af.", "about:erased": ""}
    assert Draft.objects.filter(writer=cast.tom).count() == 3


def test_what_a_page_left_open_sends_afterwards_does_not_come_back(noor: Client, cast: Cast) -> None:
    late = {"about:needs:worth": address(), "quadrant:new:quality": reverse("quadrant_new")}
    for times in (1, 2):
        noor.post(reverse("about_delete"))
        for name, where in late.items():
            save_draft(cast.noor, name, "Een late toets.", 9, timezone.now())
            assert "Een late toets." not in shown(noor, where)
            kind, which, field = name.split(":")
            save_draft(cast.noor, f"{kind}:{which}:{times}:{field}", "Nieuw.", 1, timezone.now())
            assert "Nieuw." in shown(noor, where)
        assert sorted(stray_drafts().values_list("field", flat=True)) == sorted(late)


def test_somebody_elses_quadrant_does_not_exist(noor: Client, cast: Cast) -> None:
    theirs = CoreQuadrant.objects.create(owner=cast.tom, quality="zorgzaam")
    for name in ("quadrant", "quadrant_delete", "quadrant_drop_drafts"):
        assert noor.post(reverse(name, args=[theirs.pk])).status_code == 404
    assert CoreQuadrant.objects.exists()


def test_it_can_never_be_shared() -> None:
    """No share points at it, and none could."""
    pointed_at = {field.related_model for field in Share._meta.get_fields() if field.is_relation}
    assert not pointed_at & {PersonalNote, CoreQuadrant}
    for model in (PersonalNote, CoreQuadrant):
        assert not [field for field in model._meta.get_fields() if field.auto_created and field.is_relation]


def test_my_portfolio_leads_there(noor: Client) -> None:
    assert f'href="{reverse("about_me")}"' in shown(noor, reverse("portfolio"))
