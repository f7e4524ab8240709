"""Fixtures every test may use."""

from __future__ import annotations

import os

os.environ.setdefault("DEBUG", "1")

import pytest

from tests import people


@pytest.fixture
def cast(db: None) -> people.Cast:
    return people.build()
