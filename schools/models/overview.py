"""What the director's overview told of people: spans, kept as they were shown, never what is behind them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.suppression import Span

from .people import School


class ShownKind(models.TextChoices):
    """What is counted; the first two in people, then in times that somebody was there, then in minutes."""

    MADE = "made", _("made an action plan (PAP)")
    LOOKED_BACK = "back", _("looked back on one")
    PRESENCE = "presence", _("presence at meetings")
    HOURS = "hours", _("hours besides meetings")


class ShownSpan(models.Model):
    """One cell of a closed part of a school year, told once (coaching.lib.suppression).

    Without ``low`` nothing was told: too few people. Nothing in it changes, also not when its source does.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="shown_spans")
    starts = models.PositiveSmallIntegerField(help_text="the year in which the school year starts")
    part = models.PositiveSmallIntegerField(help_text="1 to 4: three months each, from August on")
    kind = models.CharField(max_length=8, choices=ShownKind)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    whole = models.PositiveIntegerField(null=True)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "starts", "part", "kind"], name="a_span_is_told_once"),
            models.CheckConstraint(condition=Q(part__gte=1, part__lte=4), name="part_of_a_year"),
            models.CheckConstraint(
                condition=Q(low=None, high=None, whole=None)
                | Q(low__lte=F("high"), high__lte=F("whole"), low__isnull=False),
                name="span_is_whole_or_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.starts}/{self.part}: {self.get_kind_display()}"

    @property
    def span(self) -> Span | None:
        if self.low is None or self.high is None or self.whole is None:
            return None
        return Span(self.low, self.high, self.whole)
