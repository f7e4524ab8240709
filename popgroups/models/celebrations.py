"""Successes that somebody shares on the wall of their group."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portfolio.models import Entry
from schools.models import User

from .groups import GroupMember, PopGroup


class CelebrationQuerySet(models.QuerySet["Celebration"]):
    def visible_to(self, user: User) -> CelebrationQuerySet:
        """Members of today, while its owner is one too, and the owner. Nobody else: no coordinator, no director."""
        if not user.is_authenticated:
            return self.none()
        places = GroupMember.objects.current()
        still_in = Exists(places.filter(group=OuterRef("group"), membership__person=OuterRef("entry__owner")))
        return self.filter(Q(still_in, group__in=PopGroup.objects.with_member(user)) | Q(entry__owner=user))


class Celebration(models.Model):
    """``entry``, a success, stands on the wall of ``group`` until its owner takes it back."""

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="celebrations")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="celebrations")
    at = models.DateTimeField(default=timezone.now)

    objects = CelebrationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["group", "entry"], name="a_success_once_on_a_wall")]

    def __str__(self) -> str:
        return str(self.entry)

    def is_mine(self, user: User) -> bool:
        return self.entry.is_mine(user)
