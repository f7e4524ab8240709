"""Booking by hand, corrections as rows, what the school sets apart, and everybody's own page."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from coaching.lib.states import MoveRefused, StaleMove
from schools.hour_rules import RULES, seed_hour_rules
from schools.hours import book_activity, correct, minutes_now, record_hours, set_allotment, undo
from schools.hours_forms import HoursField
from schools.models import Activity, Allotment, Consent, HourLine, HourRule, LineKind, SchoolYear, User
from tests.people import Cast

from .screens import as_, membership_of, url

OFF = "Op De Zandplaat worden geen uren per persoon bijgehouden"


def allot(cast: Cast, minutes: int = 900, **terms: Any) -> Allotment:
    day = timezone.localdate()
    allotment = Allotment(school=cast.zandplaat, year=SchoolYear.of(day), minutes=minutes, **terms)
    set_allotment(allotment, day)
    return allotment


def held(person: User, minutes: int, source: str = "meeting:1", **more: Any) -> HourLine:
    day = timezone.localdate()
    row = membership_of(person)
    return record_hours(row, kind=LineKind.HELD, day=day, minutes=minutes, source=source, **more)


def visit(person: User, minutes: int = 90, note: str = "") -> HourLine:
    day, at = timezone.localdate(), timezone.now()
    row = membership_of(person)
    return book_activity(row, activity=Activity.VISIT, day=day, minutes=minutes, note=note, by=person, at=at)


def words(reply: Any) -> str:
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def mine(person: User, **asked: Any) -> str:
    return words(as_(person).get(reverse("my_hours"), asked))


def post(client: Client, name: str, pk: int, **data: Any) -> str:
    return words(client.post(url(name, pk), data, follow=True))


# -- one's own page ----------------------------------------------------------------------------------------


def test_my_hours_say_what_is_used_after_each_meeting(cast: Cast) -> None:
    allot(cast)
    held(cast.tom, 300)
    held(cast.tom, 90, "meeting:2")
    row = membership_of(cast.tom)
    later = timezone.localdate()
    record_hours(row, kind=LineKind.PLANNED, day=later, minutes=75, source="meeting:3")
    page = mine(cast.tom)
    assert "na deze bijeenkomst 6,5 van 15 uur" in page and "na deze bijeenkomst 5 van 15 uur" in page
    assert "na deze bijeenkomst 7,75 van 15 uur" in page, "the one still to come"
    assert "6,5 van 15 uur besteed, 1,25 gepland" in page and "nog 7,25 uur over" in page


def test_too_many_hours_are_said_in_words(cast: Cast) -> None:
    allot(cast, minutes=300)
    held(cast.tom, 450)
    assert "2,5 uur te veel" in mine(cast.tom)


def test_without_consent_my_hours_hold_nothing_and_say_why(cast: Cast) -> None:
    allot(cast)
    held(cast.tom, 300)
    Consent.objects.update(revoked_at=timezone.now())
    page = mine(cast.tom)
    assert OFF in page and "van 15 uur" not in page and "Zelf iets boeken" not in page
    assert url("consents", cast.zandplaat.pk) in page


def test_another_year_shows_its_own_lines(cast: Cast) -> None:
    year = SchoolYear.of(timezone.localdate())
    old = SchoolYear.objects.get_or_create(starts=year.starts - 1)[0]
    row = membership_of(cast.tom)
    record_hours(row, kind=LineKind.HELD, day=old.last_day, minutes=45, source="meeting:1")
    record_hours(row, kind=LineKind.HELD, day=year.first_day, minutes=105, source="meeting:2")
    assert "1,75 uur besteed" in mine(cast.tom) and "0,75 uur" not in mine(cast.tom)
    assert "0,75 uur besteed" in mine(cast.tom, year=old.starts)
    for nonsense in ("1066", "x", "", "9" * 30):
        assert "1,75 uur besteed" in mine(cast.tom, year=nonsense)


def test_a_director_has_no_hours_and_reads_so(cast: Cast) -> None:
    page = mine(cast.hanneke)
    assert "Voor directeuren houden we geen uren bij." in page
    assert f'href="{url("school_hours", cast.zandplaat.pk)}?year=' in page and "Uren van De Zandplaat" in page
    assert "Voor jou worden dit schooljaar geen uren bijgehouden" in mine(cast.bram)
    held(cast.hanneke, 90)
    assert "1,5 uur besteed" in mine(cast.hanneke), "in a group of directors"


def test_names_and_notes_are_escaped(cast: Cast) -> None:
    visit(cast.tom, note="<script>alert(1)</script>")
    assert "<script>alert" not in mine(cast.tom)


# -- by hand -----------------------------------------------------------------------------------------------


def filled(**changed: Any) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    return {"activity": "visit", "day": day, "minutes": "1,5", "note": "Bij Samir"} | changed


def test_an_activity_is_booked_by_hand_once(cast: Cast) -> None:
    allot(cast, task_code="INT-1")
    data = filled(once_key=str(uuid.uuid4()))
    client, pk = as_(cast.tom), membership_of(cast.tom).pk
    for _twice in range(2):
        assert "Geboekt." in post(client, "book_hours", pk, **data)
    line = HourLine.objects.get()
    assert (line.minutes, line.activity, line.task_code, line.note) == (90, "visit", "INT-1", "Bij Samir")
    assert line.booked_by == cast.tom and line.kind == LineKind.HELD and line.is_by_hand
    assert "hierna 1,5 van 15 uur" in mine(cast.tom) and "zelf geboekt" in mine(cast.tom)


def test_what_is_booked_by_hand_has_the_task_code_of_its_day(cast: Cast) -> None:
    allot(cast, task_code="INT-1")
    assert visit(cast.tom).task_code == "INT-1"
    row, at, day = membership_of(cast.tom), timezone.now(), timezone.localdate() - dt.timedelta(days=366)
    row.valid_from = day
    row.save()
    old = book_activity(row, activity=Activity.OTHER, day=day, minutes=15, note="", by=cast.tom, at=at)
    assert old.task_code == "professionalisering", "nothing was set apart in that year"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minutes": "0,1"}, "In stappen van een kwartier"),
        ({"minutes": "0"}, "Vul in hoe lang het duurde."),
        ({"minutes": "-1"}, "error_1_id_minutes"),
        ({"minutes": "24,25"}, "24"),
        ({"minutes": "veel"}, "getal"),
        ({"minutes": "NaN"}, "getal"),
        ({"minutes": "1e1000"}, "error_1_id_minutes"),
        ({"activity": "intervision"}, "intervision"),
        ({"activity": ""}, "verplicht"),
        ({"day": "2199-01-01"}, "moet nog komen"),
        ({"day": "2001-01-01"}, "te lang geleden"),
        ({"day": "31-02-2026"}, "geldige datum"),
        ({"note": "x" * 301}, "300"),
    ],
)
def test_bad_input_books_nothing_and_says_what_is_wrong(
    cast: Cast, changed: dict[str, str], said: str
) -> None:
    pk = membership_of(cast.tom).pk
    page = post(as_(cast.tom), "book_hours", pk, **filled(**changed))
    assert "Nog niet bewaard" in page and said in page
    assert not HourLine.objects.exists()


def test_before_one_came_and_without_consent_nothing_is_booked(cast: Cast) -> None:
    row = membership_of(cast.tom)
    row.valid_from = timezone.localdate()
    row.save()
    before = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    client = as_(cast.tom)
    assert "Op die dag werkte je niet" in post(client, "book_hours", row.pk, **filled(day=before))
    Consent.objects.all().delete()
    assert "de PMR heeft daar niet mee ingestemd" in post(client, "book_hours", row.pk, **filled())
    assert not HourLine.objects.exists()


def test_a_coordinator_books_for_a_colleague_who_reads_by_whom(cast: Cast) -> None:
    row = membership_of(cast.tom)
    assert "Uren boeken voor Tom Veenstra" in words(as_(cast.karin).get(url("book_hours", row.pk)))
    page = post(as_(cast.karin), "book_hours", row.pk, **filled())
    assert "<h1>Tom Veenstra</h1>" in page and "geboekt door Karin Bos" in page
    line = HourLine.objects.get()
    assert (line.membership, line.booked_by) == (row, cast.karin)
    own = mine(cast.tom)
    assert "geboekt door Karin Bos" in own and url("correct_hours", line.pk) in own
    post(as_(cast.tom), "correct_hours", line.pk, minutes="1", reason="Korter.")
    assert minutes_now(line) == 60
    assert "Teruggenomen." in post(as_(cast.tom), "undo_hours", line.pk)


def test_nobody_else_books_for_somebody(cast: Cast) -> None:
    pk = membership_of(cast.tom).pk
    for person in (cast.hanneke, cast.noor):
        assert as_(person).post(url("book_hours", pk), filled()).status_code == 403
    assert as_(cast.vera).post(url("book_hours", pk), filled()).status_code == 404
    assert not HourLine.objects.exists()


# -- corrections -------------------------------------------------------------------------------------------


def test_a_correction_is_a_row_beside_the_line(cast: Cast) -> None:
    allot(cast)
    line = held(cast.tom, 90, task_code="INT-1")
    page = post(as_(cast.tom), "correct_hours", line.pk, minutes="1", reason="Eerder weg.")
    assert "Verbeterd." in page and "Eerder weg." in page and "na deze bijeenkomst 1 van 15 uur" in page
    fresh = HourLine.objects.get(pk=line.pk)
    assert fresh.minutes == 90 and minutes_now(fresh) == 60
    row = fresh.corrections.get()
    assert (row.minutes, row.reason, row.booked_by) == (-30, "Eerder weg.", cast.tom)
    assert (row.day, row.task_code, row.source) == (line.day, "INT-1", f"correction:{line.pk}:1")
    post(as_(cast.karin), "correct_hours", line.pk, minutes="2", reason="Het liep uit.")
    assert minutes_now(fresh) == 120 and fresh.corrections.count() == 2


def test_the_coordinator_comes_back_to_the_person(cast: Cast) -> None:
    line = held(cast.tom, 90)
    page = post(as_(cast.karin), "correct_hours", line.pk, minutes="1", reason="Eerder weg.")
    assert "<h1>Tom Veenstra</h1>" in page and "Karin Bos" in page and "Eerder weg." in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"minutes": "1", "reason": ""}, "verplicht"),
        ({"minutes": "", "reason": "Zo."}, "verplicht"),
        ({"minutes": "-1", "reason": "Zo."}, "error_1_id_minutes"),
        ({"minutes": "1,5", "reason": "Zo."}, "Dat staat er al."),
    ],
)
def test_a_correction_needs_a_difference_and_a_reason(cast: Cast, data: dict[str, str], said: str) -> None:
    line = held(cast.tom, 90)
    assert said in post(as_(cast.tom), "correct_hours", line.pk, **data)
    assert HourLine.objects.count() == 1


def test_of_two_corrections_at_the_same_moment_one_lands(cast: Cast) -> None:
    line = held(cast.tom, 90)
    at = timezone.now()
    # As if the other one had counted the same corrections and was a moment earlier.
    other = correct(line, minutes=60, reason="Zo.", by=cast.karin, at=at)
    HourLine.objects.filter(pk=other.pk).update(source=f"correction:{line.pk}:2")
    with pytest.raises(StaleMove):
        correct(line, minutes=75, reason="Of zo.", by=cast.tom, at=at)
    page = post(as_(cast.tom), "correct_hours", line.pk, minutes="1,25", reason="Of zo.")
    assert "Iemand anders heeft deze regel net verbeterd." in page
    assert minutes_now(line) == 60


def test_own_booking_is_taken_back_by_a_row(cast: Cast) -> None:
    line = visit(cast.tom)
    assert url("undo_hours", line.pk) in mine(cast.tom) and "Terugnemen" in mine(cast.tom)
    page = post(as_(cast.tom), "undo_hours", line.pk)
    assert "Teruggenomen." in page and minutes_now(line) == 0
    assert "Dat staat er al." in post(as_(cast.tom), "undo_hours", line.pk), "pressed twice"
    assert HourLine.objects.get(pk=line.pk).minutes == 90 and line.corrections.get().reason == "teruggenomen"


def test_what_may_not_be_corrected(cast: Cast) -> None:
    row = membership_of(cast.tom)
    at, day = timezone.now(), timezone.localdate()
    planned = record_hours(row, kind=LineKind.PLANNED, day=day, minutes=60, source="meeting:9")
    line = held(cast.tom, 90)
    correction = correct(line, minutes=60, reason="Zo.", by=cast.tom, at=at)
    for wrong in (planned, correction):
        assert as_(cast.tom).get(url("correct_hours", wrong.pk)).status_code == 403
        with pytest.raises(MoveRefused):
            correct(wrong, minutes=15, reason="Zo.", by=cast.tom, at=at)
    assert as_(cast.tom).post(url("undo_hours", line.pk)).status_code == 403, "a meeting booked this one"
    Consent.objects.update(revoked_at=at)
    assert as_(cast.tom).get(url("correct_hours", line.pk)).status_code == 404
    with pytest.raises(MoveRefused), translation.override("nl"):
        undo(line, cast.tom, at)


def test_others_find_no_line(cast: Cast) -> None:
    line = held(cast.tom, 90)
    for person in (cast.noor, cast.hanneke, cast.bram, cast.vera, cast.olaf):
        assert as_(person).get(url("correct_hours", line.pk)).status_code == 404
    assert list(HourLine.objects.visible_to(cast.karin)) == [line]


def test_the_database_holds_what_must_never_be_false(cast: Cast) -> None:
    line = held(cast.tom, 90)
    row = {"membership": line.membership, "kind": LineKind.HELD, "day": line.day}
    wrong: list[dict[str, Any]] = [
        row | {"minutes": -30, "source": "a"},
        row | {"minutes": -30, "source": "b", "corrects": line, "reason": ""},
        row | {"minutes": 90, "source": line.source},
        row | {"minutes": 5, "source": "c", "corrects": line, "reason": "Zo.", "kind": LineKind.PLANNED},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            HourLine.objects.create(**values)


# -- what the school sets apart ----------------------------------------------------------------------------

TERMS = {
    "minutes": "15",
    "pro_rata": "on",
    "task_code": "INT-1",
    "preparation": "15",
    "facilitator_extra": "30",
}


def test_the_coordinator_fills_in_the_hours_and_changes_them(cast: Cast) -> None:
    client = as_(cast.karin)
    page = words(client.get(url("allotment", cast.zandplaat.pk)))
    assert "instemming van de PMR nodig" in page
    assert "Bewaard." in post(client, "allotment", cast.zandplaat.pk, **TERMS)
    post(client, "allotment", cast.zandplaat.pk, **TERMS | {"minutes": "12,5", "preparation": "0"})
    row = Allotment.objects.get()
    assert (row.minutes, row.pro_rata, row.task_code, row.preparation, row.facilitator_extra) == (
        750, True, "INT-1", 0, 30,
    )  # fmt: skip
    assert 'value="12,50"' in words(client.get(url("allotment", cast.zandplaat.pk)))


def test_a_year_has_its_own_hours(cast: Cast) -> None:
    allot(cast)
    coming = SchoolYear.of(timezone.localdate() + dt.timedelta(days=365))
    address = f"{url('allotment', cast.zandplaat.pk)}?year={coming.starts}"
    answer = as_(cast.karin).post(address, TERMS | {"minutes": "20"})
    back = f"{url('school_hours', cast.zandplaat.pk)}?year={coming.starts}"
    assert answer["Location"] == back, "the year that was chosen stays"
    assert dict(Allotment.objects.values_list("year__starts", "minutes")) == {
        coming.starts - 1: 900,
        coming.starts: 1200,
    }


def test_looking_makes_no_year_and_saving_does(cast: Cast) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=366), tick=False):
        years, starts = SchoolYear.objects.count(), SchoolYear.start_of(timezone.localdate())
        client, pk = as_(cast.karin), cast.zandplaat.pk
        for name in ("school_hours", "allotment"):
            assert f"{starts}–{starts + 1}" in words(client.get(url(name, pk)))
        mine(cast.tom)
        post(client, "allotment", pk, **TERMS | {"minutes": "-1"})
        assert SchoolYear.objects.count() == years
        post(client, "allotment", pk, **TERMS)
        assert Allotment.objects.get().year.starts == starts and SchoolYear.objects.count() == years + 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("minutes", "1660"), ("minutes", ""), ("minutes", "1,1"), ("task_code", " "), ("preparation", "601")],
)
def test_impossible_hours_are_refused(cast: Cast, name: str, value: str) -> None:
    assert "Nog niet bewaard" in post(
        as_(cast.karin), "allotment", cast.zandplaat.pk, **TERMS | {name: value}
    )
    assert not Allotment.objects.exists()


def test_of_two_who_fill_in_the_same_year_the_second_hears_it(cast: Cast) -> None:
    allot(cast)
    with pytest.raises(StaleMove):
        allot(cast, minutes=600)
    assert Allotment.objects.get().minutes == 900


def test_a_director_does_not_fill_them_in(cast: Cast) -> None:
    assert as_(cast.hanneke).post(url("allotment", cast.zandplaat.pk), TERMS).status_code == 403


def test_rules_are_rows_and_the_newest_in_force_holds(cast: Cast) -> None:
    for _twice in range(2):
        assert seed_hour_rules() == len(RULES) == HourRule.objects.count()

    def of(sector: str, day: dt.date) -> dict[str, int]:
        return {rule.key: rule.minutes // 60 for rule in HourRule.in_force(sector, day)}

    assert of("po", dt.date(2026, 9, 1)) == {"professionalisation": 83, "year": 1659}
    assert of("vo", dt.date(2026, 9, 1)) == {
        "development": 50, "professionalisation": 83, "personal": 90, "year": 1659,
    }  # fmt: skip
    assert of("vo", dt.date(2022, 7, 31))["personal"] == 50
    page = words(as_(cast.karin).get(url("allotment", cast.zandplaat.pk)))
    assert "Professionalisering" in page and "83 uur" in page and "18 % van 83 uur" in page


@pytest.mark.parametrize(
    ("typed", "minutes"), [("1,5", 90), ("1.5", 90), ("0,25", 15), ("0", 0), ("24", 1440)]
)
def test_hours_are_typed_with_a_comma_or_a_point(typed: str, minutes: int) -> None:
    with translation.override("nl"):
        assert HoursField().clean(typed) == minutes
