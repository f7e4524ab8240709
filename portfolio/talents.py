"""What a person can do well and likes to do: the newest score on each competence, the one before it, the chart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from schools.models import User

from .models import HIGHEST, Competence, Framework, TalentKind, TalentScore

SIDE, EDGE = 400, 30  # of the chart, in units of its picture; room around it for dots on the border
WORDS = 26  # left of it and beneath it, for what the sides say
CHART = {
    "side": SIDE,
    "edge": EDGE,
    "far": SIDE - EDGE,
    "middle": SIDE // 2,
    "words": WORDS,
    "wide": SIDE + WORDS,
    "foot": SIDE + WORDS - 8,
}
TOP = 3
ADVICE_ORDER = (TalentKind.TALENT, TalentKind.CHANCE, TalentKind.DOSE, TalentKind.TOGETHER)


@dataclass(frozen=True)
class Talent:
    """``number`` names the dot in the chart; ``history``: all scores, one a day, the newest last."""

    number: int
    history: list[TalentScore]

    @property
    def now(self) -> TalentScore:
        return self.history[-1]

    @property
    def before(self) -> TalentScore | None:
        return self.history[-2] if len(self.history) > 1 else None

    @property
    def title(self) -> str:
        return self.now.competence.title


@dataclass(frozen=True)
class Dot:
    """A place in the chart and the numbers of the talents on it; ``x`` and ``y`` in units of the picture."""

    x: int
    y: int
    numbers: str


def place(good: int, fun: int) -> tuple[int, int]:
    """Liked goes up, good goes right."""
    unit = (SIDE - 2 * EDGE) / HIGHEST
    return round(EDGE + good * unit), round(SIDE - EDGE - fun * unit)


class Talents:
    """Of one person, newest scores first by kind; in two statements."""

    def __init__(self, owner: User) -> None:
        history: dict[int, list[TalentScore]] = defaultdict(list)
        for score in TalentScore.objects.filter(owner=owner).select_related("competence__framework"):
            history[score.competence_id].append(score)
        newest = sorted(
            history.values(),
            key=lambda scores: (ADVICE_ORDER.index(scores[-1].kind), -scores[-1].good - scores[-1].fun),
        )
        self.all = [Talent(number, scores) for number, scores in enumerate(newest, start=1)]

    def of(self, competence: Competence) -> TalentScore | None:
        return self.by_competence.get(competence.pk)

    @cached_property
    def by_competence(self) -> dict[int, TalentScore]:
        return {talent.now.competence_id: talent.now for talent in self.all}

    @property
    def kinds(self) -> list[tuple[TalentKind, list[Talent]]]:
        """The quarters that hold anything."""
        groups = [(kind, [each for each in self.all if each.now.kind == kind]) for kind in ADVICE_ORDER]
        return [(kind, found) for kind, found in groups if found]

    @property
    def strongest(self) -> list[Talent]:
        """The three highest of what is both done well and liked."""
        return [each for each in self.all if each.now.kind == TalentKind.TALENT][:TOP]

    @property
    def dots(self) -> list[Dot]:
        places: dict[tuple[int, int], list[int]] = defaultdict(list)
        for talent in self.all:
            places[place(talent.now.good, talent.now.fun)].append(talent.number)
        return [Dot(x, y, ", ".join(map(str, numbers))) for (x, y), numbers in places.items()]

    @property
    def paths(self) -> list[tuple[int, int, int, int]]:
        """From where a talent was to where it is: x, y, x, y."""
        moved = [each for each in self.all if each.before]
        return [
            (*place(each.before.good, each.before.fun), *place(each.now.good, each.now.fun))
            for each in moved
            if each.before
        ]


@dataclass(frozen=True)
class ToScore:
    """A framework (None: one's own list) with the competences one may score on it."""

    framework: Framework | None
    competences: list[Competence]
    scored: int


def lists_for(user: User, talents: Talents) -> list[ToScore]:
    """The frameworks of one's schools and one's own list; in three statements."""
    frameworks = list(Framework.objects.chosen_for(user))
    rows = Competence.objects.to_score()
    by_framework: dict[int | None, list[Competence]] = defaultdict(list)
    for row in rows.filter(framework__in=frameworks) | rows.filter(owner=user):
        by_framework[row.framework_id].append(row)
    return [
        ToScore(each, found, sum(talents.of(row) is not None for row in found))
        for each in [*frameworks, None]
        if (found := by_framework[each.pk if each else None])
    ]
