from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from schools.names import NameField, clean_name


@pytest.mark.parametrize(
    "name", ["Noor de Wit", "J.P. van 't Hoff-Özdemir", "A.de Vries", "Dr. Şule", "李 小龙", "O’Brien"]
)
def test_a_name_stays_as_it_is(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Noor   de Wit ", "Noor de Wit"),
        ("Noor\x00 de\x07 Wit", "Noor de Wit"),
        ("Noor\r\nBcc: spam@example.org", "Noor Bcc:"),
        ("\u202eNoor\u2066\u200b", "Noor"),
        ("Noor https://evil.example/x", "Noor"),
        ("Klik www.evil.example", "Klik"),
        ("Win (evil.com/prijs) nu", "Win nu"),
        ("javascript:alert(1)", ""),
        ("Noor\u2028de Wit", "Noor de Wit"),
        ("\ud800Noor", "Noor"),
    ],
)
def test_what_is_no_name_is_left_out(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def test_a_name_of_nothing_but_a_link_is_refused() -> None:
    with pytest.raises(ValidationError):
        NameField().clean("https://evil.example")


def test_a_long_name_is_refused_not_cut() -> None:
    assert NameField().clean("N" * 120) == "N" * 120
    with pytest.raises(ValidationError):
        NameField().clean("N" * 121)
