"""The words of an added-up picture: walked through for every group of at most eight, in every reader's eyes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from coaching.lib.added_up import FEWEST, Step, is_enough, step_of, still_shown

MOST_PEOPLE = 8
OUTSIDE = -1  # a reader who takes no part
Shown = tuple[Step | None, ...]
Show = Callable[[list[int], list[int]], Shown]


def test_the_words_at_both_ends_and_between() -> None:
    assert [step_of(yes, 5) for yes in range(6)] == [Step.FEW] * 3 + [Step.MOST] * 3
    assert [step_of(yes, 6) for yes in range(7)] == [Step.FEW] * 3 + [Step.SOME] + [Step.MOST] * 3
    assert {step_of(yes, 4) for yes in range(5)} == {None}


def test_enough_is_only_said_when_it_is_certain() -> None:
    """Against every number of people behind the word."""
    for people in range(FEWEST, MOST_PEOPLE + 1):
        for yes, need in product(range(people + 1), range(1, MOST_PEOPLE + 1)):
            said = is_enough(str(step_of(yes, people)), need)
            assert said is None or said == (yes >= need), (people, yes, need)


# -- all groups, all answers, all readers --------------------------------------------------------------------

# What somebody does between the two moments: is in at the one, at the other; how many answers they gave.
STAYS, CHANGES, GOES, COMES = (1, 1, 1), (1, 1, 2), (1, 0, 1), (0, 1, 1)


def groups() -> Iterator[list[tuple[int, int, int]]]:
    """Everybody's part, for each number of people at most eight: one may change an answer, any may come and go."""
    for stay, change, go, come in product(range(9), range(2), range(9), range(9)):
        if stay + change + go + come <= MOST_PEOPLE:
            yield [STAYS] * stay + [CHANGES] * change + [GOES] * go + [COMES] * come


def told_on(group: list[tuple[int, int, int]], show: Show) -> list[Shown]:
    """What is shown at two moments from which, with their own answers, a reader is certain of another's.

    A reader is taken to know who is in at each moment, and that nobody changed but who did. People of one part are
    alike: the first of each reads, and one from outside.
    """
    readers = [OUTSIDE, *(group.index(part) for part in set(group))]
    possible: dict[tuple[int, object, Shown], list[int]] = defaultdict(lambda: [0] * len(group))
    for answers in product(*(product((0, 1), repeat=part[2]) for part in group)):
        first = [answer[0] for answer, part in zip(answers, group, strict=True) if part[0]]
        then = [answer[-1] for answer, part in zip(answers, group, strict=True) if part[1]]
        shown = show(first, then)
        for reader in readers:
            seen = possible[reader, answers[reader] if reader >= 0 else None, shown]
            for person, answer in enumerate(answers):
                seen[person] |= 1 << answer[0] | 4 << answer[-1]  # which of no and yes they may have said
    return [
        shown
        for (reader, _own, shown), seen in possible.items()
        for person, said in enumerate(seen)
        if person != reader and said != 0b1111
    ]


def test_nobodys_answer_follows_from_a_word_and_ones_own() -> None:
    for people in range(1, MOST_PEOPLE + 1):
        assert not told_on([STAYS] * people, lambda first, _then: (step_of(sum(first), len(first)),)), people


def test_nobodys_answer_follows_from_what_is_shown_at_two_moments() -> None:
    """Before and after people come, take back, leave or change an answer: the word stays, or is gone."""
    walked = 0
    for group in groups():
        standing = sum(part[0] and part[1] for part in group)

        def show(first: list[int], then: list[int], standing: int = standing) -> Shown:
            word = step_of(sum(first), len(first))
            return word, still_shown(word, standing) if word else None

        assert not told_on(group, show), group
        walked += 1
    assert walked > 200


def test_nobodys_answer_follows_from_a_map_made_after_people_came_and_went() -> None:
    """Nothing was shown at first; then what they say by then."""
    for group in groups():
        assert not told_on(group, lambda _first, then: (None, step_of(sum(then), len(then)))), group


@pytest.mark.parametrize("first", range(FEWEST, MOST_PEOPLE + 1))
@pytest.mark.parametrize("came", [4, 5])
def test_nobodys_answer_follows_from_the_maps_of_two_years(first: int, came: int) -> None:
    """Whoever was in the first is not added up again, so they count as gone, also when they are still there."""
    group = [GOES] * first + [COMES] * came

    def show(before: list[int], then: list[int]) -> Shown:
        return step_of(sum(before), len(before)), step_of(sum(then), len(then))

    assert not told_on(group, show)


def test_a_second_map_of_nearly_the_same_people_would_be_found() -> None:
    """Four stay, one goes, one comes: few, then most. The one who left said no and the one who came said yes."""
    group = [STAYS] * 4 + [GOES, COMES]
    told = told_on(group, lambda before, then: (step_of(sum(before), 5), step_of(sum(then), 5)))
    assert (Step.FEW, Step.MOST) in told


@pytest.mark.parametrize("meanwhile", [COMES, GOES, CHANGES])
def test_a_picture_made_anew_would_tell_on_one_person(meanwhile: tuple[int, int, int]) -> None:
    """Why a map is made once; and that the walk above would find it."""
    group = [STAYS] * 5 + [meanwhile]
    twice = told_on(
        group, lambda first, then: (step_of(sum(first), len(first)), step_of(sum(then), len(then)))
    )
    assert twice
