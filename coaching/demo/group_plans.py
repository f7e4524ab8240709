"""GOP's of the demo: one that waits for the director since nine days, one that is still being written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from popgroups.adopting import agree, ask_change, hand_in
from popgroups.models import GroupGoal, GroupPlan, PopGroup
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_goals import add_activity, add_goal, serve, served_by, set_lines, start_plan
from popgroups.plan_writing import mark_of, write
from portfolio.models import Competence
from schools.models import SchoolPlanLine, User

from .calendar import moment
from .people import Cast

WAITS_DAYS = 9
LINES = (
    ("2.3", "Rust en voorspelbaarheid in de hele school"),
    ("3.1", "Ouders en school trekken samen op"),
)
STANDING = (
    "Na de pauze kost het ons elke dag een kwartier voor iedereen weer werkt. Dat hoorden we van elkaar in "
    "onze bijeenkomsten, en het was in alle groepen zo. Waar het wel lukt, doet de hele gang hetzelfde."
)
AGREEMENTS = "We kijken bij elkaar zonder oordeel. Wie er niet was, vraagt het na."
INDICATORS = (
    "Vier van de vijf dagen is de groep binnen drie minuten aan het werk. We houden het drie weken bij."
)
EXPERTISE = "Vervanging voor de lesbezoeken, liefst door iemand die de groep kent."
ONDERBOUW = "De overdracht van groep 2 naar 3 gaat nu op papier. We willen elkaars kinderen eerst zien."


@dataclass(frozen=True)
class Act:
    what: str
    who: str
    days: int
    minutes: int


@dataclass(frozen=True)
class Aim:
    title: str
    visible: str
    line: str
    competence: int  # of the list SBL-7, by its number
    acts: tuple[Act, ...]


AIMS = (
    Aim(
        "Rust in de overgangen",
        "In maart starten alle bovenbouwgroepen binnen drie minuten met zelfstandig werken.",
        "2.3",
        4,
        (
            Act("Twee lesbezoeken per collega", "tom", 60, 180),
            Act("Eén signaal voor alle groepen kiezen", "noor", 14, 30),
        ),
    ),
    Aim(
        "Ouders eerst laten vertellen",
        "In de voorjaarsgesprekken is de eerste helft voor de ouders.",
        "3.1",
        6,
        (Act("Een gesprek oefenen in de POP-groep", "samir", 35, 90),),
    ),
)


def write_group_plans(cast: Cast, today: dt.date) -> None:
    groups = {
        group.name: group for group in PopGroup.objects.order_by("year__starts")
    }  # the newest of a name
    for number, text in LINES:
        SchoolPlanLine.objects.get_or_create(
            school=cast.schools["zandplaat"], number=number, defaults={"text": text}
        )
    hand_one_in(cast, groups["Bovenbouw"], today)
    write_one(cast, groups["Onderbouw"], today)


def hand_one_in(cast: Cast, group: PopGroup, today: dt.date) -> None:
    written = moment(today - dt.timedelta(days=WAITS_DAYS + 7), 15)
    plan = start_plan(group, cast.users["noor"], written)
    for number, aim in enumerate(AIMS):
        goal = plan.goals.get() if number == 0 else add_goal(plan, cast.users["samir"], written)
        write_goal(cast, goal, aim, today, written)
    lines = list(SchoolPlanLine.objects.filter(school=group.school, number__in=["2.3", "3.1"]))
    set_lines(plan, lines, {line.pk for line in lines}, "Werkplezier", cast.users["noor"], written)
    put(plan, cast.users["noor"], written, standing=STANDING, agreements=AGREEMENTS, indicators=INDICATORS)
    put(plan, cast.users["esra"], written, asked_minutes=6 * 60, asked_money=400, asked_expertise=EXPERTISE)
    halfway, end = today + dt.timedelta(days=75), today + dt.timedelta(days=180)
    put(plan, cast.users["lieke"], written, midterm_on=halfway, evaluation_on=end)
    at = moment(today - dt.timedelta(days=WAITS_DAYS), 16)
    seen = digest_of(document_of(GroupPlan.objects.get(pk=plan.pk)))
    for minutes, member in enumerate(group.current_members(at.date()), start=-30):
        agree(plan, member, seen, at + dt.timedelta(minutes=minutes))
    hand_in(plan, cast.users["noor"], seen, at)


def write_goal(cast: Cast, goal: GroupGoal, aim: Aim, today: dt.date, at: dt.datetime) -> None:
    by = cast.users["noor"]
    put(goal, by, at, title=aim.title, visible=aim.visible)
    line = SchoolPlanLine.objects.get(school=goal.plan.group.school, number=aim.line)
    competences = Competence.objects.filter(framework__key="sbl-7", order=aim.competence)
    serve(goal, line, competences, served_by(goal), by, at)
    for act in aim.acts:
        activity = add_activity(goal, by, at)
        who = goal.plan.group.members.get(membership__person=cast.users[act.who])
        due = today + dt.timedelta(days=act.days)
        put(activity, by, at, what=act.what, member_id=who.pk, due=due, minutes=act.minutes)


def write_one(cast: Cast, group: PopGroup, today: dt.date) -> None:
    at = moment(today - dt.timedelta(days=2), 15)
    plan = start_plan(group, cast.users["petra"], at)
    put(plan, cast.users["petra"], at, standing=ONDERBOUW)
    put(plan.goals.get(), cast.users["joris"], at, title="Een warme overdracht van groep 2 naar 3")
    seen = digest_of(document_of(GroupPlan.objects.get(pk=plan.pk)))
    place = {member.person: member for member in group.current_members(today)}
    agree(plan, place[cast.users["petra"]], seen, at)
    ask_change(plan, place[cast.users["joris"]], "Graag ook wanneer we bij elkaar gaan kijken.", at)


def put(row: Any, by: User, at: dt.datetime, **values: Any) -> None:
    write(row, mark_of(row, values), values, by, at)
