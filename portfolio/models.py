"""People keep a portfolio: action plans (PAP), entries, and what they share with whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import Moves, StaleMove, move
from schools.models import Draft, Membership, User


class PlanState(models.TextChoices):
    PLANNED = "planned", _("planned")
    TRIED = "tried", _("tried")
    ADJUSTED = "adjusted", _("adjusted")
    DONE = "done", _("completed")
    LET_GO = "let_go", _("let go")


PLAN_MOVES: Moves = {
    PlanState.PLANNED: (PlanState.TRIED, PlanState.ADJUSTED, PlanState.DONE, PlanState.LET_GO),
    PlanState.TRIED: (PlanState.ADJUSTED, PlanState.DONE, PlanState.LET_GO),
    PlanState.ADJUSTED: (PlanState.TRIED, PlanState.ADJUSTED, PlanState.DONE, PlanState.LET_GO),
    PlanState.DONE: (PlanState.ADJUSTED,),
    PlanState.LET_GO: (PlanState.ADJUSTED,),
}
OPEN_STATES = (PlanState.PLANNED, PlanState.TRIED, PlanState.ADJUSTED)


class ShareQuerySet(models.QuerySet["Share"]):
    def in_force(self, day: dt.date | None = None) -> ShareQuerySet:
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day or timezone.localdate()), revoked_at__isnull=True
        )

    def open_to(self, viewer: User, day: dt.date | None = None) -> ShareQuerySet:
        """In force, and given by somebody ``viewer`` still shares a school or a group with.

        A colleague who came to lead the owner sees only what was given to them as leader: a director sees what
        is shared with a director, never what a colleague was trusted with (domain.md §5).
        """
        from .sharing import colleagues_of

        near = colleagues_of(viewer, day).values("pk")
        given = Q(action_plan__owner__in=near) | Q(entry__owner__in=near)
        return self.in_force(day).filter(given, viewer=viewer).exclude(self.trusted_before(viewer, day))

    @staticmethod
    def trusted_before(viewer: User, day: dt.date | None = None) -> Q:
        """Shares of people whom ``viewer`` leads on ``day`` and did not lead when they were given."""
        led = Membership.objects.led_by(viewer, day).values("person")
        return Q(as_leader=False) & (Q(action_plan__owner__in=led) | Q(entry__owner__in=led))

    def visible_to(self, user: User) -> ShareQuerySet:
        return self.filter(Q(action_plan__owner=user) | Q(entry__owner=user))


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def visible_to(self, user: User) -> ActionPlanQuerySet:
        """One's own, and those shared with the person today."""
        if not user.is_authenticated:
            return self.none()
        shared = Share.objects.open_to(user).filter(action_plan__isnull=False)
        return self.filter(Q(owner=user) | Q(pk__in=shared.values("action_plan")))

    def still_open(self) -> ActionPlanQuerySet:
        return self.filter(state__in=OPEN_STATES)


class ActionPlan(models.Model):
    """PAP, persoonlijk actieplan: experiment with other behaviour at work, between two meetings."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="action_plans")
    intention = models.CharField(_("I am going to ..."), max_length=500)
    where = models.CharField(_("Where, with whom?"), max_length=300, blank=True)
    due = models.DateField(_("When do I look back?"), null=True, blank=True)
    works_when = models.CharField(_("I notice it works when ..."), max_length=500, blank=True)
    if_then = models.CharField(_("If ..., then I ..."), max_length=500, blank=True)
    buddy = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="buddy_of",
        verbose_name=_("Who helps me or asks me?"),
    )
    group_sees_title = models.BooleanField(
        _("My group may see this first line and how it stands"), default=True
    )
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.PLANNED)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.intention

    def is_mine(self, user: User) -> bool:
        return self.owner_id == user.pk

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def next_states(self) -> list[str]:
        """The states a result may lead to from here."""
        return list(PLAN_MOVES.get(self.state, ()))

    def rewrite(self, seen: int, **values: Any) -> None:
        """Write ``values`` if the plan is still at version ``seen``; StaleMove when it was saved since."""
        rows = ActionPlan.objects.filter(pk=self.pk, version=seen)
        if not rows.update(version=F("version") + 1, **values):
            raise StaleMove(_("This plan was changed in the meantime."))
        self.refresh_from_db()

    def choose_buddy(self, person: User) -> None:
        ActionPlan.objects.filter(pk=self.pk).update(buddy=person)
        self.buddy = person

    def erase(self) -> None:
        """Gone, with what was still being typed; tips that were taken up stay among the kept tips."""
        with transaction.atomic():
            Draft.objects.filter(writer=self.owner_id, field__startswith=f"plan:{self.pk}:").delete()
            self.delete()

    def record_result(self, to: str, by: User, at: dt.datetime, *, happened: str = "") -> None:
        """How it went: move to state ``to``; raises MoveRefused or StaleMove (coaching.lib.states)."""
        before = self.state
        with transaction.atomic():
            move(self, PLAN_MOVES, to)
            PlanMove.objects.create(plan=self, by=by, at=at, before=before, after=to, happened=happened)

    def become_success(self, at: dt.datetime) -> Entry:
        """Keep what worked as a success in the owner's portfolio; a second time gives the same entry."""
        entry, _made = Entry.objects.get_or_create(
            owner_id=self.owner_id,
            source=f"plan:{self.pk}",
            defaults={
                "kind": EntryKind.SUCCESS,
                "title": self.intention[:200],
                "text": self.works_when,
                "day": timezone.localdate(at),
                "made_at": at,
            },
        )
        return entry


class PlanMove(models.Model):
    """Who said when how an action plan went."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="moves")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=8, choices=PlanState)
    after = models.CharField(max_length=8, choices=PlanState)
    happened = models.TextField(_("What happened, and what was the effect?"), blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"


class TipMark(models.TextChoices):
    """What the presenter does with a tip."""

    PICK = "pick", _("I take this up")
    KEEP = "keep", _("I keep this")
    NOT_NOW = "not_now", _("not for now")


class KeptTip(models.Model):
    """A tip the presenter took along from a session; theirs alone. Giver's name is deliberately not kept."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="kept_tips")
    plan = models.ForeignKey(ActionPlan, models.SET_NULL, null=True, blank=True, related_name="tips")
    text = models.TextField()
    mark = models.CharField(max_length=8, choices=TipMark)
    source = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class EntryKind(models.TextChoices):
    SUCCESS = "success", _("success")
    REFLECTION = "reflection", _("reflection")
    LEARNING = "learning", _("learning from a session")


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: User) -> EntryQuerySet:
        if not user.is_authenticated:
            return self.none()
        shared = Share.objects.open_to(user).filter(entry__isnull=False)
        return self.filter(Q(owner=user) | Q(pk__in=shared.values("entry")))


class Entry(models.Model):
    """One thing in the portfolio. ``source`` says where it came from, once ("plan:3"); empty = written by hand."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    day = models.DateField(_("date"), default=timezone.localdate)
    made_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=80, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source"], condition=~Q(source=""), name="a_source_becomes_one_entry"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_mine(self, user: User) -> bool:
        return self.owner_id == user.pk

    def erase(self) -> None:
        """Gone, with what was still being typed."""
        with transaction.atomic():
            Draft.objects.filter(writer=self.owner_id, field__startswith=f"entry:{self.pk}:").delete()
            self.delete()


class Share(models.Model):
    """The owner lets ``viewer`` see one thing until a day; ``via`` is opaque ("group:4"), empty = by hand.

    ``as_leader``: the viewer led the owner already when it was given, so it was given to a director.
    """

    action_plan = models.ForeignKey(ActionPlan, models.CASCADE, null=True, blank=True, related_name="shares")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="shares")
    viewer = models.ForeignKey(User, models.CASCADE, related_name="shared_with_me")
    until = models.DateField(_("until and including"), null=True, blank=True)
    via = models.CharField(max_length=40, blank=True)
    as_leader = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action_plan__isnull=False, entry__isnull=True)
                | Q(action_plan__isnull=True, entry__isnull=False),
                name="a_share_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["action_plan", "viewer"],
                condition=Q(action_plan__isnull=False, revoked_at__isnull=True),
                name="a_plan_is_shared_once_with_somebody",
            ),
            models.UniqueConstraint(
                fields=["entry", "viewer"],
                condition=Q(entry__isnull=False, revoked_at__isnull=True),
                name="an_entry_is_shared_once_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.viewer} ← {self.action_plan or self.entry}"

    def is_given_by(self, user: User) -> bool:
        thing: Any = self.action_plan or self.entry
        return thing.owner_id == user.pk

    def is_in_force(self, day: dt.date) -> bool:
        return self.revoked_at is None and (self.until is None or self.until >= day)

    def revoke(self, at: dt.datetime) -> None:
        """Ends at once: the next request of the viewer finds nothing."""
        Share.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=at)


class ShareOpening(models.Model):
    """When the viewer opened what was shared, for the owner to see."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="openings")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.share} · {self.at:%d-%m-%Y %H:%M}"


# The other models of this room: what talents and goals are named with.
from .competences import ChosenFramework as ChosenFramework  # noqa: E402
from .competences import Competence as Competence  # noqa: E402
from .competences import Framework as Framework  # noqa: E402
from .competences import TalentScore as TalentScore  # noqa: E402
