"""Leap2A feeds: those of others are read leniently and safely, our own come back as they went."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.lib.archives import ArchiveRefused, opened
from coaching.taking_along import plain_text
from coaching.taking_along.leap2a import (
    ABILITY,
    COMPLETED,
    ENTRY,
    HAS_PART,
    IS_PART_OF,
    OFFLINE,
    PERSON,
    PLAN,
    RESOURCE,
    SELF,
    SUPPORTED_BY,
    SUPPORTS,
    Feed,
    Item,
    Link,
    cleaned,
)
from coaching.taking_along.leap2a_reading import is_leap2a, moment, read_archive, read_feed
from coaching.taking_along.leap2a_writing import FeedBroken, written

TERMS = [
    "http://terms.leapspecs.org/",
    "http://terms.leapspecs.org",
    "https://web.archive.org/web/20100503000634/http://terms.leapspecs.org",
    "https://web.archive.org/web/20100503000634/http://terms.leapspecs.org/",
]
CATEGORIES = [
    "http://wiki.leapspecs.org/2A/categories/",
    "https://web.archive.org/web/20120819100914/http://wiki.leapspecs.org:80/2A/categories",
]
HEAD = """<?xml version="1.0" encoding="utf-8"?>{before}
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:leap2="{terms}" xmlns:categories="{categories}" xmlns:portfolio="http://elders.invalid/1/"
 xmlns:mahara="https://elders.invalid/uitbreiding">
<leap2:version>http://www.leapspecs.org/2010-07/2A/</leap2:version>
<id>http://elders.invalid/1</id><title>Meegenomen</title><updated>2026-07-25T13:38:58+12:00</updated>
<author><name>Ans Elders</name><uri>portfolio:ik</uri></author>
{entries}</feed>"""


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def feed_of(entries: str, before: str = "", terms: str = TERMS[0], categories: str = CATEGORIES[0]) -> Feed:
    text = HEAD.format(entries=entries, before=before, terms=terms, categories=categories)
    return read_feed(text.encode())


def entry(id: str, kind: str, title: str = "", inner: str = "") -> str:
    return (
        f"<entry><title>{title}</title><id>portfolio:{id}</id><updated>2026-07-20T08:58:43+12:00</updated>"
        f'{inner}<rdf:type rdf:resource="leap2:{kind}"/></entry>'
    )


def link(rel: str, href: str) -> str:
    return f'<link rel="{rel}" href="{href}"/>'


AS_MAHARA = "".join(
    [
        entry(
            "view1",
            "selection",
            "Pagina",
            link("leap2:has_part", "portfolio:blog1")
            + '<category term="Webpage" scheme="categories:selection_type#"/>'
            + '<mahara:view mahara:layout="50,50"><mahara:row/></mahara:view>',
        ),
        entry("plan", "plan", "Mijn plan", "<content>Rust in de klas</content><category term='orde'/>"),
        entry(
            "taak",
            "plan",
            "Timer zetten",
            link("leap2:is_part_of", "portfolio:plan")
            + '<leap2:date leap2:point="target">2026-09-01T00:00:00Z"</leap2:date>'
            + '<leap2:status leap2:stage="completed"/>',
        ),
        entry(
            "blog1",
            "entry",
            "Dagboek",
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Een&nbsp;regel</p>'
            "<ul><li>één</li><li>twee</li></ul><script>alert(1)</script></div></content>",
        ),
        entry("kan", "ability", "Uitleggen", link("leap2:supported_by", "portfolio:bewijs")),
        entry("bewijs", "resource", "Brief", link("enclosure", "files/0-een brief.txt")),
        entry("ik", "person", "Ans Elders", '<category term="Self" scheme="categories:person_type#"/>'),
    ]
)


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("categories", CATEGORIES)
def test_a_feed_as_mahara_writes_it_is_read_in_every_form_of_its_namespaces(
    terms: str, categories: str
) -> None:
    feed = feed_of(AS_MAHARA, terms=terms, categories=categories)
    assert Counter(item.kind for item in feed.items) == Counter(
        {"plan": 2, "selection": 1, "entry": 1, "ability": 1, "resource": 1, "person": 1}
    )
    assert (feed.owner, feed.owner_id) == ("Ans Elders", "portfolio:ik")
    by_title = {item.title: item for item in feed.items}
    task = by_title["Timer zetten"]
    assert feed.parts() == {"portfolio:plan": [task], "portfolio:view1": [by_title["Dagboek"]]}
    assert (task.dates, task.status) == ({"target": dt.date(2026, 9, 1)}, COMPLETED)
    assert by_title["Mijn plan"].text == "Rust in de klas" and by_title["Mijn plan"].tags == ("orde",)
    assert by_title["Dagboek"].text == "Een\xa0regel\n\n- één\n- twee"
    assert by_title["Pagina"].categories == (("selection_type", "Webpage"),)
    supported = feed.related(SUPPORTS, SUPPORTED_BY)
    assert supported == {"portfolio:bewijs": [by_title["Uitleggen"]]}


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [
        ("2009-02-06T11:00:00Z", dt.datetime(2009, 2, 6, 11, tzinfo=dt.UTC)),
        ('2009-02-06T11:00:00Z"', dt.datetime(2009, 2, 6, 11, tzinfo=dt.UTC)),
        ("2018-07-25T13:38:58.25+12:00", dt.datetime(2018, 7, 25, 1, 38, 58, tzinfo=dt.UTC)),
        (" 2018-07-25 ", dt.datetime(2018, 7, 25, tzinfo=dt.UTC)),
        ("2018-07", dt.datetime(2018, 7, 1, tzinfo=dt.UTC)),
        ("2018", dt.datetime(2018, 1, 1, tzinfo=dt.UTC)),
        ("2018-02-31", None),
        ("0000-01-01", None),
        ("2018-02-03T11:00+99:00", None),
        ("ooit", None),
        ("", None),
    ],
)
def test_dates_are_read_leniently(written_as: str, read_as: dt.datetime | None) -> None:
    assert moment(written_as) == read_as


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE feed [<!ENTITY a "b">]>',
        '<!DOCTYPE feed SYSTEM "http://elders.invalid/feed.dtd">',
        '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE feed [<!ENTITY % x SYSTEM "http://elders.invalid/x"> %x;]>',
    ],
)
def test_a_dtd_and_its_entities_are_refused(before: str) -> None:
    with pytest.raises(ArchiveRefused, match="could do harm"):
        feed_of("<entry><title>&a;</title></entry>", before=before)


def test_the_same_in_another_encoding_is_refused_too() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE feed [<!ENTITY a "b">]><feed>&a;</feed>'
    with pytest.raises(ArchiveRefused, match="could do harm"):
        read_feed(text.encode("utf-16"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"geen xml",
        b"<feed/>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>&onbekend;</title></feed>",
        b"<?xml version='1.0' encoding='utf-7'?><feed/>",
        b"<?xml version='1.0' encoding='nergens'?><feed/>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'>\xff\xfe</feed>",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(ArchiveRefused, match="can't be read"):
        read_feed(data)


@pytest.mark.parametrize(
    "entries",
    [
        "<entry><content>" + "<div>" * 300 + "</div>" * 300 + "</content></entry>",
        "<i/>" * 200_001,
        "<entry/>" * 5_001,
        "<i " + " ".join(f"a{n}='1'" for n in range(101)) + "/>",
    ],
    ids=["deep", "wide", "many", "attributes"],
)
def test_a_feed_that_is_too_deep_or_too_large_is_refused(entries: str) -> None:
    with pytest.raises(ArchiveRefused, match="too large"):
        feed_of(entries)


def packed(**files: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/"), content)
    return out


@pytest.mark.parametrize("name", ["leap2a.xml", "leap.xml", "leap2.xml", "Portfolio__leap2a.xml"])
def test_the_feed_is_found_in_the_zip_with_its_files(name: str) -> None:
    xml = HEAD.format(entries=AS_MAHARA, before="", terms=TERMS[2], categories=CATEGORIES[1]).encode()
    folder = name.rpartition("__")[0]
    file = "files__0-een brief.txt"
    data = packed(**{name: xml, f"{folder}__{file}" if folder else file: b"hallo"})
    with opened(data) as archive:
        assert is_leap2a(archive)
        [resource] = read_archive(archive).of_kind(RESOURCE)
        [path] = resource.enclosures
        assert archive.read(path, 10) == b"hallo"


def test_a_file_that_is_not_in_the_zip_is_left_out_and_so_is_a_path_outside_it() -> None:
    entries = entry("a", "resource", "Weg", link("enclosure", "files/weg.pdf"))
    entries += entry("b", "resource", "Buiten", link("enclosure", "../../../../etc/passwd"))
    entries += entry("c", "resource", "Gecodeerd", link("enclosure", "files/een%20brief.txt"))
    xml = HEAD.format(entries=entries, before="", terms=TERMS[0], categories=CATEGORIES[0]).encode()
    with opened(packed(**{"leap2a.xml": xml, "files__een brief.txt": b"1"})) as archive:
        found = {item.title: item.enclosures for item in read_archive(archive).items}
    assert found == {"Weg": [], "Buiten": [], "Gecodeerd": ["files/een brief.txt"]}


def test_a_zip_without_a_feed_is_none() -> None:
    with opened(packed(x=b"1")) as archive:
        assert not is_leap2a(archive)
        with pytest.raises(ArchiveRefused, match=r"no leap2a\.xml"):
            read_archive(archive)


# -- formatted text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<br/>b</p><p>c</p>", "a\nb\n\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("a &lt;b&gt; &amp;amp; &eacute;", "a <b> &amp; é"),
        ("<script>window.x=1</script>hoi<style>p{}</style>", "hoi"),
        ("<img src=x onerror=window.x=1>plaatje", "plaatje"),
        ("3 < 5 en <onaf", "3 < 5 en <onaf"),
        ("<!-- niet --><b>wel</b>", "wel"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    ],
)
def test_html_becomes_plain_text(html: str, text: str) -> None:
    assert plain_text.of_html(html) == text


@pytest.mark.parametrize("evil", ["<", "<b", "<!--", "&", "<script>", "<i> </i>", "\n ", "</"])
def test_no_text_takes_long_however_broken(evil: str) -> None:
    plain_text.of_html(evil * 100_000)


# -- writing -----------------------------------------------------------------------------------------------

OWN = Feed(
    id="urn:uuid:00000000-0000-4000-8000-000000000001",
    title="Portfolio van Noor",
    owner="Noor de Wit",
    owner_id="portfolio:ik",
    updated=dt.datetime(2026, 11, 22, 12, 30, tzinfo=dt.UTC),
    items=(
        Item("portfolio:ik", PERSON, "Noor de Wit", categories=(SELF,)),
        Item(
            "portfolio:pop-1",
            PLAN,
            "POP 2026",
            "Waar sta ik?\nHier.",
            links=(Link(HAS_PART, "portfolio:doel-1"),),
        ),
        Item(
            "portfolio:doel-1",
            PLAN,
            "Rust",
            dates={"target": dt.date(2027, 3, 1)},
            status=COMPLETED,
            links=(Link(IS_PART_OF, "portfolio:pop-1"), Link(SUPPORTS, "portfolio:kan-1")),
        ),
        Item("portfolio:kan-1", ABILITY, "Uitleggen", links=(Link(SUPPORTED_BY, "portfolio:doel-1"),)),
        Item(
            "portfolio:stuk-1",
            RESOURCE,
            "Brief",
            categories=(OFFLINE,),
            tags=("trots",),
            links=(Link("enclosure", "bestanden/ab.pdf", "application/pdf"),),
        ),
        Item("portfolio:los-1", ENTRY, "<b>&nbsp;</b>", "<script>]]></script>"),
    ),
)


def test_what_was_written_reads_the_same() -> None:
    assert read_feed(written(OWN, {"bestanden/ab.pdf"})) == cleaned(OWN)


def test_a_feed_is_written_by_the_specification() -> None:
    root = ElementTree.fromstring(written(OWN, {"bestanden/ab.pdf"}))
    text = written(OWN, {"bestanden/ab.pdf"}).decode()
    atom, leap = "{http://www.w3.org/2005/Atom}", "{http://terms.leapspecs.org/}"
    assert root.findtext(f"{leap}version") == "http://www.leapspecs.org/2010-07/2A/"
    for each in [root, *root.findall(f"{atom}entry")]:
        assert each.findtext(f"{atom}id") and each.findtext(f"{atom}updated")
        assert each.find(f"{atom}title") is not None
    assert {each.get("type") for each in root.iter(f"{atom}content")} == {"text"}
    assert 'rdf:resource="leap2:plan"' in text and 'rel="leap2:is_part_of"' in text
    assert 'scheme="categories:person_type#"' in text and 'leap2:point="target"' in text
    assert 'xmlns:categories="http://wiki.leapspecs.org/2A/categories/"' in text


@pytest.mark.parametrize(
    "item",
    [
        Item("portfolio:x", ENTRY, links=(Link(SUPPORTS, "portfolio:weg"),)),
        Item("portfolio:x", RESOURCE, links=(Link("enclosure", "bestanden/weg.pdf"),)),
        Item("portfolio:ik", ENTRY),
    ],
)
def test_a_link_to_nothing_is_never_written(item: Item) -> None:
    feed = Feed("urn:x", "", "", items=(Item("portfolio:ik", PERSON), item))
    with pytest.raises(FeedBroken):
        written(feed, set())


def test_a_link_to_somewhere_else_is() -> None:
    item = Item("portfolio:x", ENTRY, links=(Link("related", "https://elders.invalid/x"),))
    assert b"elders.invalid" in written(Feed("urn:x", "", "", items=(item,)), set())


NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'\0\x0b\r\n\t]\u2028\x85\ufffe\ufeff‮👩🏽ש")), max_size=30
)
MOMENTS = st.datetimes(dt.datetime(1980, 1, 1), dt.datetime(2090, 1, 1), timezones=st.just(dt.UTC))


@st.composite
def feeds(draw: Any) -> Feed:
    ids = draw(st.lists(st.integers(0, 99), unique=True, max_size=5))
    links = st.builds(
        Link,
        st.sampled_from([IS_PART_OF, HAS_PART, SUPPORTS]),
        st.sampled_from(ids or [0]).map("portfolio:{}".format),
    )
    items = tuple(
        Item(
            f"portfolio:{number}",
            draw(st.sampled_from([PLAN, ENTRY, RESOURCE, ABILITY])),
            draw(NASTY),
            draw(NASTY),
            draw(st.none() | MOMENTS),
            draw(st.none() | MOMENTS),
            draw(st.dictionaries(st.sampled_from(["target", "start"]), st.dates(dt.date(1900, 1, 1)))),
            draw(st.sampled_from(["", COMPLETED])),
            draw(st.sampled_from([(), (SELF,), (OFFLINE, ("selection_type", "Grouping"))])),
            tuple(draw(st.lists(NASTY, max_size=2))),
            tuple(draw(st.lists(links, max_size=3))),
        )
        for number in ids
    )
    return Feed(
        "urn:uuid:1", draw(NASTY), draw(NASTY.filter(str.strip)), draw(MOMENTS), "portfolio:ik", items
    )


@given(feeds())
@settings(deadline=None, max_examples=150)
def test_whatever_was_written_reads_the_same(feed: Feed) -> None:
    sent = cleaned(feed)
    back = read_feed(written(feed, set()))
    if not sent.owner:  # a name of nothing but characters that XML can't hold
        assert back.items == sent.items
    else:
        assert back == sent
