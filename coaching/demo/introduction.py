"""De Zandplaat is well on its way with the introduction: begun months ago, handed over some weeks from now.

The surveys in it are those of demo.survey; the PMR had agreed before it began (demo.people).
"""

from __future__ import annotations

import datetime as dt

from coaching.introduction.checklist import tick
from coaching.introduction.materials import add_file, add_link
from coaching.introduction.trajectories import Laid, make
from coaching.lib.uploads import judge
from schools.hours import per_person_is_allowed
from schools.models import Involved, Milestone, Proof, SchoolYear, TrainingAttendance, Trajectory

from .calendar import moment
from .people import Cast
from .survey import closed_on

SO_FAR, TO_GO = dt.timedelta(weeks=16), dt.timedelta(weeks=7)
LEFT_OPEN = 1  # of what should be there by now, the last one is late
START = (
    "Er zijn al twee groepen die bij elkaar komen. Wat nog wisselt: wie de leiding neemt, en of de bijeenkomst "
    "doorgaat als het druk is. De nulmeting hielden we al eerder, en ook de PMR stemde al in."
)
KNOWN_BY = {
    "Iemand van de school leidt de invoering": "Staat in de jaartaak: veertig uur dit jaar.",
    "De trainingen zijn gegeven": "We merken het aan de vragen die in de teamkamer gesteld worden.",
}
HANDOUT = (
    "Op een kaartje\n\n1. Luister tot het stil is.\n2. Zeg terug wat je hoorde.\n"
    "3. Vraag dan pas door.\n4. Bewaar je tip voor later."
)
LINK = "https://www.onderwijs.example/gespreksleiders"
THERE = ("noor", "samir", "lieke", "esra", "petra", "mirjam", "anneke")


def introduce(cast: Cast, today: dt.date) -> None:
    school, by = cast.schools["zandplaat"], cast.users["karin"]
    laid = Laid(school, today - SO_FAR, today + TO_GO)
    trajectory = make(school, SchoolYear.of(today), laid, by, moment(laid.first, 15))
    trajectory.start, trajectory.steered_by = START, cast.places["karin"]
    trajectory.save(update_fields=["start", "steered_by"])
    for key in ("petra", "mirjam"):
        Involved.objects.create(trajectory=trajectory, membership=cast.places[key], asked_by=by)
    reach(trajectory, cast, today)
    train(trajectory, cast, today)
    tick(trajectory, "steered", True, by)


def reach(trajectory: Trajectory, cast: Cast, today: dt.date) -> None:
    """What was due is done, but for the last; the next ones have an owner."""
    owners = [cast.places[key] for key in ("karin", "petra", "mirjam")]
    rows = list(trajectory.milestones.order_by("due", "pk"))
    done = done_days(rows, trajectory.begins_on, today)
    for number, row in enumerate(rows):
        if day := done.get(row.pk):
            row.finish(day)
        owner = owners[number % len(owners)] if row.pk not in done else None
        known = KNOWN_BY.get(row.title, "")
        type(row).objects.filter(pk=row.pk).update(owner=owner, proof_text=known)


def done_days(rows: list[Milestone], begun: dt.date, today: dt.date) -> dict[int, dt.date]:
    """By milestone: a survey on its last day, what the PMR had agreed to on the first, all else when it was due."""
    surveys = zip((row for row in rows if row.proof == Proof.SURVEYS), closed_on(today), strict=True)
    done = {row.pk: day for row, day in surveys if day}
    others = [row for row in rows if row.proof != Proof.SURVEYS and row.due and row.due < today]
    for row in others[:-LEFT_OPEN]:
        done[row.pk] = begun if row.proof == Proof.CONSENT else row.due or today
    return done


def train(trajectory: Trajectory, cast: Cast, today: dt.date) -> None:
    first = trajectory.units.order_by("day", "pk")[0]
    at = moment(first.day or today, 16)
    add_link(first, "Wat een gespreksleider doet", LINK, at)
    add_file(first, "Luisterkaartje", judge("luisterkaartje.txt", HANDOUT.encode()), at, None)
    if per_person_is_allowed(trajectory.school):
        TrainingAttendance.objects.bulk_create(
            TrainingAttendance(unit=first, membership=cast.places[key]) for key in THERE
        )
