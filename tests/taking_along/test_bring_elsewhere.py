"""Leap2A portfolios of other makers come in as what is nearest to them, and hostile ZIPs not at all."""

from __future__ import annotations

import datetime as dt
import stat
import zipfile
from typing import Any

import pytest
from django.test import Client

from coaching.taking_along import bringing, waiting
from portfolio.models import Competence, DevelopmentPlan, Entry, EntryFile
from tests.lib.files import PDF
from tests.lib.test_archives import zipped
from tests.people import Cast
from tests.taking_along.conftest import upload
from tests.taking_along.test_bring import brought_by, everything, previewed
from tests.taking_along.test_leap2a import AS_MAHARA, CATEGORIES, HEAD, TERMS, entry, link

pytestmark = pytest.mark.django_db


def leap2a(entries: str, *files: tuple[str, bytes], before: str = "") -> bytes:
    text = HEAD.format(entries=entries, before=before, terms=TERMS[2], categories=CATEGORIES[1])
    return zipped(("leap2a.xml", text.encode()), *files)


BRIEF = ("files/0-een brief.txt", b"Beste ouders")


def test_a_portfolio_of_mahara_comes_in(cast: Cast) -> None:
    data = leap2a(AS_MAHARA, BRIEF)
    preview = previewed(cast.noor, data)
    assert [line.new for line in preview.sifted.lines] == [1, 1, 2, 1]
    assert preview.files == 1 and len(preview.skipped) == 2
    brought_by(cast.noor, data)
    plan = DevelopmentPlan.objects.get(owner=cast.noor)
    goal = plan.goals.get()
    assert (goal.question, goal.why, goal.order) == ("Mijn plan", "Rust in de klas", 1)
    task = goal.actions.get()
    assert (task.what, task.due, task.done_on) == ("Timer zetten", dt.date(2026, 9, 1), dt.date(2026, 7, 19))
    diary = Entry.objects.get(owner=cast.noor, title="Dagboek")
    assert diary.kind == "reflection" and diary.text == "Een\xa0regel\n\n- één\n- twee"
    letter = Entry.objects.get(owner=cast.noor, title="Brief")
    assert letter.kind == "proof" and [file.name for file in letter.files.all()] == ["Brief.txt"]
    assert letter.competences.get() == Competence.objects.get(owner=cast.noor, title_nl="Uitleggen")


def test_a_second_time_brings_nothing_more(cast: Cast) -> None:
    data = leap2a(AS_MAHARA, BRIEF)
    brought_by(cast.noor, data)
    before = everything()
    done = brought_by(cast.noor, data)
    assert everything() == before and done.sifted.is_nothing


def test_our_own_leap2a_comes_back_as_a_pop(cast: Cast) -> None:
    """A plan of plans of plans: goals with actions; what is more than three goals becomes a reflection."""
    entries = entry("pop", "plan", "POP", "<content>Waar wil ik heen?</content>")
    for number in range(1, 5):
        entries += entry(f"doel{number}", "plan", f"Doel {number}", link("leap2:is_part_of", "portfolio:pop"))
    entries += entry("stap", "plan", "Stap", link("leap2:is_part_of", "portfolio:doel1"))
    done = brought_by(cast.noor, leap2a(entries))
    plan = DevelopmentPlan.objects.get(owner=cast.noor)
    assert plan.heading == "Waar wil ik heen?"
    assert [goal.question for goal in plan.goals.all()] == ["Doel 1", "Doel 2", "Doel 3"]
    assert plan.goals.get(order=1).actions.get().what == "Stap"
    assert Entry.objects.get(owner=cast.noor).title == "Doel 4"
    assert any(each.what.startswith("1 ") for each in done.skipped)


def test_long_and_strange_things_are_made_to_fit(cast: Cast) -> None:
    entries = entry("a", "entry", "x" * 700, "<content>tekst</content>")
    entries += (
        entry("b", "achievement", "Diploma") + entry("c", "vreemd", "Wat is dit?") + entry("d", "plan", "")
    )
    entries += "<entry><title>Zonder iets</title></entry>"
    done = brought_by(cast.noor, leap2a(entries))
    long = Entry.objects.get(owner=cast.noor, title__startswith="xxx")
    assert len(long.title) == 200 and long.text == "x" * 700 + "\n\ntekst"
    assert Entry.objects.get(owner=cast.noor, title="Diploma").kind == "certificate"
    assert Entry.objects.get(owner=cast.noor, title="Zonder iets").kind == "reflection"
    assert [each for each in done.skipped if "vreemd" in each.what]


def test_script_in_a_feed_stays_text(cast: Cast) -> None:
    evil = "&lt;script&gt;window.__xss=1&lt;/script&gt;"
    inner = f'<content type="html">{evil}&lt;b onclick="x()"&gt;hoi&lt;/b&gt;</content>'
    brought_by(cast.noor, leap2a(entry("a", "entry", "&lt;script&gt;1&lt;/script&gt;", inner)))
    kept = Entry.objects.get(owner=cast.noor)
    assert kept.text == "hoi" and kept.title == "<script>1</script>"


def test_a_file_of_a_feed_is_judged_too(cast: Cast) -> None:
    entries = entry("a", "resource", "Vals.pdf", link("enclosure", "files/vals.pdf"))
    entries += entry("b", "resource", "Echt", link("enclosure", "files/echt.pdf"))
    entries += entry("c", "resource", "Buiten", link("enclosure", "../../../etc/passwd"))
    data = leap2a(entries, ("files/vals.pdf", b"<svg onload='x'/>"), ("files/echt.pdf", PDF))
    done = brought_by(cast.noor, data)
    assert [each.what for each in done.skipped] == ["Vals.pdf"]
    assert EntryFile.objects.get().name == "Echt.pdf"
    assert Entry.objects.filter(owner=cast.noor).count() == 3


# -- refused -----------------------------------------------------------------------------------------------


def symlink() -> bytes:
    info = zipfile.ZipInfo("mine.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((info, b"/etc/passwd"))


def deep() -> bytes:
    return zipped(("mine.json", b"[" * 100_000 + b"]" * 100_000))


HOSTILE = {
    "no zip": (b"geen zip", "geen ZIP-bestand"),
    "empty": (b"", "geen ZIP-bestand"),
    "nothing of ours": (zipped(("foto.txt", b"hoi")), "geen portfolio"),
    "outside": (zipped(("../mine.json", b"{}")), "pad"),
    "absolute": (zipped(("/mine.json", b"{}")), "pad"),
    "link": (symlink(), "verwijzing"),
    "ratio": (zipped(("mine.json", b" " * 15_000_000)), "veel meer"),
    "entries": (zipped(*((f"{n}", b"") for n in range(3_001))), "te veel bestanden"),
    "deep json": (deep(), "mine.json"),
    "json that is a list": (zipped(("mine.json", b"[]")), "mine.json"),
    "json with a long number": (zipped(("mine.json", b'{"schema": ' + b"9" * 9_000 + b"}")), "mine.json"),
    "entities": (leap2a("", before='<!DOCTYPE f [<!ENTITY a "b">]>'), "kwaad"),
    "file entity": (leap2a("", before='<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "kwaad"),
    "deep xml": (leap2a("<b>" * 5_000 + "</b>" * 5_000), "te groot"),
    "no feed": (zipped(("leap2a.xml", b"<html/>")), "Leap2A"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused_with_a_sentence(name: str, cast: Cast, client: Client) -> None:
    data, sentence = HOSTILE[name]
    client.force_login(cast.noor)
    before = everything()
    reply = upload(client, cast.noor, data)
    assert reply.status_code == 422 and sentence in reply.content.decode()
    assert everything() == before and not list(waiting.folder().glob("*"))


def test_a_bomb_among_the_files_stops_the_yes(cast: Cast, client: Client) -> None:
    """Its file is only unpacked when files are judged: then all of it is refused."""
    entries = entry("a", "resource", "Bom", link("enclosure", "files/bom.txt"))
    data = leap2a(entries, ("files/bom.txt", b"a" * 15_000_000))
    reply = upload(client, cast.noor, data)
    before = everything()
    assert client.post(f"{reply.url}inlezen/", follow=True).redirect_chain == [("/meenemen/", 302)]
    assert (
        "veel meer" in client.get(reply.url, follow=True).content.decode()
        or client.get(reply.url).status_code == 404
    )
    assert everything() == before and not list(waiting.folder().glob("*"))


def test_a_preview_that_takes_too_long_leaves_files_for_later(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(bringing, "SECONDS_TO_JUDGE", -1)
    preview = previewed(cast.noor, leap2a(AS_MAHARA, BRIEF))
    assert (preview.files, preview.unjudged) == (0, 1)


def test_nothing_was_sent(cast: Cast, client: Client) -> None:
    client.force_login(cast.noor)
    assert client.post("/meenemen/meegebracht/").status_code == 422
    assert client.get("/meenemen/meegebracht/").status_code == 405
