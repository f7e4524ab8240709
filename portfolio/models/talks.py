"""Talks of somebody and who leads them about goals and progress: dates and agreements. Never a score."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.calendar_files import new_uid
from coaching.lib.states import MoveRefused, Moves, StaleMove
from schools.models import Membership, User
from schools.models.people import directs

from .about_me import OwnQuerySet
from .shares import Share

SHORTEST, LONGEST, USUAL = 10, 240, 45  # minutes
MOST_AGREED = 2000  # characters: a short list


class TalkKind(models.TextChoices):
    """Parts of the talk cycle; none of them judges."""

    GOAL = "goal", gettext_lazy("goal talk")
    PROGRESS = "progress", gettext_lazy("progress talk")


class TalkState(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("date proposed")
    PLANNED = "planned", gettext_lazy("planned")
    HELD = "held", gettext_lazy("has been held")
    CANCELLED = "cancelled", gettext_lazy("does not go on")


TALK_MOVES: Moves = {
    # To itself: another date is proposed, by either.
    TalkState.PROPOSED: (TalkState.PROPOSED, TalkState.PLANNED, TalkState.CANCELLED),
    TalkState.PLANNED: (TalkState.PROPOSED, TalkState.HELD, TalkState.CANCELLED),
    TalkState.HELD: (),
    TalkState.CANCELLED: (),
}
OPEN_TALKS = (TalkState.PROPOSED, TalkState.PLANNED)
WRITABLE = (TalkState.PLANNED, TalkState.HELD)  # when the two write what they agree on


class TalkVerb(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("proposed a date")
    ACCEPTED = "accepted", gettext_lazy("said yes to the date")
    HELD = "held", gettext_lazy("noted that you talked")
    CANCELLED = "cancelled", gettext_lazy("cancelled it")


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def leads_them(day: dt.date) -> ExpressionWrapper:
    """For talks: whether its leader leads its person on ``day``, as Membership.objects.led_by has it."""
    places = Membership.objects.current(day).filter(person=OuterRef("person"))
    led = directs(OuterRef(OuterRef("leader")), OuterRef("school"), OuterRef("school__board"), day)
    return ExpressionWrapper(Q(Exists(places.filter(led))), output_field=BooleanField())


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, user: User) -> TalkQuerySet:
        """Of the two alone: of who is led for as long as it is kept, of the leader while they lead. With ``led``.

        Who comes to lead somebody later sees no talk of before: what was agreed then is that person's to share.
        """
        if not user.is_authenticated:
            return self.none()
        rows = self.annotate(led=leads_them(timezone.localdate()))
        return rows.filter(Q(person=user) | Q(leader=user, led=True)).select_related("person", "leader")

    def unsettled_for(self, user: User, at: dt.datetime) -> TalkQuerySet:
        """Dates to come, and agreements that ``user`` has not ``said`` yes to; never of who is led no more."""
        said = TalkYes.objects.filter(
            talk=OuterRef("pk"), person=user, version=OuterRef("agreements_version")
        )
        coming = Q(state__in=OPEN_TALKS, starts_at__gt=at - dt.timedelta(hours=3))
        emptied = Exists(AgreedBefore.objects.filter(talk=OuterRef("pk")))
        to_say = Q(state__in=WRITABLE) & (~Q(agreements="") | Q(emptied=True)) & Q(said=False)
        rows: Any = self.visible_to(user).annotate(said=Exists(said), emptied=emptied)
        found: TalkQuerySet = rows.filter(coming | to_say, led=True).order_by("starts_at", "pk")
        return found


class Talk(models.Model):
    """One talk of ``person`` and ``leader``, ``minutes`` long; UTC in, Europe/Amsterdam out.

    ``uid`` names it in calendars; ``sequence`` rises with each move, and a move carries the one its screen showed.
    ``agreements``: one a line, written by both; ``agreements_version`` rises when they change.
    ``on_table``: by which share the leader reads the version of the POP that the person chose for this talk.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="talks")
    leader = models.ForeignKey(User, models.SET_NULL, null=True, related_name="talks_led")
    kind = models.CharField(gettext_lazy("what kind of talk"), max_length=8, choices=TalkKind)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(gettext_lazy("How many minutes?"), default=USUAL)
    place = models.CharField(gettext_lazy("Where?"), max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=TalkState, default=TalkState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    on_table = models.ForeignKey(Share, models.SET_NULL, null=True, blank=True, related_name="+")
    agreements = models.TextField(gettext_lazy("What do we agree on?"), blank=True)
    agreements_version = models.PositiveIntegerField(default=1)
    uid = models.CharField(max_length=120, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    led: bool  # where visible_to read it: the leader leads the person today

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="a_talk_has_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {timezone.localtime(self.starts_at):%d-%m-%Y %H:%M}"

    def is_mine(self, user: User) -> bool:
        """Of whose development it is."""
        return self.person_id == user.pk

    def other(self, user: User) -> User | None:
        """With whom ``user`` talks; None when they are no longer known here."""
        return self.leader if self.is_mine(user) else self.person

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_TALKS

    @property
    def lines(self) -> list[str]:
        """What is agreed on, one by one."""
        return lines_of(self.agreements)

    def waits_for(self, user: User) -> bool:
        """Whether it is ``user`` who says yes to the date, or proposes another."""
        return self.state == TalkState.PROPOSED and self.proposed_by_id != user.pk

    def can_be_held(self, at: dt.datetime) -> bool:
        return self.state == TalkState.PLANNED and self.starts_at <= at

    @property
    def can_be_written_in(self) -> bool:
        return self.state in WRITABLE

    def go(self, to: str, verb: str, by: User, at: dt.datetime, seen: int, **values: Any) -> None:
        """Move to ``to``, with a row that says who, if its ``sequence`` is still what the screen of ``by`` showed.

        Raises StaleMove when it changed since, MoveRefused when that is no move from here.
        """
        if seen != self.sequence:
            raise StaleMove(_("This talk was changed in the meantime. Look at the date again."))
        if to not in TALK_MOVES[self.state]:
            raise MoveRefused(_("That can't be done with this talk any more."))
        rows = Talk.objects.filter(pk=self.pk, state=self.state, sequence=seen)
        written = {"state": to, "sequence": seen + 1, "changed_at": at, **values}
        with transaction.atomic():
            if not rows.update(**written):
                raise StaleMove(_("This talk was changed in the meantime. Look at the date again."))
            for name, value in written.items():
                setattr(self, name, value)
            TalkMove.objects.create(talk=self, by=by, at=at, verb=verb, starts_at=self.starts_at)


class TalkMove(models.Model):
    """Who did what with the date of a talk, and when; ``starts_at``: the date it was about."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="moves")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    verb = models.CharField(max_length=9, choices=TalkVerb)
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.talk}"


class TalkYes(models.Model):
    """``person`` said "that is it" to the agreements as they were at ``version``; it counts for no other text."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="yeses")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "person"], name="one_yes_of_each_in_a_talk")]

    def __str__(self) -> str:
        return f"{self.person} · {self.talk}"


class AgreedBefore(models.Model):
    """What both had said yes to, before ``changed_by`` wrote something else; kept as long as the talk is.

    ``person_said_at``, ``leader_said_at``: when the two of the talk had said "that is it" to ``text``.
    """

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="agreed_before")
    text = models.TextField()
    person_said_at = models.DateTimeField()
    leader_said_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def lines(self) -> list[str]:
        return lines_of(self.text)


class TalkPreparation(models.Model):
    """What somebody who is led writes down for a talk, for their own eyes. Who leads has no such place."""

    talk = models.OneToOneField(Talk, models.CASCADE, related_name="preparation")
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text
