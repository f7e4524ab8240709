"""Home asks the members of a group without a GOP, in autumn, to begin one."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.models import GroupMember
from popgroups.plan_goals import start_plan
from tests.people import Cast, build, make_meeting
from tests.test_home import home, things


def on(month: int, day: int = 14) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2026, month, day, 9))


def begin_urls(cast: Cast, person: str) -> list[str]:
    page = reverse("new_group_plan", args=[cast.group.pk])
    return [thing.url for thing in things(getattr(cast, person)) if thing.url == page]


@pytest.mark.django_db
@pytest.mark.parametrize(("month", "asked"), [(8, False), (9, True), (11, True), (12, False)])
def test_only_in_autumn(month: int, asked: bool) -> None:
    with time_machine.travel(on(month), tick=False):
        cast = build()
        make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=40))
        assert bool(begin_urls(cast, "noor")) is asked


@pytest.mark.django_db
def test_members_are_asked_quietly_until_there_is_one(client: Client) -> None:
    with time_machine.travel(on(10), tick=False):
        cast = build()
        assert not begin_urls(cast, "noor"), "first a date"
        make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=3))
        make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=40))
        assert things(cast.noor)[0].also_url and things(cast.noor)[-1].quiet
        assert len(begin_urls(cast, "noor")) == 1
        page = home(client, cast.noor)
        assert "Bovenbouw heeft nog geen GOP" in page and "Begin ons GOP" in page
        for outside in ("ilse", "gone", "karin", "hanneke", "olaf", "vera"):
            assert not begin_urls(cast, outside)
        GroupMember.objects.filter(membership__person=cast.tom).update(left_on=timezone.localdate())
        assert not begin_urls(cast, "tom")
        start_plan(cast.group, cast.samir, timezone.now())
        assert not begin_urls(cast, "noor")
