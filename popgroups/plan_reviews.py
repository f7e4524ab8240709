"""What a director answers to a GOP: never to persons, always to one version, and only to the newest."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from schools.models import User

from .models import AnswerKind, GroupPlan, GroupPlanState, GroupPlanVersion, Purpose, Reaction
from .plan_document import digest_of, document_of
from .plan_notices import tell_answered

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
    """Each with ``answer``, ``answer_text``, ``answered_at``, ``answered_by`` (a name): of its last reaction."""
    last = Reaction.objects.filter(version=OuterRef("pk")).order_by("-at", "-pk")
    return versions.annotate(
        answer=Subquery(last.values("answer")[:1]),
        answer_text=Subquery(last.values("text")[:1]),
        answered_at=Subquery(last.values("at")[:1]),
        answered_by=Subquery(last.values("by__name")[:1]),
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
