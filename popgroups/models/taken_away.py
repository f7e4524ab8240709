"""What a group took away from its GOP, kept for a while to be put back."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import User

from .plans import GroupPlan, OfGroupPlanQuerySet

TAKEN_AWAY_KEPT = 30  # days after the one on which it went


class PlanPart(models.TextChoices):
    GOAL = "goal", _("goal")
    ACTIVITY = "activity", _("something to do")


class TakenAway(models.Model):
    """A goal with what is done for it, or one thing to do; ``words``: see popgroups/plan_taken_away.py.

    ``goal_key``: the key the goal had and gets again, so that comments and versions that name it stay right; of
    an activity the goal it belongs to. The group's alone, as the living text is: no version tells of it.
    """

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="taken_away")
    part = models.CharField(max_length=10, choices=PlanPart)
    goal_key = models.PositiveBigIntegerField()
    words = models.JSONField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfGroupPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "taken away"

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        name = "title" if self.part == PlanPart.GOAL else "what"
        return str(self.words[name])

    @property
    def last_day(self) -> dt.date:
        """On which it can be put back."""
        return timezone.localdate(self.at) + dt.timedelta(days=TAKEN_AWAY_KEPT)
