"""De Zandplaat is halfway its introduction: begun some months ago, handed over some months from now."""

from __future__ import annotations

import datetime as dt

from coaching.introduction.checklist import tick
from coaching.introduction.materials import add_file, add_link
from coaching.introduction.trajectories import Laid, make
from coaching.lib.uploads import judge
from schools.hours import per_person_is_allowed
from schools.models import Involved, SchoolYear, TrainingAttendance, Trajectory

from .calendar import moment
from .people import Cast

HALF = dt.timedelta(weeks=16)
LEFT_OPEN = 1  # of what should be there by now, the last one is late
START = (
    "Er zijn al twee groepen die bij elkaar komen. Wat nog wisselt: wie de leiding neemt, en of de bijeenkomst "
    "doorgaat als het druk is."
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
    laid = Laid(school, today - HALF, today + HALF)
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
    due = [row for row in rows if row.due and row.due < today]
    for row in due[:-LEFT_OPEN]:
        row.finish(row.due or today)
    for number, row in enumerate(rows):
        owner = owners[number % len(owners)] if row.done_on is None else None
        known = KNOWN_BY.get(row.title, "")
        type(row).objects.filter(pk=row.pk).update(owner=owner, proof_text=known)


def train(trajectory: Trajectory, cast: Cast, today: dt.date) -> None:
    first = trajectory.units.order_by("day", "pk")[0]
    at = moment(first.day or today, 16)
    add_link(first, "Wat een gespreksleider doet", LINK, at)
    add_file(first, "Luisterkaartje", judge("luisterkaartje.txt", HANDOUT.encode()), at, None)
    if per_person_is_allowed(trajectory.school):
        TrainingAttendance.objects.bulk_create(
            TrainingAttendance(unit=first, membership=cast.places[key]) for key in THERE
        )
