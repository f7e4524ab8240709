"""The director's overview: what stands on it, who turns it on, what never moves, and what is not there."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.overview.parts import Part, parts_until
from coaching.overview.telling import tell_closed_parts
from popgroups.models import GroupPlan, GroupPlanState, GroupPlanVersion, Meeting, MeetingState, PopGroup
from portfolio.models import ActionPlan
from schools.models import (
    BoardDirector,
    Consent,
    ConsentKind,
    Membership,
    Role,
    RoleHeld,
    School,
    SchoolYear,
    ShownKind,
    ShownSpan,
    User,
)
from tests import pdf_checks
from tests.benchmark.overview import MOST_STATEMENTS, build_board
from tests.people import Cast, again, consent, make_group, make_person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
IN_OCTOBER = dt.datetime(2026, 10, 6, 12, tzinfo=dt.UTC)
IN_MAY = dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC)
LINE = "Je ziet groepsplannen en aantallen, geen casussen."


@pytest.fixture(autouse=True)
def a_day_in_november() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def school(cast: Cast) -> School:
    """De Zandplaat with the PMR's consent and nine colleagues who take part."""
    consent(cast.zandplaat, ConsentKind.OVERVIEW)
    Membership.objects.update(valid_from=dt.date(2025, 8, 1))
    met(cast.zandplaat, [*cast.members, cast.late, cast.gone, cast.ilse, cast.karin])
    return cast.zandplaat


def met(school: School, people: list[User]) -> PopGroup:
    """A group that is closed by now and met in May and in October, so all of ``people`` took part."""
    group = make_group(school, f"Gestopt {school}", people, joined=dt.date(2025, 8, 1))
    for at in (IN_MAY, IN_OCTOBER):
        Meeting.objects.create(group=group, starts_at=at, state=MeetingState.HELD)
    group.closed_on = NOW.date()
    group.save()
    return group


def url(name: str, *args: int) -> str:
    return reverse(name, args=args)


def read(person: User, address: str, **data: Any) -> str:
    client = Client()
    client.force_login(again(person))
    reply = client.get(address, data, follow=True)
    assert reply.status_code == 200
    return " ".join(unescape(reply.content.decode()).split())


def page(person: User, school: School, **data: Any) -> str:
    """What is on the page itself, without what differs by request."""
    return (
        read(person, url("school_overview", school.pk), **data).partition("<main")[2].partition("</main>")[0]
    )


def make_plans(people: list[User], at: dt.datetime) -> None:
    for person in people:
        ActionPlan.objects.create(owner=person, intention="Ik ga.", made_at=at)


def cell(text: str, label: str) -> str:
    """The first one under ``label``."""
    return text.partition(f'data-label="{label}">')[2].partition("</td>")[0]


# -- what stands on it -------------------------------------------------------------------------------------


def test_groups_plans_and_meetings_are_told_as_they_are(cast: Cast, school: School) -> None:
    other = make_group(school, "Middenbouw", [cast.lieke])
    for group, states in ((cast.group, "held held planned cancelled concept"), (other, "held")):
        for days, state in enumerate(states.split()):
            at = IN_OCTOBER + dt.timedelta(days=days)
            Meeting.objects.create(group=group, starts_at=at, minutes=90, state=MeetingState(state))
    running = GroupPlan.objects.create(group=cast.group, state=GroupPlanState.RUNNING)
    GroupPlanVersion.objects.create(plan=running, number=1, content={})
    GroupPlan.objects.create(group=other, state=GroupPlanState.ADOPTED, standing="kanariewoord")
    text = page(cast.hanneke, school)
    assert LINE in text and url("not_seen") in text
    row = text.partition(">Bovenbouw<")[2].partition("</tr>")[0]
    assert ">bezig<" in row and "2 van 3" in row and ">3<" in row and "2 van 3 bijeenkomsten gehouden" in row
    assert ">nog niet ingediend<" in text.partition(">Middenbouw<")[2].partition("</tr>")[0]
    assert "3 van 4" in text and "4,5 van 6" in text, "together"
    assert "kanariewoord" not in text and "vastgesteld" not in text, (
        "before it is handed in it is the group's"
    )
    assert cast.noor.name not in text


def test_of_people_only_what_was_told_of_a_closed_quarter(cast: Cast, school: School) -> None:
    make_plans([cast.noor, cast.samir, cast.tom, cast.lieke, cast.esra, cast.late], IN_OCTOBER)
    made = ShownKind.MADE.label
    before = page(cast.hanneke, school)
    assert "vanaf 8 nov" in cell(before, str(made))
    assert tell_closed_parts(NOW) > 0
    after = page(cast.hanneke, school)
    assert cell(after, str(made)) == "5 of meer"
    assert "vanaf 8 feb" in cell(after, str(ShownKind.LOOKED_BACK.label)), "look-backs come later"
    assert "te weinig mensen" in cell(after, str(ShownKind.PRESENCE.label)), "there was no meeting"
    assert not tell_closed_parts(NOW), "once"


def test_nothing_moves_while_a_quarter_goes_on_nor_after_it_was_told(cast: Cast, school: School) -> None:
    """The day on which one person makes a plan, deletes one, joins or leaves looks like any other."""
    people = [cast.noor, cast.samir, cast.tom, cast.lieke]
    make_plans(people, IN_OCTOBER)
    tell_closed_parts(NOW)
    seen = page(cast.hanneke, school)
    make_plans([cast.esra], IN_OCTOBER)
    make_plans([cast.esra], NOW)
    tell_closed_parts(NOW + dt.timedelta(days=1))
    assert page(cast.hanneke, school) == seen
    ActionPlan.objects.all().delete()
    make_person("Nieuw", school)
    tell_closed_parts(NOW + dt.timedelta(days=2))
    assert page(cast.hanneke, school) == seen
    assert not ShownSpan.objects.filter(low__isnull=False).exclude(low=0).exists(), (
        "four of nine: fewer than five"
    )


def test_whoever_counts_elsewhere_or_directs_is_not_counted(cast: Cast, school: School) -> None:
    """Nine colleagues, and the director and the consultant; one of the nine was at another school before,
    and counts there once they take part there too."""
    tell_closed_parts(NOW)
    made = ShownSpan.objects.filter(school=school, starts=2026, part=1, kind=ShownKind.MADE)
    assert made.get().whole == 9
    ShownSpan.objects.all().delete()
    place = Membership.objects.create(person=cast.noor, school=cast.duin, valid_from=dt.date(2020, 1, 1))
    RoleHeld.objects.create(membership=place, role=Role.TEACHER)
    tell_closed_parts(NOW)
    assert made.get().whole == 9, "she takes part here, and not there"
    ShownSpan.objects.all().delete()
    met(cast.duin, []).members.create(membership=place, joined_on=place.valid_from)
    tell_closed_parts(NOW)
    assert made.get().whole == 8


def test_last_year_is_a_choice(cast: Cast, school: School) -> None:
    last = SchoolYear.of(dt.date(2025, 9, 1))
    PopGroup.objects.create(school=school, name="Vorig jaar", year=last)
    tell_closed_parts(NOW)
    assert "Vorig jaar" not in page(cast.hanneke, school)
    text = page(cast.hanneke, school, year=2025)
    assert "Vorig jaar" in text and "mei – juli" in text and "minder dan 5" in text
    assert "Overzicht 2026" in page(cast.hanneke, school, year="x")


# -- the PMR turns it on -----------------------------------------------------------------------------------


def test_without_consent_there_is_a_page_that_says_how(cast: Cast) -> None:
    school = cast.zandplaat
    assert not tell_closed_parts(NOW) and not ShownSpan.objects.exists()
    text = page(cast.hanneke, school)
    assert "Eerst de PMR" in text and url("consents", school.pk) in text and "Bovenbouw" not in text
    for name in ("school_overview_pdf", "school_overview_csv"):
        assert "Het overzicht staat uit" in read(cast.hanneke, url(name, school.pk))


def test_taken_back_it_is_off_at_once(cast: Cast, school: School) -> None:
    assert "Bovenbouw" in page(cast.hanneke, school)
    Consent.objects.filter(kind=ConsentKind.OVERVIEW).update(revoked_at=timezone.now())
    assert "Bovenbouw" not in page(cast.hanneke, school)
    assert (
        "De Zandplaat"
        not in read(cast.bram, url("board_overview", cast.board.pk)).partition("Niet in deze")[0]
    )


def test_presence_and_hours_need_the_other_consent_too(cast: Cast, school: School) -> None:
    Consent.objects.filter(kind=ConsentKind.ATTENDANCE).delete()
    tell_closed_parts(NOW)
    kinds = set(ShownSpan.objects.values_list("kind", flat=True))
    assert kinds == {ShownKind.MADE, ShownKind.LOOKED_BACK}


# -- a board -----------------------------------------------------------------------------------------------


def test_a_board_sees_a_row_a_school_and_their_sum(cast: Cast, school: School) -> None:
    consent(cast.duin, ConsentKind.OVERVIEW)
    people = [make_person(f"Duin {n}", cast.duin, since=dt.date(2025, 8, 1)) for n in range(9)]
    make_plans([cast.noor, cast.samir, cast.tom, cast.lieke, cast.esra, *people[:2]], IN_OCTOBER)
    make_group(cast.duin, "Duingroep", people[:4])
    met(cast.duin, people)
    tell_closed_parts(NOW)
    text = read(cast.bram, url("board_overview", cast.board.pk))
    table = text.partition("School voor school")[2]
    made = str(ShownKind.MADE.label)
    assert cell(table.partition(">Het Duin<")[2], made) == "minder dan 5"
    assert cell(table.partition(">De Zandplaat<")[2], made) == "5 of meer"
    assert cell(table.partition(">samen<")[2], made) == "5 of meer", "13 would tell how many were counted"
    assert cast.noor.name not in text and "Duingroep" not in text


def test_a_board_without_any_consent_says_what_is_needed(cast: Cast) -> None:
    text = read(cast.bram, url("board_overview", cast.board.pk))
    assert "Nog niets te zien" in text and "De Zandplaat, Het Duin" not in text.partition("Niet in deze")[0]
    assert "Het Duin" in text


def test_doors_on_home_and_in_the_menu(cast: Cast, school: School) -> None:
    board, own = url("board_overview", cast.board.pk), url("school_overview", school.pk)
    home = read(cast.bram, "/")
    assert home.count(f'href="{board}"') == 3 and "Je scholen in aantallen" in home
    home = read(cast.hanneke, "/")
    assert home.count(f'href="{own}"') == 3 and board not in home
    BoardDirector.objects.create(board=cast.board, person=cast.hanneke)
    assert board in read(cast.hanneke, "/")
    assert own not in read(cast.noor, "/")


# -- files -------------------------------------------------------------------------------------------------


def test_the_year_on_paper(cast: Cast, school: School) -> None:
    Meeting.objects.create(group=cast.group, starts_at=IN_OCTOBER, minutes=90, state=MeetingState.HELD)
    make_plans([cast.noor, cast.samir, cast.tom, cast.lieke, cast.esra], IN_OCTOBER)
    tell_closed_parts(NOW)
    client = Client()
    client.force_login(cast.hanneke)
    made = client.get(url("school_overview_pdf", school.pk)).content
    pdf_checks.check(
        made,
        title="Overzicht 2026–2027 van De Zandplaat",
        headings=["Groepen en hun plannen", "Collega's samen"],
        in_order=[
            "De Zandplaat",
            "Collegiale coaching in een schooljaar",
            "Bovenbouw",
            "1 van 1",
            "5 of meer",
        ],
        pages=1,
    )
    pdf_checks.keep_pictures(made, "overzicht")


def test_the_file_says_what_the_page_says(cast: Cast, school: School) -> None:
    make_plans([cast.noor, cast.samir, cast.tom, cast.lieke, cast.esra], IN_OCTOBER)
    tell_closed_parts(NOW)
    text = read(cast.hanneke, url("school_overview_csv", school.pk))
    assert "De Zandplaat;groepen;hoeveel;1;1;" in text
    assert "De Zandplaat;augustus – oktober 2026;maakten een actieplan (PAP);5;;5 of meer" in text
    assert "aanwezigheid;;;te weinig mensen" in text
    total = read(cast.bram, url("board_overview_csv", cast.board.pk))
    assert "Kustscholen;groepen;hoeveel;1;1;" in total and "De Zandplaat;groepen;hoeveel;1;1;" in total


# -- around it ---------------------------------------------------------------------------------------------


def test_the_night_tells_what_may_be_told(cast: Cast, school: School) -> None:
    call_command("clean_up", "--dry-run")
    assert not ShownSpan.objects.exists()
    call_command("clean_up")
    assert ShownSpan.objects.filter(starts=2026, part=1, kind=ShownKind.MADE).count() == 1


def test_what_is_not_seen_and_why_is_for_everybody(cast: Cast) -> None:
    for person in (cast.hanneke, cast.noor, cast.vera):
        text = read(person, url("not_seen"))
        assert "Wat je nooit ziet" in text and "minder dan 8 collega's" in text and "8 dagen na" in text


def test_quarters() -> None:
    first, *_middle, last = Part.of_year(2026)
    assert (first.first_day, first.last_day) == (dt.date(2026, 8, 1), dt.date(2026, 10, 31))
    assert first.told_on == dt.date(2026, 11, 8) and first.label == "augustus – oktober"
    assert (last.first_day, last.last_day) == (dt.date(2027, 5, 1), dt.date(2027, 7, 31))
    assert last.next == Part(2027, 1)
    assert first.span[0] == dt.datetime(2026, 7, 31, 22, tzinfo=dt.UTC), "midnight at school"
    assert parts_until(dt.date(2026, 7, 31))[-1] == Part(2025, 4)
    assert parts_until(dt.date(2026, 8, 1))[-1] == Part(2026, 4)


def test_a_large_board_stays_within_its_statements(db: None) -> None:
    director, board = build_board(schools=4, staff=12, at=NOW)
    client = Client()
    client.force_login(director)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url("board_overview", board.pk)).status_code == 200
    assert 5 < len(caught) <= MOST_STATEMENTS
