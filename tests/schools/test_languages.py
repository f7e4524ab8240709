from __future__ import annotations

import pytest
from django.utils import translation

from coaching.intervision.models import Method
from portfolio.models import Competence
from schools.models import Holiday, HourRule, InTwoLanguages

BOTH = [
    (Holiday(name_nl="herfst", name_en="autumn"), "name"),
    (HourRule(name_nl="herfst", name_en="autumn"), "name"),
    (Competence(about_nl="herfst", about_en="autumn"), "about"),
    (Method(title_nl="herfst", title_en="autumn"), "title"),
]


@pytest.mark.parametrize(("row", "name"), BOTH, ids=lambda value: type(value).__name__)
def test_a_reader_reads_their_own_language(row: InTwoLanguages, name: str) -> None:
    for language, words in (("nl", "herfst"), ("en", "autumn"), ("en-gb", "autumn")):
        with translation.override(language):
            assert getattr(row, name) == row.text(name) == words
    with translation.override(None):
        assert row.text(name) == "herfst"


def test_what_stands_in_one_language_serves_both() -> None:
    with translation.override("en"):
        assert Competence(title_nl="Zwemles").title == "Zwemles"
