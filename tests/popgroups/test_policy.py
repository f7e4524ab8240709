"""Which goals serve which line of the school plan: as handed in, and as far as one may read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.models import GroupGoal, GroupPlan, GroupPlanVersion, PlanReader, PopGroup
from popgroups.plan_document import document_of
from schools.models import School, SchoolPlanLine, SchoolYear, User
from tests.people import Cast, make_group
from tests.popgroups.conftest import Enter, statements

NOW = timezone.now


def plan_of(group: PopGroup, line: SchoolPlanLine | None, title: str) -> GroupPlan:
    plan = GroupPlan.objects.create(group=group)
    GroupGoal.objects.create(plan=plan, order=1, title=title, visible="Dat hoor je.", line=line)
    return plan


def hand_in(plan: GroupPlan, number: int = 1, **more: Any) -> GroupPlanVersion:
    content = document_of(GroupPlan.objects.get(pk=plan.pk))
    version: GroupPlanVersion = GroupPlanVersion.objects.create(
        plan=plan, number=number, content=content, **more
    )
    return version


def shown(client: Client, school: School, query: str = "") -> str:
    return client.get(reverse("plan_line_goals", args=[school.pk]) + query).content.decode()


def line_of(cast: Cast, number: str, text: str) -> SchoolPlanLine:
    return SchoolPlanLine.objects.create(school=cast.zandplaat, number=number, text=text)


def test_a_director_reads_under_each_line_what_was_handed_in(cast: Cast, enter: Enter) -> None:
    calm, parents = line_of(cast, "2.3", "Rust"), line_of(cast, "2.4", "Ouders")
    plan = plan_of(cast.group, calm, "Stille start")
    director = enter(cast.hanneke)
    assert "Stille start" not in shown(director, cast.zandplaat)
    hand_in(plan)
    GroupGoal.objects.update(title="Nog een concept", line=parents)
    text = shown(director, cast.zandplaat)
    served, unserved = text.split("2.4 Ouders")
    assert "2.3 Rust" in served and "Stille start" in served and "Bovenbouw" in served
    assert "1 group works on it" in served and "No goal that was handed in" in unserved
    assert "Nog een concept" not in text
    hand_in(plan, 2)
    text = shown(director, cast.zandplaat)
    assert "Stille start" not in text and "Nog een concept" in text.split("2.4 Ouders")[1]
    GroupPlanVersion.objects.filter(number=2).update(withdrawn_at=NOW())
    assert "Stille start" in shown(director, cast.zandplaat)


def test_colleagues_read_those_of_their_own_groups(cast: Cast, enter: Enter) -> None:
    calm = line_of(cast, "2.3", "Rust")
    hand_in(plan_of(cast.group, calm, "Stille start"))
    hand_in(plan_of(make_group(cast.zandplaat, "Onderbouw", [cast.ilse]), calm, "Vroege ouders"))
    both = "Stille start", "Vroege ouders"
    for reader, reads in (
        (cast.noor, (True, False)),
        (cast.ilse, (False, True)),
        (cast.karin, (True, True)),
        (cast.hanneke, (True, True)),
        (cast.olaf, (False, False)),
        (cast.bram, (False, False)),
        (cast.gone, (False, False)),
    ):
        text = shown(enter(reader), cast.zandplaat)
        assert tuple(title in text for title in both) == reads, reader
        assert "2.3 Rust" in text
    assert enter(cast.vera).get(reverse("plan_line_goals", args=[cast.zandplaat.pk])).status_code == 404
    PlanReader.objects.create(plan=cast.group.plan, person=cast.olaf)
    assert "Stille start" in shown(enter(cast.olaf), cast.zandplaat)


def test_goals_apart_from_the_plan_and_lines_out_of_use(cast: Cast, enter: Enter) -> None:
    old, unused = line_of(cast, "1", "Oud"), line_of(cast, "9", "Nooit gebruikt")
    hand_in(plan_of(cast.group, old, "Nog oud"))
    hand_in(plan_of(make_group(cast.zandplaat, "Onderbouw", [cast.ilse]), None, ""))
    for line in (old, unused):
        line.retire(NOW())
    text = shown(enter(cast.hanneke), cast.zandplaat)
    assert "1 Oud <span" in text and "Nog oud" in text and "Nooit gebruikt" not in text
    assert "A goal without a title" in text.split("Apart from the school plan")[1]


def test_each_school_year_stands_apart(cast: Cast, enter: Enter) -> None:
    calm = line_of(cast, "2.3", "Rust")
    hand_in(plan_of(cast.group, calm, "Stille start"))
    last = SchoolYear.start_of(timezone.localdate()) - 1
    PopGroup.objects.filter(pk=cast.group.pk).update(year=SchoolYear.objects.get_or_create(starts=last)[0])
    director = enter(cast.hanneke)
    assert "Stille start" not in shown(director, cast.zandplaat)
    assert "Stille start" in shown(director, cast.zandplaat, f"?year={last}")
    assert "2.3 Rust" in shown(director, cast.zandplaat, "?year=tweeduizend")


def test_how_it_ended_is_said_as_it_was_handed_in(cast: Cast, enter: Enter) -> None:
    plan = plan_of(cast.group, line_of(cast, "2.3", "Rust"), "Stille start")
    GroupGoal.objects.update(outcome="reached")
    hand_in(plan, purpose="evaluation", made_at=NOW() - dt.timedelta(days=3))
    assert "reached" in shown(enter(cast.hanneke), cast.zandplaat)


def test_more_groups_ask_no_more_of_the_database(cast: Cast, enter: Enter) -> None:
    calm = line_of(cast, "2.3", "Rust")
    hand_in(plan_of(cast.group, calm, "Stille start"))
    director: Client = enter(cast.hanneke)
    address = reverse("plan_line_goals", args=[cast.zandplaat.pk])
    few = statements(director, address)
    for number in range(3):
        group = make_group(cast.zandplaat, f"Groep {number}", [cast.ilse])
        hand_in(plan_of(group, line_of(cast, f"3.{number}", "Meer"), "Nog een"))
    assert statements(director, address) == few <= 12


def test_with_nothing_yet_it_says_what_to_do(cast: Cast, enter: Enter) -> None:
    reader: User = cast.noor
    assert "As soon as the director has written" in shown(enter(reader), cast.zandplaat)
    assert reverse("new_plan_line", args=[cast.zandplaat.pk]) in shown(enter(cast.hanneke), cast.zandplaat)
