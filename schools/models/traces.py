"""Small rows that keep promises: typed text, forms sent twice, screens to be woken."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .people import User


class Draft(models.Model):
    """Text somebody is typing, theirs alone; ``field`` is opaque ("session:7:step:3"). Newest ``seq`` wins."""

    writer = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    field = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    seq = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["writer", "field"], name="one_draft_a_field")]

    def __str__(self) -> str:
        return self.field


class Submission(models.Model):
    """A form that has been carried out; its key can't be carried out again."""

    key = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.key)


class LiveChange(models.Model):
    """Channel ``channel`` reached ``version``: how other processes hear of it. Ids only, never content."""

    channel = models.CharField(max_length=40)
    version = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.channel}@{self.version}"
