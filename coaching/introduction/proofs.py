"""What the site itself can show of a milestone: how many and when, never what was said or by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.intervision.models import Session, SessionState
from popgroups.models import (
    Agreement,
    GroupPlanVersion,
    Meeting,
    MeetingState,
    PopGroup,
)
from schools.models import Consent, Proof, SurveyKind, SurveyWave, TrainingUnit, Trajectory, WaveState

OWN_SESSIONS = 2
BASELINE_BEFORE = dt.timedelta(days=120)  # before the summer, of what begins after it


@dataclass(frozen=True)
class Shown:
    """``is_met``: it is there; the milestone itself is still ticked by people."""

    words: str
    is_met: bool


class Proofs:
    """Of one trajectory, in at most four statements; ``units`` are its trainings, read already."""

    def __init__(self, trajectory: Trajectory, units: list[TrainingUnit], day: dt.date) -> None:
        self.trajectory, self.units, self.day = trajectory, units, day

    def of(self, proof: str, nth: int = 1) -> Shown | None:
        """None where there is nothing to show. ``nth``: the how manieth milestone with this proof it is."""
        asks: dict[str, Callable[[], Shown]] = {
            Proof.AGREEMENTS: self.agreements,
            Proof.START_MEETINGS: self.start_meetings,
            Proof.TRAININGS: self.trainings,
            Proof.OWN_SESSIONS: self.own_sessions,
            Proof.FIRST_GOP: self.first_gop,
            Proof.NEXT_YEAR: self.next_year,
            Proof.SURVEYS: lambda: self.surveys(nth),
            Proof.CONSENT: self.consent,
        }
        return asks[proof]() if proof in asks else None

    @cached_property
    def groups(self) -> list[PopGroup]:
        """Of the school in the year of the trajectory, each with what it has."""
        newest = Agreement.objects.filter(group=OuterRef("pk")).order_by("-version")
        here = PopGroup.objects.filter(school=self.trajectory.school, year=self.trajectory.year)
        sessions = Session.objects.filter(
            meeting__group=OuterRef("pk"), state=SessionState.CLOSED, facilitator__guest=False
        )
        rows = here.annotate(
            newest=Subquery(newest.values("pk")[:1]),
            is_held=Exists(Meeting.objects.filter(group=OuterRef("pk"), state=MeetingState.HELD)),
            own_sessions=Subquery(
                sessions.order_by().values("meeting__group").annotate(n=Count("pk")).values("n")
            ),
            gop_on=Subquery(
                GroupPlanVersion.objects.standing()
                .filter(plan__group=OuterRef("pk"))
                .order_by("made_at")
                .values("made_at")[:1]
            ),
        )
        return list(rows.order_by("pk"))

    def _of_groups(self, having: int, words: str) -> Shown:
        return Shown(words, 0 < len(self.groups) == having)

    def agreements(self) -> Shown:
        """How many groups have a text. Whether all of one agreed would turn on the day that one person leaves.

        So the site never shows that it is met: the groups know, and people tick it.
        """
        groups: list[Any] = self.groups
        words = _("%(n)s of %(all)s groups have an agreement; who agreed to it, only the group itself sees")
        return Shown(
            words % {"n": sum(1 for each in groups if each.newest), "all": len(groups)}, is_met=False
        )

    def start_meetings(self) -> Shown:
        groups: list[Any] = self.groups
        held = sum(1 for group in groups if group.is_held)
        words = _("%(n)s of %(all)s groups have met") % {"n": held, "all": len(groups)}
        return self._of_groups(held, words)

    @cached_property
    def waves(self) -> int:
        """Surveys that came to their end since the introduction began; a baseline may be of shortly before."""
        begun = self.trajectory.begins_on
        waves = SurveyWave.objects.filter(school=self.trajectory.school_id, state=WaveState.CLOSED)
        baseline = Q(kind=SurveyKind.BASELINE, opens__gte=begun - BASELINE_BEFORE)
        return waves.filter(baseline | Q(opens__gte=begun)).count()

    def surveys(self, nth: int) -> Shown:
        words = ngettext("%(n)s survey has been held", "%(n)s surveys have been held", self.waves)
        return Shown(words % {"n": self.waves}, self.waves >= nth)

    def trainings(self) -> Shown:
        given = sum(1 for unit in self.units if unit.day and unit.day <= self.day)
        words = _("%(n)s of %(all)s trainings given") % {"n": given, "all": len(self.units)}
        return Shown(words, 0 < len(self.units) == given)

    def own_sessions(self) -> Shown:
        """Enough or not: a number would tell of each session, in a school with one group, who led it."""
        groups: list[Any] = self.groups
        is_met = sum(group.own_sessions or 0 for group in groups) >= OWN_SESSIONS
        some, few = (
            _("%(n)s or more sessions led by your own"),
            _("fewer than %(n)s sessions led by your own"),
        )
        return Shown((some if is_met else few) % {"n": OWN_SESSIONS}, is_met)

    def first_gop(self) -> Shown:
        groups: list[Any] = self.groups
        days = [group.gop_on for group in groups if group.gop_on]
        if not days:
            return Shown(_("no GOP handed in yet"), False)
        words = ngettext(
            "%(n)s group handed in a GOP, the first on %(day)s",
            "%(n)s groups handed in a GOP, the first on %(day)s",
            len(days),
        )
        return Shown(words % {"n": len(days), "day": on(timezone.localdate(min(days)))}, True)

    def next_year(self) -> Shown:
        starts = self.trajectory.year.starts + 1
        of_next = Q(group__school=self.trajectory.school, group__year__starts=starts)
        found = Meeting.objects.published().filter(of_next).exclude(state=MeetingState.CANCELLED)
        sums = found.aggregate(n=Count("pk"), first=Min("starts_at"), last=Max("starts_at"))
        if not sums["n"]:
            return Shown(_("no dates of next year are published yet"), False)
        words = ngettext(
            "%(n)s meeting of next year is published, from %(first)s",
            "%(n)s meetings of next year are published, from %(first)s",
            sums["n"],
        )
        return Shown(words % {"n": sums["n"], "first": on(timezone.localdate(sums["first"]))}, True)

    def consent(self) -> Shown:
        given = Consent.objects.in_force().filter(school=self.trajectory.school).order_by("given_at").first()
        if given is None:
            return Shown(_("the PMR has not agreed to anything yet"), False)
        return Shown(_("agreed on %(day)s") % {"day": on(timezone.localdate(given.given_at))}, True)


def on(day: dt.date) -> str:
    return date_format(day, "j F Y")
