"""Several members at the same moment: one map, one contribution, and whoever takes back is not in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import MoveRefused, StaleMove
from popgroups.maps import Wish, choose_needs, make_map, take_back
from popgroups.models import GroupMap, GroupNeed, MapBar, MapContribution, MapMark
from tests.people import Cast, make_place
from tests.popgroups.maps import all_in, make_list, mark, put_in
from tests.schools.screens import as_

pytestmark = [
    pytest.mark.postgresql,  # the database of the tests on SQLite is one connection's memory
    pytest.mark.django_db(transaction=True),
]


def at_once(*presses: Callable[[], Any]) -> list[str]:
    """Which of them went through ("done"), and which were refused."""
    ready, got = threading.Barrier(len(presses)), list[str]()

    def one(press: Callable[[], Any]) -> None:
        ready.wait()
        try:
            press()
            got.append("done")
        except (MoveRefused, StaleMove) as refused:
            got.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(got)


def test_four_who_make_the_map_make_one(cast: Cast) -> None:
    calm = make_list(cast.zandplaat, "Rust")[0]
    all_in(cast.group, cast.members, calm, (9, 9, 9, 3, 3))
    got = at_once(*[lambda: make_map(cast.group, timezone.now())] * 4)
    assert got == ["MoveRefused"] * 3 + ["done"]
    assert GroupMap.objects.count() == MapBar.objects.count() == 1


def test_two_presses_put_in_once(cast: Cast) -> None:
    mark(cast.noor, make_list(cast.zandplaat, "Rust")[0], 8)
    assert at_once(*[lambda: put_in(cast.group, cast.noor)] * 3) == ["MoveRefused"] * 2 + ["done"]
    assert MapContribution.objects.count() == MapMark.objects.count() == 1


def test_who_takes_back_while_it_is_made_leaves_nothing(cast: Cast) -> None:
    calm = make_list(cast.zandplaat, "Rust")[0]
    make_place(cast.group, cast.ilse)
    all_in(cast.group, [*cast.members, cast.ilse], calm, (9, 9, 9, 3, 3, 3))
    place = cast.group.members.get(membership__person=cast.ilse)
    at_once(lambda: make_map(cast.group, timezone.now()), lambda: take_back(place, timezone.now()))
    assert not MapMark.objects.filter(contribution__place=place).exists()
    assert not MapMark.objects.filter(well__isnull=False).exists()
    assert MapMark.objects.count() == 5 and MapBar.objects.count() == 1


def test_of_two_numbers_one_is_kept_and_the_other_hears_of_it(cast: Cast) -> None:
    calm = make_list(cast.zandplaat, "Rust")[0]
    wishes = [Wish(calm.pk, None, people) for people in (2, 4)]
    got = at_once(*[lambda wish=wish: choose_needs(cast.group, [wish]) for wish in wishes])
    assert got == ["StaleMove", "done"] and GroupNeed.objects.count() == 1
    page = as_(cast.noor).get(reverse("map_needs", args=[cast.group.pk])).content.decode()
    assert f'value="{GroupNeed.objects.get().people}"' in page
