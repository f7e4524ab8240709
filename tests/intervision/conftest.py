"""What all tests of intervision share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def verbs_speak_english() -> Iterator[None]:
    """What a verb says when it is called directly; pages speak the language of their reader."""
    with translation.override("en"):
        yield
