"""What the form of a series asks, and what its preview says of the dates."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from popgroups.models import Meeting
from schools.models import ClosedDays, Membership, School
from tests.people import Cast, make_group, make_meeting, make_person, make_place
from tests.popgroups.year import filled, keep, shown, tuesday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start_of_year")]


def preview(client: Client, cast: Cast, **changed: Any) -> dict[str, str]:
    """The line of each date proposed, by its day; and all of the page."""
    form = filled(cast, **changed)
    text = client.post(reverse("plan_series", args=[cast.zandplaat.pk]), form).content.decode()
    text = " ".join(text.split())
    lines = re.findall(r'name="keep" value="\d+:([\d-]+)"(.*?)</label>', text)
    return {**dict(lines), "page": text}


EVERY_SIX_WEEKS = {"rhythm": "weeks", "weeks": 6, "times": "", "first": "2026-09-01"}


def test_each_choice_has_its_own_number_with_its_unit(cast: Cast, karin: Client) -> None:
    text = karin.get(reverse("plan_series", args=[cast.zandplaat.pk])).content.decode()
    for name, label, unit in (
        ("times", "How many times in this period?", "times"),
        ("weeks", "Every how many weeks?", "weeks"),
    ):
        assert label in text and f'name="{name}"' in text
        assert f'<span class="input-group-text">{unit}</span>' in text


@pytest.mark.parametrize("other", ["", "x", "99"])
def test_the_number_of_the_other_choice_does_not_matter(cast: Cast, karin: Client, other: str) -> None:
    assert len(shown(karin, cast, filled(cast, times=5, weeks=other))[1]) == 5
    assert len(shown(karin, cast, filled(cast, **{**EVERY_SIX_WEEKS, "times": other}))[1]) == 8


def test_it_says_which_holiday_or_study_day_stood_in_the_way(cast: Cast, karin: Client) -> None:
    School.objects.update(region="noord")
    day = dt.date(2026, 12, 1)
    ClosedDays.objects.create(school=cast.zandplaat, name="Rekendag", first_day=day, last_day=day)
    lines = preview(karin, cast, **EVERY_SIX_WEEKS)
    assert "Not on Tuesday 13 October: autumn holiday." in lines["2026-10-20"]
    assert "Not on Tuesday 1 December: Rekendag." in lines["2026-12-08"]
    assert "Not on" not in lines["2026-09-01"]
    assert "weeks passed over: school is closed that day" in lines["page"]
    assert "<li>Tuesday 13 October: autumn holiday</li>" in lines["page"]


def test_it_says_who_is_not_at_work_on_the_day_asked_for(cast: Cast, karin: Client) -> None:
    Membership.objects.filter(person__in=[cast.esra, cast.tom]).update(work_days="1345")
    lines = preview(karin, cast, **EVERY_SIX_WEEKS)
    assert "Not on Tuesday 1 September: Esra, Tom not at work then." in lines["2026-09-02"]


def test_it_says_of_nobody_from_another_school_that_they_are_not_at_work(cast: Cast, karin: Client) -> None:
    dora = make_person("Dora Duin", cast.duin)
    make_place(cast.group, dora, joined=dt.date(2026, 8, 1))
    Membership.objects.filter(person=dora).update(work_days="1345")
    lines = preview(karin, cast, **EVERY_SIX_WEEKS)
    assert "Not on Tuesday 1 September: somebody can&#x27;t then." in lines["2026-09-02"]
    assert "Dora" not in lines["2026-09-02"].split("somebody")[0]


def test_it_says_when_the_group_meets_that_week_already(cast: Cast, karin: Client) -> None:
    make_meeting(cast.group, starts_at=tuesday() - dt.timedelta(days=12))
    make_meeting(make_group(cast.zandplaat, "Onderbouw", []), starts_at=tuesday())
    lines = preview(karin, cast, **EVERY_SIX_WEEKS)
    assert "Bovenbouw already meets that week: Thursday 3 September." in lines["2026-09-01"]
    assert lines["page"].count("already meets that week") == 1


def test_only_dates_that_were_shown_are_kept(cast: Cast, karin: Client) -> None:
    form = filled(cast)
    mark, keys = shown(karin, cast, form)
    made_up = [*keys, f"{cast.group.pk}:2026-12-25"]
    sent = {**form, "shown": mark, "save": "1", "keep": made_up}
    karin.post(reverse("plan_series", args=[cast.zandplaat.pk]), sent)
    assert not Meeting.objects.exists()
    keep(karin, cast, filled(cast))
    assert {f"{cast.group.pk}:{each.day}" for each in Meeting.objects.all()} == set(keys)
