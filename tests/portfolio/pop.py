"""A POP of three goals as a teacher writes one: two pages on paper."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from portfolio.document import document_of
from portfolio.models import (
    Competence,
    DevelopmentPlan,
    Entry,
    EntryKind,
    Goal,
    GoalAction,
    PlanVersion,
    ProgressNote,
)
from schools.models import SchoolYear, User

QUESTIONS = (
    "Hoe kan ik mijn les zo beginnen dat iedereen binnen drie minuten aan het werk is?",
    "Hoe kan ik een gesprek met ouders voeren waarin ook zij aan het woord komen?",
    "Hoe kan ik in mijn groep beter zien wie meer uitdaging nodig heeft?",
)
ACTIONS = (
    ("Kijken bij Lieke in groep 7 naar haar start van de dag", "visit", 45),
    ("Mijn startblokje inbrengen in de POP-groep", "intervision", 90),
    ("Drie weken lang elke dag hetzelfde teken proberen", "other", None),
)


def make_pop(owner: User, goals: int = 3) -> DevelopmentPlan:
    today = timezone.localdate()
    plan = DevelopmentPlan.objects.create(
        owner=owner,
        year=SchoolYear.of(today),
        standing="Ik sta voor het vierde jaar voor groep 6. De sfeer is goed, kinderen komen graag.\n"
        "Van collega's hoor ik dat ik rustig blijf als het spannend wordt.",
        heading="Ik wil dat de overgangen vanzelf gaan, zodat er meer tijd overblijft voor uitleg.",
        wish="Over een paar jaar wil ik nieuwe collega's begeleiden.",
        agreements="Twee lesbezoeken onder werktijd, vervanging door de IB'er.",
        agreed_minutes=900,
        agreed_money=250,
        talk_on=today + dt.timedelta(days=60),
    )
    titles = ("Rust in de groep brengen", "Luisteren", "Samen plannen maken")
    plan.strengths.set([Competence.objects.create(owner=owner, title_nl=title) for title in titles])
    for order in range(1, goals + 1):
        add_goal(plan, order, today)
    return plan


def add_goal(plan: DevelopmentPlan, order: int, today: dt.date) -> Goal:
    goal = Goal.objects.create(
        plan=plan,
        order=order,
        question=QUESTIONS[(order - 1) % 3],
        visible="In maart beginnen alle kinderen binnen drie minuten, vier van de vijf dagen.",
        why="Ik verlies elke ochtend tijd en stem, en juist dan is iedereen nog fris.",
        support="Een collega die twee keer komt kijken en daarna twintig minuten napraat.",
        due=today + dt.timedelta(days=120),
        outcome="partly" if order == 1 else "",
        learned="Voordoen werkt beter dan vertellen." if order == 1 else "",
        next_step="Hetzelfde na de pauze proberen." if order == 1 else "",
    )
    goal.competences.add(Competence.objects.create(owner=plan.owner, title_nl=f"Klassenmanagement {order}"))
    for what, form, minutes in ACTIONS:
        done = today if form == "visit" else None
        GoalAction.objects.create(
            goal=goal, what=what, form=form, minutes=minutes, due=today + dt.timedelta(days=30), done_on=done
        )
    proof = Entry.objects.create(
        owner=plan.owner, kind=EntryKind.SUCCESS, title=f"Stille start gelukt {order}", day=today
    )
    goal.proof.add(proof)
    ProgressNote.objects.create(goal=goal, day=today, text="Eerste week: drie van de vijf dagen gelukt.")
    return goal


def freeze(plan: DevelopmentPlan, number: int = 1) -> PlanVersion:
    """As sharing does it."""
    plan = DevelopmentPlan.objects.get(pk=plan.pk)
    return PlanVersion.objects.create(plan=plan, number=number, content=document_of(plan))
