"""Every world a director cannot rule out: what of one person still may be true, tried one by one.

A world gives each person a ``Fact``: one number a cell. A director sees of each cell the span of its sum, knows
which facts each person can have, and of some people the fact itself. Sums of the others are put together person
by person, so nothing is left out and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from coaching.lib.suppression import Span, step_of, steps

Fact = tuple[int, ...]
Seen = tuple[Span | None, ...]
See = Callable[[Fact], Seen]  # from the sums of all cells to what is shown of them


def add(one: Fact, other: Fact) -> Fact:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def sums(people: Iterable[Sequence[Fact]], cells: int) -> set[Fact]:
    """What ``people`` can come to together, each with one of their facts."""
    found = {(0,) * cells}
    for facts in people:
        found = {add(sofar, fact) for sofar in found for fact in facts}
    return found


def spans_of(*caps: Sequence[int], after: Mapping[int, int] | None = None) -> See:
    """Of each cell, by the caps of its people, the span its sum lies in: what the product shows.

    ``after``: by cell the earlier cell that it can't be more than (looked back on, after made).
    """
    of_cells = [steps(each) for each in caps]
    known: dict[Fact, Seen] = {}

    def see(totals: Fact) -> Seen:
        if totals not in known:
            seen: list[Span | None] = []
            for cell, (spans, total) in enumerate(zip(of_cells, totals, strict=True)):
                earlier = seen[after[cell]] if after and cell in after else None
                seen.append(step_of(total, spans, earlier.high if earlier else None))
            known[totals] = tuple(seen)
        return known[totals]

    return see


def given_away(people: Sequence[Sequence[Fact]], see: See, *, told: int) -> Iterator[str]:
    """Whose number follows in which cell, for everything that may be seen, by whoever knows ``told`` others' facts.

    It follows when in all worlds that look the same it is the same, though it need not have been.
    """
    cells = len(people[0][0])
    done: set[tuple[object, ...]] = set()
    for who, *known in arrangements(len(people), min(told, len(people) - 1)):
        kinds = (tuple(people[who]), *sorted(tuple(people[each]) for each in known))
        if kinds in done:  # people of whom the same can be true give the same answer
            continue
        done.add(kinds)
        rest = sums((people[n] for n in range(len(people)) if n != who and n not in known), cells)
        # Whatever the known ones did, it only matters what they come to.
        for base in sums((people[each] for each in known), cells):
            yield from follows(people[who], rest, base, see)


def arrangements(people: int, told: int) -> Iterator[tuple[int, ...]]:
    for who in range(people):
        others = [each for each in range(people) if each != who]
        for known in combinations(others, told):
            yield (who, *known)


def follows(mine: Sequence[Fact], rest: set[Fact], base: Fact, see: See) -> Iterator[str]:
    possible: dict[Seen, set[Fact]] = {}
    for others in rest:
        for fact in mine:
            possible.setdefault(see(add(add(others, base), fact)), set()).add(fact)
    for seen, facts in possible.items():
        for cell in range(len(base)):
            can_be = {fact[cell] for fact in mine}
            if len(can_be) > 1 and len({fact[cell] for fact in facts}) < 2:
                yield f"cell {cell} of somebody is one of {facts} when {seen} is seen and {base} is known"
