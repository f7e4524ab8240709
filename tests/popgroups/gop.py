"""A GOP to write in, and short words for what its tests do again and again."""

from __future__ import annotations

import pytest
from django.utils import timezone

from popgroups.adopting import agree, hand_in
from popgroups.models import (
    GroupMember,
    GroupPlan,
    GroupPlanMove,
    GroupPlanVersion,
)
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_goals import (
    start_plan,
)
from popgroups.plan_writing import mark_of, write
from schools.models import User
from tests.people import Cast

AT = timezone.now()


@pytest.fixture
def plan(cast: Cast) -> GroupPlan:
    """Begun, with one goal that has a title."""
    made = start_plan(cast.group, cast.noor, AT)
    goal = made.goals.get()
    write(goal, mark_of(goal, ["title"]), {"title": "Rust in de overgangen"}, cast.noor, AT)
    return again(made)


def again(plan: GroupPlan) -> GroupPlan:
    return GroupPlan.objects.get(pk=plan.pk)


def digest(plan: GroupPlan) -> str:
    return digest_of(document_of(again(plan)))


def place(plan: GroupPlan, person: User) -> GroupMember:
    found = plan.group.place_of(person)
    assert found is not None
    return found


def all_agree(plan: GroupPlan, people: list[User]) -> None:
    for person in people:
        agree(plan, place(plan, person), digest(plan), AT)


def change(plan: GroupPlan, text: str, by: User) -> None:
    row = again(plan)
    write(row, mark_of(row, ["standing"]), {"standing": text}, by, AT)


@pytest.fixture
def submitted(cast: Cast, plan: GroupPlan) -> GroupPlanVersion:
    all_agree(plan, cast.members)
    return hand_in(plan, cast.noor, digest(plan), AT)


def do_something(plan: GroupPlan, what: str, by: User) -> None:
    activity = again(plan).goals.get().activities.get()
    write(activity, mark_of(activity, ["what"]), {"what": what}, by, AT)


def verbs(plan: GroupPlan) -> list[str]:
    return list(GroupPlanMove.objects.filter(plan=plan).values_list("verb", flat=True))
