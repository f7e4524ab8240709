"""Two screens of one person at the same moment: nothing twice, nothing overwritten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from portfolio.models import DevelopmentPlan, Goal
from schools.models import SchoolYear
from tests.people import Cast
from tests.schools.screens import as_, url

from .pops import make_goal, send

pytestmark = [
    pytest.mark.postgresql,  # the database of the tests on SQLite is one connection's memory
    pytest.mark.django_db(transaction=True),
]


def at_once(cast: Cast, press: Callable[[Client, int], Any], times: int = 4) -> list[int]:
    """What ``times`` screens of Noor got back that pressed together."""
    ready, got = threading.Barrier(times), list[int]()

    def one(client: Client, number: int) -> None:
        ready.wait()
        try:
            got.append(press(client, number).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(as_(cast.noor), number)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(got)


def make_pop(cast: Cast) -> DevelopmentPlan:
    return DevelopmentPlan.objects.create(owner=cast.noor, year=SchoolYear.objects.create(starts=2020))


def test_a_year_that_begins_on_four_screens_is_one_plan(cast: Cast) -> None:
    assert at_once(cast, lambda client, _n: client.post(reverse("pop_start"))) == [302] * 4
    assert DevelopmentPlan.objects.get().goals.count() == 1


def test_one_of_four_saves_and_the_others_see_both_texts(cast: Cast) -> None:
    goal = make_goal(make_pop(cast), "Eerst")
    got = at_once(cast, lambda client, n: send(client, "goal_save", goal.pk, seen=1, question=f"Scherm {n}"))
    assert got == [200, 409, 409, 409]
    goal.refresh_from_db()
    assert goal.version == 2 and goal.question.startswith("Scherm")


def test_four_screens_that_add_a_goal_make_one_and_never_a_fourth(cast: Cast) -> None:
    pop = make_pop(cast)
    for number in range(4):
        assert at_once(cast, lambda client, _n: client.post(url("goal_add", pop.pk))) == [302] * 4
        assert Goal.objects.filter(plan=pop).count() == min(number + 1, 3)
        Goal.objects.filter(plan=pop).update(question="Hoe?")
    places = list(Goal.objects.filter(plan=pop).order_by("order").values_list("order", flat=True))
    assert places == [1, 2, 3]


def test_goals_that_are_moved_from_four_screens_keep_their_own_places(cast: Cast) -> None:
    pop = make_pop(cast)
    goals = [make_goal(pop, name) for name in "abc"]

    def press(client: Client, number: int) -> Any:
        return client.post(url("goal_shift", goals[number % 3].pk), {"to": "up" if number % 2 else "down"})

    assert at_once(cast, press) == [302] * 4
    assert sorted(Goal.objects.values_list("order", flat=True)) == [1, 2, 3]


def test_the_next_year_begins_once(cast: Cast) -> None:
    pop = make_pop(cast)
    make_goal(pop, "Nog bezig")
    assert at_once(cast, lambda client, _n: client.post(url("pop_next", pop.pk))) == [302] * 4
    after = DevelopmentPlan.objects.exclude(pk=pop.pk).get()
    assert [goal.question for goal in after.goals.all()] == ["Nog bezig"]
