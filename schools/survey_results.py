"""What came out of a school's surveys, and of those of a board added up: only counts that may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.sheets import Row

from .models import Board, School, SchoolYear, SurveyCount, SurveyKind, SurveyWave, WaveState
from .survey_items import LISTS, VALUES, Result, Text
from .survey_rules import FEWEST, columns

FEWEST_SCHOOLS = 2  # one school alone is not added up
FEWEST_ITEMS = 2  # the average of one, beside its columns, would tell how one or two people answered
COLUMNS = (
    gettext_lazy("not or a little (1–2)"),
    gettext_lazy("partly (3)"),
    gettext_lazy("true (4–5)"),
)
COLOURS = (1, 3, 5)


@dataclass(frozen=True)
class Told:
    """What a page says of an item: how many answered it, and either three columns or the average."""

    answers: int
    columns: tuple[int, ...] | None = None
    average: Decimal | None = None

    @property
    def bars(self) -> list[tuple[int, str, str]]:
        """The colour of its column, left edge and width of its part of a bar of 100."""
        left, made = Decimal(0), []
        for colour, people in zip(COLOURS, self.columns or (), strict=False):
            width = Decimal(100 * people) / self.answers
            if people:
                made.append((colour, f"{left:.2f}", f"{width:.2f}"))
            left += width
        return made


def told_of(counts: Sequence[int]) -> Told:
    found, answers = columns(counts), sum(counts[1:])
    return Told(answers, found) if found else Told(answers, average=average_of([counts]))


def together(parts: Sequence[Told]) -> Told | None:
    """The columns of the schools that show columns, else the average of those that show one; None of one school."""
    split = [part for part in parts if part.columns]
    if len(split) >= FEWEST_SCHOOLS:
        people = tuple(map(sum, zip(*[part.columns or () for part in split], strict=True)))
        return Told(sum(people), people)
    known = [(part.answers, part.average) for part in parts if part.average is not None]
    if len(known) < FEWEST_SCHOOLS:
        return None
    answers = sum(number for number, _average in known)
    total = sum((number * average for number, average in known), Decimal(0))
    return Told(answers, average=(total / answers).quantize(Decimal("0.1")))


@dataclass(frozen=True)
class ItemShown:
    """``told`` is None while it is held back."""

    item: Text
    told: Told | None


@dataclass(frozen=True)
class Round:
    """Answers of one moment: a closed wave, or the waves of a board's schools of one kind and school year.

    ``shown``: the counts of what may be shown, only for averages over several items; ``told``: what is shown of
    each item. ``people``: how many answered, None when fewer than five; ``schools``: how many are added up.
    """

    kind: str
    year: SchoolYear
    number: int
    shown: dict[str, tuple[int, ...]]
    told: dict[str, Told]
    people: int | None
    wave: SurveyWave | None = None
    schools: int = 1

    @property
    def name(self) -> str:
        return str(SurveyKind(self.kind).label)

    @property
    def results(self) -> list[tuple[Result, list[ItemShown]]]:
        return [
            (result, [ItemShown(item, self.told.get(item.key)) for item in result.items])
            for result in LISTS[self.number]
        ]

    @property
    def has_held_back(self) -> bool:
        return any(item.told is None for _result, items in self.results for item in items)

    def average(self, keys: Iterable[str]) -> Decimal | None:
        """Over all answers to the items ``keys``, two or more, where every one of them is shown."""
        found = [self.shown.get(key) for key in keys]
        if len(found) < FEWEST_ITEMS or not all(found):
            return None
        return average_of([counts for counts in found if counts])


@dataclass(frozen=True)
class Line:
    """One of the four results over the rounds: an average a round, None where there is nothing to compare."""

    result: Result
    averages: list[Decimal | None]


@dataclass(frozen=True)
class Outcome:
    """The rounds that are over, the oldest first."""

    rounds: list[Round] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[Line]:
        results = LISTS[max(each.number for each in self.rounds)] if self.rounds else ()
        return [self._line(result) for result in results]

    def _line(self, result: Result) -> Line:
        """Only over items that are shown in each round which shows any: else it would compare unlike things."""
        there = [set(result.keys) & each.shown.keys() for each in self.rounds]
        common = set(result.keys).intersection(*[keys for keys in there if keys])
        averages = [
            each.average(sorted(common)) if keys else None
            for each, keys in zip(self.rounds, there, strict=True)
        ]
        return Line(result, averages)

    @property
    def rows(self) -> list[tuple[Result, list[tuple[Round, Decimal | None]]]]:
        """The lines as a table: each result with its average at each moment."""
        return [(line.result, list(zip(self.rounds, line.averages, strict=True))) for line in self.lines]

    @property
    def has_lines(self) -> bool:
        return any(average is not None for line in self.lines for average in line.averages)


def average_of(counts: Sequence[Sequence[int]]) -> Decimal:
    """Of 1 to 5, in one decimal; "I'd rather not say" does not count."""
    people = sum(sum(each[1:]) for each in counts)
    total = sum(value * each[value] for each in counts for value in range(1, len(VALUES)))
    return (Decimal(total) / people).quantize(Decimal("0.1"))


# -- of one school ---------------------------------------------------------------------------------------


def outcome_of(school: School) -> Outcome:
    """Nothing while the PMR does not agree."""
    waves = school.survey_waves.agreed().filter(state=WaveState.CLOSED).order_by("opens", "pk")
    return Outcome(rounds_of(waves))


def rounds_of(waves: Iterable[SurveyWave]) -> list[Round]:
    rows = list(waves)
    counts: dict[int, dict[str, list[int]]] = {wave.pk: {} for wave in rows}
    shown: set[tuple[int, str]] = set()
    for row in SurveyCount.objects.filter(wave__in=rows):
        counts[row.wave_id].setdefault(row.item, [0] * len(VALUES))[row.value] = row.people
        if row.shown:
            shown.add((row.wave_id, row.item))
    return [round_of(wave, counts[wave.pk], {key for pk, key in shown if pk == wave.pk}) for wave in rows]


def round_of(wave: SurveyWave, counts: dict[str, list[int]], shown: set[str]) -> Round:
    """Whoever answered stands once in the counts of every item."""
    people = max((sum(each) for each in counts.values()), default=0)
    may = {key: tuple(counts[key]) for key in sorted(shown)}
    return Round(
        kind=wave.kind,
        year=SchoolYear(starts=SchoolYear.start_of(wave.opens)),
        number=wave.items,
        shown=may,
        told={key: told_of(each) for key, each in may.items()},
        people=people if people >= FEWEST else None,
        wave=wave,
    )


# -- of a board's schools, added up ------------------------------------------------------------------------


def outcome_of_board(board: Board) -> Outcome:
    """Item by item adds up what each school's own page shows, and nothing else: so no sum, and no difference of two
    sums, says more of anybody than those pages do. An item with fewer than two schools is left out. The averages of
    the four results are over all answers, of two schools and two items or more.
    """
    waves = SurveyWave.objects.agreed().filter(school__board=board, state=WaveState.CLOSED)
    together: dict[tuple[int, str, int], list[Round]] = {}
    for each in rounds_of(waves.order_by("opens", "pk")):
        if each.shown:
            together.setdefault((each.year.starts, each.kind, each.number), []).append(each)
    return Outcome([added_up(rounds) for rounds in together.values() if len(rounds) >= FEWEST_SCHOOLS])


def added_up(rounds: list[Round]) -> Round:
    first, schools = rounds[0], Counter(key for each in rounds for key in each.shown)
    shown = {
        key: tuple(map(sum, zip(*[each.shown[key] for each in rounds if key in each.shown], strict=True)))
        for key, number in schools.items()
        if number >= FEWEST_SCHOOLS
    }
    told = {key: together([each.told[key] for each in rounds if key in each.told]) for key in schools}
    known = {key: each for key, each in told.items() if each}
    people = sum(each.people or 0 for each in rounds)
    return Round(first.kind, first.year, first.number, shown, known, people, schools=len(rounds))


# -- as a file -------------------------------------------------------------------------------------------


def table_of(outcome: Outcome) -> tuple[list[str], list[Row]]:
    """A line for each round and item; of what is held back the numbers stay empty."""
    head = [_("School year"), _("Moment"), _("People who answered"), _("Result"), _("Item")]
    head += [*map(str, COLUMNS), _("Answers"), _("Average")]
    return head, [
        line_of(each, result, item)
        for each in outcome.rounds
        for result, items in each.results
        for item in items
    ]


def line_of(each: Round, result: Result, shown: ItemShown) -> Row:
    about: list[str | int] = [str(each.year), each.name, each.people or _("fewer than five")]
    about += [str(result.name), str(shown.item)]
    if not shown.told:
        return [*about, *[""] * len(COLUMNS), _("held back"), ""]
    return [
        *about,
        *(shown.told.columns or [""] * len(COLUMNS)),
        shown.told.answers,
        shown.told.average or "",
    ]
