"""Samir's POP of this year: two goals on the way, one action of them from a PAP, and the POP of last year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.goals import add_note, take_up
from portfolio.models import (
    ActionForm,
    ActionPlan,
    Competence,
    DevelopmentPlan,
    Entry,
    Goal,
    GoalAction,
    Outcome,
    TalentKind,
    rewrite,
)
from portfolio.pop import Evaluation, close_pop, start_pop
from portfolio.talents import Talents
from schools.models import SchoolYear, User

from .calendar import moment
from .people import Cast

OWNER = "samir"
STANDING = "Ik sta graag voor de groep en kinderen durven bij mij fouten te maken. Drukte geeft me energie."
HEADING = "Rust in de overgangen, zodat ik tijd overhoud voor wie extra uitleg nodig heeft."
WISH = "Over een paar jaar wil ik startende collega’s begeleiden."
AGREEMENTS = "Twee lesbezoeken mogen onder lestijd. De cursus betaalt de school."
LAST_YEAR = "Ik durf nu te zeggen wat ik niet weet. Dat had ik vorig jaar niet gedacht."


@dataclass(frozen=True)
class Act:
    """Something to do for a goal; ``days`` from today, done when that is past."""

    what: str
    form: ActionForm
    days: int
    minutes: int


@dataclass(frozen=True)
class Aim:
    question: str
    visible: str
    why: str
    acts: tuple[Act, ...]
    notes: tuple[tuple[int, str], ...]
    competence: int  # of the list SBL-7, by its number


AIMS = (
    Aim(
        "Hoe kan ik kinderen verder helpen terwijl ze werken, zodat er geen stapel mee naar huis gaat?",
        "In maart heb ik op vrijdag iedereen gesproken en is mijn tas leeg.",
        "Wat ik ’s avonds opschrijf, leest niemand meer. Wat ik in de les zeg, wel.",
        (
            Act("Kijken hoe Esra rondloopt in haar rekenles", ActionForm.VISIT, -12, 60),
            Act("Iemand vragen bij mij te kijken: wie spreek ik, wie niet?", ActionForm.VISIT, 20, 60),
        ),
        (
            (21, "Vijf kinderen per les lukt, behalve als de instructie uitloopt."),
            (6, "Drie van de vier lessen gehaald. Ze komen nu zelf vragen of ik kom."),
        ),
        4,
    ),
    Aim(
        "Hoe kan ik in een gesprek met ouders eerst luisteren en dan pas uitleggen?",
        "Ouders zeggen zelf wat we afspreken, en ik schrijf het alleen op.",
        "Ik praat te veel als ik zenuwachtig ben.",
        (Act("Een gesprek oefenen in de POP-groep", ActionForm.INTERVISION, 30, 90),),
        (),
        6,
    ),
)


def write_pops(cast: Cast, today: dt.date) -> None:
    """Seen by nobody but Samir."""
    owner = cast.users[OWNER]
    before_this_year(owner, today)
    plan = start_pop(owner, today, with_goal=False)
    good = [each.now.competence for each in Talents(owner).all if each.now.kind == TalentKind.TALENT]
    rewrite(
        plan,
        plan.version,
        standing=STANDING,
        heading=HEADING,
        wish=WISH,
        agreements=AGREEMENTS,
        agreed_minutes=20 * 60,
        agreed_money=150,
        talk_on=today + dt.timedelta(days=40),
    )
    plan.strengths.set(good)
    for order, aim in enumerate(AIMS, start=1):
        write_goal(plan, aim, order, today)
    pap = ActionPlan.objects.filter(owner=owner).still_open().latest("made_at")
    take_up(pap, plan, plan.goals.get(order=1), today)


def write_goal(plan: DevelopmentPlan, aim: Aim, order: int, today: dt.date) -> Goal:
    words = {"question": aim.question, "visible": aim.visible, "why": aim.why}
    due = SchoolYear(starts=plan.year.starts).last_day - dt.timedelta(days=45)
    goal = Goal.objects.create(plan=plan, order=order, due=due, **words)
    goal.competences.set(Competence.objects.filter(framework__key="sbl-7", order=aim.competence))
    for act in aim.acts:
        day = today + dt.timedelta(days=act.days)
        done = day if act.days < 0 else None
        values = {"what": act.what, "form": act.form, "minutes": act.minutes}
        GoalAction.objects.create(goal=goal, due=day, done_on=done, **values)
    for days_ago, text in aim.notes:
        add_note(goal, text, today - dt.timedelta(days=days_ago))
    if order == len(AIMS):
        goal.proof.set(Entry.objects.filter(owner=plan.owner, kind="success").order_by("pk")[:1])
    return goal


def before_this_year(owner: User, today: dt.date) -> None:
    """Last year's, closed in its last month."""
    starts = SchoolYear.start_of(today) - 1
    year, _made = SchoolYear.objects.get_or_create(starts=starts)
    plan = DevelopmentPlan.objects.create(owner=owner, year=year, heading="Durven vragen.")
    goal = Goal.objects.create(plan=plan, order=1, question="Hoe kan ik om hulp vragen voor ik vastloop?")
    done = year.last_day - dt.timedelta(days=120)
    GoalAction.objects.create(goal=goal, what="Elke maand een les voorbereiden met Lieke", done_on=done)
    told = Evaluation(Outcome.REACHED, "Vragen kost minder tijd dan zwoegen.", "Nu zelf iemand helpen.")
    close_pop(plan, plan.version, {goal.pk: told}, LAST_YEAR, owner, moment(year.last_day, 16))
