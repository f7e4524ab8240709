"""The secret address of somebody's own calendar."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .people import User


class FeedToken(models.Model):
    """One a person; the token itself is nowhere kept, only its hash."""

    person = models.OneToOneField(User, models.CASCADE, related_name="feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person)
