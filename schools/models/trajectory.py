"""The introduction of collegial coaching at a school: its phases and milestones, trainings, and the hand-over.

Source of the phases, of the look-back after one and two years, and of "steered by somebody inside from the
start": domain.md §6.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .consents import Consent
from .people import Membership, Role, School, SchoolYear, User

LOOK_BACKS = (1, 2)  # years after the hand-over


class Phase(models.TextChoices):
    """In the order of the year."""

    DESIGN = "design", _("Intake and design")
    KICK_OFF = "kick_off", _("Kick-off")
    LEARN = "learn", _("Learning")
    DO = "do", _("Doing it yourselves")
    SECURE = "secure", _("Making it last")
    HAND_OVER = "hand_over", _("Handing over")


class Proof(models.TextChoices):
    """What the site can show of a milestone by itself: a number or a day, never what was said."""

    AGREEMENTS = "agreements", _("every group has agreed on how it works together")
    START_MEETINGS = "start_meetings", _("every group has had a first meeting")
    TRAININGS = "trainings", _("the trainings have been given")
    OWN_SESSIONS = "own_sessions", _("two sessions led by somebody of your own")
    FIRST_GOP = "first_gop", _("a first group plan (GOP) has been handed in")
    NEXT_YEAR = "next_year", _("the dates of next year are published")
    SURVEYS = "surveys", _("the survey has been held")
    CONSENT = "consent", _("the PMR has agreed")


class TrajectoryQuerySet(models.QuerySet["Trajectory"]):
    def visible_to(self, user: User) -> TrajectoryQuerySet:
        """That of one's schools; what of it somebody may open is asked of the trajectory itself."""
        rows = self.filter(school__in=School.objects.visible_to(user))
        return rows.select_related("school", "year", "steered_by__person")

    def under_way(self, day: dt.date) -> TrajectoryQuerySet:
        return self.filter(handed_over_at__isnull=True, hand_over_on__gt=day)


class Trajectory(models.Model):
    """Invoeringstraject of one school in one school year. ``minutes``: for each colleague, over the whole year.

    From ``hand_over_on`` on an outside consultant sees nothing of the school any more: that day itself included.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="trajectories")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+", verbose_name=_("school year"))
    goal = models.TextField(_("what do we want to reach?"), blank=True)
    start = models.TextField(_("where do we start from?"), blank=True)
    minutes = models.PositiveIntegerField(_("hours for each colleague"), default=0)
    steered_by = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="trajectories_steered",
        verbose_name=_("who steers it, from inside"),
    )
    begins_on = models.DateField(_("begins on"))
    hand_over_on = models.DateField(_("day of the hand-over"))
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects = TrajectoryQuerySet.as_manager()

    class Meta:
        ordering = ["-year__starts"]
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="one_trajectory_a_year"),
            models.CheckConstraint(
                condition=Q(hand_over_on__gte=F("begins_on")), name="not_handed_over_before_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} · {self.year}"

    @property
    def last_day_of_access(self) -> dt.date:
        return self.hand_over_on - dt.timedelta(days=1)

    def is_handed_over(self, day: dt.date | None = None) -> bool:
        """Also when nobody pressed anything: the day itself does it."""
        return self.handed_over_at is not None or self.hand_over_on <= (day or timezone.localdate())

    def can_be_steered_by(self, user: User) -> bool:
        """Who decides on the hand-over and on who takes part in the design: from inside, never the consultant."""
        outside = user.has_role(Role.CONSULTANT, self.school_id)
        return self.school.people_can_be_managed_by(user) and not outside

    def can_be_designed_by(self, user: User) -> bool:
        """Director, coordinator and involved staff together, with the consultant until the hand-over.

        After it the plan is the school's own, also when somebody from outside is invited again.
        """
        outside = user.has_role(Role.CONSULTANT, self.school_id) and not self.is_handed_over()
        return outside or self.can_be_designed_from_inside_by(user)

    def can_be_designed_from_inside_by(self, user: User) -> bool:
        return self.can_be_steered_by(user) or self.involves(user)

    def involves(self, user: User) -> bool:
        return any(row.membership.person_id == user.pk and row.membership.is_current() for row in self.staff)

    @cached_property
    def staff(self) -> list[Involved]:
        return list(self.involved.select_related("membership__person"))

    def attendance_can_be_noted_by(self, user: User) -> bool:
        """Who was there, by name: a coordinator while the PMR agrees, unless the same person directs."""
        agreed = Consent.objects.agreed_to_hours().filter(school=self.school_id).exists()
        return self.school.people_hours_can_be_seen_by(user) and agreed


class OfTrajectory(models.QuerySet[models.Model]):
    """Of rows with a key ``trajectory``."""

    def visible_to(self, user: User) -> OfTrajectory:
        rows = self.filter(trajectory__in=Trajectory.objects.visible_to(user))
        return rows.select_related("trajectory__school", "trajectory__year")


class Involved(models.Model):
    """A colleague who takes part in the design: reads it all and may change milestones and trainings."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="involved")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="involved_in")
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "membership"], name="somebody_is_involved_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership.person} · {self.trajectory}"


class Milestone(models.Model):
    """What should be there by a day. ``proof_text``: in own words; ``proof``: what the site shows by itself."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="milestones")
    phase = models.CharField(_("phase"), max_length=10, choices=Phase)
    title = models.CharField(_("what"), max_length=200)
    owner = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("who sees to it"),
    )
    due = models.DateField(_("ready by"), null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    proof = models.CharField(_("what the site shows of it"), max_length=14, choices=Proof, blank=True)
    proof_text = models.TextField(_("how do we know, in our own words?"), blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfTrajectory.as_manager()

    class Meta:
        ordering = [F("due").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.title

    def can_be_changed_by(self, user: User) -> bool:
        return self.trajectory.can_be_designed_by(user)

    def can_be_removed_by(self, user: User) -> bool:
        """What is done stays: it tells how the school came here."""
        return self.done_on is None and self.can_be_changed_by(user)

    def can_be_reopened_by(self, user: User) -> bool:
        """From inside; else what is done could be opened again and removed."""
        return self.trajectory.can_be_designed_from_inside_by(user)

    def finish(self, day: dt.date) -> None:
        """The first who ticks it gives it its day."""
        Milestone.objects.filter(pk=self.pk, done_on=None).update(done_on=day)

    def reopen(self) -> None:
        Milestone.objects.filter(pk=self.pk).update(done_on=None)

    def is_late(self, day: dt.date) -> bool:
        return self.done_on is None and self.due is not None and self.due < day


class TrainingUnit(models.Model):
    """A training of the trajectory with what goes with it: for all staff of the school to read."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="units")
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("hours"), default=0)
    text = models.TextField(_("what we do and what to read"), blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfTrajectory.as_manager()

    class Meta:
        ordering = [F("day").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.title

    def can_be_read_by(self, user: User) -> bool:
        return self.trajectory.school.has_as_member(user)

    def can_be_changed_by(self, user: User) -> bool:
        return self.trajectory.can_be_designed_by(user)

    def can_be_moved_by(self, user: User) -> bool:
        """To another day; what has been given was on its day, but for who steers."""
        return not self.has_been_given() or self.trajectory.can_be_steered_by(user)

    def can_be_removed_by(self, user: User) -> bool:
        """What has been given stays, but for who steers; and who was there is lost by nobody who can't see it."""
        if not self.can_be_changed_by(user) or not self.can_be_moved_by(user):
            return False
        return self.attendance_can_be_noted_by(user) or not self.attendances.exists()

    def has_been_given(self, day: dt.date | None = None) -> bool:
        return self.day is not None and self.day <= (day or timezone.localdate())

    def attendance_can_be_noted_by(self, user: User) -> bool:
        return self.trajectory.attendance_can_be_noted_by(user)


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: User) -> MaterialQuerySet:
        rows = self.filter(unit__in=TrainingUnit.objects.visible_to(user))
        return rows.select_related("unit__trajectory__school")


class Material(models.Model):
    """A link or a file of a training. A file is judged by its content and kept under the random name ``stored``.

    ``kind``: what the file is, as an extension; ``size`` in bytes; both empty for a link.
    """

    unit = models.ForeignKey(TrainingUnit, models.CASCADE, related_name="materials")
    title = models.CharField(_("name"), max_length=200)
    link = models.URLField(_("link"), blank=True)
    kind = models.CharField(max_length=5, blank=True)
    size = models.PositiveIntegerField(default=0)
    stored = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 -- many links have none
    made_at = models.DateTimeField(default=timezone.now)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(link="") & Q(stored__isnull=False)) | (~Q(link="") & Q(stored__isnull=True)),
                name="material_is_a_link_or_a_file",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def can_be_read_by(self, user: User) -> bool:
        return self.unit.can_be_read_by(user)

    def can_be_changed_by(self, user: User) -> bool:
        return self.unit.can_be_changed_by(user)

    def can_be_removed_by(self, user: User) -> bool:
        return self.can_be_changed_by(user) and self.unit.can_be_moved_by(user)


class TrainingAttendance(models.Model):
    """Who was at a training: written and shown only while the PMR's consent to attendance is in force."""

    unit = models.ForeignKey(TrainingUnit, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="trainings_attended")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "membership"], name="somebody_attends_a_training_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership.person} · {self.unit}"


class TrajectoryLookBack(models.Model):
    """How it stands ``years`` after the hand-over. Without a ``day`` of its own on the day the site proposes."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="look_backs")
    years = models.PositiveSmallIntegerField()
    day = models.DateField(_("day"), null=True, blank=True)
    text = models.TextField(_("what is still there, what has grown, what do we do next?"), blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfTrajectory.as_manager()

    class Meta:
        ordering = ["years"]
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "years"], name="one_look_back_a_year"),
            models.CheckConstraint(condition=Q(years__in=LOOK_BACKS), name="look_back_after_one_or_two"),
        ]

    def __str__(self) -> str:
        return f"{self.trajectory} + {self.years}"

    def can_be_written_by(self, user: User) -> bool:
        """By then the consultant is gone: it is the school that looks back."""
        return self.trajectory.can_be_designed_from_inside_by(user)

    @property
    def on(self) -> dt.date:
        return self.day or proposed(self.trajectory.hand_over_on, self.years)


def proposed(hand_over_on: dt.date, years: int) -> dt.date:
    """So many years later, on a working day; 29 February counts as the last of that month."""
    try:
        day = hand_over_on.replace(year=hand_over_on.year + years)
    except ValueError:
        day = dt.date(hand_over_on.year + years, 2, 28)
    return day + dt.timedelta(days={6: 2, 7: 1}.get(day.isoweekday(), 0))


class HandOverTick(models.Model):
    """A point of the hand-over list that somebody ticked; without a row it is still open."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="ticks")
    key = models.CharField(max_length=20)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trajectory", "key"], name="a_point_is_ticked_once")]

    def __str__(self) -> str:
        return f"{self.trajectory} · {self.key}"


class HandOverMove(models.Model):
    """Who moved the day of the hand-over, from when to when: a consultant's access moved along with it."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="hand_over_moves")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.DateField()
    after = models.DateField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.trajectory} · {self.before} → {self.after}"
