"""What somebody's fte is and was, on which days they work, and wrong entries put right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import Fte, Membership
from tests.people import Cast

from .screens import as_, membership_of, url
from .test_hours import words


@pytest.fixture
def tom(cast: Cast) -> Membership:
    row, today = membership_of(cast.tom), timezone.localdate()
    for day, value in ((dt.date(2020, 8, 1), "0.6"), (dt.date(2024, 8, 1), "0.8536")):
        Fte.objects.create(membership=row, valid_from=day, value=Decimal(value))
    Fte.objects.create(membership=row, valid_from=today + dt.timedelta(days=9), value=Decimal(1))
    Membership.objects.filter(pk=row.pk).update(work_days="124")
    return row


def test_the_page_of_a_colleague_tells_the_fte_of_now_and_before(cast: Cast, tom: Membership) -> None:
    page = words(as_(cast.karin).get(url("membership", tom.pk)))
    assert "Wtf <strong>0,8536</strong> vanaf 1 augustus 2024" in page
    assert "Wtf <strong>0,6</strong> vanaf 1 augustus 2020" in page
    now = page.partition("0,8536</strong>")[2].partition("</div>")[0]
    assert ">nu<" in now and page.count(">nu<") == 1
    assert "maandag, dinsdag, donderdag" in page and url("work_days", tom.pk) in page


def test_everybody_reads_their_own_in_the_profile_and_changes_nothing(cast: Cast, tom: Membership) -> None:
    page = words(as_(cast.tom).get(reverse("profile")))
    assert "<strong>0,8536</strong>" in page and "maandag, dinsdag, donderdag" in page
    assert "/wtf/" not in page and url("work_days", tom.pk) not in page
    assert "dan tellen de uren als voltijd" in words(as_(cast.noor).get(reverse("profile")))


def test_a_wrong_entry_is_put_right(cast: Cast, tom: Membership) -> None:
    row = Fte.objects.get(value=Decimal("0.8536"))
    assert 'value="0,8536"' in words(as_(cast.karin).get(url("change_fte", row.pk)))
    page = words(
        as_(cast.karin).post(
            url("change_fte", row.pk), {"value": "0,75", "valid_from": "2024-09-01"}, follow=True
        )
    )
    assert "<strong>0,75</strong> vanaf 1 september 2024" in page
    assert Fte.objects.filter(membership=tom).count() == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"value": "1,3", "valid_from": "2024-08-01"}, "error_1_id_value"),
        ({"value": "", "valid_from": "2024-08-01"}, "verplicht"),
        ({"value": "0,5", "valid_from": "gisteren"}, "error_1_id_valid_from"),
        ({"value": "0,5", "valid_from": "2020-08-01"}, "geldt al een andere wtf"),
    ],
)
def test_an_impossible_one_is_refused(cast: Cast, tom: Membership, data: dict[str, str], said: str) -> None:
    row = Fte.objects.get(value=Decimal("0.8536"))
    assert said in words(as_(cast.karin).post(url("change_fte", row.pk), data))
    row.refresh_from_db()
    assert (row.value, row.valid_from) == (Decimal("0.8536"), dt.date(2024, 8, 1))


def test_one_that_was_never_true_goes(cast: Cast, tom: Membership) -> None:
    row = Fte.objects.get(value=Decimal("0.8536"))
    page = words(as_(cast.hanneke).post(url("remove_fte", row.pk), follow=True))
    assert "0,8536" not in page and "Weggehaald." in page
    now = page.partition("0,6</strong>")[2].partition("</div>")[0]
    assert ">nu<" in now, "the one before holds again"


def test_colleagues_and_other_schools_change_nothing(cast: Cast, tom: Membership) -> None:
    row = Fte.objects.get(value=Decimal("0.8536"))
    for name in ("change_fte", "remove_fte"):
        for person, status in ((cast.tom, 403), (cast.noor, 403), (cast.vera, 404)):
            assert as_(person).post(url(name, row.pk)).status_code == status
    assert Fte.objects.filter(membership=tom).count() == 3
