"""What a small ZIP may cost when it is read: the whole process, with the interpreter and Django in it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from coaching.taking_along import checked_json, leap2a_reading, plain_text
from coaching.taking_along.mine import document_of
from portfolio.models import DevelopmentPlan
from tests.people import Cast
from tests.taking_along.test_leap2a import CATEGORIES, HEAD, TERMS

SIZE = checked_json.MOST_BYTES - 2_000
MEASURE = """
import re, sys, time
from django.conf import settings
settings.configure(USE_I18N=False)
from coaching.lib.archives import ArchiveRefused, opened
from coaching.taking_along import checked_json, leap2a_reading
began = time.process_time()
with open(sys.argv[1], "rb") as file:
    try:
        with opened(file) as archive:
            if "mine.json" in archive:
                checked_json.loaded(archive.read("mine.json", checked_json.MOST_BYTES))
            else:
                leap2a_reading.read_archive(archive)
        said = "read"
    except ArchiveRefused:
        said = "refused"
took = time.process_time() - began
with open("/proc/self/status") as status:  # getrusage counts what the parent had as well
    print(said, int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1]) // 1024, took)
"""


def mine(text: str) -> bytes:
    """``text`` over and over in a list of mine.json."""
    return b'{"a": [' + ",".join([text] * (SIZE // (len(text) + 1))).encode() + b"]}"


def feed(entries: str) -> bytes:
    return HEAD.format(entries=entries, before="", terms=TERMS[2], categories=CATEGORIES[1]).encode()


def html(text: str, length: int) -> str:
    return f"<entry><content type='html'>{text * (length // len(text))}</content></entry>"


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "lists": ("mine.json", lambda: mine("[]"), "refused"),
    "objects": ("mine.json", lambda: mine('{"":0}'), "refused"),
    "as many as may be": ("mine.json", lambda: b'{"a": [' + b'{"":[0]},' * 99_000 + b"0]}", "read"),
    "numbers": ("mine.json", lambda: mine("1.5"), "read"),
    "names": (
        "mine.json",
        lambda: json.dumps({str(n): 1 for n in range(440_000)}, separators=(",", ":")).encode(),
        "read",
    ),
    "a wide letter": ("mine.json", lambda: b'{"a": "' + b"a" * SIZE + "👩".encode() + b'"}', "read"),
    "no json": ("mine.json", lambda: b"x" * SIZE, "refused"),
    "too large": ("mine.json", lambda: b'"' + b"x" * (SIZE + 3_000) + b'"', "refused"),
    "half tags": ("leap2a.xml", lambda: feed(html("&lt;ab", SIZE)), "read"),
    "half tags in many": ("leap2a.xml", lambda: feed(html("&lt;ab", 250_000) * 20), "read"),
    "names of letters": ("leap2a.xml", lambda: feed(html("&nbsp;", SIZE)), "read"),
    "elements": ("leap2a.xml", lambda: feed("<entry>" + "<a/>" * (SIZE // 4 - 9) + "</entry>"), "refused"),
    "deep names": ("leap2a.xml", lambda: feed("".join(f"<a{n}/>" for n in range(97_000))), "read"),
    "attributes": (
        "leap2a.xml",
        lambda: feed(("<a " + " ".join(f"b{n}='{n}'" for n in range(99)) + "/>") * (SIZE // 1_000)),
        "read",
    ),
    "feed too large": ("leap2a.xml", lambda: feed("x" * (SIZE + 3_000)), "refused"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_small_zip_takes_two_hundred_megabytes(name: str, tmp_path: Path) -> None:
    part, make, outcome = HOSTILE[name]
    path = tmp_path / "mee.zip"
    with zipfile.ZipFile(path, "w") as file:  # not packed: it would be refused for unpacking to so much
        file.writestr(part, make())
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    said, megabytes, seconds = done.stdout.split()
    assert said == outcome
    assert int(megabytes) < 200
    assert float(seconds) < 10


@pytest.mark.parametrize(
    "text", ["<" + "a" * 190_000, "<!--" * 50_000, "&" * 200_000, "<ab" * 66_000, "<a <" * 50_000]
)
def test_a_long_broken_text_is_read_at_once(text: str) -> None:
    began = time.process_time()
    plain_text.of_html(text)
    assert time.process_time() - began < 2


def test_no_name_of_a_letter_is_cut_in_two() -> None:
    text = "x" * 65_000 + "&eacute;" * 20_000
    [item] = leap2a_reading.read_feed(feed(f"<entry><title>{text}</title></entry>")).items
    assert item.title == "x" * 65_000 + "é" * 20_000


def test_a_text_is_read_up_to_where_nobody_writes() -> None:
    assert len(plain_text.of_html("a" * 900_000)) == plain_text.MOST_HTML
    number = f"&#{'9' * 5_000};"
    assert plain_text.of_html(f"<p>{number}</p>") == number


@pytest.mark.django_db
def test_a_rich_portfolio_fits(whole: DevelopmentPlan, cast: Cast) -> None:
    """Four hundred pieces of a page and a half, ten POPs of six versions each, two hundred sessions."""
    document = document_of(cast.noor, "nl", timezone.now())
    mine = document["portfolio"]
    mine["entries"] = [{**row, "text": "Tekst. " * 500} for row in mine["entries"][:1] * 400]
    [pop] = mine["pops"]
    pop = {
        **pop,
        **dict.fromkeys(("standing", "heading", "wish", "agreements", "looking_back"), "woord " * 300),
    }
    content = {**pop["versions"][0]["content"], "standing": "woord " * 1_500}
    versions = [{**pop["versions"][0], "content": content}] * 6
    mine["pops"] = [{**pop, "versions": versions}] * 10
    said = {"kind": "advice", "text": "woord " * 60, "at": "2026-10-05T09:30:00+00:00"}
    session = {
        "day": "2026-10-05",
        "method": "incident",
        "roles": [],
        "question": "?",
        "contributions": [said] * 8,
    }
    document["sessions"] = [session] * 200
    data = json.dumps(document, ensure_ascii=False, indent=1).encode()
    assert len(data) < checked_json.MOST_BYTES * 0.7
    assert data.count(b"[") + data.count(b"{") < checked_json.MOST_PARTS / 5
    checked_json.loaded(data)
    assert leap2a_reading.MOST_BYTES == checked_json.MOST_BYTES
