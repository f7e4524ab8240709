"""What a member answered to a meeting: "Ik kom" or "Ik kan niet"."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .groups import GroupMember
from .meetings import Meeting


class AnswerQuerySet(models.QuerySet["Answer"]):
    def coming(self) -> AnswerQuerySet:
        return self.filter(comes=True)

    def not_coming(self) -> AnswerQuerySet:
        return self.filter(comes=False)


class Answer(models.Model):
    """A member's newest answer; ``comes`` is false for "ik kan niet"."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="answers")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="answers")
    comes = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_answer_a_meeting")]

    def __str__(self) -> str:
        return f"{self.member} · {self.meeting}"
