"""The portfolio's own page: talents beside what was kept, tips folded, a way to begin, the search last."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from portfolio.models import Competence, Entry, EntryKind, KeptTip, TalentScore, TipMark
from tests.people import Cast, again
from tests.portfolio.pops import make_pop


def portfolio(client: Client, cast: Cast, who: str = "noor") -> str:
    client.force_login(again(getattr(cast, who)))
    return client.get(reverse("portfolio")).content.decode()


def talent(cast: Cast, title: str, good: int, fun: int = 8) -> None:
    named = Competence.objects.create(owner=cast.noor, title_nl=title)
    TalentScore.objects.create(owner=cast.noor, competence=named, good=good, fun=fun)


def test_the_first_visit_is_offered_quietly_until_there_are_talents_or_a_pop(
    cast: Cast, client: Client
) -> None:
    link = f'class="btn btn-outline-primary" href="{reverse("first_visit")}"'
    assert link in portfolio(client, cast) and link in portfolio(client, cast, "tom")
    assert reverse("first_visit") in client.get(reverse("talents")).content.decode()
    talent(cast, "Luisteren", 8)
    make_pop(cast.tom)
    assert link not in portfolio(client, cast) and link not in portfolio(client, cast, "tom")


@pytest.mark.parametrize("who", ["hanneke", "olaf"])
def test_who_writes_no_pop_is_offered_no_first_visit(cast: Cast, client: Client, who: str) -> None:
    assert reverse("first_visit") not in portfolio(client, cast, who)


def test_the_three_strongest_talents_stand_beside_the_successes(cast: Cast, client: Client) -> None:
    for title, good in (("Luisteren", 7), ("Zingen", 10), ("Plannen", 9), ("Voordoen", 8), ("Rekenen", 5)):
        talent(cast, title, good)
    Entry.objects.create(owner=cast.noor, kind=EntryKind.SUCCESS, title="Stil begin")
    text = portfolio(client, cast)
    places = [text.index(word) for word in ("Stil begin", "Zoek op soort", "Zingen", "Plannen", "Voordoen")]
    assert places == sorted(places), "successes, then the search, then talents in their column"
    assert "Luisteren" not in text and "Rekenen" not in text
    assert "Allemaal in één beeld" in text


def test_a_search_that_was_asked_stands_open_on_top(cast: Cast, client: Client) -> None:
    Entry.objects.create(owner=cast.noor, kind=EntryKind.SUCCESS, title="Stil begin")
    client.force_login(again(cast.noor))
    text = client.get(reverse("portfolio"), {"kind": "success"}).content.decode()
    assert text.index("Zoek op soort") < text.index("Stil begin") and '<details class="card" open>' in text


def test_tips_are_folded_after_three(cast: Cast, client: Client) -> None:
    for number in range(5):
        KeptTip.objects.create(owner=cast.noor, text=f"Tip {number}", mark=TipMark.KEEP, source=f"s{number}")
    text = portfolio(client, cast)
    assert text.index("Tip 2") < text.index("Alle 5 tips") < text.index("Tip 3")


def test_taking_along_stands_among_the_first_things(cast: Cast, client: Client) -> None:
    text = portfolio(client, cast)
    assert text.count(reverse("take_along")) == 1
    assert text.index(reverse("take_along")) < text.index('class="who-sees"')


# -- talents and writing -----------------------------------------------------------------------------------


def test_the_talents_page_says_where_not_yet_ends_and_names_each_side_of_the_chart(
    cast: Cast, client: Client
) -> None:
    talent(cast, "Luisteren", 6)
    client.force_login(again(cast.noor))
    text = client.get(reverse("talents")).content.decode()
    assert "Een 5 telt als nog niet" in text
    chart = text[text.index("<svg") : text.index("</svg>")]
    assert 'transform="rotate(-90)">Dit vind ik leuk →' in chart and "Dit kan ik goed →" in chart
    marks = client.get(reverse("score_own")).content.decode()
    assert marks.count("col-6 one-mark") == 2, "beside each other, on a phone too"


def test_a_new_piece_asks_its_kind_first_and_offers_questions_for_a_reflection(
    cast: Cast, client: Client
) -> None:
    client.force_login(again(cast.noor))
    text = client.get(reverse("entry_new")).content.decode()
    places = [text.index(part) for part in ('name="kind"', "Help me met vragen", 'name="title"')]
    assert places == sorted(places) and "Succes:" in text and "Reflectie:" in text
    assert '<details class="mb-3">' in text and "?kind=reflection&amp;structure=starr" in text
    asked = client.get(reverse("entry_new"), {"kind": "reflection", "structure": "starr"}).content.decode()
    assert '<details class="mb-3" open>' in asked and asked.count('btn-primary" href="?kind') == 1
    assert 'structure=starr" aria-current="true">STARR' in asked
    entry = Entry.objects.create(owner=cast.noor, kind=EntryKind.SUCCESS, title="Stil begin")
    assert "Help me met vragen" not in client.get(reverse("entry_edit", args=[entry.pk])).content.decode()
