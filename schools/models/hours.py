"""The ledger of hours: planned and held minutes of a person, written by higher rooms, read by hours pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Membership


class LineKind(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")


class HourLine(models.Model):
    """Minutes of one membership on one day; ``source`` is opaque to this room ("meeting:12")."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="hour_lines")
    kind = models.CharField(max_length=8, choices=LineKind)
    day = models.DateField()
    minutes = models.IntegerField(help_text="minutes; negative only in a correction")
    task_code = models.CharField(max_length=40, default="professionalisering")
    source = models.CharField(max_length=80)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "source", "kind"], name="an_hour_line_is_booked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.minutes} min ({self.source})"
