"""Several members, and the director, at the same moment: nothing twice, nothing lost, nothing by a stale yes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from coaching.lib.states import MoveRefused, StaleMove
from popgroups.adopting import agree, hand_in, take_back
from popgroups.models import GroupPlan, GroupPlanMove, GroupPlanState
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_goals import add_goal, start_plan
from popgroups.plan_writing import mark_of, write
from tests.people import Cast
from tests.scene_gop import all_agree, fresh, place, put

pytestmark = [
    pytest.mark.postgresql,  # the database of the tests on SQLite is one connection's memory
    pytest.mark.django_db(transaction=True),
]
AT = timezone.now()


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """How each of ``acts``, done together, ended: "done", or what was raised."""
    ready, got = threading.Barrier(len(acts)), dict[int, str]()

    def one(number: int, act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            act()
            got[number] = "done"
        except (MoveRefused, StaleMove) as refused:
            got[number] = type(refused).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [got[number] for number in range(len(acts))]


def begun(cast: Cast) -> GroupPlan:
    plan = start_plan(cast.group, cast.noor, AT)
    put(plan.goals.get(), cast.noor, AT, title="Rust in de overgangen")
    return fresh(plan)


def test_a_plan_begun_on_four_screens_is_one_plan(cast: Cast) -> None:
    starts = [lambda person=person: start_plan(cast.group, person, AT) for person in cast.members[:4]]
    assert at_once(*starts) == ["done"] * 4
    assert GroupPlan.objects.get().goals.count() == 1 and GroupPlanMove.objects.count() == 1


def test_members_write_in_cards_of_one_row_together_and_in_one_card_only_one(cast: Cast) -> None:
    plan = begun(cast)
    names = ("standing", "agreements", "indicators")
    seen = {name: mark_of(plan, [name]) for name in names}
    cards = [lambda n=n: write(fresh(plan), seen[n], {n: f"Van {n}"}, cast.tom, AT) for n in names]
    assert at_once(*cards) == ["done"] * 3
    assert [getattr(fresh(plan), name) for name in names] == [f"Van {name}" for name in names]
    before = mark_of(fresh(plan), ["standing"])
    same = [lambda n=n: write(fresh(plan), before, {"standing": f"{n}"}, cast.tom, AT) for n in range(4)]
    assert sorted(at_once(*same)) == ["StaleMove"] * 3 + ["done"]
    add = [lambda: add_goal(plan, cast.tom, AT)] * 4
    assert at_once(*add) == ["done"] * 4 and plan.goals.count() == 2


def test_the_last_two_yeses_adopt_once_and_a_plan_is_handed_in_once(cast: Cast) -> None:
    plan = begun(cast)
    seen = digest_of(document_of(fresh(plan)))
    places = [place(plan, person) for person in cast.members]
    yeses = [lambda member=member: agree(fresh(plan), member, seen, AT) for member in places]
    assert at_once(*yeses) == ["done"] * 5
    assert GroupPlanMove.objects.filter(verb="adopted").count() == 1
    sent = [lambda person=person: hand_in(fresh(plan), person, seen, AT) for person in cast.members[:3]]
    assert sorted(at_once(*sent)) == ["StaleMove"] * 2 + ["done"]
    assert plan.versions.count() == 1


def test_what_is_handed_in_is_what_all_said_yes_to(cast: Cast) -> None:
    """Somebody writes at the moment at which another hands in: one of the two is refused."""
    plan = begun(cast)
    for number in range(4):
        text, seen = f"Nog iets {number}", all_agree(fresh(plan), AT)
        got = at_once(
            partial(put, fresh(plan), cast.tom, AT, standing=text),
            partial(hand_in, fresh(plan), cast.noor, seen, AT),
        )
        assert sorted(got)[1] == "done" and sorted(got)[0] in ("MoveRefused", "StaleMove")
        if fresh(plan).state == GroupPlanState.SUBMITTED:
            assert plan.versions.latest("number").content["standing"] == fresh(plan).standing
            take_back(fresh(plan), cast.noor, AT)
        else:
            assert fresh(plan).state == GroupPlanState.CONCEPT and fresh(plan).standing == text


def test_taken_back_or_answered_never_both(cast: Cast) -> None:
    plan = begun(cast)
    hand_in(plan, cast.noor, all_agree(plan, AT), AT)
    now = fresh(plan)
    got = at_once(
        lambda: take_back(fresh(plan), cast.tom, AT),
        lambda: now.go(GroupPlanState.RUNNING, "agreed", cast.hanneke, AT),
    )
    assert sorted(got)[1] == "done" and got.count("done") == 1
    ends = {0: GroupPlanState.ADOPTED, 1: GroupPlanState.RUNNING}
    assert fresh(plan).state == ends[got.index("done")]
    assert (plan.versions.get().withdrawn_at is not None) == (got.index("done") == 0)
