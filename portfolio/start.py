"""The first visit: from a handful of talents, in ten minutes, to the first goal of this year's POP.

Whatever was given on the way is kept, so that a visit may be broken off: marks as talents, what was chosen and is
being typed as drafts under "start:".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from schools.drafts import draft_text, save_draft
from schools.models import Draft, Function, Role, User

from .goals import add_action, add_goal, is_blank
from .models import Competence, DevelopmentPlan, Framework, Goal, TalentScore
from .pop import start_pop
from .talents import Talents, lists_for

HANDFUL = 10
DRAFTS = "start"
MARKED = f"{DRAFTS}:marked"  # the marks were given, or skipped
PICKED = f"{DRAFTS}:picked"  # the key of the competence that was chosen
# Which shipped list speaks of whose work; it comes first for them, and not at all for others who have another.
LIST_OF = {
    Function.CARE_COORDINATOR: "intern-begeleider",
    Function.DIRECTOR: "schoolleider-po",
    Function.ASSISTANT: "ondersteuning",
    Function.ADMINISTRATOR: "ondersteuning",
    Function.CARETAKER: "ondersteuning",
}


def handful(user: User, talents: Talents) -> list[Competence]:
    """The first things to give marks on, from the lists of one's school and one's own: own work first.

    The same ones again when the page is sent or opened later, unless the lists changed.
    """
    mine = {LIST_OF.get(Function(held.membership.function)) for held in user.roles_now}
    lists = lists_for(user, talents)
    ranked = sorted(lists, key=lambda each: _rank(each.framework, mine))
    fitting = [each for each in ranked if _rank(each.framework, mine) < OF_OTHERS] or ranked
    return [row for each in fitting for row in each.competences][:HANDFUL]


OF_OTHERS = 2


def _rank(framework: Framework | None, mine: set[str | None]) -> int:
    """0: of my work, 1: of everybody's, OF_OTHERS: of the work of others."""
    key = framework.key if framework and framework.school_id is None else ""
    if key in LIST_OF.values():
        return 0 if key in mine else OF_OTHERS
    return 1


# -- what was chosen ---------------------------------------------------------------------------------------


def note_marked(user: User, at: dt.datetime) -> None:
    save_draft(user, MARKED, "1", _rising(at), at)


def choose(user: User, competence: Competence | None, at: dt.datetime) -> None:
    """Remember what somebody wants to go for; None: they will see."""
    save_draft(user, PICKED, str(competence.pk) if competence else "", _rising(at), at)


def _rising(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def chosen(user: User) -> Competence | None:
    """What was chosen, as long as it is there to be seen."""
    key = draft_text(user, PICKED)
    return Competence.objects.visible_to(user).filter(pk=key).first() if key.isdecimal() else None


def named(user: User, title: str) -> Competence:
    """Something of one's own to go for; the same name again is the same thing."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # of two at the same time the second waits
        own = user.own_competences.filter(title_nl__iexact=title).first()
        order = user.own_competences.count() + 1
        return own or Competence.objects.create(owner=user, title_nl=title, order=order)


# -- the first goal ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FirstGoal:
    """``question``: the learning question; ``what``: the first action, and by when."""

    question: str
    what: str
    due: dt.date | None


def make_first_goal(owner: User, first: FirstGoal, at: dt.datetime) -> Goal:
    """Put a goal with its first action into this year's POP, which is made when there is none.

    Raises MoveRefused when that POP is closed or has its three goals, StaleMove when another screen was first.
    """
    with transaction.atomic():
        plan = start_pop(owner, timezone.localdate(at), with_goal=False)
        plan.must_be_open()
        goal = _goal_in(plan, first.question)
        if competence := chosen(owner):
            goal.competences.add(competence)
        goal.actions.filter(what="").update(what=first.what, due=first.due, version=F("version") + 1)
        Draft.objects.filter(writer=owner, field__startswith=f"{DRAFTS}:").delete()
    return goal


def _goal_in(plan: DevelopmentPlan, question: str) -> Goal:
    """The goal that stands there with nothing in it, or a new one."""
    for goal in plan.goals.filter(question=""):
        rows = Goal.objects.filter(pk=goal.pk, question="", version=goal.version)
        if is_blank(goal) and rows.update(question=question, version=F("version") + 1):
            if not goal.actions.exists():
                add_action(goal)
            return goal
    return add_goal(plan, question)


# -- breaking off and coming back --------------------------------------------------------------------------


def page_for_staff(user: User) -> str:
    """page_for whoever may be in a group; others are asked for no POP."""
    return page_for(user) if user.schools_as(Role.TEACHER, Role.COORDINATOR) else ""


def page_for(user: User) -> str:
    """The name of the page that helps somebody without a POP on; "" for who finds their own way.

    That is whoever made a POP once, or has talents and did not break off a first visit. One statement.
    """
    drafts = Draft.objects.filter(writer=OuterRef("pk"))
    facts = User.objects.filter(pk=user.pk).values_list(
        Exists(DevelopmentPlan.objects.filter(owner=OuterRef("pk"))),
        Exists(drafts.filter(field=PICKED)),
        Exists(drafts.filter(field=MARKED)),
        Exists(drafts.filter(field__startswith=f"{DRAFTS}:")),
        Exists(TalentScore.objects.filter(owner=OuterRef("pk"))),
    )
    has_pop, picked, marked, began, has_talents = facts.get()
    if has_pop:
        return ""
    if picked or marked:
        return "first_visit_goal" if picked else "first_visit_choose"
    return "first_visit" if began or not has_talents else ""
