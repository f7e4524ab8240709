"""Roles of a session: a proposal from the rotation (who did it longest ago), set by one tap."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused
from popgroups.models import GroupMember
from schools.models import User

from .models import ROLES, Mark, Session, SessionParticipant


def longest_ago(session: Session, role: str) -> list[SessionParticipant]:
    """Those present, who had ``role`` in this group longest ago (or never) first."""
    last: dict[int, dt.datetime] = dict(
        Session.objects.filter(meeting__group=session.meeting.group_id, closed_at__isnull=False)
        .values_list(f"{role}__person")
        .annotate(last=Max("closed_at"))
        .values_list(f"{role}__person", "last")
    )
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    present = session.participants.filter(guest=False).select_related("person")
    return sorted(present, key=lambda p: (last.get(p.person_id, never), p.pk))


def turns_in(places: dict[int, list[GroupMember]]) -> dict[tuple[int, int], str]:
    """By group and person: who guides and who guards the time when next all of a group are there."""
    turns: dict[tuple[int, int], str] = {}
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    for role in ("facilitator", "timekeeper"):
        closed = Session.objects.filter(meeting__group__in=places, closed_at__isnull=False)
        rows = closed.values_list("meeting__group", f"{role}__person").annotate(last=Max("closed_at"))
        last = {(group, person): at for group, person, at in rows}
        for group, members in places.items():
            keys = [(group, place.person.pk) for place in sorted(members, key=lambda place: place.pk)]
            if free := [key for key in keys if key not in turns]:
                turns[min(free, key=lambda key: last.get(key, never))] = role
    return turns


def propose(session: Session) -> dict[str, SessionParticipant]:
    """For roles nobody has: who guides and who guards the time; the presenter is the group's own choice."""
    proposal: dict[str, SessionParticipant] = {}
    held = {getattr(session, f"{role}_id") for role in ROLES}
    for role in ("facilitator", "timekeeper"):
        free = [p for p in longest_ago(session, role) if p.pk not in held and p not in proposal.values()]
        if free and getattr(session, f"{role}_id") is None:
            proposal[role] = free[0]
    return proposal


def fill_empty(session: Session) -> None:
    """Take over the proposal for roles nobody has yet, as people arrive."""
    with transaction.atomic():
        filled = [role for role, who in propose(session).items() if fill(session, role, who)]
        if filled:
            session.refresh_from_db(fields=filled)
            session.changed()


def fill(session: Session, role: str, who: SessionParticipant) -> bool:
    """Give ``role`` to ``who`` unless somebody has it by now; whoever presents gets no second role."""
    still_empty = Session.objects.filter(pk=session.pk, **{role: None}).exclude(presenter=who)
    return bool(still_empty.update(**{role: who}))


def assign(session: Session, role: str, participant: SessionParticipant | None) -> None:
    """Give ``role`` to ``participant``, or to nobody. Raises MoveRefused when one would guide and present."""
    if role not in ROLES:
        raise MoveRefused(_("There is no such role."))
    if role == "facilitator" and participant is None:
        raise MoveRefused(_("Somebody has to guide the session."))
    values: dict[str, object] = {role: participant}
    if role == "facilitator":
        values["facilitator_gone"] = False
    try:
        with transaction.atomic():
            if role == "presenter":
                make_room_for_presenter(session, participant)
            session.put(**values)
    except IntegrityError as both:
        raise MoveRefused(
            _("Who brings in the case does not guide as well. First let somebody else guide the session.")
        ) from both


def make_room_for_presenter(session: Session, participant: SessionParticipant | None) -> None:
    """What else changes with the presenter: marks are of who made them, and a case stays of who brought it in.

    Raises MoveRefused for a guest, who keeps nothing of a session.
    """
    if participant and participant.guest:
        raise MoveRefused(_("A guest does not bring in a case."))
    if participant == session.presenter:
        return
    Mark.objects.filter(contribution__step__session=session).delete()
    if session.presenter and session.is_running:  # in the lobby nothing was told yet
        session.presenter.stops_presenting(timezone.now())


def take_over(session: Session, user: User) -> None:
    """The facilitator's screen is gone: the first tap guides on, for all to see."""
    participant = session.participant_of(user)
    if participant is None or not session.facilitator_gone:
        raise MoveRefused(_("Somebody else guides the session already."))
    presented = participant.pk == session.presenter_id
    swapped = {"presenter": None} if presented else {}
    with transaction.atomic():
        moved = Session.objects.filter(pk=session.pk, facilitator_gone=True).update(
            facilitator=participant, facilitator_gone=False, **swapped
        )
        if not moved:
            raise MoveRefused(_("Somebody else guides the session already."))
        if presented:
            participant.stops_presenting(timezone.now())
        session.changed()
