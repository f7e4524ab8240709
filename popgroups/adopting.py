"""A GOP is the group's when every member of today said yes to this very text; then it can be handed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from schools.models import Role, RoleHeld, User
from schools.models.people import directs, in_force

from .models import (
    GroupMember,
    GroupMemberQuerySet,
    GroupPlan,
    GroupPlanAnswer,
    GroupPlanMove,
    GroupPlanState,
    GroupPlanVersion,
    PlanReader,
    Purpose,
)
from .plan_document import Document, digest_of, document_of
from .plan_notices import tell_handed_in
from .plan_support import withdraw_with
from .plan_writing import NOT_NOW, hold


@dataclass(frozen=True)
class Say:
    """What one member of today says of the plan as it reads now."""

    member: GroupMember
    answer: GroupPlanAnswer | None
    digest: str

    @property
    def agrees(self) -> bool:
        return bool(self.answer and self.answer.agrees and self.answer.digest == self.digest)

    @property
    def agreed_before(self) -> bool:
        """To a text that was changed since."""
        return bool(self.answer and self.answer.agrees and not self.agrees)

    @property
    def wish(self) -> str:
        return self.answer.wish if self.answer else ""


class Says:
    """What all members of today say of ``plan``; ``document`` is the plan as it reads now."""

    def __init__(self, plan: GroupPlan, day: dt.date) -> None:
        self.plan, self.day = plan, day

    @cached_property
    def document(self) -> Document:
        return document_of(self.plan, self.members)

    @cached_property
    def members(self) -> list[Any]:
        """Everybody in the group on that day, each with ``decides``."""
        return list(members_of_today(self.plan, self.day))

    @cached_property
    def digest(self) -> str:
        return digest_of(self.document)

    @cached_property
    def answers(self) -> list[GroupPlanAnswer]:
        return list(self.plan.answers.defer("content"))

    @cached_property
    def all(self) -> list[Say]:
        answers = {row.member_id: row for row in self.answers}
        return [Say(member, answers.get(member.pk), self.digest) for member in self.members if member.decides]

    @property
    def waits_for(self) -> list[Say]:
        return [say for say in self.all if not say.agrees]

    @property
    def was_agreed_on(self) -> bool:
        """Somebody said yes, and then the text was changed."""
        return any(say.agreed_before for say in self.all)

    @property
    def says_something(self) -> bool:
        """A goal: without one there is nothing to agree on."""
        return any(goal["title"] for goal in self.document["goals"])

    @property
    def all_agree(self) -> bool:
        return bool(self.all) and not self.waits_for

    def of(self, user: User) -> Say | None:
        return next((say for say in self.all if say.member.person == user), None)


def members_of_today(plan: GroupPlan, day: dt.date) -> GroupMemberQuerySet:
    """Who is in the group on ``day``; ``decides``: whose yes counts, as they can open its plan.

    Nobody waits for whom the plan is closed to: who came to lead others in the group, or whose account was closed.
    """
    person, me = OuterRef("membership__person"), OuterRef(OuterRef("membership__person"))
    beside = GroupMember.objects.current(day).filter(~Q(membership__person=person), group=plan.group_id)
    led = beside.filter(
        directs(me, OuterRef("membership__school"), OuterRef("membership__school__board"), day)
    )
    return plan.group.current_members(day).annotate(
        decides=Q(membership__person__is_active=True) & ~Exists(led)
    )


def must_be_open(plan: GroupPlan) -> None:
    if not plan.is_writable:
        raise MoveRefused(str(NOT_NOW[plan.state]))


def must_say_something(says: Says) -> None:
    if not says.says_something:
        raise MoveRefused(_("Write at least one goal first: that is what a plan is about."))


def agree(plan: GroupPlan, member: GroupMember, seen: str, at: dt.datetime) -> bool:
    """``member`` says yes to the text with digest ``seen``; True when with this every member did.

    Raises StaleMove when that is no longer the text, MoveRefused when the plan can't be adopted now.
    """
    with transaction.atomic():
        held = hold(plan)
        must_be_open(held)
        says = Says(held, timezone.localdate(at))
        if says.digest != seen:
            raise StaleMove
        must_say_something(says)
        _answer(held, member, says, at, agrees=True)
        if done := says.all_agree and held.state != GroupPlanState.ADOPTED:
            held.go(GroupPlanState.ADOPTED, "adopted", member.person, at)
    return done


def ask_change(plan: GroupPlan, member: GroupMember, wish: str, at: dt.datetime) -> None:
    """``member`` says what has to change; the group reads it. What was adopted is concept again."""
    with transaction.atomic():
        held = hold(plan)
        must_be_open(held)
        _answer(held, member, Says(held, timezone.localdate(at)), at, agrees=False, wish=wish)
        if held.state == GroupPlanState.ADOPTED:
            held.go(GroupPlanState.CONCEPT, "wish", member.person, at)


def _answer(plan: GroupPlan, member: GroupMember, says: Says, at: dt.datetime, **values: Any) -> None:
    told = {"wish": "", "digest": says.digest, "content": says.document, "at": at, **values}
    GroupPlanAnswer.objects.update_or_create(plan=plan, member=member, defaults=told)


def take_back_answer(plan: GroupPlan, member: GroupMember, at: dt.datetime) -> None:
    """As if ``member`` had not answered; what was adopted is concept again."""
    with transaction.atomic():
        held = hold(plan)
        must_be_open(held)
        held.answers.filter(member=member).delete()
        if held.state == GroupPlanState.ADOPTED:
            held.go(GroupPlanState.CONCEPT, "yes_withdrawn", member.person, at)


# -- handing in --------------------------------------------------------------------------------------------


def hand_in(plan: GroupPlan, by: User, seen: str, at: dt.datetime) -> GroupPlanVersion:
    """Freeze the text with digest ``seen`` as a version for the director; every member of today has said yes.

    Raises StaleMove when it reads otherwise by now or was handed in already, MoveRefused while a yes is missing.
    """
    with transaction.atomic():
        held = hold(plan)
        if held.state == GroupPlanState.SUBMITTED:
            raise StaleMove
        must_be_open(held)
        says = Says(held, timezone.localdate(at))
        if says.digest != seen:
            raise StaleMove
        must_say_something(says)
        must_all_agree(says)
        if held.state != GroupPlanState.ADOPTED:  # who had not said yes yet is no longer in the group
            held.go(GroupPlanState.ADOPTED, "adopted", by, at)
        version = freeze(held, says.document, Purpose.PLAN, by, at)
        held.go(GroupPlanState.SUBMITTED, "submitted", by, at)
        tell_handed_in(version, at)
    return version


def must_all_agree(says: Says) -> None:
    names = ", ".join(say.member.person.name for say in says.waits_for)
    if names or not says.all:
        raise MoveRefused(
            _("These members still have to say yes to this text: %(names)s.") % {"names": names}
        )


def freeze(
    plan: GroupPlan, document: Document, purpose: Purpose, by: User, at: dt.datetime
) -> GroupPlanVersion:
    last = plan.versions.order_by("number").last()
    number = last.number + 1 if last else 1
    return plan.versions.create(number=number, purpose=purpose, made_at=at, made_by=by, content=document)


def take_back(plan: GroupPlan, by: User, at: dt.datetime) -> None:
    """Before there is an answer; nobody but the group reads that version any more, and no promise hangs on it."""
    with transaction.atomic():
        held = hold(plan)
        if held.state != GroupPlanState.SUBMITTED:
            raise MoveRefused(_("There is an answer already, so the plan can't be taken back any more."))
        held.go(GroupPlanState.ADOPTED, "taken_back", by, at)
        newest = held.versions.filter(purpose=Purpose.PLAN).latest("number")
        held.versions.filter(pk=newest.pk).update(withdrawn_at=at)
        withdraw_with(newest, at)


def amend(plan: GroupPlan, by: User, at: dt.datetime) -> None:
    """Write on in a running plan; it runs again when it was adopted and handed in anew, and answered."""
    with transaction.atomic():
        hold(plan).go(GroupPlanState.CONCEPT, "amended", by, at)


def hand_in_review(
    plan: GroupPlan, purpose: Purpose, by: User, seen: str, at: dt.datetime
) -> GroupPlanVersion:
    """How it goes halfway, or how it went, as a version; after the evaluation the plan has come to its end."""
    with transaction.atomic():
        held = hold(plan)
        document = document_of(held)
        if held.state != GroupPlanState.RUNNING:
            raise MoveRefused(_("How it went is written down while the plan is running."))
        if digest_of(document) != seen:
            raise StaleMove
        if not document[purpose.value]:
            raise MoveRefused(_("Nothing is written yet. Write down first how it goes."))
        last = held.versions.order_by("number").last()
        if last is not None and last.purpose == purpose and digest_of(last.content) == seen:
            raise MoveRefused(_("This was handed in already."))
        version = freeze(held, document, purpose, by, at)
        if purpose == Purpose.EVALUATION:
            held.go(GroupPlanState.EVALUATED, "evaluated", by, at)
        else:
            same = {"before": held.state, "after": held.state}
            GroupPlanMove.objects.create(plan=held, by=by, at=at, verb="midterm", **same)
        tell_handed_in(version, at)
    return version


def reopen(plan: GroupPlan, by: User, at: dt.datetime) -> None:
    with transaction.atomic():
        hold(plan).go(GroupPlanState.RUNNING, "reopened", by, at)


# -- who reads along ---------------------------------------------------------------------------------------


def read_by(plan: GroupPlan, day: dt.date) -> list[tuple[User, str]]:
    """Who reads what is handed in, besides the members, each with a role: in one statement."""
    roles = RoleHeld.objects.filter(in_force(day, "membership__"), membership__school=plan.group.school_id)
    asked = plan.readers.in_force().values("person")
    consultants = Q(role=Role.CONSULTANT, membership__person__in=asked)
    rows = roles.filter(Q(role__in=(Role.DIRECTOR, Role.COORDINATOR)) | consultants)
    ordered = rows.select_related("membership__person").order_by("-role", "membership__person__name")
    return [(held.membership.person, held.get_role_display()) for held in ordered]


def let_read(plan: GroupPlan, person: User, by: User, at: dt.datetime) -> PlanReader:
    """Let an outside consultant of the host school read what is handed in; asked twice, once."""
    with transaction.atomic():
        held = hold(plan)
        reader, _made = PlanReader.objects.in_force().get_or_create(
            plan=held, person=person, ended_at=None, defaults={"by": by, "at": at}
        )
    return reader
