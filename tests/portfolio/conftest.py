"""Noor at her portfolio, with one plan; Samir and his director with a talk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from portfolio import talks
from portfolio.models import ActionPlan, Talk
from tests.people import Cast
from tests.portfolio.talking import slot


@pytest.fixture
def noor(cast: Cast, client: Client) -> Client:
    client.force_login(cast.noor)
    return client


@pytest.fixture
def plan(cast: Cast) -> ActionPlan:
    return ActionPlan.objects.create(owner=cast.noor, intention="Ik begin met een stil startblokje")


@pytest.fixture
def talk(cast: Cast) -> Talk:
    """Proposed by the director to Samir."""
    return talks.propose(cast.hanneke, cast.samir, "goal", slot(), timezone.now())


@pytest.fixture
def planned(cast: Cast, talk: Talk) -> Talk:
    talks.accept(talk, cast.samir, talk.sequence, timezone.now())
    return talk
