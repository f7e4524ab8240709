"""The GOP of the IB’ers: handed in, talked over, agreed to with a wish, amended, and waiting for nine days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from popgroups.adopting import agree, amend, hand_in
from popgroups.models import GroupGoal, GroupPlan, GroupPlanVersion, PopGroup
from popgroups.plan_comments import write_comment
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_goals import add_activity, add_goal, start_plan
from popgroups.plan_reviews import react
from popgroups.plan_support import promise
from popgroups.plan_writing import Row, mark_of, write
from schools.models import SchoolPlanLine, SchoolYear, User

from .calendar import moment
from .people import Cast

GROUP, WRITES, DIRECTS = "IB’ers", "mirjam", "hanneke"
FIRST, TALKED, AGAIN, AGREED, AMENDED, WAITING = 40, 37, 31, 28, 11, 9  # days ago
STANDING = (
    "Leerkrachten vragen ons pas als het vastloopt. Dan is er haast en blijft het bij een advies.\n"
    "Na een meekijkles met napraten lukt het vaker."
)
LINE = "2.3", "Rust in de school"
GOALS = (
    (
        "Eerder meekijken",
        "In maart is in elke groep een keer meegekeken voordat er een zorgvraag lag.",
        (("Bij elkaar een meekijkles bekijken", 60, 90), ("Eén kijkkaart voor alle groepen", 20, 60)),
    ),
    (
        "Samen napraten",
        "Na elke meekijkles is er binnen een week een gesprek van een kwartier.",
        (("Een gesprekskaart maken", 12, 60), ("Drie gesprekken oefenen in de groep", 45, 120)),
    ),
)
ASKED = {
    "asked_minutes": 360,
    "asked_money": 150,
    "asked_expertise": "Een ochtend meekijken door de adviseur.",
}
FRIDAY = 4
QUESTION = "Mooi concreet. Hoe weet je in maart dat het gelukt is?"
REPLY = "We tellen twee weken lang hoe vaak iemand ons vroeg vraagt, in november en weer in maart."
TALK = "Ik wil graag weten waar jullie het aan merken, en wat het kost als de adviseur meekijkt."
PROVIDED = "Akkoord, als we halverwege samen naar de tellingen kijken."
INDICATORS = "We tellen in november en in maart de vroege vragen. Het worden er twee keer zo veel."
AMENDED_GOAL = (
    "In maart is in elke groep twee keer meegekeken voordat er een zorgvraag lag, ook in de plusklas."
)


def review_plans(cast: Cast, today: dt.date) -> None:
    by, director = cast.users[WRITES], cast.users[DIRECTS]
    named = PopGroup.objects.filter(school=cast.schools["zandplaat"], name=GROUP)
    group = named.latest("year__starts")
    plan = written(group, by, today)
    first = handed_in(plan, by, ago(today, FIRST))
    key = first.content["goals"][0]["key"]
    write_comment(first, key, QUESTION, director, ago(today, TALKED, 9))
    react(first, "in_talk", TALK, director, ago(today, TALKED, 9))
    write_comment(first, key, REPLY, by, ago(today, TALKED, 16))
    put(plan, by, ago(today, AGAIN, 14), indicators=INDICATORS)
    second = handed_in(plan, by, ago(today, AGAIN))
    react(second, "agreed_if", PROVIDED, director, ago(today, AGREED))
    promise(plan, director, ago(today, AGREED), kind="hours", minutes=180, text="voor het meekijken")
    amend(fresh(plan), by, ago(today, AMENDED))
    put(GroupGoal.objects.get(plan=plan, order=1), by, ago(today, AMENDED, 16), visible=AMENDED_GOAL)
    handed_in(plan, by, ago(today, WAITING))


def ago(today: dt.date, days: int, hour: int = 15) -> dt.datetime:
    """On a school day; what waits does so for exactly as many days."""
    day = today - dt.timedelta(days=days)
    while days != WAITING and day.weekday() > FRIDAY:
        day -= dt.timedelta(days=1)
    return moment(day, hour)


def fresh(plan: GroupPlan) -> GroupPlan:
    return GroupPlan.objects.get(pk=plan.pk)


def put(row: Row, by: User, at: dt.datetime, **values: Any) -> None:
    row.refresh_from_db()
    write(row, mark_of(row, values), values, by, at)


def written(group: PopGroup, by: User, today: dt.date) -> GroupPlan:
    at = ago(today, FIRST, 14)
    number, text = LINE
    line, _made = SchoolPlanLine.objects.get_or_create(
        school=group.school, number=number, defaults={"text": text, "made_at": at}
    )
    plan = start_plan(group, by, at)
    soon, last = today + dt.timedelta(days=60), SchoolYear.of(today).last_day
    days = {"midterm_on": min(soon, last), "evaluation_on": last - dt.timedelta(days=45)}
    put(plan, by, at, standing=STANDING, agreements="We beginnen zelf op tijd.", **days, **ASKED)
    for number_of_goal, (title, visible, acts) in enumerate(GOALS):
        goal = add_goal(plan, by, at) if number_of_goal else plan.goals.get()
        put(goal, by, at, title=title, visible=visible)
        if not number_of_goal:
            GroupGoal.objects.filter(pk=goal.pk).update(line=line)
        for what, in_days, minutes in acts:
            due = min(today + dt.timedelta(days=in_days), last)
            act = add_activity(goal, by, at)
            put(act, by, at, what=what, due=due, minutes=minutes, member_id=place(plan, by))
    return plan


def place(plan: GroupPlan, person: User) -> int:
    return plan.group.members.get(membership__person=person).pk


def handed_in(plan: GroupPlan, by: User, at: dt.datetime) -> GroupPlanVersion:
    """After everybody said yes to what it says."""
    seen = digest_of(document_of(fresh(plan)))
    for member in plan.group.current_members():
        agree(fresh(plan), member, seen, at)
    return hand_in(fresh(plan), by, seen, at)
