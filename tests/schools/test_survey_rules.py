"""No single person's answer follows from what is shown of a survey: by brute force, over small schools.

The onlooker is given more than anybody has: who took part, one answer (their own), what is shown at two moments,
and that everybody who stayed answered as before. A world is how everybody answered; two worlds that look alike
can't be told apart. A person's answer follows where it is the same in all worlds that look alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, combinations_with_replacement

import pytest

from schools.survey_results import average_of, told_of
from schools.survey_rules import columns, is_wide_enough, may_be_shown, people_between

VALUES = range(6)  # 0: would rather not say
Counts = tuple[int, ...]
LARGEST = 8


def worlds(people: int) -> Iterator[Counts]:
    """Every way in which so many people may answer, as counts."""
    for answers in combinations_with_replacement(VALUES, people):
        yield tuple(answers.count(value) for value in VALUES)


def plus(counts: Counts, *answers: int) -> Counts:
    return tuple(people + answers.count(value) for value, people in zip(VALUES, counts, strict=True))


def shown(counts: Counts, *earlier: Counts) -> Counts | None:
    return counts if may_be_shown(counts, earlier) else None


def others(counts: Counts, own: int) -> frozenset[int]:
    """What one of the others may have answered, to whoever gave ``own``."""
    left = [people - (value == own) for value, people in zip(VALUES, counts, strict=True)]
    return frozenset(value for value, people in zip(VALUES, left, strict=True) if people > 0)


@pytest.mark.parametrize("people", range(2, LARGEST + 1))
def test_one_moment_gives_nobody_away(people: int) -> None:
    same: dict[tuple[Counts | None, int], list[frozenset[int]]] = defaultdict(list)
    for counts in worlds(people):
        for own in (value for value in VALUES if counts[value]):
            same[shown(counts), own].append(others(counts, own))
    assert all(len(frozenset().union(*each)) > 1 for each in same.values())
    assert people < 5 or any(view for view, _own in same), "and something is shown"


def changes(stayed: Counts) -> Iterator[tuple[str, Counts, Counts, dict[str, int]]]:
    """Between two moments one person came, one left, one took another's place, or one thought better of it."""
    for a in VALUES:
        yield "came", stayed, plus(stayed, a), {"newcomer": a}
        yield "left", plus(stayed, a), stayed, {"leaver": a}
        for b in VALUES:
            yield "instead", plus(stayed, a), plus(stayed, b), {"leaver": a, "newcomer": b}
            yield "two came", stayed, plus(stayed, a, b), {"newcomer": a, "second": b}


@pytest.mark.parametrize("people", [5, 6, 7])
@pytest.mark.parametrize("many", [3, 4])
def test_three_or_four_who_come_leave_or_follow_others_are_not_given_away(people: int, many: int) -> None:
    """To whoever takes it that all who stayed answered as before, and knows of one of the many what they said."""
    for stayed in worlds(people):
        for new in combinations_with_replacement(VALUES, many):
            more = plus(stayed, *new)
            assert shown(more, stayed) is None and shown(stayed, more) is None, (stayed, new)
            followed = plus(stayed, *[new[0]] * many)
            assert shown(followed, more) is None, "as many left, as many came"


def test_three_newcomers_who_say_the_same_would_be_given_away() -> None:
    before, after = (0, 0, 0, 2, 3, 3), (0, 3, 0, 2, 3, 3)
    assert is_wide_enough(before) and is_wide_enough(after) and people_between(before, after) == 3
    assert not may_be_shown(after, [before]), "each of the three said 1"
    assert may_be_shown((0, 2, 3, 2, 3, 3), [before]), "five came"


@pytest.mark.parametrize("people", [4, 5, 6, 7])
def test_two_moments_give_nobody_away(people: int) -> None:
    """Also to one of those who stayed, who knows their own answer, and to whoever came or left."""
    same: dict[object, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for stayed in worlds(people):
        for what, first, second, known in changes(stayed):
            view = shown(first), shown(second, first)
            for own in (value for value in VALUES if stayed[value]):
                seen = same[what, view, "stayed", own]
                add(seen, known, others(stayed, own))
            for who, own in known.items():
                rest = {name: value for name, value in known.items() if name != who}
                add(same[what, view, who, own], rest, [value for value in VALUES if stayed[value]])
    assert not [case for case, seen in same.items() for answers in seen.values() if len(answers) < 2]


def add(seen: dict[str, set[int]], known: dict[str, int], rest: Iterable[int]) -> None:
    for who, answer in known.items():
        seen[who].add(answer)
    seen["a colleague who stayed"].update(rest)


def test_what_is_compared_with_is_what_was_counted_not_what_was_shown() -> None:
    """Held back at first, shown at last, would tell who changed it."""
    nearly_all, wider = (0, 0, 0, 0, 1, 5), (0, 0, 0, 1, 1, 4)
    assert not is_wide_enough(nearly_all) and is_wide_enough(wider)
    assert not may_be_shown(wider, [nearly_all])
    assert may_be_shown(wider, [(0, 0, 3, 3, 0, 0)])
    assert not may_be_shown(wider, [wider]), "whoever left would know who took their place"


@pytest.mark.parametrize(
    ("counts", "enough"),
    [
        ((0, 1, 1, 1, 1, 0), False),  # four
        ((9, 1, 1, 1, 1, 0), False),  # four, and nine who would rather not say
        ((0, 1, 1, 1, 1, 1), True),
        ((0, 0, 0, 0, 0, 5), False),  # all the same
        ((0, 0, 0, 0, 1, 8), False),  # all but one
        ((0, 0, 0, 0, 2, 8), False),  # two, who both said 4: the average tells
        ((0, 8, 2, 0, 0, 0), False),
        ((0, 0, 0, 0, 3, 8), True),
        ((0, 0, 0, 1, 1, 8), True),
    ],
)
def test_five_answers_and_two_who_differ(counts: Counts, enough: bool) -> None:
    assert is_wide_enough(counts) is enough


# -- what a page says of an item: three columns, or the average --------------------------------------------


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 1, 2, 3, 0, 4), (3, 3, 4)),
        ((7, 0, 0, 3, 1, 2), (0, 3, 3)),
        ((0, 1, 1, 3, 2, 2), None),
        ((0, 0, 3, 1, 2, 2), None),
        ((0, 3, 0, 3, 2, 0), None),
        ((0, 0, 0, 0, 3, 8), None),  # all in one column
    ],
)
def test_columns_of_nobody_or_of_three_and_more(counts: Counts, told: Counts | None) -> None:
    assert columns(counts) == told


SOME = [some for size in (1, 2, 3, 4) for some in combinations(range(5), size)]


def without_rather_not(people: int) -> Iterator[Counts]:
    yield from (counts for counts in worlds(people) if not counts[0] and is_wide_enough(counts))


def alike(people: int, view: Callable[[Counts], object]) -> list[list[Counts]]:
    """Ways to answer that look the same."""
    found: dict[object, list[Counts]] = defaultdict(list)
    for counts in without_rather_not(people):
        found[view(counts)].append(counts)
    return list(found.values())


def small(same: list[Counts], said: tuple[int, ...]) -> bool:
    """Whether it is certain that one or two people gave one of the answers ``said``."""
    return {sum(counts[1 + value] for value in said) for counts in same} <= {1, 2}


@pytest.mark.parametrize("people", range(5, 15))
def test_it_never_follows_that_one_or_two_people_gave_an_answer(people: int) -> None:
    seen = alike(people, told_of)
    assert seen and not [same for same in seen for value in range(5) if small(same, (value,))]


@pytest.mark.parametrize("people", range(8, 14))
def test_nor_that_they_gave_one_of_several_answers(people: int) -> None:
    """From eight people on; of five to seven an average at one end says that most are there."""
    assert not [same for same in alike(people, told_of) for said in SOME if small(same, said)]


def test_columns_and_average_together_would_be_found() -> None:
    seen = alike(9, lambda counts: (columns(counts), average_of([counts])))
    assert [same for same in seen for value in range(5) if small(same, (value,))]


def test_columns_joined_as_far_as_needed_would_be_found() -> None:
    def joined(counts: Counts) -> object:
        low, middle, high = counts[1] + counts[2], counts[3], counts[4] + counts[5]
        return columns(counts) or (low + middle, high)

    assert [same for same in alike(9, joined) for said in SOME if small(same, said)]


def test_people_between_two_waves() -> None:
    assert people_between((0, 0, 0, 3, 3, 0), (0, 0, 0, 3, 3, 0)) == 0
    assert people_between((0, 0, 0, 3, 3, 0), (0, 0, 0, 3, 4, 0)) == 1, "one came"
    assert people_between((0, 0, 0, 3, 3, 0), (0, 0, 0, 2, 4, 0)) == 1, "one changed"
    assert people_between((0, 0, 0, 3, 3, 0), (4, 0, 0, 3, 3, 0)) == 4
