"""A ZIP that somebody uploaded: what is honest is read, what could do harm is refused with a sentence."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.lib.archives import DEFAULT, ArchiveRefused, Limits, opened

SMALL = Limits(file=1_000_000, entries=20, unpacked=2_000_000, ratio=100, ratio_from=100_000)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def zipped(*parts: tuple[Any, bytes], **more: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as file:
        for name, content in parts:
            file.writestr(name, content)
    return out.getvalue()


def contents(data: bytes, limits: Limits = SMALL) -> dict[str, bytes]:
    with opened(io.BytesIO(data), limits) as archive:
        return {name: archive.read(name, limits.unpacked) for name in archive.names}


def refused(data: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(ArchiveRefused) as caught:
        contents(data, limits)
    return str(caught.value)


def named(name: str, **more: Any) -> bytes:
    """A ZIP with one entry of that very name: zipfile itself would tidy some of them."""
    stand_in = "x" * len(name.encode())
    info = zipfile.ZipInfo(stand_in)
    for key, value in more.items():
        setattr(info, key, value)
    data = zipped((info, b"hallo"))
    if not name.isascii():
        data = with_flag(data, 0x800)
    return data.replace(stand_in.encode(), name.encode())


def with_flag(data: bytes, flag: int) -> bytes:
    """As ``data``, with a bit set in the flags of its one entry, in both places."""
    raw = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.index(signature) + at
        raw[place : place + 2] = struct.pack("<H", struct.unpack_from("<H", raw, place)[0] | flag)
    return bytes(raw)


def test_an_honest_one_is_read_with_its_folders_left_out() -> None:
    data = zipped(("map/", b""), ("map/één brief.txt", "hoi é".encode()), ("leeg", b""))
    assert contents(data) == {"map/één brief.txt": "hoi é".encode(), "leeg": b""}


def test_what_was_put_before_it_does_no_harm() -> None:
    assert contents(b"#!/bin/sh\n" + zipped(("a", b"1"))) == {"a": b"1"}


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a/./x",
        "a//x",
        "C:x",
        "c:/windows/x",
        "..\\x",
        "a\\b",
        "a\0.txt",
        "regel\neinde",
        "..",
    ],
)
def test_paths_that_lead_out_or_can_not_be_read_are_refused(name: str) -> None:
    assert "path" in refused(named(name))


@pytest.mark.parametrize("name", ["é" * 130, "a" * 256, "map/" + "b" * 252])
def test_names_longer_than_a_disk_takes_are_refused(name: str) -> None:
    assert "too long" in refused(named(name))


def test_a_name_of_255_bytes_is_read() -> None:
    assert list(contents(named("a" * 255))) == ["a" * 255]


def test_too_many_folders_within_folders_are_refused() -> None:
    assert "levels" in refused(named("/".join("abcdefghij")))


def test_a_link_to_another_file_is_refused() -> None:
    assert "link" in refused(named("link", external_attr=(stat.S_IFLNK | 0o777) << 16))
    assert "link" in refused(named("pijp", external_attr=stat.S_IFIFO << 16))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("pair", [("a", "a"), ("Map/A", "map/a"), ("caf\u00e9", "cafe\u0301"), ("a", "a/b")])
def test_two_that_are_one_on_some_disk_are_refused(pair: tuple[str, str]) -> None:
    assert "same name" in refused(zipped(*((name, b"1") for name in pair)))


@pytest.mark.parametrize("flag", [0x1, 0x41])
def test_one_with_a_password_is_refused(flag: int) -> None:
    assert "password" in refused(with_flag(zipped(("a", b"geheim")), flag))


def test_a_way_of_packing_that_needs_much_memory_is_refused() -> None:
    info = zipfile.ZipInfo("a")
    info.compress_type = zipfile.ZIP_LZMA
    assert "packed in a way" in refused(zipped((info, b"1" * 100)))


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"geen zip", b"PK\x05\x06" + b"\0" * 9, zipped(("a", b"1"))[:-9]],
    ids=["empty", "short", "text", "its end", "cut off"],
)
def test_what_is_no_zip_is_said_to_be_none(data: bytes) -> None:
    assert "no ZIP file" in refused(data)


def test_a_content_that_does_not_match_its_sum_is_refused() -> None:
    raw = bytearray(zipped(("a", b"hallo wereld")))
    raw[raw.index(b"PK\x01\x02") + 16] ^= 0xFF
    assert "damaged" in refused(bytes(raw))


# -- too much ----------------------------------------------------------------------------------------------


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert "too large" in refused(b"\0" * 1_000_001)


def test_too_many_entries_are_refused() -> None:
    assert "too many" in refused(zipped(*((f"{n}", b"") for n in range(21))))


def test_a_list_of_contents_of_many_megabytes_is_not_read_at_all() -> None:
    """100,000 entries in 5 MB would be half a gigabyte of objects."""
    data = zipped(*((f"{n}", b"") for n in range(100_000)))
    tracemalloc.start()
    try:
        assert "too many" in refused(data, replace(SMALL, file=50_000_000))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_in_one_entry_stops_before_it_is_unpacked() -> None:
    data = zipped(("bom", b"\0" * 1_900_000))
    assert len(data) < 3_000 and "more than it holds" in refused(data)


def test_a_bomb_over_many_entries_stops_as_well() -> None:
    parts = [(f"{n}", b"\0" * 90_000) for n in range(19)]
    assert "more than it holds" in refused(zipped(*parts))


def test_what_is_admitted_to_be_too_much_is_refused_at_once() -> None:
    assert "too large" in refused(zipped(("a", b"\0" * 2_000_001)))


def test_a_size_that_lies_does_not_help() -> None:
    """The list says 10 bytes; what comes out is never more than that, and the sum does not match."""
    raw = bytearray(zipped(("bom", b"\0" * 1_900_000)))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = raw.index(signature) + at
        raw[place : place + 4] = struct.pack("<I", 10)
    assert "damaged" in refused(bytes(raw))


def test_entries_that_share_their_bytes_are_refused() -> None:
    """The second entry of the list points into the first: the bomb without nested archives."""
    raw = bytearray(zipped(("a", b"1" * 1000), ("b", b"1" * 1000)))
    place = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 4) + 42
    raw[place : place + 4] = struct.pack("<I", 0)
    assert "damaged" in refused(bytes(raw))


def test_a_part_may_be_limited_more_narrowly() -> None:
    with opened(io.BytesIO(zipped(("a", b"12345"))), SMALL) as archive:
        assert archive.read("a", 5) == b"12345"
        with pytest.raises(ArchiveRefused, match="A part of this"):
            archive.read("a", 4)


def test_reading_a_bomb_takes_little_memory() -> None:
    data = zipped(("bom", b"\0" * 100_000_000))
    tracemalloc.start()
    try:
        with opened(io.BytesIO(data), DEFAULT) as archive, pytest.raises(ArchiveRefused):
            sum(map(len, archive.chunks("bom")))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@settings(deadline=None)
@given(st.binary(max_size=400), st.integers(0, 200), st.binary(min_size=1, max_size=4))
def test_whatever_is_changed_in_one_nothing_but_a_refusal_comes(junk: bytes, at: int, new: bytes) -> None:
    whole = bytearray(zipped(("a/b", b"hallo" * 9), ("c", junk)))
    whole[at % len(whole) : at % len(whole) + len(new)] = new
    for data in (bytes(whole), junk):
        try:
            contents(data)
        except ArchiveRefused as refusal:
            assert str(refusal)
