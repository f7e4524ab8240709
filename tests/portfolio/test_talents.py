"""Talents: which lists one finds, marks on them, their history, the chart; and a school's own lists."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portfolio.competences import choose, score, score_all
from portfolio.erasing import forget_replaced_lists
from portfolio.frameworks import FRAMEWORKS, seed_frameworks
from portfolio.models import Competence, Entry, Framework, TalentKind, TalentScore
from portfolio.talents import Talents, lists_for, place
from tests.people import Cast, again

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(cast: Cast) -> Client:
    seed_frameworks()
    client = Client()
    client.force_login(cast.noor)
    return client


@pytest.fixture
def karin(cast: Cast) -> Client:
    seed_frameworks()
    client = Client()
    client.force_login(cast.karin)
    return client


def usual() -> Framework:
    return Framework.objects.get(key="bekwaamheidseisen-po")


def titles(cast: Cast) -> list[str]:
    person = again(cast.noor)
    return [each.framework.title if each.framework else "-" for each in lists_for(person, Talents(person))]


def fill_in(client: Client, marks: dict[str, object]) -> str:
    page = client.post(reverse("score_list", args=[usual().pk]), marks, follow=True)
    return page.content.decode()


def test_the_shipped_lists_are_put_in_place_once() -> None:
    assert seed_frameworks() == seed_frameworks() == len(FRAMEWORKS) == 6
    assert Framework.objects.count() == 6 and Competence.objects.count() == 26
    assert not Competence.objects.filter(title_en="").exists()


def test_without_a_choice_the_list_of_the_sector_is_offered(cast: Cast, noor: Client) -> None:
    assert titles(cast) == ["Bekwaamheidseisen po"]


def test_a_school_chooses_its_lists_and_changes_its_mind(cast: Cast, karin: Client) -> None:
    address, sbl = reverse("frameworks", args=[cast.zandplaat.pk]), Framework.objects.get(key="sbl-7")
    karin.post(address, {"frameworks": [sbl.pk, usual().pk]})
    assert titles(cast) == ["SBL, zeven competenties", "Bekwaamheidseisen po"]
    karin.post(address, {"frameworks": [sbl.pk]})
    assert titles(cast) == ["SBL, zeven competenties"]


def test_a_list_of_another_school_cannot_be_chosen(cast: Cast, karin: Client) -> None:
    theirs = Framework.objects.create(school=cast.duin, key="duin", title_nl="Duinlijst")
    page = karin.post(reverse("frameworks", args=[cast.zandplaat.pk]), {"frameworks": [theirs.pk]})
    assert not cast.zandplaat.framework_choices.exists() and "Duinlijst" not in page.content.decode()


def test_an_own_list_is_made_used_and_removed(cast: Cast, karin: Client) -> None:
    items = "Natuurlessen; buiten, in weer en wind\n\nMuziek"
    karin.post(reverse("new_framework", args=[cast.zandplaat.pk]), {"title": "Ons DNA", "items": items})
    own = Framework.objects.get(school=cast.zandplaat)
    assert [(each.title, each.about) for each in own.competences.all()] == [
        ("Natuurlessen", "buiten, in weer en wind"),
        ("Muziek", ""),
    ]
    listed = own.competences.all()[0]
    assert score(cast.noor, listed, timezone.now(), good=7, fun=8, learned=False)
    said = karin.post(reverse("remove_framework", args=[own.pk]), follow=True).content.decode()
    assert (
        "Wie hem invulde, houdt de eigen cijfers." in said and "Ons DNA" not in said.split("Uit gebruik")[0]
    )
    assert Talents(cast.noor).of(listed), "whoever filled it in keeps that"


def test_a_list_that_is_not_in_use_takes_no_marks(cast: Cast, karin: Client, noor: Client) -> None:
    """Else a coordinator could send one colleague to a list of its own and see whether they filled it in."""
    hidden = Framework.objects.create(school=cast.zandplaat, key="tom", title_nl="Voor Tom")
    assert noor.get(reverse("score_list", args=[hidden.pk])).status_code == 403


def test_a_list_of_the_same_name_is_a_next_version_also_after_one_was_removed(
    cast: Cast, karin: Client
) -> None:
    address = reverse("new_framework", args=[cast.zandplaat.pk])
    for _time in range(2):
        karin.post(address, {"title": "DNA", "items": "Zwemles"})
    Framework.objects.get(school=cast.zandplaat, version="1").delete()
    karin.post(address, {"title": "DNA", "items": "Zwemles"})
    versions = Framework.objects.filter(school=cast.zandplaat).values_list("version", flat=True)
    assert sorted(versions) == ["2", "3"]


def test_a_double_press_says_that_it_is_saved(cast: Cast, noor: Client) -> None:
    first, key = usual().competences.all()[0], "0b3f3f0e-6a0e-4a53-9a5e-2f1d0d6b7c11"
    marks = {f"good_{first.pk}": 7, f"fun_{first.pk}": 8, "once_key": key}
    assert "Bewaard: één talent." in fill_in(noor, marks)
    assert "Bewaard." in fill_in(noor, marks) and TalentScore.objects.count() == 1


def test_a_mark_once_given_is_not_emptied_in_silence(cast: Cast, noor: Client) -> None:
    first = usual().competences.all()[0]
    fill_in(noor, {f"good_{first.pk}": 7, f"fun_{first.pk}": 8})
    assert "Wat je een keer invulde, blijft staan." in fill_in(noor, {})
    assert TalentScore.objects.get().good == 7


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("Muziek\nmuziek", "Een naam staat er twee keer."),
        ("\n".join(map(str, range(61))), "Hooguit 60 regels."),
        ("x" * 121, "Elke regel begint met een naam van hooguit 120 tekens; erachter 300."),
        ("; alleen uitleg", "Elke regel begint met een naam van hooguit 120 tekens; erachter 300."),
        ("", "Dit veld is verplicht."),
    ],
)
def test_an_own_list_that_cannot_be(cast: Cast, karin: Client, items: str, said: str) -> None:
    page = karin.post(reverse("new_framework", args=[cast.zandplaat.pk]), {"title": "Lijst", "items": items})
    assert said in page.content.decode() and not Framework.objects.filter(school=cast.zandplaat).exists()


def test_marks_make_talents_and_what_stays_empty_is_not_scored(cast: Cast, noor: Client) -> None:
    subject, teaching, climate = usual().competences.all()
    page = fill_in(
        noor,
        {
            f"good_{subject.pk}": 8,
            f"fun_{subject.pk}": 9,
            f"good_{teaching.pk}": 3,
            f"fun_{teaching.pk}": 7,
            f"learned_{teaching.pk}": "on",
        },
    )
    talents = Talents(cast.noor).all
    assert [(each.title, each.now.kind) for each in talents] == [
        (subject.title, TalentKind.TALENT),
        (teaching.title, TalentKind.CHANCE),
    ]
    assert "Bewaard: 2 talenten." in page and "geleerd, doe ik nog niet" in page
    assert climate.title not in page.split("<svg")[1]
    x, y = place(8, 9)
    assert f'cx="{x}" cy="{y}"' in page


@pytest.mark.parametrize(
    ("good", "fun", "kind"),
    [(6, 6, "talent"), (5, 6, "chance"), (6, 5, "dose"), (5, 5, "together"), (0, 0, "together")],
)
def test_the_four_quarters(good: int, fun: int, kind: str) -> None:
    assert TalentScore(good=good, fun=fun).kind == kind


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"good": "8"}, "Vul beide cijfers in. Wat je een keer invulde, blijft staan."),
        ({"learned": "on"}, "Vul beide cijfers in. Wat je een keer invulde, blijft staan."),
        ({"good": "11", "fun": "3"}, "waarde hoogstens 10 is"),
        ({"good": "-1", "fun": "3"}, "waarde minstens 0 is"),
        ({"good": "acht", "fun": "3"}, "Voer een geheel getal in."),
    ],
)
def test_marks_that_cannot_be(cast: Cast, noor: Client, marks: dict[str, str], said: str) -> None:
    first = usual().competences.all()[0]
    page = fill_in(noor, {f"{name}_{first.pk}": value for name, value in marks.items()})
    assert said in page and not TalentScore.objects.exists()


def test_history_is_kept_by_day_and_the_same_again_is_nothing_new(cast: Cast) -> None:
    competence = Competence.objects.create(owner=cast.noor, title_nl="Muziek")
    now = timezone.now()
    first = {"good": 3, "fun": 8, "learned": False}
    assert score(cast.noor, competence, now - dt.timedelta(days=90), **first)
    assert not score(cast.noor, competence, now, **first)
    score(cast.noor, competence, now, good=6, fun=8, learned=False)
    score(cast.noor, competence, now, good=7, fun=8, learned=False)
    (talent,) = Talents(cast.noor).all
    assert (talent.now.good, talent.before and talent.before.good) == (7, 3)
    assert Talents(cast.noor).paths == [(*place(3, 8), *place(7, 8))]


def test_talents_on_one_place_share_a_dot(cast: Cast) -> None:
    for title in ("Muziek", "Rekenen"):
        named = Competence.objects.create(owner=cast.noor, title_nl=title)
        score(cast.noor, named, timezone.now(), good=7, fun=7, learned=False)
    assert [dot.numbers for dot in Talents(cast.noor).dots] == ["1, 2"]


def test_something_of_ones_own_is_named_scored_and_removed(cast: Cast, noor: Client) -> None:
    address = reverse("score_own")
    noor.post(address, {"title": "Kanoën <b>{{ x }}"})
    named = Competence.objects.get(owner=cast.noor)
    page = noor.get(address).content.decode()
    assert "Kanoën &lt;b&gt;&#123;&#123; x }}" in page and "<b>{{" not in page
    noor.post(address, {f"good_{named.pk}": 5, f"fun_{named.pk}": 10})
    assert Talents(cast.noor).all[0].now.kind == TalentKind.CHANCE
    noor.post(reverse("remove_own_competence", args=[named.pk]))
    assert not Competence.objects.filter(owner=cast.noor).exists() and not TalentScore.objects.exists()


def test_nobody_scores_on_what_another_person_named(cast: Cast, noor: Client) -> None:
    theirs = Competence.objects.create(owner=cast.tom, title_nl="Zeilen")
    noor.post(reverse("score_own"), {f"good_{theirs.pk}": 5, f"fun_{theirs.pk}": 5})
    assert not TalentScore.objects.exists()
    assert noor.post(reverse("remove_own_competence", args=[theirs.pk])).status_code == 404


def test_the_marks_of_all_days_are_shown_as_growth(cast: Cast, noor: Client) -> None:
    named = Competence.objects.create(owner=cast.noor, title_nl="Muziek")
    score(cast.noor, named, timezone.make_aware(dt.datetime(2026, 3, 2, 12)), good=3, fun=8, learned=False)
    page = noor.get(reverse("talents")).content.decode()
    assert "Zo groeide het" not in page
    score(cast.noor, named, timezone.make_aware(dt.datetime(2026, 9, 1, 12)), good=6, fun=7, learned=False)
    page = " ".join(noor.get(reverse("talents")).content.decode().split("Zo groeide het")[1].split())
    first, then = page.index("2 maart 2026"), page.index("1 september 2026")
    assert first < page.index("goed 3, leuk 8") < then < page.index("goed 6, leuk 7")


@pytest.mark.parametrize("at_once", [1, 7])
def test_marks_are_kept_in_as_few_statements_for_seven_as_for_one(cast: Cast, at_once: int) -> None:
    named = [Competence.objects.create(owner=cast.noor, title_nl=f"Nr. {n}") for n in range(14)]
    now, marks = timezone.now(), {"good": 5, "fun": 6, "learned": True}
    early, today = named[:7][:at_once], named[7:][:at_once]
    score_all(cast.noor, {each.pk: marks for each in early}, now - dt.timedelta(days=9))
    score_all(cast.noor, {each.pk: marks for each in today}, now)
    better = {each.pk: {"good": 7, "fun": 6} for each in (*early, *today)}
    with CaptureQueriesContext(connection) as caught:
        assert score_all(cast.noor, better, now) == 2 * at_once
    assert len([query for query in caught if "SAVEPOINT" not in query["sql"]]) <= 4
    rows = TalentScore.objects.filter(good=7)
    assert rows.count() == 2 * at_once and not rows.filter(learned=False).exists(), "not asked, not changed"
    assert TalentScore.objects.count() == 3 * at_once


# -- lists out of use --------------------------------------------------------------------------------------


def own_list(cast: Cast, karin: Client, title: str = "DNA") -> Framework:
    address = reverse("new_framework", args=[cast.zandplaat.pk])
    karin.post(address, {"title": title, "items": "Zwemles"})
    return Framework.objects.order_by("pk").last()  # type: ignore[return-value]


def lists_page(cast: Cast, karin: Client) -> str:
    return karin.get(reverse("frameworks", args=[cast.zandplaat.pk])).content.decode()


def test_a_list_out_of_use_is_brought_back_and_then_has_to_be_chosen(cast: Cast, karin: Client) -> None:
    own = own_list(cast, karin)
    choose(cast.zandplaat, [own])
    own.retire()
    assert "Uit gebruik" in lists_page(cast, karin) and titles(cast) == ["Bekwaamheidseisen po"]
    back = karin.post(reverse("restore_framework", args=[own.pk]), follow=True).content.decode()
    assert "Hij is terug. Kies hem om hem te gebruiken." in back and "Uit gebruik" not in back
    assert not Framework.objects.get(pk=own.pk).retired and titles(cast) == ["Bekwaamheidseisen po"]
    choose(cast.zandplaat, [own])
    assert titles(cast) == ["DNA"]


def test_who_does_not_coordinate_brings_nothing_back(cast: Cast, karin: Client, noor: Client) -> None:
    own = own_list(cast, karin)
    assert noor.post(reverse("restore_framework", args=[own.pk])).status_code == 403
    own.retire()
    assert noor.post(reverse("restore_framework", args=[own.pk])).status_code == 404
    assert Framework.objects.get(pk=own.pk).retired


def test_replaced_lists_go_unless_somebody_named_something_with_them(cast: Cast, karin: Client) -> None:
    unused, scored, tagged, newest = (own_list(cast, karin) for _each in range(4))
    alone = own_list(cast, karin, "Alleen")
    for each in (unused, scored, tagged, newest, alone):
        each.retire()
    score(cast.noor, scored.competences.get(), timezone.now(), good=7, fun=8, learned=False)
    entry = Entry.objects.create(owner=cast.tom, kind="success", title="Gelukt")
    entry.competences.add(tagged.competences.get())
    assert forget_replaced_lists() == 1
    left = Framework.objects.filter(school=cast.zandplaat)
    assert set(left) == {scored, tagged, newest, alone}
    assert forget_replaced_lists() == 0


def test_nothing_of_a_replaced_list_tells_whether_somebody_used_it(
    cast: Cast, karin: Client, noor: Client
) -> None:
    """To who coordinates, a list that was cleaned up and one that somebody scored on look the same."""
    unused, scored, newest = (own_list(cast, karin) for _each in range(3))
    for each in (unused, scored):
        each.retire()
    score(cast.noor, scored.competences.get(), timezone.now(), good=7, fun=8, learned=False)
    before = lists_page(cast, karin)
    assert "Uit gebruik" not in before
    forget_replaced_lists()
    for gone in (unused, scored):
        assert karin.get(reverse("framework", args=[gone.pk])).status_code == 404
        assert karin.post(reverse("restore_framework", args=[gone.pk])).status_code == 404
    assert noor.get(reverse("score_list", args=[scored.pk])).status_code == 200
    assert noor.get(reverse("framework", args=[newest.pk])).status_code == 200
