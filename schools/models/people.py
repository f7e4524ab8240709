"""Schools, people and what they are in a school."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .boards import Board, BoardDirector, in_force

TIME_TO_FILL_IN = dt.timedelta(days=8)  # after a quarter: for who was there and for late look-backs


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> User:
        """A person who can log in; without a password only by a code sent to ``email``.

        The log-in library gets a confirmed address at once. Without one it blanks ``email`` when its owner
        asks for another, and logs an address in as whoever claims it.
        """
        from allauth.account.models import EmailAddress  # its module needs this one

        user = self.model(email=email.strip().lower(), name=name.strip(), **extra)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. There are no permission flags on purpose: nobody passes every check."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @cached_property
    def roles_now(self) -> list[RoleHeld]:
        """The roles this person holds today, with their schools; read once per request."""
        from .trajectory import Involved  # its module needs this one

        today = timezone.localdate()
        involved = Exists(Involved.objects.filter(membership=OuterRef("membership")))
        mine = BoardDirector.objects.filter(in_force(today), person=self)
        held = RoleHeld.objects.filter(in_force(today, "membership__"), membership__person=self).annotate(
            is_involved=involved,
            directs_board=Exists(mine.filter(board=OuterRef("membership__school__board"))),
        )
        return list(
            held.select_related("membership__school__board").order_by("membership__school__name", "role")
        )

    def schools_as(self, *roles: str) -> list[School]:
        """The schools where this person holds one of ``roles`` today (any role when none is named)."""
        found = {
            held.membership.school.pk: held.membership.school
            for held in self.roles_now
            if not roles or held.role in roles
        }
        return list(found.values())

    @property
    def schools_designing(self) -> list[School]:
        """Where they design the introduction: as director, coordinator, consultant or involved colleague."""
        schools = self.schools_as(Role.DIRECTOR, Role.COORDINATOR, Role.CONSULTANT)
        involved = {held.membership.school for held in self.roles_now if getattr(held, "is_involved", False)}
        return [*schools, *sorted(involved - set(schools), key=str)]

    def has_role(self, role: str, school_id: int) -> bool:
        return any(held.role == role and held.membership.school_id == school_id for held in self.roles_now)

    @cached_property
    def boards_now(self) -> list[Board]:
        """The boards this person directs today; read once per request."""
        mine = BoardDirector.objects.filter(in_force(timezone.localdate()), person=self)
        return list(Board.objects.filter(pk__in=mine.values("board")).order_by("name", "pk"))

    def directs_board(self, board_id: int) -> bool:
        return any(board.pk == board_id for board in self.boards_now)


class Sector(models.TextChoices):
    PO = "po", _("primary education")
    VO = "vo", _("secondary education")


class Region(models.TextChoices):
    """The three holiday regions of the ministry of education."""

    NORTH = "noord", _("North")
    MIDDLE = "midden", _("Middle")
    SOUTH = "zuid", _("South")


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, user: User) -> SchoolQuerySet:
        """Schools where the person is a member today, or of the board they direct."""
        if not user.is_authenticated:
            return self.none()
        today = timezone.localdate()
        mine = Membership.objects.filter(in_force(today), person=user).values("school")
        boards = BoardDirector.objects.filter(in_force(today), person=user).values("board")
        return self.filter(Q(pk__in=mine) | Q(board__in=boards))


class School(models.Model):
    """A school of one location (BRIN number with its place)."""

    board = models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("board")
    )
    name = models.CharField(_("name"), max_length=120)
    brin = models.CharField(_("BRIN number"), max_length=6, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    sector = models.CharField(_("sector"), max_length=2, choices=Sector, default=Sector.PO)
    region = models.CharField(_("holiday region"), max_length=6, choices=Region, default=Region.MIDDLE)
    confidant = models.CharField(_("whom to turn to when somebody is in danger"), max_length=200, blank=True)
    notes_kept_days = models.PositiveSmallIntegerField(
        _("days the working notes of a session are kept"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = SchoolQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def notes_go_on(self, day: dt.date) -> dt.date:
        """When the notes of ``day`` are erased: after so many days, at most at the school year's end."""
        year = SchoolYear(starts=SchoolYear.start_of(day))
        return min(day + dt.timedelta(days=self.notes_kept_days), year.last_day)

    def has_as_member(self, user: User) -> bool:
        return any(school.pk == self.pk for school in user.schools_as())

    def has_on_staff(self, user: User) -> bool:
        """Any member but an outside consultant."""
        return any(
            held.membership.school_id == self.pk and held.role != Role.CONSULTANT for held in user.roles_now
        )

    def is_coordinated_by(self, user: User) -> bool:
        return user.has_role(Role.COORDINATOR, self.pk)

    def is_directed_by(self, user: User) -> bool:
        return user.has_role(Role.DIRECTOR, self.pk)

    def people_can_be_managed_by(self, user: User) -> bool:
        """Coordinators invite colleagues; a director does too, and alone makes a director."""
        return self.is_coordinated_by(user) or self.is_directed_by(user)

    def people_hours_can_be_seen_by(self, user: User) -> bool:
        """Person by person: a coordinator, unless the same person directs the school or its board."""
        here: list[Any] = [held for held in user.roles_now if held.membership.school_id == self.pk]
        return self.is_coordinated_by(user) and not any(
            h.role == Role.DIRECTOR or h.directs_board for h in here
        )

    def introduction_can_be_seen_by(self, user: User) -> bool:
        return self in user.schools_designing

    def overview_can_be_seen_by(self, user: User) -> bool:
        """Numbers of groups, never of a person: whoever directs the school or its board."""
        return self.is_directed_by(user) or (self.board_id is not None and user.directs_board(self.board_id))

    def hours_can_be_seen_by(self, user: User) -> bool:
        """The page; what stands on it differs: a coordinator sees people, a director their totals."""
        return self.people_can_be_managed_by(user)


class SchoolYear(models.Model):
    """1 August of ``starts`` until 31 July of the next year."""

    starts = models.PositiveSmallIntegerField(_("starts in"), unique=True)

    class Meta:
        ordering = ["starts"]

    def __str__(self) -> str:
        return f"{self.starts}–{self.starts + 1}"

    @classmethod
    def of(cls, day: dt.date) -> SchoolYear:
        return cls.objects.get_or_create(starts=cls.start_of(day))[0]

    @classmethod
    def read(cls, day: dt.date) -> SchoolYear:
        """That of ``day`` for a page that only shows something: without a row yet, it is not saved."""
        starts = cls.start_of(day)
        return cls.objects.filter(starts=starts).first() or cls(starts=starts)

    @staticmethod
    def start_of(day: dt.date) -> int:
        """The year in which the school year of ``day`` starts."""
        return day.year if day.month >= 8 else day.year - 1

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.starts, 8, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.starts + 1, 7, 31)

    def is_over(self, day: dt.date) -> bool:
        return day > self.last_day

    @property
    def told_on(self) -> dt.date:
        """From this day on a director may see hours of the year: those booked before it, so that none move."""
        return self.last_day + TIME_TO_FILL_IN


class Function(models.TextChoices):
    """What somebody does at school: collegial coaching is for all staff, not only teachers."""

    TEACHER = "teacher", _("teacher")
    CARE_COORDINATOR = "ib", _("care coordinator (IB'er)")
    ASSISTANT = "assistant", _("teaching assistant")
    ADMINISTRATOR = "administrator", _("administrator")
    CARETAKER = "caretaker", _("caretaker")
    DIRECTOR = "director", _("director")
    EXTERNAL = "external", _("external consultant")
    OTHER = "other", _("other")


class Role(models.TextChoices):
    TEACHER = "teacher", _("colleague")
    COORDINATOR = "coordinator", _("coordinator")
    DIRECTOR = "director", _("director")
    CONSULTANT = "consultant", _("external consultant")


def directs(person: Any, school: Any, board: Any, day: dt.date) -> Q:
    """Whether ``person`` leads those of ``school`` or its ``board`` on ``day``; each a row, key or OuterRef."""
    roles = RoleHeld.objects.filter(in_force(day, "membership__"), role=Role.DIRECTOR)
    boards = BoardDirector.objects.filter(in_force(day), person=person, board=board)
    return Q(Exists(roles.filter(membership__person=person, membership__school=school))) | Q(Exists(boards))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, day: dt.date | None = None) -> MembershipQuerySet:
        return self.filter(in_force(day or timezone.localdate()))

    def visible_to(self, user: User) -> MembershipQuerySet:
        """Colleagues of the schools where the person is a member today."""
        mine = Membership.objects.filter(in_force(timezone.localdate()), person=user).values("school")
        return self.filter(school__in=mine).select_related("person", "school")

    def led_by(self, user: User, day: dt.date | None = None) -> MembershipQuerySet:
        """Of ``day``, those of others whom ``user`` leads then: as director of their school or of its board."""
        day = day or timezone.localdate()
        led = directs(user, OuterRef("school"), OuterRef("school__board"), day)
        return self.current(day).filter(led).exclude(person=user)


class Membership(models.Model):
    """A person in a school, from–until (last day included). Groups and hours hang on this."""

    person = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, models.PROTECT, related_name="memberships")
    function = models.CharField(_("function"), max_length=20, choices=Function, default=Function.TEACHER)
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_until = models.DateField(_("until and including"), null=True, blank=True)
    work_days = models.CharField(
        _("work days"),
        max_length=7,
        default="12345",
        blank=True,
        validators=[RegexValidator(r"^1?2?3?4?5?6?7?$")],
        help_text=_("digits of the week days: 1 is Monday, 7 is Sunday"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "school", "valid_from"], name="one_membership_a_start"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.school}"

    def can_be_managed_by(self, user: User) -> bool:
        return self.school.people_can_be_managed_by(user)

    def hours_can_be_seen_by(self, user: User) -> bool:
        """Line by line: one's own, and those of a coordinator's school."""
        return self.person_id == user.pk or self.school.people_hours_can_be_seen_by(user)

    def hours_can_be_booked_by(self, user: User) -> bool:
        """By hand: one's own, and by a coordinator for a colleague; the line says by whom."""
        return self.hours_can_be_seen_by(user)

    def works_on(self, day: dt.date) -> bool:
        return str(day.isoweekday()) in self.work_days

    @property
    def work_day_names(self) -> list[str]:
        return [str(WEEKDAYS[int(digit) - 1]) for digit in self.work_days]

    @property
    def fte_rows(self) -> list[Fte]:
        """Newest first. Prefetch ``fte`` for a list."""
        return sorted(self.fte.all(), key=lambda row: row.valid_from, reverse=True)

    @property
    def fte_row_now(self) -> Fte | None:
        """What holds today; None while nothing was filled in for today or before."""
        today = timezone.localdate()
        return next((row for row in self.fte_rows if row.valid_from <= today), None)

    def is_current(self, day: dt.date | None = None) -> bool:
        day = day or timezone.localdate()
        return self.valid_from <= day and (self.valid_until is None or self.valid_until >= day)


class RoleHeld(models.Model):
    """One role of a membership; several at once are several rows."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "role"], name="a_role_is_held_once")]

    def __str__(self) -> str:
        return self.get_role_display()


class FteQuerySet(models.QuerySet["Fte"]):
    def visible_to(self, user: User) -> FteQuerySet:
        rows = self.filter(membership__in=Membership.objects.visible_to(user))
        return rows.select_related("membership__school", "membership__person")


class Fte(models.Model):
    """Werktijdfactor of a membership from a day on: 1 is full time, 1659 hours a year."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="fte")
    valid_from = models.DateField(_("from"))
    value = models.DecimalField(
        _("fte"),
        max_digits=5,
        decimal_places=4,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("1.2"))],
    )

    objects = FteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "valid_from"], name="one_fte_a_day")]

    def __str__(self) -> str:
        return f"{self.value} ({self.valid_from})"

    def can_be_changed_by(self, user: User) -> bool:
        return self.membership.can_be_managed_by(user)
