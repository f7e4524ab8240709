"""Noor at her portfolio, with one plan."""

from __future__ import annotations

import pytest
from django.test import Client

from portfolio.models import ActionPlan
from tests.people import Cast


@pytest.fixture
def noor(cast: Cast, client: Client) -> Client:
    client.force_login(cast.noor)
    return client


@pytest.fixture
def plan(cast: Cast) -> ActionPlan:
    return ActionPlan.objects.create(owner=cast.noor, intention="Ik begin met een stil startblokje")
