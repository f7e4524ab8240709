"""The have/need map of a group: what members put into it, the words it became, and what the group needs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.lib.added_up import Step
from portfolio.models import Competence

from .groups import GroupMember, PopGroup


class MapContributionQuerySet(models.QuerySet["MapContribution"]):
    def standing(self) -> MapContributionQuerySet:
        """Not taken back, of people who are in the group today."""
        return self.filter(ended_at__isnull=True, place__in=GroupMember.objects.current())


class MapContribution(models.Model):
    """A member lets their marks be added up in the map of the group, until ``ended_at``.

    ``counted_at``: when it was added up; from then on nobody keeps what it said (see MapMark).
    """

    place = models.ForeignKey(GroupMember, models.CASCADE, related_name="map_contributions")
    at = models.DateTimeField(default=timezone.now)
    counted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MapContributionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(ended_at__isnull=True), name="one_contribution_to_a_map"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} → {self.place.group}"


class MapMark(models.Model):
    """``well``: whether this person does this well; None once it is added up, when only that they did is left.

    Gone as soon as its person takes the contribution back or leaves the group.
    """

    contribution = models.ForeignKey(MapContribution, models.CASCADE, related_name="marks")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="+")
    well = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "competence"], name="a_map_mark_once")]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.competence}"


class GroupMap(models.Model):
    """The map of ``group`` was made, once in its school year: two of them would tell what one person said."""

    group = models.OneToOneField(PopGroup, models.CASCADE, related_name="map")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.group)


class MapBar(models.Model):
    """How many of those who let it be added up do this well, in a word; no number is kept."""

    map = models.ForeignKey(GroupMap, models.CASCADE, related_name="bars")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="+")
    step = models.CharField(max_length=4, choices=Step)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "competence"], name="a_bar_once_on_a_map")]

    def __str__(self) -> str:
        return f"{self.competence}: {self.step}"


class GroupNeed(models.Model):
    """How many of ``group`` should do this well, as the group chose together."""

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="needs")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="+")
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "competence"], name="a_need_once_in_a_group"),
            models.CheckConstraint(condition=Q(people__gt=0), name="a_need_is_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.people} × {self.competence}"
