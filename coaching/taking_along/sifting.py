"""What an arrival would change for somebody: what is new, what is here already, what stays out and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from portfolio.models import (
    ActionPlan,
    Competence,
    CoreQuadrant,
    DevelopmentPlan,
    Entry,
    KeptTip,
    PersonalNote,
    TalentScore,
)
from portfolio.pop import is_blank
from schools.models import User

from .arrival import Arrival, New, NewCompetence, NewEntry, NewPap, NewPop, NewScore, NewTip, Skipped
from .labels import year_name
from .mine import origin_of

N = TypeVar("N")
I = TypeVar("I", bound=New)  # noqa: E741


@dataclass(frozen=True)
class Line:
    """How many of a kind come in, and how many are here already."""

    label: str
    new: int
    already: int


@dataclass
class Sifted:
    """``found``: by their id there, the competences that are here already; ``known``: likewise the entries.

    ``fill``: by year, the POP here in which nothing was written yet.
    """

    arrival: Arrival
    found: dict[str, Competence] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    fill: dict[int, DevelopmentPlan] = field(default_factory=dict)
    competences: list[NewCompetence] = field(default_factory=list)
    scores: list[NewScore] = field(default_factory=list)
    entries: list[NewEntry] = field(default_factory=list)
    pops: list[NewPop] = field(default_factory=list)
    paps: list[NewPap] = field(default_factory=list)
    tips: list[NewTip] = field(default_factory=list)
    notes: list[New] = field(default_factory=list)
    quadrants: list[New] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        came = self.arrival
        rows = [
            (_("development plan (POP)"), self.pops, came.pops),
            (_("goals in it"), goals_of(self.pops), goals_of(came.pops)),
            (_("action plan (PAP)"), self.paps, came.paps),
            (_("pieces for your portfolio"), self.entries, came.entries),
            (_("tips you kept"), self.tips, came.tips),
            (_("competences"), self.competences, came.competences),
            (_("marks for your talents"), self.scores, came.scores),
            (_("notes for yourself"), [*self.notes, *self.quadrants], [*came.notes, *came.quadrants]),
        ]
        return [Line(label, len(new), len(all_) - len(new)) for label, new, all_ in rows if all_]

    @property
    def is_nothing(self) -> bool:
        return not any(line.new for line in self.lines)


def goals_of(pops: Iterable[NewPop]) -> list[Any]:
    return [goal for pop in pops for goal in pop.goals]


def source_of(arrival: Arrival, id: str) -> str:
    """By which an entry is known again: once from there, it is here."""
    name = id if arrival.is_own else sha256(id.encode()).hexdigest()[:24]
    return f"import:{arrival.origin}:{name}"


def sift(arrival: Arrival, user: User) -> Sifted:
    """Compare with what ``user`` has now; reads only."""
    sifted = Sifted(arrival, skipped=list(arrival.skipped))
    sift_competences(sifted, user)
    sift_entries(sifted, user)
    sift_pops(sifted, user)
    sifted.paps = without_known(
        not_at_home(arrival.paps, ActionPlan, arrival, user),
        ActionPlan.objects.filter(owner=user).values_list("intention", "made_at"),
        lambda new: (new.values["intention"], new.values["made_at"]),
    )
    sifted.tips = without_known(
        arrival.tips,
        KeptTip.objects.filter(owner=user).values_list("text", "mark"),
        lambda new: (new.values["text"], new.values["mark"]),
    )
    names = ("quality", "pitfall", "challenge", "allergy")
    sifted.quadrants = without_known(
        not_at_home(arrival.quadrants, CoreQuadrant, arrival, user),
        CoreQuadrant.objects.filter(owner=user).values_list(*names),
        lambda new: tuple(new.values[name] for name in names),
    )
    sift_notes(sifted, user)
    return sifted


def without_known(
    news: list[N], rows: Iterable[tuple[Any, ...]], key: Callable[[N], tuple[Any, ...]]
) -> list[N]:
    """Those that are not among ``rows``; of two alike the first. Moments are compared to the second."""
    seen = {tuple(map(to_the_second, row)) for row in rows}
    kept = []
    for new in news:
        name = tuple(map(to_the_second, key(new)))
        if name not in seen:
            seen.add(name)
            kept.append(new)
    return kept


def own_numbers(model: type[Entry | ActionPlan | CoreQuadrant], arrival: Arrival, user: User) -> set[str]:
    """Of rows that ``arrival`` was made of, back in the same account: also when their words changed since."""
    if not (arrival.is_own and arrival.origin == origin_of(user)):
        return set()
    return set(map(str, model._default_manager.filter(owner=user).values_list("pk", flat=True)))


def not_at_home(
    news: list[I], model: type[ActionPlan | CoreQuadrant], arrival: Arrival, user: User
) -> list[I]:
    own = own_numbers(model, arrival, user)
    return [new for new in news if new.id not in own]


def to_the_second(value: Any) -> Any:
    return value.replace(microsecond=0) if isinstance(value, dt.datetime) else value


# -- competences -------------------------------------------------------------------------------------------


def sift_competences(sifted: Sifted, user: User) -> None:
    """By list and key, else by title; what is nowhere becomes one's own."""
    here = Competence.objects.visible_to(user).select_related("framework").order_by("-owner", "pk")
    by_key: dict[tuple[str, ...], Competence] = {}
    by_title: dict[str, Competence] = {}
    for row in here:
        if row.framework and row.key:
            by_key.setdefault((row.framework.key, row.framework.version, row.key), row)
            by_key.setdefault((row.framework.key, row.key), row)
        for title in filter(None, (row.title_nl, row.title_en)):
            by_title.setdefault(title.casefold(), row)
    for new in sifted.arrival.competences:
        keys = [(new.framework, new.version, new.key), (new.framework, new.key)] if new.key else []
        found = next((by_key[key] for key in keys if key in by_key), None)
        found = found or by_title.get(new.values["title_nl"].casefold())
        if found:
            sifted.found[new.id] = found
        else:
            sifted.competences.append(new)
    sift_scores(sifted, user)


def sift_scores(sifted: Sifted, user: User) -> None:
    unknown = {new.id for new in sifted.competences}
    usable = [
        new for new in sifted.arrival.scores if new.competence in unknown or new.competence in sifted.found
    ]
    sifted.scores = without_known(
        usable,
        TalentScore.objects.filter(owner=user).values_list("competence", "at"),
        lambda new: (
            sifted.found[new.competence].pk if new.competence in sifted.found else f"new:{new.competence}",
            new.values["at"],
        ),
    )


# -- the rest ----------------------------------------------------------------------------------------------


def sift_entries(sifted: Sifted, user: User) -> None:
    """Known by where they came from; in one's own account also by their number, while they are still there."""
    arrival, seen = sifted.arrival, set()
    rows = Entry.objects.filter(owner=user)
    sources = dict(rows.filter(source__startswith=f"import:{arrival.origin}:").values_list("source", "pk"))
    own = own_numbers(Entry, arrival, user)
    for new in arrival.entries:
        source = source_of(arrival, new.id)
        if source in sources:
            sifted.known[new.id] = sources[source]
        elif new.id in own:
            sifted.known[new.id] = int(new.id)
        elif source not in seen:
            seen.add(source)
            sifted.entries.append(new)


def sift_pops(sifted: Sifted, user: User) -> None:
    """One POP a year: a year with one in which something was written keeps that one."""
    rows = DevelopmentPlan.objects.filter(owner=user).select_related("year")
    here: dict[int, DevelopmentPlan | NewPop] = {row.year.starts: row for row in rows}
    for new in sifted.arrival.pops:
        there = here.get(new.year)
        if there is None or (isinstance(there, DevelopmentPlan) and is_blank(there)):
            sifted.pops.append(new)
            here[new.year] = new
            if isinstance(there, DevelopmentPlan):
                sifted.fill[new.year] = there
        else:
            what = f"POP {year_name(new.year)}"
            sifted.skipped.append(
                Skipped(what, _("You have a POP for that year here already; it stays as it is."))
            )


def sift_notes(sifted: Sifted, user: User) -> None:
    """A question that was answered here keeps its answer."""
    here = dict(PersonalNote.objects.filter(owner=user).exclude(text="").values_list("key", "text"))
    for new in sifted.arrival.notes:
        answered = here.get(new.values["key"])
        if answered is None:
            here[new.values["key"]] = new.values["text"]
            sifted.notes.append(new)
        elif answered != new.values["text"]:
            why = _("You wrote something else at this question here; that stays.")
            sifted.skipped.append(Skipped(_("A note for yourself"), why))
