from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from coaching.intervision.models import Method, Step
from coaching.intervision.seeding import seed_methods
from coaching.intervision.shipped import METHODS
from schools.models import School, SchoolYear

pytestmark = pytest.mark.django_db


def test_seeding_puts_everything_in_place() -> None:
    call_command("seed", stdout=StringIO())
    assert [method.key for method in Method.objects.all()] == [text.key for text in METHODS]
    assert Step.objects.count() == sum(len(text.steps) for text in METHODS)
    this = SchoolYear.of(timezone.localdate())
    assert [year.starts for year in SchoolYear.objects.all()] == [this.starts, this.starts + 1]


def test_seeding_again_changes_nothing() -> None:
    call_command("seed", stdout=StringIO())
    before = [list(rows.objects.order_by("pk").values()) for rows in (Method, Step, SchoolYear)]
    call_command("seed", stdout=StringIO())
    after = [list(rows.objects.order_by("pk").values()) for rows in (Method, Step, SchoolYear)]
    assert after == before


def test_a_shipped_text_that_changed_is_put_right() -> None:
    seed_methods()
    basis = Method.objects.get(key="pop_basis")
    Method.objects.filter(pk=basis.pk).update(title_nl="Oud")
    basis.steps.filter(order=2).update(title_nl="Oud", minutes=99)
    basis.steps.filter(order=8).delete()
    Step.objects.create(
        method=basis, order=9, key="x", title_nl="Weg", instruction_nl="Weg", minutes=1, turn="open",
        presenter="speaks", captures="none",
    )  # fmt: skip
    seed_methods()
    text = next(text for text in METHODS if text.key == "pop_basis")
    assert Method.objects.get(pk=basis.pk).title_nl == text.title_nl
    assert [(step.key, step.minutes) for step in basis.steps.all()] == [
        (s.key, s.minutes) for s in text.steps
    ]


def test_a_school_s_own_method_stays_its_own() -> None:
    school = School.objects.create(name="De Kiem")
    own = Method.objects.create(key="pop_basis", school=school, title_nl="Onze eigen")
    seed_methods()
    own.refresh_from_db()
    assert own.title_nl == "Onze eigen" and own.steps.count() == 0
