from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import Membership, Role
from tests.people import Cast, make_membership, make_person
from tests.schools.screens import as_, edit, membership_of, roles, url


def test_a_membership_is_changed(cast: Cast) -> None:
    place = membership_of(cast.tom)
    form = edit(
        cast.tom,
        function="ib",
        roles=["teacher", "coordinator"],
        fte="0,8",
        fte_from="2026-08-01",
        valid_until="2099-07-31",
    )
    answer = as_(cast.karin).post(url("membership", place.pk), form)
    assert answer["Location"] == url("colleagues", cast.zandplaat.pk)
    place.refresh_from_db()
    assert (place.function, place.valid_until) == ("ib", dt.date(2099, 7, 31))
    assert roles(cast.tom) == {"teacher", "coordinator"}
    assert list(place.fte.values_list("valid_from", "value")) == [(dt.date(2026, 8, 1), Decimal("0.8000"))]


@pytest.mark.parametrize(
    "bad",
    [
        {"roles": []},
        {"roles": ["king"]},
        {"function": "king"},
        {"fte": "3"},
        {"fte": "-1"},
        {"fte": "NaN"},
        {"fte_from": "gisteren"},
        {"valid_until": "1999-01-01"},
    ],
)
def test_nonsense_changes_nothing(cast: Cast, bad: dict[str, Any]) -> None:
    place = membership_of(cast.tom)
    answer = as_(cast.karin).post(url("membership", place.pk), edit(cast.tom, **bad))
    assert answer.status_code == 200 and answer.context["form"].errors
    place.refresh_from_db()
    assert (place.valid_until, place.fte.count(), roles(cast.tom)) == (None, 0, {"teacher"})


def test_a_coordinator_neither_gives_nor_takes_the_director_role(cast: Cast) -> None:
    client = as_(cast.karin)
    page = url("membership", membership_of(cast.tom).pk)
    assert client.post(page, edit(cast.tom, roles=["director"])).status_code == 200
    assert roles(cast.tom) == {"teacher"}
    page = url("membership", membership_of(cast.hanneke).pk)
    client.post(page, edit(cast.hanneke, roles=["teacher"]))
    assert roles(cast.hanneke) == {"director", "teacher"}
    client.post(page, edit(cast.hanneke, valid_until="2099-07-31"))
    client.post(url("end_stay", membership_of(cast.hanneke).pk), {"last_day": timezone.localdate()})
    assert membership_of(cast.hanneke).valid_until is None


def test_a_director_gives_and_takes_the_director_role(cast: Cast) -> None:
    client, page = as_(cast.hanneke), url("membership", membership_of(cast.tom).pk)
    client.post(page, edit(cast.tom, roles=["teacher", "director"]))
    assert roles(cast.tom) == {"teacher", "director"}
    client.post(page, edit(cast.tom, roles=["teacher"]))
    assert roles(cast.tom) == {"teacher"}


def test_nobody_lifts_themselves(cast: Cast) -> None:
    client, page = as_(cast.karin), url("membership", membership_of(cast.karin).pk)
    for wanted in ("director", "consultant"):
        answer = client.post(page, edit(cast.karin, roles=["teacher", "coordinator", wanted]))
        assert answer.status_code == 200
    assert roles(cast.karin) == {"teacher", "coordinator"}
    answer = as_(cast.hanneke).post(
        url("membership", membership_of(cast.hanneke).pk),
        edit(cast.hanneke, roles=["director", "coordinator"]),
    )
    assert answer.status_code == 200 and roles(cast.hanneke) == {"director"}


def test_nobody_lengthens_their_own_stay(cast: Cast) -> None:
    place = membership_of(cast.karin)
    last = timezone.localdate() + dt.timedelta(days=5)
    Membership.objects.filter(pk=place.pk).update(valid_until=last)
    for wanted in ("", last + dt.timedelta(days=1)):
        as_(cast.karin).post(url("membership", place.pk), edit(cast.karin, valid_until=wanted))
        assert membership_of(cast.karin).valid_until == last


def test_who_gives_up_a_role_lands_on_the_own_profile(cast: Cast) -> None:
    page = url("membership", membership_of(cast.karin).pk)
    answer = as_(cast.karin).post(page, edit(cast.karin, roles=["teacher"]))
    assert answer["Location"] == reverse("profile") and roles(cast.karin) == {"teacher"}


@pytest.mark.parametrize("way", ["role", "end", "last_day"])
def test_a_school_keeps_a_director(cast: Cast, way: str) -> None:
    place, client = membership_of(cast.hanneke), as_(cast.hanneke)
    day = timezone.localdate()
    ways = {
        "role": ("membership", edit(cast.hanneke, roles=["teacher"])),
        "end": ("end_stay", {"last_day": day}),
        "last_day": ("membership", edit(cast.hanneke, valid_until=day + dt.timedelta(days=90))),
    }
    page, form = ways[way]
    assert client.post(url(page, place.pk), form).status_code == 200
    assert membership_of(cast.hanneke).valid_until is None and roles(cast.hanneke) == {"director"}
    make_person("Tweede Directeur", cast.zandplaat, Role.DIRECTOR)
    if way == "role":
        form = edit(cast.hanneke, roles=["director"], function="other")
    assert client.post(url(page, place.pk), form).status_code == 302


def test_ending_a_membership(cast: Cast) -> None:
    place, day = membership_of(cast.tom), timezone.localdate() - dt.timedelta(days=1)
    as_(cast.karin).post(url("end_stay", place.pk), {"last_day": day})
    assert membership_of(cast.tom).valid_until == day
    page = as_(cast.karin).get(url("colleagues", cast.zandplaat.pk)).content.decode()
    assert "Tom Veenstra" not in page
    assert as_(cast.karin).post(url("membership", place.pk), edit(cast.tom)).status_code == 200
    assert membership_of(cast.tom).valid_until == day, "who has left is invited again, not reopened"


def test_an_end_before_the_start_is_refused(cast: Cast) -> None:
    person = make_person("Vers", cast.zandplaat, since=timezone.localdate())
    day = timezone.localdate() - dt.timedelta(days=1)
    answer = as_(cast.karin).post(url("end_stay", membership_of(person).pk), {"last_day": day})
    assert answer.status_code == 200 and membership_of(person).valid_until is None


def test_one_person_manages_only_where_the_role_is_held(cast: Cast) -> None:
    make_membership(cast.karin, cast.vaart, Role.TEACHER)
    assert as_(cast.karin).get(url("colleagues", cast.vaart.pk)).status_code == 403
    assert as_(cast.karin).get(url("membership", membership_of(cast.vera).pk)).status_code == 403
