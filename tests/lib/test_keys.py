"""What a browser sends as a key is one, or nothing."""

from __future__ import annotations

import pytest

from coaching.lib.keys import is_key, keys_among


@pytest.mark.parametrize("value", ["12", 12, "9" * 18])
def test_digits_that_a_column_can_hold(value: object) -> None:
    assert is_key(value)


@pytest.mark.parametrize("value", ["", "-1", "1.0", " 1", "²", "None", None, "9" * 19, "1; drop table"])
def test_everything_else_is_no_key(value: object) -> None:
    assert not is_key(value)


def test_what_is_no_key_is_left_out() -> None:
    assert keys_among(["3", "x", 1, "", "3"]) == [3, 1, 3]
