"""When a school is closed: holidays of its region, public days, and what the school itself changes or adds."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from .languages import InTwoLanguages
from .people import Region, School, User


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("school holiday")
    PUBLIC = "public", _("public holiday")
    STUDY = "study", _("study day")
    OFF = "off", _("day off")


class Holiday(InTwoLanguages):
    """A span of closed days as the ministry sets them, first and last day included; ``region`` empty: all."""

    key = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=DayKind, default=DayKind.HOLIDAY)
    region = models.CharField(max_length=6, choices=Region, blank=True)
    name_nl = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="holiday_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_day}"

    @property
    def name(self) -> str:
        return self.text("name")

    @classmethod
    def of_region(cls, region: str, first: dt.date, last: dt.date) -> models.QuerySet[Holiday]:
        """Those of ``region`` and of everybody that touch ``first`` to ``last``."""
        return cls.objects.filter(region__in=("", region), first_day__lte=last, last_day__gte=first)


class ClosedDaysQuerySet(models.QuerySet["ClosedDays"]):
    def visible_to(self, user: User) -> ClosedDaysQuerySet:
        return self.filter(school__in=School.objects.visible_to(user)).select_related("school", "instead_of")


class ClosedDays(models.Model):
    """A school's own closed days, first and last included.

    ``instead_of``: replaces that holiday at this school; without days then: the school is simply open.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="closed_days")
    kind = models.CharField(_("kind"), max_length=8, choices=DayKind, default=DayKind.STUDY)
    name = models.CharField(_("name"), max_length=60)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    instead_of = models.ForeignKey(Holiday, models.CASCADE, null=True, blank=True, related_name="+")

    objects = ClosedDaysQuerySet.as_manager()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["school", "instead_of"], name="a_holiday_is_replaced_once"),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True, instead_of__isnull=False)
                | Q(last_day__gte=F("first_day")),
                name="closed_days_have_a_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_day}"

    @property
    def is_open_instead(self) -> bool:
        """At work on a holiday of others."""
        return self.first_day is None

    def can_be_changed_by(self, user: User) -> bool:
        return self.school.is_coordinated_by(user)


class LessonHours(models.Model):
    """From when until when a school teaches on one day of the week (1 is Monday), by the clock. Optional."""

    school = models.ForeignKey(School, models.CASCADE, related_name="lesson_hours")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["school", "weekday"], name="one_row_of_lessons_a_day"),
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 5), ends__gt=F("starts")), name="lessons_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.starts:%H:%M}-{self.ends:%H:%M}"

    @property
    def day_name(self) -> str:
        return str(WEEKDAYS[self.weekday - 1])
