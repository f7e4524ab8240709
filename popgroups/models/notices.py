"""What somebody was last told of a meeting."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import User

from .meetings import Meeting


class NoticeMethod(models.TextChoices):
    """As RFC 5546 calls them; never shown."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Reason(models.TextChoices):
    """Why somebody is mailed."""

    NEW = "new", _("new")
    MOVED = "moved", _("changed")
    CANCELLED = "cancelled", _("cancelled")
    RESTORED = "restored", _("goes on after all")
    LEFT = "left", _("no longer a member")


class Notice(models.Model):
    """``person`` was mailed a calendar file of ``meeting``, that it is at ``starts_at`` for ``minutes``.

    ``sequence`` is that of the file; ``meeting_sequence`` the meeting's own then. The two part when somebody
    comes back into a meeting that did not change: a calendar only takes a number it has not seen.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notices")
    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    sequence = models.PositiveIntegerField()
    meeting_sequence = models.PositiveIntegerField()
    method = models.CharField(max_length=7, choices=NoticeMethod)
    at = models.DateTimeField(default=timezone.now)
    # Empty in the rows of before these were kept.
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person", "sequence", "method"], name="told_once")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence} · {self.person} · {self.meeting}"

    @property
    def is_request(self) -> bool:
        return self.method == NoticeMethod.REQUEST
