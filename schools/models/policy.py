"""What a school wants, line by line, and the time it sets apart for who works on it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import Membership, School, SchoolYear, User


class SchoolPlanLineQuerySet(models.QuerySet["SchoolPlanLine"]):
    def visible_to(self, user: User) -> SchoolPlanLineQuerySet:
        """All staff of the school, and the director of its board."""
        return self.filter(school__in=School.objects.visible_to(user)).select_related("school")

    def in_use(self) -> SchoolPlanLineQuerySet:
        return self.filter(retired_at__isnull=True)


class SchoolPlanLine(models.Model):
    """A line of the school plan that goals of groups may serve; ``number`` as it stands there, "2.3".

    Out of use it stays, as goals may point to it.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="plan_lines")
    number = models.CharField(_("number"), max_length=12, blank=True)
    text = models.CharField(_("what the school wants"), max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolPlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "number"],
                condition=Q(retired_at__isnull=True) & ~Q(number=""),
                name="a_line_in_use_has_a_number_of_its_own",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()

    def can_be_changed_by(self, user: User) -> bool:
        return self.school.is_directed_by(user)

    def retire(self, at: dt.datetime) -> None:
        SchoolPlanLine.objects.filter(pk=self.pk, retired_at__isnull=True).update(retired_at=at)

    def bring_back(self) -> None:
        SchoolPlanLine.objects.filter(pk=self.pk).update(retired_at=None)


class Allowance(models.Model):
    """``minutes`` that somebody has in a school year on top of what the school set apart for all.

    ``source``: what it was promised for, opaque ("gop:4"); a source gives once to a person.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="allowances")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    source = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "source"], name="a_source_allows_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.minutes}"
