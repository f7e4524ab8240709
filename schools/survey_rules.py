"""When the answers to an item may be shown. Pure: counts in, yes or no out; tests/schools/test_survey_rules.py
plays everybody who looks at two moments and knows who took part.

Counts are six numbers: how many would rather not say, then how many said 1, 2, 3, 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Counts = Sequence[int]

FEWEST = 5  # people (domain.md §5)
FEWEST_IN_A_COLUMN = 3
FROM_THE_EDGE = 3  # steps of one
NEARLY_THE_SAME = FEWEST - 1  # people: a difference of two shown numbers is a number too


def is_wide_enough(counts: Counts) -> bool:
    """Five answers or more, no value that all but one of them share, and not all at one end but for two steps.

    Where everybody says the same, the answer of each is known; where all but one do, it is known to that one. All 5
    but for two 4s would follow from the average.
    """
    given = counts[1:]
    steps = [
        sum(abs(value - end) * people for value, people in enumerate(given)) for end in (0, len(given) - 1)
    ]
    return sum(given) >= FEWEST and max(given) <= sum(given) - 2 and min(steps) >= FROM_THE_EDGE


def columns(counts: Counts) -> tuple[int, ...] | None:
    """How many said 1 or 2, 3, 4 or 5, where nobody or three people or more are in each, and not all in one.

    Else None, and only the average is told. Never both: together they would tell of one or two people again. So
    would columns joined only as far as needed, as what was joined is then known to be small.
    """
    _rather_not, *given = counts
    found = given[0] + given[1], given[2], given[3] + given[4]
    small = any(0 < people < FEWEST_IN_A_COLUMN for people in found)
    return None if small or max(found) == sum(found) else found


def people_between(one: Counts, other: Counts) -> int:
    """How many people, at least, came, went or answered otherwise between two waves."""
    steps = [after - before for before, after in zip(one, other, strict=True)]
    return max(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))


def may_be_shown(counts: Counts, earlier: Iterable[Counts]) -> bool:
    """``earlier``: the counts of every wave before this one, also of those that were held back.

    Two waves that differ by fewer than five people would give away who came or went, to whoever takes it that
    the others answered as before: three newcomers who all said 1 would stand there as three more. Two that are
    the same would too, to whoever left: their place was taken by somebody of the same answer.
    """
    between = (people_between(before, counts) for before in earlier)
    return is_wide_enough(counts) and not any(people <= NEARLY_THE_SAME for people in between)
