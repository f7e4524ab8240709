"""Every file is read back by the library that made it and by one of other hands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from coaching.lib.calendar_files import AMSTERDAM, Event, Party, cancel, one_line, publish, request

NAMES = [
    "Bovenbouw",
    "’t Zandkasteel",
    "Coöperatie Ölands",
    "Lezen; schrijven, rekenen: en \\ meer",
    "Taal\nBEGIN:VALARM\r\nX: y",
    "groep 🌱👩‍🏫 plant",
    '“aan” "uit" ^n ^\'',
    "Heel lang " * 40,
    "ö" * 200,
    "🌱" * 120,
]
SITE = Party("Collegiale coaching", "noreply@coaching.example")
STAMP = dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)
AFTERNOON = dt.datetime(2026, 11, 24, 14, 30, tzinfo=dt.UTC)


def event(name: str = "Bovenbouw", starts_at: dt.datetime = AFTERNOON, **values: Any) -> Event:
    own = {"place": name, "link": "https://coaching.example/bijeenkomst/7/", "stamp": STAMP, "minutes": 90}
    return Event("u1@coaching.example", 2, starts_at, summary=f"Intervisie · {name}", **{**own, **values})


def files(name: str) -> dict[str, bytes]:
    who = Party(name, "noor@school.example")
    return {
        "REQUEST": request(event(name), who, SITE),
        "CANCEL": cancel(event(name), who, SITE),
        "PUBLISH": publish([event(name), event(name, cancelled=True)], name, SITE),
    }


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")[:-1]


def assert_well_written(file: bytes) -> None:
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert file.count(b"\n") == file.count(b"\r") == file.count(b"\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    for line in file.split(b"\r\n"):
        line.decode()  # no sign is cut in two, which some calendars can't mend


def assert_read_alike(file: bytes, method: str, name: str) -> None:
    """Both parsers find the same words, and no field more than was written."""
    text = one_line(name)
    ours: Any = Calendar.from_ical(file)
    theirs: Any = vobject.readOne(file.decode())
    assert str(ours["METHOD"]) == theirs.method.value == method
    first = ours.walk("VEVENT")[0]
    other = theirs.vevent
    assert str(first["SUMMARY"]) == other.summary.value == one_line(f"Intervisie · {name}")
    assert str(first.get("LOCATION", "")) == (other.location.value if text else "") == text
    assert first["UID"] == other.uid.value and str(first["SEQUENCE"]) == other.sequence.value == "2"
    assert first["DTSTART"].dt == other.dtstart.value
    if method != "PUBLISH" and text:
        called = text.replace('"', "”").replace("\\", "/").replace("^", "’")
        assert first["ATTENDEE"].params["CN"] == called
        assert other.attendee.params["CN"] == [called]
        assert first["ATTENDEE"] == other.attendee.value == "mailto:noor@school.example"
    assert {part.name for part in ours.walk()} == {"VCALENDAR", "VTIMEZONE", "DAYLIGHT", "STANDARD", "VEVENT"}


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_survives_every_name(name: str, method: str) -> None:
    file = files(name)[method]
    assert_well_written(file)
    assert_read_alike(file, method, name)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_a_file_survives_any_name(name: str) -> None:
    for method, file in files(name).items():
        assert_well_written(file)
        assert_read_alike(file, method, name)


@pytest.mark.parametrize("name", NAMES)
def test_unfolding_gives_the_text_back(name: str) -> None:
    summary = next(line for line in unfolded(files(name)["REQUEST"]) if line.startswith("SUMMARY:"))
    for escaped, plain in (("\\;", ";"), ("\\,", ","), ("\\\\", "\\")):
        summary = summary.replace(escaped, plain)
    assert summary == f"SUMMARY:{one_line(f'Intervisie · {name}')}"


@pytest.mark.parametrize(("day", "offset"), [(23, 2), (26, 1)])
def test_half_past_three_stays_half_past_three_when_the_clock_changes(day: int, offset: int) -> None:
    starts = dt.datetime(2026, 10, day, 15, 30, tzinfo=AMSTERDAM).astimezone(dt.UTC)
    file = request(event(starts_at=starts), Party("Noor", "noor@school.example"), SITE)
    assert f"DTSTART;TZID=Europe/Amsterdam:202610{day}T153000" in unfolded(file)
    assert f"DTEND;TZID=Europe/Amsterdam:202610{day}T170000" in unfolded(file)
    made: Any = Calendar.from_ical(file)
    ours = made.walk("VEVENT")[0]["DTSTART"].dt
    # vobject knows nothing of our zone but the VTIMEZONE in the file.
    theirs: Any = vobject.readOne(file.decode()).vevent.dtstart.value
    for read in (ours, theirs):
        assert (read.hour, read.minute) == (15, 30)
        assert read.utcoffset() == dt.timedelta(hours=offset) and read == starts


def test_a_night_of_the_clock_change_is_as_long_as_it_is() -> None:
    starts = dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC)
    file = publish([event(starts_at=starts, minutes=120)], "Nacht")
    assert "DTSTART;TZID=Europe/Amsterdam:20261025T013000" in unfolded(file)
    assert "DTEND;TZID=Europe/Amsterdam:20261025T023000" in unfolded(file)


def test_what_an_invitation_says() -> None:
    lines = unfolded(files("Bovenbouw")["REQUEST"])
    for line in (
        "METHOD:REQUEST",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "DTSTAMP:20261001T080000Z",
        'ORGANIZER;CN="Collegiale coaching":mailto:noreply@coaching.example',
        "ATTENDEE;CN=Bovenbouw;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE"
        ":mailto:noor@school.example",
    ):
        assert lines.count(line) == 1, line
    assert len([line for line in lines if line.startswith("ATTENDEE")]) == 1
    assert len([line for line in lines if line.startswith("RRULE")]) == 2
    assert not [line for line in lines if line.startswith("RDATE")]
    assert any(line.startswith("DESCRIPTION:") and "/bijeenkomst/7/" in line for line in lines)


def test_what_a_cancellation_says() -> None:
    lines = unfolded(files("Bovenbouw")["CANCEL"])
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", "UID:u1@coaching.example"} <= set(lines)


def test_what_a_feed_says() -> None:
    lines = unfolded(files("Bovenbouw")["PUBLISH"])
    assert {
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Bovenbouw",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "STATUS:CONFIRMED",
        "STATUS:CANCELLED",
    } <= set(lines)
    assert not [line for line in lines if line.startswith("ATTENDEE")]
    assert Calendar.from_ical(publish([], "Leeg")).walk("VEVENT") == []


@pytest.mark.parametrize("make", [request, cancel])
def test_nobody_invites_themselves(make: Any) -> None:
    with pytest.raises(ValueError, match="organizer"):
        make(event(), Party("Noor", "NOREPLY@coaching.example"), SITE)
