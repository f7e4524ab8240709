"""Action plans (PAP), how they went, and the tips that were taken along from a session."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import Moves, StaleMove, move
from schools.models import Draft, User

from .development import GoalAction
from .entries import Entry, EntryKind
from .shares import Share


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
    def source(self) -> str:
        """How what came from this plan calls it."""
        return f"plan:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def may_go_to_pop(self) -> bool:
        return self.is_open or self.state == PlanState.DONE

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
        """Gone, with what was still being typed; tips taken up and an action in the POP stay, without it."""
        with transaction.atomic():
            GoalAction.objects.filter(source=self.source, goal__plan__owner=self.owner_id).update(source="")
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
            source=self.source,
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
