"""The task codes of a school: made by the coordinator, chosen when booking, kept by lines that stand on them."""

from __future__ import annotations

import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from coaching.lib.states import StaleMove
from schools.models import Activity, ActivityCode, HourLine, TaskCode
from schools.task_codes import code_for, put_code
from tests.people import Cast

from .screens import as_, membership_of, url
from .test_hours import allot, filled, held, mine, post, words


def code(cast: Cast, name: str, *activities: str, called: str = "") -> TaskCode:
    return put_code(TaskCode(school=cast.zandplaat, code=name, name=called), activities)


def test_a_coordinator_makes_codes_and_says_what_goes_with_them(cast: Cast) -> None:
    client, pk = as_(cast.karin), cast.zandplaat.pk
    assert "Nog geen codes" in words(client.get(url("task_codes", pk)))
    data = {"code": "SCH", "name": "Scholing", "activities": ["training"], "once_key": str(uuid.uuid4())}
    for _twice in range(2):
        client.post(url("task_codes", pk), data)
    page = words(client.get(url("task_codes", pk)))
    assert "SCH – Scholing" in page and "training" in page and TaskCode.objects.count() == 1
    assert code_for(pk, Activity.TRAINING, timezone.localdate()) == "SCH"
    changed = {"name": "Cursus", "code": "ANDERS", "activities": ["visit"]}
    client.post(url("change_task_code", TaskCode.objects.get().pk), changed)
    row = TaskCode.objects.get()
    assert (row.code, row.name) == ("SCH", "Cursus")
    assert list(row.activities.values_list("activity", flat=True)) == ["visit"]


def test_an_activity_goes_with_one_code(cast: Cast) -> None:
    code(cast, "A", "visit", "training")
    code(cast, "B", "visit")
    assert set(ActivityCode.objects.values_list("activity", "task_code__code")) == {
        ("visit", "B"),
        ("training", "A"),
    }


def test_a_code_is_there_once(cast: Cast) -> None:
    code(cast, "SCH")
    page = post(as_(cast.karin), "task_codes", cast.zandplaat.pk, code=" SCH ")
    assert "Deze code heeft je school al." in page
    assert "Nog niet bewaard" in post(as_(cast.karin), "task_codes", cast.zandplaat.pk, code="  ")
    with pytest.raises(StaleMove):  # two coordinators at one moment
        code(cast, "SCH")
    assert TaskCode.objects.count() == 1


def test_what_is_booked_goes_on_the_code_of_the_activity_or_the_one_chosen(cast: Cast) -> None:
    allot(cast, task_code="INT")
    code(cast, "SCH", "training", called="Scholing")
    client, pk = as_(cast.tom), membership_of(cast.tom).pk
    form = words(client.get(url("book_hours", pk)))
    assert "SCH – Scholing" in form and "die bij de activiteit hoort" in form
    for changed in (
        {"activity": "training"},
        {"activity": "visit"},
        {"activity": "visit", "task_code": "SCH"},
    ):
        post(client, "book_hours", pk, **filled(**changed))
    assert list(HourLine.objects.order_by("pk").values_list("activity", "task_code")) == [
        ("training", "SCH"),
        ("visit", "INT"),
        ("visit", "SCH"),
    ]
    assert "SCH – Scholing" in mine(cast.tom)
    refused = post(client, "book_hours", pk, **filled(task_code="VERZONNEN"))
    assert "Nog niet bewaard" in refused and HourLine.objects.count() == 3


def test_where_the_code_of_the_meetings_is_chosen_it_says_so(cast: Cast) -> None:
    page = words(as_(cast.karin).get(url("allotment", cast.zandplaat.pk)))
    assert "Bijeenkomsten komen op deze code." in page


def test_with_one_code_nothing_is_asked(cast: Cast) -> None:
    allot(cast, task_code="INT")
    assert TaskCode.objects.get().code == "INT", "the code of the meetings can be chosen too"
    assert "task_code" not in words(as_(cast.tom).get(url("book_hours", membership_of(cast.tom).pk)))


def test_codes_are_of_one_school(cast: Cast) -> None:
    put_code(TaskCode(school=cast.duin, code="DUIN"), ["visit"])
    code(cast, "A")
    code(cast, "B")
    page = words(as_(cast.tom).get(url("book_hours", membership_of(cast.tom).pk)))
    assert "DUIN" not in page and ">A<" in page


def test_a_code_that_goes_leaves_its_lines_readable(cast: Cast) -> None:
    allot(cast, task_code="INT")
    row = code(cast, "SCH", "training", called="Scholing")
    held(cast.tom, 60, task_code="SCH")
    client = as_(cast.karin)
    assert "SCH – Scholing" in words(client.get(url("school_hours", cast.zandplaat.pk)))
    assert "kan niet meer gekozen worden" in post(client, "remove_task_code", row.pk)
    assert "SCH" in mine(cast.tom) and HourLine.objects.get().task_code == "SCH"
    assert code_for(cast.zandplaat.pk, Activity.TRAINING, timezone.localdate()) == "INT"


def test_the_code_of_the_meetings_stays(cast: Cast) -> None:
    allot(cast, task_code="INT")
    page = post(as_(cast.karin), "remove_task_code", TaskCode.objects.get().pk)
    assert "staan op deze code" in page and TaskCode.objects.exists()
    assert as_(cast.karin).get(url("remove_task_code", TaskCode.objects.get().pk)).status_code == 405


def test_codes_that_were_in_use_before_they_were_rows_can_be_chosen(cast: Cast) -> None:
    allot(cast, task_code="INT")
    TaskCode.objects.all().delete()
    for source, name in (("meeting:1", "INT"), ("meeting:2", "SCH"), ("meeting:3", "SCH")):
        held(cast.tom, 60, source, task_code=name)
    import_module("schools.migrations.0007_task_codes").keep_codes_in_use(apps, None)
    assert list(TaskCode.objects.values_list("school", "code")) == [
        (cast.zandplaat.pk, "INT"),
        (cast.zandplaat.pk, "SCH"),
    ]
