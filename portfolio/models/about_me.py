"""What somebody writes about themselves for themselves: never shared, by nobody else ever seen."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import User


class OwnQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: User) -> OwnQuerySet:
        """Nobody but whoever wrote it."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class PersonalNote(models.Model):
    """What somebody wrote at one of the questions about what moves them (portfolio/prompts.py)."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="personal_notes")
    key = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="a_prompt_answered_once")]

    def __str__(self) -> str:
        return self.text


class CoreQuadrant(models.Model):
    """Kernkwadrant (Ofman): a quality, too much of it, what balances that, and what one can't stand in others."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="core_quadrants")
    quality = models.CharField(_("quality"), max_length=200, blank=True)
    pitfall = models.CharField(_("pitfall"), max_length=200, blank=True)
    challenge = models.CharField(_("challenge"), max_length=200, blank=True)
    allergy = models.CharField(_("allergy"), max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.quality or self.challenge or self.pitfall or self.allergy

    def is_mine(self, user: User) -> bool:
        return self.owner_id == user.pk
