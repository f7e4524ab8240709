"""What somebody wants to be reminded of, and what they were."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import User


class ReminderChoice(models.Model):
    """Without a row: of everything, in one mail a day. The field names are those of ``Reminder.kind``."""

    person = models.OneToOneField(User, models.CASCADE, related_name="reminder_choice")
    meeting = models.BooleanField(_("A meeting in two days, with my role"), default=True)
    plan = models.BooleanField(_("An action plan (PAP) to look back on"), default=True)
    case = models.BooleanField(_("A week ahead: time to prepare a case"), default=True)
    bundled = models.BooleanField(
        _("How do they come?"),
        default=True,
        choices=[
            (True, _("together, at most one mail a day")),
            (False, _("each at once, in a mail of its own")),
        ],
    )

    def __str__(self) -> str:
        return str(self.person)


class Reminder(models.Model):
    """``person`` was reminded of ``key``; nobody is reminded of the same twice."""

    person = models.ForeignKey(User, models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.key}"
