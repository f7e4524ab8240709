"""What a member answered to a meeting: "Ik kom" or "Ik kan niet"."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .groups import GroupMember
from .meetings import Meeting


class Absence(models.Model):
    """ "Ik kan niet": a member called off for a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="absences")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="absences")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_absence_a_meeting")]

    def __str__(self) -> str:
        return f"{self.member} · {self.meeting}"


class Coming(models.Model):
    """ "Ik kom": a member's yes; never beside an Absence."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="comings")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="comings")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_yes_a_meeting")]

    def __str__(self) -> str:
        return f"{self.member} · {self.meeting}"
