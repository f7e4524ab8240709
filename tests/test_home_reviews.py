"""Home on GOPs: what waits for the director, the answer for the group, and the dates to look back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone, translation

from coaching.home import next_things
from coaching.home_next import Next
from coaching.today import Today
from popgroups.models import GroupPlan, Purpose
from popgroups.plan_reviews import react
from schools.models import User
from tests.people import Cast, again, make_group
from tests.popgroups.plans import days_ago, hand_in, make_group_plan

pytestmark = pytest.mark.django_db


def titles(person: User, at: dt.datetime | None = None) -> list[str]:
    return [thing.title for thing in things(person, at)]


def things(person: User, at: dt.datetime | None = None) -> list[Next]:
    with translation.override("en"):
        return next_things(Today(again(person), at or timezone.now()))


def test_what_waits_longest_leads_the_director(cast: Cast, client: Client) -> None:
    other = make_group(cast.zandplaat, "Onderbouw", [cast.noor])
    hand_in(make_group_plan(other), cast.noor, days_ago(3))
    version = hand_in(make_group_plan(cast.group), cast.noor, days_ago(9))
    first = things(cast.hanneke)[0]
    assert first.title == "The GOP of Bovenbouw waits for your answer" and first.label == "waits 9 days"
    assert "1 more waits." in first.text and first.url.endswith(f"/gop-versie/{version.pk}/")
    assert not [title for title in titles(cast.karin) if "GOP" in title]
    client.force_login(again(cast.hanneke))
    assert "Bovenbouw wacht op je reactie" in client.get("/").content.decode()


def test_an_answer_is_told_to_every_member(cast: Cast) -> None:
    plan = make_group_plan(cast.group)
    version = hand_in(plan, cast.noor, days_ago(9))
    react(version, "in_talk", "Hoe?", cast.hanneke, days_ago(1))
    asked = "The director would like to talk about the GOP of Bovenbouw"
    assert asked in titles(cast.tom) and asked in titles(cast.noor)
    assert asked not in titles(cast.ilse) and asked not in titles(cast.hanneke)
    react(version, "agreed", "", cast.hanneke, timezone.now())
    agreed = "The director agrees to the GOP of Bovenbouw"
    assert agreed in titles(cast.tom) and asked not in titles(cast.tom)
    later = timezone.now() + dt.timedelta(days=15)
    assert agreed not in titles(cast.tom, later)


def test_both_sides_are_told_when_it_is_time_to_look_back(cast: Cast) -> None:
    plan = make_group_plan(cast.group)
    soon = timezone.localdate() + dt.timedelta(days=10)
    later = soon + dt.timedelta(days=60)
    GroupPlan.objects.filter(pk=plan.pk).update(midterm_on=soon, evaluation_on=later)
    version = hand_in(plan, cast.noor, days_ago(40))
    ours, theirs = "Look back on the GOP of Bovenbouw", "Bovenbouw looks back on its GOP"
    assert ours not in titles(cast.tom)
    react(version, "agreed", "", cast.hanneke, days_ago(30))
    assert ours in titles(cast.tom) and theirs in titles(cast.hanneke)
    hand_in(plan, cast.noor, timezone.now(), Purpose.MIDTERM)
    assert ours not in titles(cast.tom) and theirs not in titles(cast.hanneke)
