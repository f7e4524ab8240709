"""What the demo's group Onderbouw has at hand and needs; and the lines of the school plan of De Zandplaat."""

from __future__ import annotations

import datetime as dt

from popgroups.maps import Wish, choose_needs, contribute, digest_of, lines_of, make_map
from popgroups.models import PopGroup
from portfolio.competences import score
from portfolio.models import Competence
from schools.models import SchoolYear
from schools.school_plan import write_line

from .calendar import moment
from .people import Cast

# How well each does the seven competences of teachers (SBL); five of the six of the group take part.
WELL = {
    "petra": (8, 8, 6, 9, 7, 4, 5),
    "joris": (7, 4, 5, 8, 6, 3, 4),
    "fatima": (9, 9, 8, 7, 8, 5, 8),
    "karin": (8, 7, 7, 8, 9, 4, 7),
    "anneke": (9, 7, 3, 8, 5, 7, 4),
}
NEEDED = {2: 4, 4: 3, 6: 3, 7: 2}
DAYS_AGO = 2

SCHOOL_PLAN = (
    ("1.2", "Kinderen leren vaker buiten het lokaal."),
    ("2.1", "Ieder kind leest elke dag een half uur uit een zelfgekozen boek."),
    ("2.3", "Er is rust in de school: in de klas, op de gang en bij elke overgang."),
    ("3.1", "Ouders horen van ons voordat er een probleem is."),
    ("4.2", "We leren van elkaar: elke collega kijkt twee keer per jaar bij een ander."),
)


def write_school_plan(cast: Cast) -> None:
    for number, text in SCHOOL_PLAN:
        write_line(cast.schools["zandplaat"], number, text)


def draw_map(cast: Cast, today: dt.date) -> None:
    """After the talents: the school has chosen its lists by then."""
    at = moment(today - dt.timedelta(days=DAYS_AGO), 16)
    group = PopGroup.objects.select_related("school", "year").get(
        school=cast.schools["zandplaat"], year=SchoolYear.of(today), name="Onderbouw"
    )
    asked = {each.order: each for each in Competence.objects.filter(framework__key="sbl-7")}
    for who, marks in WELL.items():
        put_in(cast, group, who, [(asked[number], good) for number, good in enumerate(marks, start=1)], at)
    make_map(group, at)
    choose_needs(group, [Wish(asked[number].pk, None, people) for number, people in NEEDED.items()])


def put_in(
    cast: Cast, group: PopGroup, who: str, marks: list[tuple[Competence, int]], at: dt.datetime
) -> None:
    owner = cast.users[who]
    for competence, good in marks:
        score(owner, competence, at, good=good, fun=7, learned=False)
    place = group.members.select_related("membership__person").get(membership__person=owner)
    contribute(place, digest_of(lines_of(owner, group)), at)
