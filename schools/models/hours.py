"""The ledger of hours: planned and held minutes of a person, written by higher rooms, read by hours pages."""

from __future__ import annotations

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .consents import Consent
from .languages import InTwoLanguages
from .people import Membership, Role, School, SchoolYear, Sector, User

FULL_YEAR_MINUTES = 1659 * 60  # the annual task of somebody who works full time
MOST_MINUTES_A_DAY = 24 * 60
USUAL_TASK = "professionalisering"
BY_HAND = "hand:"  # how the source of a line that a person booked starts


class LineKind(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")


class Activity(models.TextChoices):
    """What the time went to; the first five are the kinds of meetings."""

    INTERVISION = "intervision", _("intervision")
    START = "start", _("start meeting")
    TRAINING = "training", _("training")
    PAUSE = "pause", _("professional pause")
    EVALUATION = "evaluation", _("evaluation")
    GUIDING = "guiding", _("guiding a meeting")
    VISIT = "visit", _("lesson visit")
    OTHER = "other", _("other")


class HourRule(InTwoLanguages):
    """What a collective agreement says, in force from a day on: ``minutes`` a school year at fte 1."""

    key = models.SlugField(max_length=40)
    sector = models.CharField(max_length=2, choices=Sector)
    valid_from = models.DateField()
    minutes = models.PositiveIntegerField(help_text="minutes a school year at fte 1")
    pro_rata = models.BooleanField(default=True)
    name_nl = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        ordering = ["sector", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["sector", "key", "valid_from"], name="one_hour_rule_a_start")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sector}, {self.valid_from})"

    @property
    def name(self) -> str:
        return self.text("name")

    @classmethod
    def in_force(cls, sector: str, day: dt.date) -> list[HourRule]:
        """Of each rule of ``sector`` the newest that holds on ``day``."""
        rows = cls.objects.filter(sector=sector, valid_from__lte=day).order_by("valid_from")
        return sorted({row.key: row for row in rows}.values(), key=lambda row: row.minutes)


class Allotment(models.Model):
    """What a school sets apart for collegial coaching in one year; all in minutes.

    ``minutes``: a person at fte 1. ``pro_rata`` off: everybody gets all of them, part-timers too.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="allotments")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="allotments")
    task_code = models.CharField(
        _("task code"), max_length=40, default=USUAL_TASK, validators=[RegexValidator(r"\S")]
    )
    minutes = models.PositiveIntegerField(validators=[MaxValueValidator(FULL_YEAR_MINUTES)])
    pro_rata = models.BooleanField(_("less for who works part time"), default=True)
    preparation = models.PositiveSmallIntegerField(
        _("minutes of preparation a meeting"), default=0, validators=[MaxValueValidator(600)]
    )
    facilitator_extra = models.PositiveSmallIntegerField(
        _("extra minutes for whoever guides"), default=0, validators=[MaxValueValidator(600)]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "year"], name="one_allotment_a_year")]

    def __str__(self) -> str:
        return f"{self.school} {self.year}: {self.minutes} min"


class TaskCodeQuerySet(models.QuerySet["TaskCode"]):
    def visible_to(self, user: User) -> TaskCodeQuerySet:
        return self.filter(school__in=School.objects.visible_to(user)).select_related("school")


class TaskCode(models.Model):
    """A code of the school's annual task, with what it is called there.

    Lines of the ledger keep the code as text: it can't change here, and they stay readable once it is gone.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="task_codes")
    code = models.CharField(_("task code"), max_length=40, validators=[RegexValidator(r"\S")])
    name = models.CharField(_("name"), max_length=80, blank=True)

    objects = TaskCodeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["school", "code"], name="a_task_code_is_there_once")]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}" if self.name else self.code

    def can_be_changed_by(self, user: User) -> bool:
        return self.school.is_coordinated_by(user)


class ActivityCode(models.Model):
    """On which code a school books an activity by hand; without a row on that of its meetings."""

    school = models.ForeignKey(School, models.CASCADE, related_name="activity_codes")
    activity = models.CharField(max_length=12, choices=Activity)
    task_code = models.ForeignKey(TaskCode, models.CASCADE, related_name="activities")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "activity"], name="an_activity_has_one_code")
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.task_code_id}"


class HourLineQuerySet(models.QuerySet["HourLine"]):
    def visible_to(self, user: User) -> HourLineQuerySet:
        """One's own and, for a coordinator, those of the school; only while its PMR agrees."""
        if not user.is_authenticated:
            return self.none()
        agreed = Consent.objects.agreed_to_hours().values("school")
        steered = [s for s in user.schools_as(Role.COORDINATOR) if s.people_hours_can_be_seen_by(user)]
        rows = self.filter(
            Q(membership__person=user) | Q(membership__school__in=steered), membership__school__in=agreed
        )
        return rows.select_related("membership__school", "membership__person", "booked_by")

    def of_year(self, year: SchoolYear) -> HourLineQuerySet:
        """31 July belongs to the old year, 1 August to the new one."""
        return self.filter(day__gte=year.first_day, day__lte=year.last_day)

    def counting(self, day: dt.date) -> HourLineQuerySet:
        """What counts on ``day``: all that is held, and planned from that day on."""
        return self.filter(Q(kind=LineKind.HELD) | Q(day__gte=day))


class HourLine(models.Model):
    """Minutes of one membership on one day; ``source`` is opaque to this room ("meeting:12").

    A line is never edited by hand: what was wrong is put right by a second line that ``corrects`` it, with a
    reason and the difference in minutes. ``source`` numbers the corrections, so that two at once can't both land.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="hour_lines")
    kind = models.CharField(max_length=8, choices=LineKind)
    activity = models.CharField(
        _("kind of activity"), max_length=12, choices=Activity, default=Activity.INTERVISION
    )
    day = models.DateField(_("day"))
    minutes = models.IntegerField(
        help_text="minutes; negative only in a correction",
        validators=[MinValueValidator(-MOST_MINUTES_A_DAY), MaxValueValidator(MOST_MINUTES_A_DAY)],
    )
    task_code = models.CharField(_("task code"), max_length=40, default=USUAL_TASK)
    source = models.CharField(max_length=80)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    booked_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    booked_at = models.DateTimeField(default=timezone.now)

    objects = HourLineQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "source", "kind"], name="an_hour_line_is_booked_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, minutes__gte=0)
                | (Q(corrects__isnull=False, kind=LineKind.HELD) & ~Q(reason="")),
                name="a_correction_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.minutes} min ({self.source})"

    @property
    def is_by_hand(self) -> bool:
        return self.source.startswith(BY_HAND)

    @property
    def is_original(self) -> bool:
        """Held and no correction itself: what can be put right."""
        return self.kind == LineKind.HELD and self.corrects_id is None

    def can_be_corrected_by(self, user: User) -> bool:
        """Its person, or a coordinator of the school."""
        mine = self.membership.person_id == user.pk
        return self.is_original and (mine or self.membership.school.is_coordinated_by(user))

    def can_be_undone_by(self, user: User) -> bool:
        """One's own line that one booked by hand."""
        return self.is_original and self.is_by_hand and self.membership.person_id == user.pk
