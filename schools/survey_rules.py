"""When the answers to an item may be shown. Pure: counts in, yes or no out; tests/schools/test_survey_rules.py
plays everybody who looks at two moments and knows who took part.

Counts are six numbers: how many would rather not say, then how many said 1, 2, 3, 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Counts = Sequence[int]

FEWEST = 5  # people (domain.md §5)
NEARLY_THE_SAME = FEWEST - 1  # people: a difference of two shown numbers is a number too


def is_wide_enough(counts: Counts) -> bool:
    """Five answers or more, and no value that all but one of them share.

    Where everybody says the same, the answer of each is known; where all but one do, it is known to that one.
    """
    answers = sum(counts[1:])
    return answers >= FEWEST and max(counts[1:]) <= answers - 2


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
