"""The outcome survey: waves of one list of items. No row here leads to a person, and none says when one answered.

An answer is added to a count and kept nowhere else. A link is a hash among the others of its wave, written in one
go and in the order of the hashes; it is erased as it is used.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import Moves

from .consents import Consent, ConsentKind
from .people import School, User


class SurveyKind(models.TextChoices):
    BASELINE = "baseline", _("baseline")
    MIDDLE = "middle", _("halfway through")
    END = "end", _("at the end")
    YEAR_LATER = "later", _("a year later")


class WaveState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


MOVES: Moves = {WaveState.PLANNED: (WaveState.OPEN,), WaveState.OPEN: (WaveState.CLOSED,)}


class SurveyWaveQuerySet(models.QuerySet["SurveyWave"]):
    def visible_to(self, user: User) -> SurveyWaveQuerySet:
        """Of the schools where the person is today."""
        return self.filter(school__in=user.schools_as()).select_related("school")

    def agreed(self) -> SurveyWaveQuerySet:
        """Of schools whose PMR agrees to surveys now."""
        given = Consent.objects.agreed_to(ConsentKind.SURVEYS).filter(school=OuterRef("school"))
        return self.filter(Exists(given))

    def running(self, day: dt.date) -> SurveyWaveQuerySet:
        """Open on ``day``, where the PMR agrees."""
        return self.agreed().filter(state=WaveState.OPEN, closes__gte=day)


class SurveyWave(models.Model):
    """One round of asking at a school, until and including the day ``closes``.

    ``items``: number of the list in schools.survey_items. ``asked``: to how many people it went. ``salt`` takes
    part in every link of the wave and is erased when it closes: then nobody can make a link anew.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="survey_waves")
    kind = models.CharField(_("which moment"), max_length=8, choices=SurveyKind)
    items = models.PositiveSmallIntegerField()
    opens = models.DateField(_("opens on"))
    closes = models.DateField(_("until and including"))
    state = models.CharField(max_length=8, choices=WaveState, default=WaveState.PLANNED, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=64, blank=True, editable=False)
    asked = models.PositiveSmallIntegerField(default=0, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    objects = SurveyWaveQuerySet.as_manager()

    class Meta:
        ordering = ["opens", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="a_wave_closes_after_it_opens"),
            models.UniqueConstraint(
                fields=["school"], condition=Q(state="open"), name="one_open_wave_a_school"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, salt="")
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="a_closed_wave_makes_no_links",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} · {self.get_kind_display()}"

    def can_be_run_by(self, user: User) -> bool:
        """Planned, reminded of and closed: by a coordinator of the school."""
        return self.school.is_coordinated_by(user)

    def is_running(self, day: dt.date | None = None) -> bool:
        return SurveyWave.objects.running(day or timezone.localdate()).filter(pk=self.pk).exists()


class SurveyLink(models.Model):
    """A link that can still be used, by the hash of its secret part."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    wave = models.ForeignKey(SurveyWave, models.CASCADE, related_name="links")

    def __str__(self) -> str:
        return self.token_hash[:8]


class SurveyCount(models.Model):
    """How many people gave ``value`` (0: would rather not say) to ``item``; there from the start of the wave.

    ``shown`` is settled for the whole item when the wave closes, once and for all (schools.survey_rules).
    """

    wave = models.ForeignKey(SurveyWave, models.CASCADE, related_name="counts")
    item = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField(default=0)
    shown = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "item", "value"], name="one_count_a_value"),
            models.CheckConstraint(condition=Q(value__lte=5), name="values_go_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.item} = {self.value}: {self.people}"
