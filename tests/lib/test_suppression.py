"""What is shown of a number about people, against somebody who tries all worlds."""

from __future__ import annotations

import random

import pytest

from coaching.lib.suppression import FREE, LEAST_PEOPLE, Span, shown, steps, together
from tests.lib.worlds import Fact, Seen, given_away, spans_of

ONE_EACH = [[(0,), (1,)]]


def upto(cap: int) -> list[Fact]:
    return [(value,) for value in range(cap + 1)]


# -- by hand -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "spans"),
    [
        (7, []),
        (8, [(0, 4), (5, 8)]),
        (12, [(0, 4), (5, 12)]),
        (13, [(0, 4), (5, 9), (10, 13)]),
        (40, [(0, 4), (5, 9), (10, 14), (15, 19), (20, 24), (25, 29), (30, 34), (35, 40)]),
    ],
)
def test_steps_of_people(people: int, spans: list[tuple[int, int]]) -> None:
    assert [(span.low, span.high) for span in steps([1] * people)] == spans


def test_whoever_cannot_count_does_not_make_room() -> None:
    assert steps([1] * 7 + [0] * 30) == []
    assert steps([1] * 8 + [0] * 30) == steps([1] * 8)
    assert steps([]) == [] and steps([50] * 4 + [1] * 60) == steps([1] * 60 + [50] * 4)


def test_a_total_of_hours_is_told_in_steps_of_what_four_people_can_do() -> None:
    assert shown([450] * 10, [900] * 10) == Span(3601, 9000, 9000)
    assert shown([10] * 10, [900] * 10) == Span(0, 3600, 9000)
    assert shown([5000] + [0] * 9, [900] * 10) == Span(0, 3600, 9000), "above the cap counts as the cap"
    assert shown([-60] + [400] * 9, [900] * 10) == Span(0, 3600, 9000), (
        "a correction is never less than nothing"
    )


def test_percents_are_never_narrower_than_the_span() -> None:
    span = Span(25, 49, 240)
    assert (span.low_percent, span.high_percent) == (10, 21)
    assert (Span(0, 0, 0).low_percent, Span(0, 0, 0).high_percent) == (0, 0)


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    low, top = steps([1] * 8)
    assert together([low, top, None]) == Span(5, 12, 16, open_ended=True)
    assert together([low, low]) == Span(0, 8, 16)
    assert together([None, None]) is None and together([]) is None


# -- by trying everything ----------------------------------------------------------------------------------


@pytest.mark.parametrize("people", range(1, 15))
def test_nobody_who_did_something_or_not_is_given_away(people: int) -> None:
    for told in range(min(FREE, people)):
        assert not list(given_away(ONE_EACH * people, spans_of([1] * people), told=told))


def test_every_value_stays_possible_not_just_two() -> None:
    """The promise of the module, for people whose caps differ: the whole range, whatever two others did."""
    chance = random.Random(5)
    for _school in range(60):
        caps = [chance.randint(0, 4) for _person in range(chance.randint(5, 8))]
        for cell, cap in enumerate(caps):
            others = [each for number, each in enumerate(caps) if number != cell]
            for span in steps(caps):
                for known in range(sum(sorted(others)[-2:]) + 1):
                    rest = sum(sorted(others)[:-2])
                    reached = [v for v in range(cap + 1) if fits(span, v + known, rest)]
                    assert reached in ([], list(range(cap + 1))), (caps, span, known)


def fits(span: Span, sure: int, most: int) -> bool:
    return sure <= span.high and sure + most >= span.low


def test_caps_of_every_size() -> None:
    chance = random.Random(8)
    for _school in range(40):
        caps = [chance.randint(0, 3) for _person in range(chance.randint(5, 8))]
        people = [upto(cap) for cap in caps]
        assert not list(given_away(people, spans_of(caps), told=2)), caps


def test_made_and_looked_back_on() -> None:
    """Of each quarter: looked back only on what was made in it."""
    facts = [(0, 0), (1, 0), (1, 1)]
    for people in range(8, 19):
        see = spans_of([1] * people, [1] * people)
        for told in (0, 2):
            assert not list(given_away([facts] * people, see, told=told))


MADE_AND_BACK: list[Fact] = [(0, 0), (1, 0), (1, 1)]
CAME_LATER: list[Fact] = [(0, 0), (0, 1)]
LEFT_BEFORE: list[Fact] = [(0, 0), (1, 0)]


@pytest.mark.parametrize("came", [1, 2, 3, 5])
def test_look_backs_are_counted_of_other_people_than_plans_were(came: int) -> None:
    """Three months later somebody counts who did not then, and somebody who did then does not."""
    for people in range(8, 14):
        for left in range(3):
            worlds = [MADE_AND_BACK] * (people - left) + [LEFT_BEFORE] * left + [CAME_LATER] * came
            see = spans_of([1] * people, [1] * (people - left + came), after={1: 0})
            assert not list(given_away(worlds, see, told=2)), (people, left)


def test_more_look_backs_than_plans_would_be_caught() -> None:
    see = spans_of([1] * 8, [1] * 9)
    assert list(given_away([MADE_AND_BACK] * 8 + [CAME_LATER], see, told=0))


def test_accounts_that_nobody_uses_would_be_caught() -> None:
    """Thirty accounts, one group of five: "5 to 9" is each of the five. Counted without them nothing is told."""
    worlds: list[list[Fact]] = [*[upto(1)] * 5, *[upto(0)] * 25]
    assert list(given_away(worlds, spans_of([1] * 30), told=0))
    assert not list(given_away(worlds, spans_of([1] * 5), told=2))


def test_two_places_of_one_person_would_be_caught() -> None:
    """Seven people, one of whom could be at a meeting in each of two stays."""
    worlds: list[list[Fact]] = [upto(2), *[upto(1)] * 6]
    assert list(given_away(worlds, spans_of([1] * 8), told=2))
    assert not list(given_away(worlds, spans_of([2, *[1] * 6]), told=2))


def test_look_backs_on_older_plans_would_be_caught() -> None:
    """Made in the first quarter, made in the second, looked back in the second; three of eight came in between."""
    came = [(0, 0, 0), (0, 1, 0), (0, 1, 1)]
    stayed = [(a1, a2, b) for a1 in (0, 1) for a2 in (0, 1) for b in (0, max(a1, a2))]
    people = [came, came, came, *[sorted(set(stayed))] * 5]
    assert list(given_away(people, spans_of([0, 0, 0, *[1] * 5], [1] * 8, [1] * 8), told=2))


def test_presence_and_hours_besides_meetings() -> None:
    for meetings, most in ((1, 2), (2, 3)):
        facts = [(came, hours) for came in range(meetings + 1) for hours in range(most + 1)]
        assert not list(given_away([facts] * 8, spans_of([meetings] * 8, [most] * 8), told=2))


def test_hours_that_follow_from_presence_would_be_caught() -> None:
    """Much presence and few hours, most of them of two others: who came late in the year had all the presence."""
    facts = [(came, hours) for came in range(3) for hours in range(2 * came, 9)]
    late = [(came, min(hours, 1)) for came, hours in facts]
    assert next(given_away([late, *[facts] * 7], spans_of([2] * 8, [1, *[8] * 7]), told=2), "")


def test_rows_and_their_total() -> None:
    """Two schools and what is shown of both together: the total rules out no world that the rows leave."""
    first, second = spans_of([1] * 8), spans_of([1] * 8)
    facts = [[(0, 0), (1, 0)]] * 8 + [[(0, 0), (0, 1)]] * 8

    def see(sums: Fact) -> Seen:
        rows = (*first(sums[:1]), *second(sums[1:]))
        return (*rows, together(rows))

    assert not list(given_away(facts, see, told=2))


# -- the attacker is able to find something ----------------------------------------------------------------


def exactly(sums: Fact) -> Seen:
    return tuple(Span(total, total, total) for total in sums)


def test_exact_numbers_would_be_caught() -> None:
    assert list(given_away(ONE_EACH * 8, exactly, told=0))


def test_plain_rounding_to_fives_would_be_caught() -> None:
    """ "Five or more" of six people, to somebody who knows that one did nothing: then everybody else did."""

    def fives(sums: Fact) -> Seen:
        low = sums[0] // LEAST_PEOPLE * LEAST_PEOPLE
        return (Span(low, low + LEAST_PEOPLE - 1, 0),)

    assert not list(given_away(ONE_EACH * 8, fives, told=0))
    assert list(given_away(ONE_EACH * 6, fives, told=1))


def test_two_moments_within_one_period_would_be_caught() -> None:
    """A number that rises on the day one person could do something."""
    everybody = [[(0, 0), (1, 1)]] * 7
    only_anna = [[(0, 0), (0, 1), (1, 1)]]

    def twice(sums: Fact) -> Seen:
        return tuple(shown([1] * total + [0] * (8 - total), [1] * 8) for total in sums)

    assert list(given_away(everybody + only_anna, twice, told=0))
