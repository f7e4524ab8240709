"""Logging in, for the tests of this room: pages in English, so that the texts asserted are the ones in the code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from schools.models import User

from .gop import plan, submitted
from .year import karin, start_of_year

__all__ = ["karin", "plan", "start_of_year", "submitted"]

Enter = Callable[[User], Client]


@pytest.fixture(autouse=True)
def a_sunday_in_november() -> Iterator[None]:
    """School years, holidays and clock changes stand where the tests expect them."""
    noon = dt.datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    with time_machine.travel(noon), translation.override("en"):
        yield


@pytest.fixture
def enter(db: None) -> Enter:
    def log_in(user: User) -> Client:
        User.objects.filter(pk=user.pk).update(language="en")
        client = Client()
        client.force_login(user)
        return client

    return log_in


def statements(client: Client, address: str) -> int:
    """How many SQL statements a page takes, when the log-in session is warm."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)
