from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portfolio.about_me import mark_of
from portfolio.forms.action_plans import PlanForm
from portfolio.models import ActionPlan, CoreQuadrant, Entry, PersonalNote
from schools.models import Draft
from tests.people import Cast


@pytest.mark.parametrize(
    ("typed", "shown", "unsaved"),
    [
        ("Eerst\nvragen", "Eerst\r\nvragen", False),
        ("Eerst luisteren", "Eerst luisteren", True),
        ("", "", True),
    ],
)
def test_a_draft_is_shown_only_when_it_differs_from_what_is_saved(
    cast: Cast, typed: str, shown: str, unsaved: bool
) -> None:
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Eerst\r\nvragen")
    Draft.objects.create(writer=cast.noor, field=f"plan:{plan.pk}:intention", text=typed)
    Draft.objects.create(writer=cast.tom, field=f"plan:{plan.pk}:where", text="van Tom")
    form = PlanForm(instance=plan, writer=cast.noor, drafts=f"plan:{plan.pk}")
    assert form["intention"].value() == shown
    assert form.has_drafts is unsaved
    assert not form["where"].value()


# -- typed on an older version -----------------------------------------------------------------------------


def sent_back(client: Client, where: str) -> Any:
    """The page as it is, sent as it stands."""
    form = client.get(where).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return client.post(where, {name: str(value) for name, value in shown.items() if value})


def kept(cast: Cast, **texts: str) -> None:
    for name, text in texts.items():
        Draft.objects.create(writer=cast.noor, field=name.replace("__", ":"), text=text)


def test_a_plan_typed_on_an_older_version_is_asked_about(cast: Cast, noor: Client) -> None:
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik tel af")
    plan.rewrite(1, where="Van het andere scherm")
    kept(cast, **{f"plan__{plan.pk}__where": "Van een dicht tabblad", f"plan__{plan.pk}__seen": "1"})
    reply = sent_back(noor, reverse("plan_edit", args=[plan.pk]))
    text = reply.content.decode()
    assert reply.status_code == 409 and "Van het andere scherm" in text and "Van een dicht tabblad" in text
    plan.refresh_from_db()
    assert plan.where == "Van het andere scherm"


def test_an_entry_typed_on_an_older_version_is_asked_about(cast: Cast, noor: Client) -> None:
    entry = Entry.objects.create(owner=cast.noor, kind="success", title="Van het andere scherm", version=2)
    kept(cast, **{f"entry__{entry.pk}__title": "Van een dicht tabblad", f"entry__{entry.pk}__seen": "1"})
    reply = sent_back(noor, reverse("entry_edit", args=[entry.pk]))
    assert reply.status_code == 409 and "Van een dicht tabblad" in reply.content.decode()
    entry.refresh_from_db()
    assert entry.title == "Van het andere scherm"
    for nonsense in ("", "9" * 40, "-1", "x"):  # then it goes on from what is saved now
        Draft.objects.filter(field__endswith=":seen").update(text=nonsense)
        assert noor.get(reverse("entry_edit", args=[entry.pk])).context["form"]["seen"].value() == 2


def test_an_answer_about_me_typed_on_an_older_text_is_asked_about(cast: Cast, noor: Client) -> None:
    for key in ("worth", "relation"):
        PersonalNote.objects.create(owner=cast.noor, key=key, text="Van het andere scherm")
    kept(cast, about__needs__worth="Van een dicht tabblad", about__needs__seen_worth=mark_of("Eerst"))
    kept(cast, about__needs__seen_relation=mark_of("Eerst"))  # nothing was typed there
    where = reverse("about_theme", args=["needs"])
    form = noor.get(where).context["form"]
    assert form["seen_relation"].value() == mark_of("Van het andere scherm")
    assert sent_back(noor, where).status_code == 409
    assert {note.text for note in PersonalNote.objects.all()} == {"Van het andere scherm"}


def test_a_quadrant_typed_on_an_older_one_is_asked_about(cast: Cast, noor: Client) -> None:
    quadrant = CoreQuadrant.objects.create(owner=cast.noor, quality="zorgzaam")
    name = f"quadrant__{quadrant.pk}__"
    kept(cast, **{f"{name}quality": "geduldig", f"{name}seen_quality": mark_of("snel")})
    assert sent_back(noor, reverse("quadrant", args=[quadrant.pk])).status_code == 409
    quadrant.refresh_from_db()
    assert quadrant.quality == "zorgzaam"


def test_what_was_typed_on_the_version_of_now_is_saved(cast: Cast, noor: Client) -> None:
    entry = Entry.objects.create(owner=cast.noor, kind="success", title="Eerst", version=2)
    kept(cast, **{f"entry__{entry.pk}__title": "Verder getypt", f"entry__{entry.pk}__seen": "2"})
    assert sent_back(noor, reverse("entry_edit", args=[entry.pk])).status_code == 302
    entry.refresh_from_db()
    assert entry.title == "Verder getypt" and not Draft.objects.exists()
