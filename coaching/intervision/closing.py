"""What stays with people after a session: plans, tips taken along, own learning."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused
from popgroups.models import LookBack
from portfolio.models import OPEN_STATES, ActionPlan, Entry, EntryKind, KeptTip, TipMark
from portfolio.sharing import default_end, share
from schools.models import User

from .models import (
    Captures,
    Contribution,
    Kind,
    Session,
    SessionParticipant,
    SessionPlan,
    SessionState,
    Taps,
)

TAKEN_ALONG = (TipMark.PICK, TipMark.KEEP)
FORGOTTEN_AFTER = dt.timedelta(days=1)


def picked_tips(session: Session) -> list[Contribution]:
    """Tips the presenter takes up, in the order of the parade."""
    tips = Contribution.objects.filter(step__session=session, kind=Kind.TIP, mark__mark=TipMark.PICK)
    return list(tips.select_related("author__person").order_by("turn"))


def plan_made_by(session: Session, participant: SessionParticipant) -> ActionPlan | None:
    made = SessionPlan.objects.filter(session=session, action_plan__owner=participant.person_id)
    first = made.select_related("action_plan__buddy").order_by("pk").first()
    return first.action_plan if first else None


def may_still_plan(session: Session, participant: SessionParticipant) -> bool:
    """Whoever brought in the case, from the last step until the tips they picked are erased."""
    closing = session.state == SessionState.CLOSED or (
        session.is_running and session.step is not None and session.step.captures == Captures.LEARNING
    )
    return closing and not session.erased_at and participant in session.bringers


def keep_plan(session: Session, plan: ActionPlan, at: dt.datetime) -> ActionPlan:
    """Save ``plan`` as made in this session: the group looks back on it, a chosen buddy may see it."""
    with transaction.atomic():
        plan.save()
        SessionPlan.objects.get_or_create(action_plan=plan, defaults={"session": session})
        group = session.meeting.group
        LookBack.objects.update_or_create(
            group=group, action_plan=plan, defaults={"meeting": session.meeting.next_of_group()}
        )
        if plan.buddy:
            share(plan, plan.buddy, until=default_end(session.meeting.day), at=at, via=f"group:{group.pk}")
        picked = Contribution.objects.filter(step__session=session, mark__mark=TipMark.PICK)
        KeptTip.objects.filter(
            owner=plan.owner_id, plan=None, source__in=[f"contribution:{tip.pk}" for tip in picked]
        ).update(plan=plan)
        session.changed()
    return plan


def keep_learning(session: Session, participant: SessionParticipant, text: str, at: dt.datetime) -> Entry:
    """One line of own learning, straight into the writer's portfolio; nobody else sees it."""
    entry, _made = Entry.objects.update_or_create(
        owner_id=participant.person_id,
        source=f"session:{session.pk}",
        defaults={
            "kind": EntryKind.LEARNING,
            "title": text[:200],
            "text": text,
            "day": session.meeting.day,
            "made_at": at,
        },
    )
    return entry


def hand_over_tips(session: Session) -> None:
    """The presenter's picks become theirs, without the givers' names; they survive the clean-up."""
    if not session.bringers:
        return
    bringer = session.bringers[0]  # marks of an earlier presenter went when another came
    plan = plan_made_by(session, bringer)
    tips = Contribution.objects.filter(step__session=session, kind=Kind.TIP, mark__mark__in=TAKEN_ALONG)
    for tip in tips.select_related("mark"):
        KeptTip.objects.get_or_create(
            source=f"contribution:{tip.pk}",
            defaults={
                "owner_id": bringer.person_id,
                "plan": plan if tip.mark.mark == TipMark.PICK else None,
                "text": tip.text,
                "mark": tip.mark.mark,
            },
        )


def carry_open_plans_on(session: Session) -> None:
    """Plans still open after this meeting, told about or not, are looked back on at the next and due then."""
    meeting = session.meeting
    following = meeting.next_of_group()
    rows = LookBack.objects.filter(
        group=meeting.group_id,
        meeting__starts_at__lte=meeting.starts_at,
        action_plan__state__in=OPEN_STATES,
    )
    if following:
        overdue = ActionPlan.objects.filter(pk__in=rows.values("action_plan"), due__lte=meeting.day)
        overdue.update(due=following.day, version=F("version") + 1)
    rows.update(meeting=following, looked_back_at=None)


def open_look_backs(session: Session) -> list[LookBack]:
    """The open action plans of those present, made in this group before this session."""
    people = session.participants.values("person")
    rows = LookBack.objects.filter(
        group=session.meeting.group_id,
        action_plan__owner__in=people,
        action_plan__state__in=OPEN_STATES,
    ).exclude(action_plan__made_in__session=session)
    return list(rows.select_related("action_plan__owner").order_by("action_plan__made_at"))


def look_back_on(
    session: Session, row: LookBack, result: str, by: User, at: dt.datetime, *, happened: str = ""
) -> None:
    """Record how a plan went, told in this session."""
    with transaction.atomic():
        row.action_plan.record_result(result, by, at, happened=happened)
        LookBack.objects.filter(pk=row.pk).update(meeting=session.meeting, looked_back_at=at)
        session.changed()


def taps_are_open(session: Session, at: dt.datetime) -> bool:
    """Until the day it closes ends. Averages come after that: one more tap would show whose it was."""
    if session.erased_at or session.closed_at is None:
        return session.is_under_way
    return timezone.localdate(at) <= timezone.localdate(session.closed_at)


def keep_taps(
    session: Session, participant: SessionParticipant, taps: dict[str, int], at: dt.datetime
) -> None:
    """``taps``: safe, useful, fits, each 1 (no) to 3 (yes). Raises MoveRefused once they are closed."""
    if not taps_are_open(session, at):
        raise MoveRefused(_("The three taps of this session are closed."))
    Taps.objects.update_or_create(participant=participant, defaults={**taps, "at": at})


def end_forgotten(at: dt.datetime) -> list[Session]:
    """Sessions nobody ended: without an end, their notes would never fall due for erasing.

    A running one closes as if its last step took the planned time; a lobby where nobody started did not go on.
    """
    sessions = Session.objects.under_way().select_related("meeting__group__school", "presenter")
    since = at - FORGOTTEN_AFTER
    found = [s for s in sessions if s.meeting.ends_at < since and (s.entered_at or s.made_at) < since]
    for session in found:
        if session.entered_at and session.step:
            planned = dt.timedelta(seconds=session.step.planned_seconds)
            session.close(seen=session.position, by=None, at=session.entered_at + planned)
        else:
            session.cancel(None, at)
    return found
