"""What holds for every Dutch text of the site."""

from __future__ import annotations

import re
from pathlib import Path

DUTCH = Path(__file__).parents[1] / "coaching/locale/nl/LC_MESSAGES/django.po"


def test_one_apostrophe_everywhere() -> None:
    """collega’s, never with the straight sign of a typewriter."""
    text = DUTCH.read_text(encoding="utf-8")
    said = re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', text, re.MULTILINE)
    assert len(said) > 3000
    assert [each for each in said if "'" in each] == []
