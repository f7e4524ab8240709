"""What tests of the library share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def in_english() -> Iterator[None]:
    """Messages as they stand in the code, whatever has been translated by now."""
    with translation.override("en"):
        yield
