"""A GOP as those read it who read versions: how it stands, what changed since, and what happened when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.lib.markup import hours
from schools.models import School, SchoolYear, User

from .models import (
    AnswerKind,
    GroupPlan,
    GroupPlanMove,
    GroupPlanState,
    GroupPlanVersion,
    Purpose,
    Reaction,
    SupportPromise,
)
from .plan_reviews import AGREEING, CONDITION_MET, answered

WAITS, TALK, RUNS, DONE = "waits", "talk", "runs", "done"
TURNS = {
    GroupPlanState.SUBMITTED: WAITS,
    GroupPlanState.RUNNING: RUNS,
    GroupPlanState.EVALUATED: DONE,
}
ORDER = (WAITS, TALK, RUNS, DONE)


def turn(plan: GroupPlan) -> str:
    """Where a handed-in plan stands for who reads versions: what the group does inside is one thing, "talk"."""
    return TURNS.get(GroupPlanState(plan.state), TALK)


@dataclass(frozen=True)
class Line:
    """A plan in the queue, by the version that was handed in last."""

    version: Any
    turn: str
    days: int

    @property
    def waits(self) -> str:
        """In words, how long it waits for an answer; "" when it does not."""
        if self.turn != WAITS:
            return ""
        if not self.days:
            return _("waits since today")
        return ngettext("waits %(n)s day", "waits %(n)s days", self.days) % {"n": self.days}


def queue(school: School, year: SchoolYear, reader: User, day: dt.date) -> list[Line]:
    """The plans of ``school`` that were handed in: who waits longest first, then in talk, running, evaluated."""
    rows = GroupPlanVersion.objects.visible_to(reader).of_school(school, year).newest_of_each()
    newest: QuerySet[Any] = answered(rows).defer("content")
    lines = [Line(version, turn(version.plan), days_since(version.made_at, day)) for version in newest]
    return sorted(
        lines, key=lambda line: (ORDER.index(line.turn), line.version.made_at, line.version.plan_id)
    )


def days_since(at: dt.datetime, day: dt.date) -> int:
    return max(0, (day - timezone.localdate(at)).days)


def handed_in_last(of: Q, year: int) -> list[Any]:
    """Of each plan among ``of`` (versions) in the school year that starts in ``year`` its newest version to answer.

    In one statement, oldest first, each with its last answer, and ``halfway`` and ``ended``: handed in as well.
    """
    looks = GroupPlanVersion.objects.standing().filter(plan=OuterRef("plan"))
    last = Subquery(looks.filter(purpose=Purpose.PLAN).order_by("-number").values("pk")[:1])
    rows: Any = answered(GroupPlanVersion.objects.filter(of, pk=last, plan__group__year__starts=year))
    marked = rows.annotate(
        halfway=Exists(looks.filter(purpose=Purpose.MIDTERM)),
        ended=Exists(looks.filter(purpose=Purpose.EVALUATION)),
    )
    return list(marked.select_related("plan__group").order_by("made_at", "pk"))


def versions_for(plan: GroupPlan, reader: User) -> list[Any]:
    """What ``reader`` may read of ``plan``, oldest first, each with its last answer."""
    rows: QuerySet[Any] = GroupPlanVersion.objects.visible_to(reader).filter(plan=plan)
    return list(answered(rows).order_by("number"))


def before(version: GroupPlanVersion, versions: list[Any]) -> Any:
    """Which of ``versions`` it is compared with: agreed to last, else answered last, else none."""
    older = [
        each for each in versions if each.number < version.number and each.answer and not each.withdrawn_at
    ]
    agreed = [each for each in older if each.answer in AGREEING]
    return next(reversed(agreed or older), None)


# -- what happened -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happening:
    """``text`` is what was written with it; ``version``, ``other``: which to open, and which to compare.

    ``answers``: the number of the version that this is an answer to.
    """

    at: dt.datetime
    words: str
    text: str = ""
    version: Any = None
    other: Any = None
    answers: int = 0


def history(plan: GroupPlan, versions: list[Any], promises: list[Any], reader: User) -> list[Happening]:
    """Newest first; nobody takes anything out of it."""
    found = [*_versions(versions), *_answers(versions), *_moves(plan, reader), *_promises(promises)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _versions(versions: list[Any]) -> Iterator[Happening]:
    earlier = None
    for version in versions:
        names = {"number": version.number, "name": name_of(version.made_by)}
        if version.purpose == Purpose.PLAN:
            words = _("Version %(number)s handed in by %(name)s") % names
        elif version.purpose == Purpose.MIDTERM:
            words = _("Halfway: version %(number)s, by %(name)s") % names
        else:
            words = _("Looking back: version %(number)s, by %(name)s") % names
        yield Happening(version.made_at, words, version=version, other=earlier)
        earlier = version


def _answers(versions: list[Any]) -> Iterator[Happening]:
    numbers = {version.pk: version.number for version in versions}
    for reaction in Reaction.objects.filter(version__in=list(numbers)).select_related("by"):
        names = {
            "name": name_of(reaction.by),
            "answer": AnswerKind(reaction.answer).label,
            "number": numbers[reaction.version_id],
        }
        words = _("%(name)s on version %(number)s: %(answer)s") % names
        yield Happening(reaction.at, words, reaction.text, answers=reaction.version_id)


def _moves(plan: GroupPlan, reader: User) -> Iterator[Happening]:
    """Who said yes inside the group, or took it back, stands on no page but the group's own."""
    said = {
        (GroupPlanState.SUBMITTED, GroupPlanState.ADOPTED): _("%(name)s took the plan back"),
        (GroupPlanState.RUNNING, GroupPlanState.CONCEPT): _("%(name)s opened the plan to amend it"),
        (GroupPlanState.RUNNING, GroupPlanState.EVALUATED): _("%(name)s closed the plan: evaluated"),
        (GroupPlanState.EVALUATED, GroupPlanState.RUNNING): _("%(name)s opened the plan again"),
    }
    for row in GroupPlanMove.objects.visible_to(reader).filter(plan=plan).select_related("by"):
        answer = ""
        words = said.get((GroupPlanState(row.before), GroupPlanState(row.after)))
        if row.verb.startswith("back:"):
            answer = str(AnswerKind(row.verb.removeprefix("back:")).label)
            words = _("%(name)s took back a reaction: %(answer)s")
        elif row.verb == CONDITION_MET:
            words = _("%(name)s: we took care of what the director asked")
        if words:
            yield Happening(row.at, words % {"name": name_of(row.by), "answer": answer})


def _promises(promises: list[Any]) -> Iterator[Happening]:
    for row in promises:
        words = _("%(name)s promised: %(what)s")
        yield Happening(row.at, words % {"name": name_of(row.by), "what": row.said})
        if row.withdrawn_at:
            yield Happening(row.withdrawn_at, _("No longer promised: %(what)s") % {"what": row.said})


def promises_of(plan: GroupPlan) -> list[Any]:
    """All that were made, oldest first, each with ``said``; who took them back or when stands with each."""
    rows: list[Any] = list(SupportPromise.objects.filter(plan=plan).select_related("by").order_by("at", "pk"))
    for row in rows:
        row.said = said_of(row)
    return rows


def said_of(promise: SupportPromise) -> str:
    """ "6 hours a person · for the lesson visits"."""
    amount = ""
    if promise.minutes:
        amount = _("%(n)s hours a person") % {"n": hours(promise.minutes)}
    elif promise.euros:
        amount = f"€ {promise.euros}"
    return " · ".join(filter(None, [amount, promise.text]))


def name_of(person: User | None) -> str:
    return person.name if person else _("somebody who left")
