"""What may be told of a number about people: exact values in, a span (or nothing) out.

Who looks, and what they know besides (the attack this withstands)
    A director, or a board's director over several schools at once. They know who works where, who is in which
    group, when somebody joined or left, when every meeting was and how long, and everybody's budget of hours;
    so they know of each person the most their value can be: the ``cap``. They look as often as they like, keep
    what they saw, subtract rows from totals and yesterday from today. Of two people they may know the value
    itself: they told it, or were ill all the time. They know this module.

What is promised
    Whatever is shown, now and before: of each person every value from nothing to their cap stays possible. So
    nobody's value follows from these numbers, not even that somebody did something or did not. (Of hours a
    director also sees each person's total of a whole year, domain.md §5: this module does not undo what follows
    from that.)

How
    *Spans, not numbers.* A sum is told as the step it lies in. The steps follow from the caps alone, never from
    the values, so which steps there are, or that there are none, tells nothing. A step is one more than what any
    four people can make together: five people stand behind every lower bound, and the first step ("fewer than
    five") holds whatever any three do. The last one is left so wide that any three may have done nothing at all.
    Where there is no room for two steps, nothing is told: of people who count for one each, below eight.
    *Each fact once, and by itself.* A cell is about what happened in one closed period. It is told after that,
    once, and stays as it was told, also when somebody is erased or corrects something later (it is kept as
    ``schools.models.ShownSpan``). No day on which a number rises can be seen, and there are no two tellings of one
    fact to subtract. Nor does a fact of one period imply one of another: looked back on counts for the period in
    which the plan was made. Counted where the look-back was, five look-backs and at most four new plans told who
    had made one before; trying all worlds found it. They are counted three months after the plans: somebody may
    count by then who did not count among the makers, and "fewer than five made one, five looked back" would tell of
    them. So of look-backs no more are told than of plans.
    Hours of meetings follow from presence, so of hours only those besides meetings are told; that was found too.
    *Each person once.* Rows never overlap: who works at two schools counts in one of them, and who left a school
    and came back has one cap there, not two.
    *Only who takes part.* Of an account in no group that met, everybody knows that it did nothing. Thirty accounts
    of whom five use the site would show steps that tell of those five. So they don't count.
    *Totals tell nothing new.* A total is the sum of the spans that were shown, never of what is behind them.
    *What they were let in on is not counted.* Who let a director read their plan is left out before counting.
    Who tells more than two values by mouth, or later on, says something about the others: no sum prevents that.

Proved by trying all worlds: tests/lib/test_suppression.py and tests/test_overview_brute_force.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST_PEOPLE = 5  # domain.md §5: never under five
FREE = 3  # people of whom nothing follows, whatever they did: one, and two whose values are known


@dataclass(frozen=True)
class Span:
    """The sum lies somewhere from ``low`` to ``high``, both included, of at most ``whole``.

    ``open_ended``: a total with a last step in it.
    """

    low: int
    high: int
    whole: int
    open_ended: bool = False

    @property
    def is_low(self) -> bool:
        """The first step: fewer than five, or nobody."""
        return self.low == 0

    @property
    def is_top(self) -> bool:
        """The last step, or a total with one; how far it goes would tell how many people were counted."""
        return self.open_ended or self.high == self.whole

    @property
    def low_percent(self) -> int:
        """Rounded down, as ``high_percent`` is rounded up: what is said is never narrower than the span."""
        return self.low * 100 // self.whole if self.whole else 0

    @property
    def high_percent(self) -> int:
        return -(-self.high * 100 // self.whole) if self.whole else 0

    @property
    def wide_percent(self) -> int:
        return self.high_percent - self.low_percent


def steps(caps: Iterable[int]) -> list[Span]:
    """All that may be told of a sum of values from 0 to each of ``caps``; empty when that is nothing."""
    most = sorted((cap for cap in caps if cap > 0), reverse=True)
    whole, wide = sum(most), sum(most[: LEAST_PEOPLE - 1]) + 1
    starts = list(range(0, whole - sum(most[:FREE]) + 1, wide))
    if len(most) < LEAST_PEOPLE or len(starts) < 2:
        return []
    return [Span(low, after - 1, whole) for low, after in pairwise([*starts, whole + 1])]


def shown(values: Sequence[int], caps: Sequence[int], at_most: int | None = None) -> Span | None:
    """What may be told of the sum of ``values``, each within its cap; None when that is nothing.

    A value above its cap, or below nothing, counts as the nearest that is possible; a sum above ``at_most``, the
    most that an earlier telling left possible, as that.
    """
    total = sum(max(0, min(value, cap)) for value, cap in zip(values, caps, strict=True))
    return step_of(total, steps(caps), at_most)


def step_of(total: int, spans: Iterable[Span], at_most: int | None = None) -> Span | None:
    """The one of ``spans`` in which ``total`` lies."""
    total = total if at_most is None else min(total, at_most)
    return next((span for span in spans if span.low <= total <= span.high), None)


def together(spans: Iterable[Span | None]) -> Span | None:
    """The total of what is shown, for a row of totals; it knows nothing that the rows don't tell."""
    known = [span for span in spans if span]
    if not known:
        return None
    low, high, whole = (sum(each) for each in zip(*((s.low, s.high, s.whole) for s in known), strict=True))
    return Span(low, high, whole, open_ended=any(span.is_top for span in known))
