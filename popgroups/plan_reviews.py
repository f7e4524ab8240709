"""What a director answers to a GOP: never to persons, always to one version, and only to the newest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from schools.models import User

from .models import (
    AnswerKind,
    GroupPlan,
    GroupPlanMove,
    GroupPlanState,
    GroupPlanVersion,
    Purpose,
    Reaction,
)
from .plan_document import digest_of, document_of
from .plan_notices import tell_answered
from .plan_writing import hold

TAKE_BACK_WITHIN = dt.timedelta(minutes=15)  # as a comment: after that the group may be working with it
CONDITION_MET = "condition_met"  # the verb of a move
NEEDS_WORDS = (AnswerKind.AGREED_IF, AnswerKind.IN_TALK)
AGREEING = (AnswerKind.AGREED, AnswerKind.AGREED_IF)
# An answer is possible from these; what it makes of the plan.
ANSWERABLE = (GroupPlanState.SUBMITTED, GroupPlanState.IN_TALK, GroupPlanState.RUNNING)
BECOMES = {
    AnswerKind.AGREED: GroupPlanState.RUNNING,
    AnswerKind.AGREED_IF: GroupPlanState.RUNNING,
    AnswerKind.IN_TALK: GroupPlanState.IN_TALK,
}


def standing_versions(plan: GroupPlan) -> QuerySet[GroupPlanVersion]:
    """Handed in and not taken back, the newest first."""
    return GroupPlanVersion.objects.standing().filter(plan=plan).order_by("-number")


def newest(plan: GroupPlan) -> GroupPlanVersion | None:
    """The plan as it was handed in last; looks halfway and at the end are no plans to agree to."""
    return standing_versions(plan).filter(purpose=Purpose.PLAN).first()


def answered(versions: QuerySet[GroupPlanVersion]) -> QuerySet[GroupPlanVersion]:
    """Each with ``answer``, ``answer_text``, ``answered_at``, ``answered_by`` (a name): of its last reaction.

    ``provided``: it was "agreed, provided that", and the group has not said since that it was taken care of.
    """
    last = Reaction.objects.filter(version=OuterRef("pk")).order_by("-at", "-pk")
    return versions.annotate(
        answer=Subquery(last.values("answer")[:1]),
        answer_text=Subquery(last.values("text")[:1]),
        answered_at=Subquery(last.values("at")[:1]),
        answered_by=Subquery(last.values("by__name")[:1]),
        met_at=Subquery(
            GroupPlanMove.objects.filter(plan=OuterRef("plan"), verb=CONDITION_MET)
            .order_by("-at")
            .values("at")[:1]
        ),
        provided=Case(
            When(
                Q(met_at__isnull=True) | Q(met_at__lt=F("answered_at")),
                answer=AnswerKind.AGREED_IF,
                then=Value(value=True),
            ),
            default=Value(value=False),
        ),
    )


def react(version: GroupPlanVersion, answer: str, text: str, by: User, at: dt.datetime) -> Reaction:
    """The answer of ``by``; a later one to the same version takes its place and both stay readable.

    Raises MoveRefused for what can't be answered so, StaleMove when it is no longer what was on the screen.
    """
    refuse(version, answer, text)
    plan = GroupPlan.objects.get(pk=version.plan_id)
    with transaction.atomic():
        bring_along(plan, AnswerKind(answer), by, at)
        # Asked once the plan is held by the update above: nobody hands in or takes back in between.
        if newest(plan) != version:
            raise StaleMove(_("Meanwhile the group handed in something else, or took this back. Look again."))
        reaction = Reaction.objects.create(version=version, answer=answer, text=text, by=by, at=at)
        tell_answered(reaction, at)
    return reaction


def refuse(version: GroupPlanVersion, answer: str, text: str) -> None:
    if version.purpose != Purpose.PLAN:
        raise MoveRefused(_("This looks back on a plan. Write a comment; there is nothing to agree to."))
    if answer in NEEDS_WORDS and not text.strip():
        raise MoveRefused(_("Write down what you would like to see differently; the group can't guess it."))


def bring_along(plan: GroupPlan, answer: AnswerKind, by: User, at: dt.datetime) -> None:
    """``plan`` where ``answer`` brings it, by an update that holds it until the end of the transaction."""
    before, after = GroupPlanState(plan.state), BECOMES[answer]
    if after == GroupPlanState.IN_TALK and is_talked_over(plan):
        after = before  # one may go on talking, whatever the group does inside
    elif before not in ANSWERABLE:
        raise theirs_now()
    if before == GroupPlanState.RUNNING and after != before:
        raise MoveRefused(
            _("You agreed to this plan and it is running. Write a comment, and the group can amend it.")
        )
    if before == after:
        held = GroupPlan.objects.filter(pk=plan.pk, state=before)
        if not held.update(state=before):
            raise StaleMove(_("Meanwhile something happened to this plan. Look again."))
        return
    plan.go(after, str(answer), by, at)
    if before == GroupPlanState.IN_TALK:
        refuse_other_words(plan)


def refuse_other_words(plan: GroupPlan) -> None:
    """In talk the group may write; what would run then is not what the director read."""
    version = newest(plan)
    if version and digest_of(document_of(plan)) != digest_of(version.content):
        raise theirs_now()


def theirs_now() -> StaleMove:
    """The same whatever the group does inside: nobody learns from it who wrote, or that all said yes."""
    return StaleMove(_("The group is working on this plan now. You get it back when they hand it in."))


def is_talked_over(plan: GroupPlan) -> bool:
    """The last answer to what was handed in last was to talk, and the group has not handed in anew."""
    last = Reaction.objects.filter(version=newest(plan)).order_by("at", "pk").last()
    return last is not None and last.answer == AnswerKind.IN_TALK and plan.is_writable


# -- after it ----------------------------------------------------------------------------------------------


def until(at: dt.datetime) -> dt.datetime:
    """Till when a reaction of ``at`` can be taken back."""
    return at + TAKE_BACK_WITHIN


def fresh_reaction(version: Any, reader: User, at: dt.datetime) -> Reaction | None:
    """What ``reader`` may take back now; ``version``: as answered() gives it."""
    if not version.answered_at or at >= until(version.answered_at):
        return None
    last = Reaction.objects.filter(version=version).order_by("-at", "-pk").first()
    return last if last and last.by_id == reader.pk else None


def take_back_reaction(reaction: Reaction, by: User, at: dt.datetime) -> None:
    """As if it had not been given: the plan stands where it stood, and the history says that it was there.

    Raises MoveRefused when it is no longer fresh, or when the group went on since.
    """
    with transaction.atomic():
        plan = hold(reaction.version.plan)
        must_be_fresh(reaction, plan, at)
        moved = plan.moves.filter(verb=reaction.answer, at=reaction.at).first()
        Reaction.objects.filter(pk=reaction.pk).delete()
        verb, before = f"back:{reaction.answer}", moved.before if moved else plan.state
        if before != plan.state:
            plan.go(before, verb, by, at)
        else:
            plan.moves.create(by=by, at=at, verb=verb, before=before, after=before)
        tell_answered(reaction, at, what="answer_gone")


def must_be_fresh(reaction: Reaction, plan: GroupPlan, at: dt.datetime) -> None:
    went_on = plan.moves.filter(at__gt=reaction.at).exists() or plan.state != BECOMES[reaction.answer]  # type: ignore[index]
    later = Reaction.objects.filter(version__plan=plan).order_by("-at", "-pk").first()
    if at >= until(reaction.at) or later != reaction:
        raise MoveRefused(_("It stands there too long to take back. Write a comment with what you mean now."))
    if went_on or digest_of(document_of(plan)) != digest_of(reaction.version.content):
        raise MoveRefused(_("The group is already working with your reaction. Write a comment."))


def take_care(version: GroupPlanVersion, by: User, at: dt.datetime) -> None:
    """The group says that it did what the director asked with "agreed, provided that"; said twice, once."""
    with transaction.atomic():
        plan = hold(version.plan)
        row: Any = answered(GroupPlanVersion.objects.filter(pk=version.pk)).get()
        if not row.provided or plan.state != GroupPlanState.RUNNING:
            raise MoveRefused(_("There is nothing left here to take care of."))
        plan.moves.create(by=by, at=at, verb=CONDITION_MET, before=plan.state, after=plan.state)
