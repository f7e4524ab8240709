"""Who takes part in a session. Sessions open by participation, never by group membership."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from schools.models import Membership, User
from schools.models.people import in_force

if TYPE_CHECKING:
    from .session import Session

GONE_AFTER = dt.timedelta(seconds=60)


class SessionParticipant(models.Model):
    """Took part. ``seen_at``: last moment a screen of theirs was connected; ``guest``: an outside consultant;
    ``presented_until``: presented until the group took another case, or until guiding: that case stays theirs."""

    session = models.ForeignKey("intervision.Session", models.CASCADE, related_name="participants")
    person = models.ForeignKey(User, models.CASCADE, related_name="took_part")
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="took_part"
    )
    guest = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    connected = models.BooleanField(default=False)
    presented_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]  # arrival: the order of the circle
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="a_person_takes_part_once")]

    def __str__(self) -> str:
        return self.person.name

    @property
    def name(self) -> str:
        return self.person.first_name

    def stops_presenting(self, at: dt.datetime) -> None:
        SessionParticipant.objects.filter(pk=self.pk).update(presented_until=at)
        self.presented_until = at

    def is_gone(self, at: dt.datetime) -> bool:
        return at - self.seen_at > GONE_AFTER

    @property
    def is_still_here(self) -> bool:
        """A colleague today, by the stay at school through which they came in; a guest never is one."""
        return self.membership is not None and self.membership.is_current()


def still_here() -> models.Q:
    """``is_still_here`` as a question to the database."""
    return in_force(timezone.localdate(), "membership__")


def fill_in(row: models.Model, present: list[SessionParticipant], *names: str) -> None:
    """Give ``row`` the participants it names without asking the database; who is not here is asked later."""
    here = {participant.pk: participant for participant in present}
    for name in names:
        holder = here.get(getattr(row, f"{name}_id"))
        if holder:
            setattr(row, name, holder)


def drop_who_left(session: Session) -> None:
    """Who waited in the lobby and left the group before the start takes no part."""
    session.__dict__.pop("everyone", None)
    group = session.meeting.group
    gone = [here.pk for here in session.everyone if not here.guest and not group.has_member(here.person)]
    if gone:
        session.participants.filter(pk__in=gone).delete()
        session.__dict__.pop("everyone", None)


class GuestQuerySet(models.QuerySet["Guest"]):
    def accepted(self) -> GuestQuerySet:
        """Guests to whom every participant said yes; somebody who joins later has to say so too.

        And whose own time at the school is not over: a consultant's access ends with the hand-over.
        """
        silent = SessionParticipant.objects.filter(session=OuterRef("session"), guest=False).exclude(
            guest_answers__guest=OuterRef("pk")
        )
        present = SessionParticipant.objects.filter(session=OuterRef("session"), guest=False)
        here = Membership.objects.current().filter(
            school=OuterRef("session__meeting__group__school"), person=OuterRef("person")
        )
        return self.filter(Exists(present), ~Exists(silent), Exists(here))

    def visible_to(self, user: User) -> GuestQuerySet:
        """The participants of the session who are still at the school, and the guest."""
        taking_part = SessionParticipant.objects.filter(
            still_here(), session=OuterRef("session"), person=user, guest=False
        )
        return self.filter(models.Q(Exists(taking_part)) | models.Q(person=user))


class Guest(models.Model):
    """A consultant asked to one session; nothing of it is theirs after it closes."""

    session = models.ForeignKey("intervision.Session", models.CASCADE, related_name="guests")
    person = models.ForeignKey(User, models.CASCADE, related_name="guest_in")
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)

    objects = GuestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="a_guest_is_asked_once")]

    def __str__(self) -> str:
        return self.person.name

    def can_be_answered_by(self, user: User) -> bool:
        """Whoever takes part, while there is something to be let in to."""
        taking_part = self.session.participants.filter(person=user, guest=False)
        return self.session.is_under_way and taking_part.exists()

    def answer_yes(self, participant: SessionParticipant) -> None:
        session: Session = self.session
        with transaction.atomic():
            GuestYes.objects.get_or_create(guest=self, participant=participant)
            session.changed()


class GuestYes(models.Model):
    guest = models.ForeignKey(Guest, models.CASCADE, related_name="answers")
    participant = models.ForeignKey(SessionParticipant, models.CASCADE, related_name="guest_answers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guest", "participant"], name="one_yes_a_participant")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.guest}"
