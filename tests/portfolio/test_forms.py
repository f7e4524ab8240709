from __future__ import annotations

import pytest

from portfolio.forms.action_plans import PlanForm
from portfolio.models import ActionPlan
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
