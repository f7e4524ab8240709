from __future__ import annotations

import pytest
from django.utils import timezone

from popgroups.models import GroupGoal, GroupNeed, GroupPlan, MapBar, MapMark
from portfolio.erasing import forget_replaced_lists, stray_drafts
from portfolio.models import ActionPlan, Competence, Entry, Framework, namings
from portfolio.my_data import competences_of
from schools.drafts import save_draft
from schools.models import Draft
from tests.people import Cast

from .pops import make_pop


def typed(cast: Cast, *fields: str) -> None:
    for field in fields:
        save_draft(cast.noor, field, "Nog niet af.", 1, timezone.now())


def test_what_a_tab_left_open_types_for_a_deleted_thing_is_a_stray(cast: Cast) -> None:
    plan = ActionPlan.objects.create(owner=cast.noor, intention="Ik tel af.")
    entry = Entry.objects.create(owner=cast.noor, kind="reflection", title="Terug")
    fields = [f"plan:{plan.pk}:where", f"entry:{entry.pk}:text"]
    typed(cast, *fields)
    assert not stray_drafts().exists()
    plan.erase()
    entry.erase()
    assert not Draft.objects.exists()
    typed(cast, *fields)
    assert sorted(stray_drafts().values_list("field", flat=True)) == sorted(fields)


@pytest.mark.parametrize("field", ["plan:new:intention", "entry:new:title", "plan:x:y", "session:1:notes"])
def test_what_names_no_plan_or_entry_is_none(cast: Cast, field: str) -> None:
    typed(cast, field, f"plan:{'9' * 30}:where")
    assert not stray_drafts().exists()


def test_all_that_points_at_a_competence_is_known() -> None:
    """Else a list somebody used would be cleaned up, hidden from them, or left out of what they take along."""
    of_groups = {GroupGoal.competences.through, GroupNeed, MapBar, MapMark}  # of lists that schools share
    known = {rows.model for rows, _path in namings()} | of_groups
    pointing = {
        each.related_model for each in Competence._meta.get_fields(include_hidden=True) if each.one_to_many
    }
    assert pointing - {Competence} == known


def test_a_list_that_a_group_named_its_goal_with_stays(cast: Cast) -> None:
    school = {"school": cast.zandplaat, "key": "eigen"}
    old = Framework.objects.create(version="1", title_nl="Eigen lijst", retired=True, **school)
    Framework.objects.create(version="2", title_nl="Eigen lijst", **school)
    goal = GroupGoal.objects.create(plan=GroupPlan.objects.create(group=cast.group), order=1)
    goal.competences.add(Competence.objects.create(framework=old, title_nl="Rust"))
    assert forget_replaced_lists() == 0 and goal.competences.count() == 1
    goal.competences.clear()
    assert forget_replaced_lists() == 1


def test_a_strength_of_a_list_out_of_use_stays_to_be_seen(cast: Cast) -> None:
    old = Framework.objects.create(school=cast.zandplaat, key="oud", title_nl="Oud", retired=True)
    strength = Competence.objects.create(framework=old, title_nl="Toneel")
    assert strength not in Competence.objects.visible_to(cast.noor)
    make_pop(cast.noor).strengths.add(strength)
    assert strength in Competence.objects.visible_to(cast.noor)
    assert competences_of(cast.noor) == [strength]
