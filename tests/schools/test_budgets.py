"""Budgets worked out by hand, to the minute, and a balance that is always the sum of its bookings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.budgets import Balance, balances, balances_of, budget_minutes
from schools.hours import book_activity, correct, record_hours, undo
from schools.models import Activity, Allotment, Fte, HourLine, LineKind, Membership, School, SchoolYear
from tests.people import Cast, make_membership, make_person

LONG_AGO = dt.date(2020, 8, 1)
YEAR = 2026  # 1 August 2026 – 31 July 2027: 365 days. Aug–Jan is 184 of them, Feb–Jul 181.


def year_of(starts: int = YEAR) -> SchoolYear:
    return SchoolYear.objects.get_or_create(starts=starts)[0]


def allot(school: School, minutes: int = 900, *, starts: int = YEAR, pro_rata: bool = True) -> Allotment:
    return Allotment.objects.create(school=school, year=year_of(starts), minutes=minutes, pro_rata=pro_rata)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class Case:
    id: str
    expected: int
    fte: Sequence[tuple[str, str]] = ((LONG_AGO.isoformat(), "1"),)
    since: str = LONG_AGO.isoformat()
    until: str = ""
    minutes: int = 900
    starts: int = YEAR
    pro_rata: bool = True

    def membership(self, cast: Cast) -> Membership:
        row = cast.ilse.memberships.get()
        row.valid_from, row.valid_until = day(self.since), day(self.until) if self.until else None
        row.save()
        Fte.objects.bulk_create(
            Fte(membership=row, valid_from=day(start), value=Decimal(value)) for start, value in self.fte
        )
        return row


CASES = [
    Case("full-time", 900),
    # 900 × 0.4 = 360
    Case("two-days", 360, fte=[("2020-08-01", "0.4")]),
    # 184 × 0.8536 = 157.0624; 181 × 0.6 = 108.6; 265.6624 × 900 / 365 = 239096.16 / 365 = 655.06
    Case("changes-1-february", 655, fte=[("2020-08-01", "0.8536"), ("2027-02-01", "0.6")]),
    # 365 − 31 (Aug) − 30 (Sep) = 304; 304 × 900 / 365 = 273600 / 365 = 749.59
    Case("joined-1-october", 750, since="2026-10-01"),
    # 304 − 14 = 290; 290 × 0.4 = 116; 116 × 900 / 365 = 104400 / 365 = 286.03
    Case("joined-15-october-two-days", 286, since="2026-10-15", fte=[("2026-10-15", "0.4")]),
    # 184 + 28 (Feb) + 31 (Mar) = 243, the 31st included; 243 × 900 / 365 = 218700 / 365 = 599.18
    Case("left-31-march", 599, until="2027-03-31"),
    # Oct–Jan 31 + 30 + 31 + 31 = 123; 123 × 0.8536 = 104.9928; + 108.6 = 213.5928; × 900 / 365 = 526.67
    Case(
        "joined-october-changes-1-february",
        527,
        since="2026-10-01",
        fte=[("2026-10-01", "0.8536"), ("2027-02-01", "0.6")],
    ),
    # Aug–Oct count as what the first row says: 365 × 0.5 = 182.5; × 900 / 365 = 450
    Case("first-fte-in-november", 450, fte=[("2026-11-01", "0.5")]),
    # 304 days from 1 October, all of them 0.7: 212.8; × 900 / 365 = 191520 / 365 = 524.71
    Case("joined-october-first-fte-in-november", 525, since="2026-10-01", fte=[("2026-11-01", "0.7")]),
    # 184 × 0.5 = 92, of which Aug–Oct stand before the first row; 181 × 0.8 = 144.8; 236.8 × 900 / 365 = 583.89
    Case("first-fte-in-november-then-more", 584, fte=[("2026-11-01", "0.5"), ("2027-02-01", "0.8")]),
    # The first row starts in the next year: 0.6 all year; 900 × 0.6 = 540
    Case("first-fte-next-year", 540, fte=[("2027-09-01", "0.6")]),
    Case("no-fte-known", 900, fte=[]),
    # 31 July 2027 alone: 1 × 900 / 365 = 2.47; and 1 August 2026 alone is as much
    Case("last-day-only", 2, since="2027-07-31"),
    Case("first-day-only", 2, until="2026-08-01"),
    Case("left-the-day-before", 0, until="2026-07-31"),
    Case("comes-the-day-after", 0, since="2027-08-01"),
    # A change on 1 August 2027 belongs to the next year
    Case("changes-the-day-after", 900, fte=[("2020-08-01", "1"), ("2027-08-01", "0.5")]),
    # 30 and 31 January + 181 = 183; 183 × 0.5 = 91.5; × 365 / 365 = 91.5: half goes up
    Case("half-goes-up", 92, since="2027-01-30", fte=[("2027-01-30", "0.5")], minutes=365),
    # 2027–2028 has 366 days: Aug–Feb 184 + 29 = 213, Mar–Jul 153 × 0.5 = 76.5; 289.5 × 900 / 366 = 711.89
    Case("leap-year", 712, fte=[("2020-08-01", "1"), ("2028-03-01", "0.5")], starts=2027),
    Case("not-pro-rata-two-days", 900, fte=[("2020-08-01", "0.4")], pro_rata=False),
    Case("not-pro-rata-left", 900, until="2027-03-31", pro_rata=False),
    Case("not-pro-rata-not-there", 0, until="2026-07-31", pro_rata=False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_budget_is_what_was_worked_out_by_hand(case: Case, cast: Cast) -> None:
    row = case.membership(cast)
    allotment = allot(cast.zandplaat, case.minutes, starts=case.starts, pro_rata=case.pro_rata)
    assert budget_minutes(allotment, row) == case.expected


# 11 counts in 2025–2026, 13 in 2027–2028: 90 + 75 = 165 in between
BORDER = [("2026-07-31", 11), ("2026-08-01", 90), ("2027-07-31", 75), ("2027-08-01", 13)]


@pytest.mark.parametrize("case", CASES[:6], ids=lambda case: case.id)
def test_the_ledger_says_the_same_on_both_sides_of_the_year_border(case: Case, cast: Cast) -> None:
    row = case.membership(cast)
    for starts in (2025, 2026, 2027):
        allot(cast.zandplaat, starts=starts)
    for number, (on, minutes) in enumerate(BORDER):
        record_hours(row, kind=LineKind.HELD, day=day(on), minutes=minutes, source=f"meeting:{number}")
    of_year = {starts: balances_of([row], year_of(starts))[0] for starts in (2025, 2026, 2027)}
    assert [of_year[starts].held for starts in of_year] == [11, 90 + 75, 13]
    assert (of_year[YEAR].budget, of_year[YEAR].left) == (case.expected, case.expected - 165)


# -- balances of a school ----------------------------------------------------------------------------------


def tom_of(cast: Cast) -> Membership:
    """Tom, at school for years whenever this test runs."""
    row = cast.tom.memberships.get()
    row.valid_from = LONG_AGO
    row.save()
    return row


def of(found: list[Balance], name: str) -> Balance:
    return next(balance for balance in found if balance.membership.person.name == name)


def test_planned_counts_from_today_on_and_too_much_is_said(cast: Cast) -> None:
    allot(cast.zandplaat)
    row = tom_of(cast)
    Fte.objects.create(membership=row, valid_from=LONG_AGO, value=Decimal("0.4"))
    record_hours(row, kind=LineKind.HELD, day=day("2026-09-08"), minutes=300, source="meeting:1")
    record_hours(row, kind=LineKind.PLANNED, day=day("2026-10-06"), minutes=90, source="meeting:2")
    record_hours(row, kind=LineKind.PLANNED, day=day("2027-01-12"), minutes=90, source="meeting:3")
    tom = of(balances(cast.zandplaat, year_of(), day=day("2026-11-22")), cast.tom.name)
    assert (tom.fte, tom.budget, tom.held, tom.planned) == (Decimal("0.4"), 360, 300, 90)
    assert (tom.left, tom.over) == (-30, 30)
    assert (tom.held_percent, tom.planned_percent) == (76, 24), "of the 390 minutes it has become"
    assert tom.is_over and not Balance(row, Decimal(1), 360, 367, 0).is_over, "7 minutes show as 0 hours"
    before = of(balances(cast.zandplaat, year_of(), day=day("2026-10-06")), cast.tom.name)
    assert before.planned == 180


def test_without_an_allotment_nothing_is_too_much(cast: Cast) -> None:
    row = tom_of(cast)
    record_hours(row, kind=LineKind.HELD, day=day("2026-09-08"), minutes=300, source="meeting:1")
    tom = of(balances(cast.zandplaat, year_of()), cast.tom.name)
    assert (tom.budget, tom.held, tom.over, tom.allotted) == (0, 300, 0, False)


def test_only_one_task_code_is_asked_for(cast: Cast) -> None:
    allot(cast.zandplaat)
    row = tom_of(cast)
    for code, minutes in (("professionalisering", 60), ("scholing", 45)):
        record_hours(
            row, kind=LineKind.HELD, day=day("2026-09-08"), minutes=minutes, source=code, task_code=code
        )
    codes = ("professionalisering", "scholing", "")
    found = [of(balances(cast.zandplaat, year_of(), task_code=code), cast.tom.name) for code in codes]
    assert [each.held for each in found] == [60, 45, 105]
    assert [each.allotted for each in found] == [True, False, True]


def test_who_has_hours_and_who_has_none(cast: Cast) -> None:
    names = [b.membership.person.name for b in balances(cast.zandplaat, SchoolYear.of(timezone.localdate()))]
    assert names == sorted(names) and {cast.tom.name, cast.karin.name, cast.ilse.name} <= set(names)
    assert not {cast.hanneke.name, cast.olaf.name, cast.vera.name} & set(names)


def test_balances_ask_as_much_for_three_as_for_thirty(cast: Cast) -> None:
    year = allot(cast.zandplaat).year
    Membership.objects.update(valid_from=LONG_AGO)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            balances(cast.zandplaat, year)
        return len(caught)

    few = asked()
    for number in range(20):
        row = make_membership(make_person(f"Extra {number}"), cast.zandplaat, since=LONG_AGO)
        Fte.objects.create(membership=row, valid_from=LONG_AGO, value=Decimal("0.5"))
        record_hours(row, kind=LineKind.HELD, day=day("2026-09-08"), minutes=60, source="meeting:1")
    assert asked() == few <= 4


# -- the sum of the bookings is the balance ----------------------------------------------------------------

MINUTES = st.integers(min_value=0, max_value=600)
DAYS = st.dates(day("2026-08-01"), day("2027-07-31"))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.integers(0, 4), MINUTES, st.sampled_from(LineKind.values), DAYS),
        st.tuples(st.just("book"), st.just(0), MINUTES, st.just(""), DAYS),
        st.tuples(st.just("correct"), st.integers(0, 9), MINUTES, st.just(""), DAYS),
        st.tuples(st.just("undo"), st.integers(0, 9), st.just(0), st.just(""), DAYS),
        st.tuples(st.just("cancel"), st.integers(0, 4), st.just(0), st.just(""), DAYS),
    ),
    max_size=14,
)
Step = tuple[str, int, int, str, dt.date]


def take(step: Step, row: Membership, expected: dict[tuple[str, str], int]) -> None:
    """Do ``step`` and keep beside it, by kind and source, what each booking now has to count for."""
    what, number, minutes, kind, on = step
    at, by, source = timezone.now(), row.person, f"meeting:{number}"
    if what == "record":
        record_hours(row, kind=LineKind(kind), day=on, minutes=minutes, source=source)
        written = kind == LineKind.HELD and (kind, source) in expected  # once; corrected or not
        expected[kind, source] = expected[kind, source] if written else minutes
    elif what == "book":
        line = book_activity(row, activity=Activity.VISIT, day=on, minutes=minutes, note="", by=by, at=at)
        expected["held", line.source] = minutes
    elif what == "cancel":
        HourLine.objects.filter(membership=row, kind=LineKind.PLANNED, source=source).delete()
        expected.pop(("planned", source), None)
    elif what in ("correct", "undo"):
        put_right(row, number, minutes, expected)


def put_right(row: Membership, number: int, minutes: int, expected: dict[tuple[str, str], int]) -> None:
    held = sorted(source for kind, source in expected if kind == "held")
    if not held:
        return
    line = HourLine.objects.get(membership=row, kind="held", source=held[number % len(held)])
    if expected["held", line.source] == minutes:
        return
    if minutes:
        correct(line, minutes=minutes, reason="anders", by=row.person, at=timezone.now())
    else:
        undo(line, row.person, timezone.now())
    expected["held", line.source] = minutes


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_sum_of_the_bookings_is_the_balance(cast: Cast, steps: list[Step]) -> None:
    with transaction.atomic():
        allot(cast.zandplaat)
        row, expected = tom_of(cast), dict[tuple[str, str], int]()
        for step in steps:
            take(step, row, expected)
            balance = balances_of([row], year_of(), day=day("2026-08-01"))[0]
            held = sum(minutes for (kind, _), minutes in expected.items() if kind == "held")
            planned = sum(minutes for (kind, _), minutes in expected.items() if kind == "planned")
            assert (balance.held, balance.planned) == (held, planned)
            assert balance.left == 900 - held - planned
            assert sum(HourLine.objects.filter(membership=row).values_list("minutes", flat=True)) == (
                held + planned
            )
        transaction.set_rollback(True)
