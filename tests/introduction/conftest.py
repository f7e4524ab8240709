"""A trajectory made on the site a while ago, and browsers of who designs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from coaching.introduction.trajectories import start
from schools.holidays import seed_holidays
from schools.models import SchoolYear, Trajectory, User
from tests.people import Cast

MONDAY = dt.datetime(2026, 9, 7, 13, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def autumn() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def trajectory(cast: Cast) -> Trajectory:
    seed_holidays()
    return start(cast.zandplaat, SchoolYear(starts=2026), cast.karin, timezone.now())


@pytest.fixture
def browse() -> Callable[[User], Client]:
    def opened(person: User) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return opened
