"""People form POP-groups: members, the group agreement, meetings, who was there, looking back."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import Moves, move
from portfolio.models import ActionPlan
from portfolio.sharing import end_shares_via
from schools.hours import per_person_is_allowed, record_hours
from schools.models import LineKind, Membership, Role, School, SchoolYear, User

SMALLEST_GROUP, LARGEST_GROUP = 4, 8  # domain.md: a POP-group is 4-8 colleagues; outside it we warn


class GroupKind(models.TextChoices):
    TEAM = "team", _("team")
    BOUW = "bouw", _("year-group team (bouw)")
    CARE = "ib", _("care coordinators (IB'ers)")
    DIRECTORS = "directors", _("directors")
    OTHER = "other", _("other")


class PopGroupQuerySet(models.QuerySet["PopGroup"]):
    def with_member(self, user: User, day: dt.date | None = None) -> PopGroupQuerySet:
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Exists(GroupMember.objects.current(day).filter(group=OuterRef("pk"), membership__person=user))
        )

    def visible_to(self, user: User) -> PopGroupQuerySet:
        """Members of today, whoever is waiting to be welcomed, and coordinators of the host school."""
        if not user.is_authenticated:
            return self.none()
        asked = GroupMember.objects.filter(
            group=OuterRef("pk"), membership__person=user, left_on__isnull=True
        )
        return self.filter(Exists(asked) | Q(school__in=user.schools_as(Role.COORDINATOR)))


class PopGroup(models.Model):
    """POP-groep: a fixed group of 4-8 colleagues with a host school and members from its board."""

    school = models.ForeignKey(School, models.PROTECT, related_name="groups", verbose_name=_("school"))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=GroupKind, default=GroupKind.TEAM)
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="groups", verbose_name=_("school year"))
    made_at = models.DateTimeField(default=timezone.now)
    closed_on = models.DateField(null=True, blank=True)

    objects = PopGroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "name"], name="one_group_name_a_year")
        ]

    def __str__(self) -> str:
        return self.name

    def current_members(self, day: dt.date | None = None) -> GroupMemberQuerySet:
        return (
            self.members.current(day)
            .select_related("membership__person")
            .order_by("membership__person__name")
        )

    def has_member(self, user: User) -> bool:
        return self.members.current().filter(membership__person=user).exists()

    def can_be_managed_by(self, user: User) -> bool:
        return self.school.is_coordinated_by(user)

    def agreement_can_be_changed_by(self, user: User) -> bool:
        return self.has_member(user)

    def can_get_meetings_from(self, user: User) -> bool:
        return self.can_be_managed_by(user) or self.has_member(user)

    def current_agreement(self) -> Agreement | None:
        return self.agreements.order_by("-version").first()

    def size_is_unusual(self) -> bool:
        return not SMALLEST_GROUP <= self.current_members().count() <= LARGEST_GROUP

    def may_hold(self, membership: Membership) -> bool:
        """Nobody sits in a group with people they lead, or with somebody who leads them (domain.md §5)."""
        person = membership.person
        others = [
            m.membership
            for m in self.members.filter(left_on__isnull=True).select_related(
                "membership__person", "membership__school"
            )
        ]
        return not any(other.is_led_by(person) or membership.is_led_by(other.person) for other in others)


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def current(self, day: dt.date | None = None) -> GroupMemberQuerySet:
        """Members welcomed by the group whose from–until holds ``day``."""
        day = day or timezone.localdate()
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)

    def awaiting(self) -> GroupMemberQuerySet:
        return self.filter(joined_on__isnull=True, left_on__isnull=True)

    def visible_to(self, user: User) -> GroupMemberQuerySet:
        return self.filter(group__in=PopGroup.objects.visible_to(user))


class GroupMember(models.Model):
    """From ``joined_on`` (empty: not yet welcomed by the group) until ``left_on`` (first day no longer in it)."""

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="group_places")
    proposed_on = models.DateField(default=timezone.localdate)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "membership"], condition=Q(left_on__isnull=True), name="one_place_in_a_group"
            )
        ]

    def __str__(self) -> str:
        return self.membership.person.name

    @property
    def person(self) -> User:
        return self.membership.person

    def can_be_managed_by(self, user: User) -> bool:
        return self.group.can_be_managed_by(user)

    def can_be_ended_by(self, user: User) -> bool:
        """The coordinator, or the person alone."""
        return self.group.can_be_managed_by(user) or self.membership.person_id == user.pk

    def can_be_welcomed_by(self, user: User) -> bool:
        return self.joined_on is None and self.left_on is None and self.group.has_member(user)

    def welcome(self, by: User, at: dt.datetime) -> bool:
        """``by`` welcomes the newcomer; True when with this every member did, and the newcomer is in."""
        member = self.group.members.current().get(membership__person=by)
        with transaction.atomic():
            Welcome.objects.get_or_create(newcomer=self, member=member, defaults={"at": at})
            missing = self.group.members.current().exclude(welcomes__newcomer=self)
            if missing.exists():
                return False
            GroupMember.objects.filter(pk=self.pk, joined_on__isnull=True).update(
                joined_on=timezone.localdate(at)
            )
        return True

    def leave(self, at: dt.datetime) -> None:
        """Leave from today on; what was shared through the group ends with it."""
        with transaction.atomic():
            GroupMember.objects.filter(pk=self.pk, left_on__isnull=True).update(
                left_on=timezone.localdate(at)
            )
            end_shares_via(f"group:{self.group_id}", at, person=self.membership.person)


class Welcome(models.Model):
    """A member's yes to a newcomer: new members are accepted by the group, never put in silently."""

    newcomer = models.ForeignKey(GroupMember, models.CASCADE, related_name="welcomed_by")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="welcomes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newcomer", "member"], name="one_welcome_a_member")]

    def __str__(self) -> str:
        return f"{self.member} → {self.newcomer}"


class Agreement(models.Model):
    """Groepsafspraak: one version of its text; a change is a new version that everybody accepts anew."""

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("our agreement"))
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "version"], name="one_agreement_a_version")]

    def __str__(self) -> str:
        return f"{self.group} v{self.version}"

    def accept(self, member: GroupMember, at: dt.datetime, *, aloud_noted_by: User | None = None) -> None:
        """``member`` agrees on screen, or said so aloud and ``aloud_noted_by`` wrote it down."""
        AgreementAcceptance.objects.get_or_create(
            agreement=self, member=member, defaults={"at": at, "aloud_noted_by": aloud_noted_by}
        )

    def not_yet_accepted(self) -> GroupMemberQuerySet:
        return self.group.current_members().exclude(acceptances__agreement=self)


class AgreementAcceptance(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="acceptances")
    at = models.DateTimeField()
    aloud_noted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "member"], name="an_agreement_is_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.agreement}"


class MeetingKind(models.TextChoices):
    INTERVISION = "intervision", _("intervision")
    START = "start", _("start meeting")
    TRAINING = "training", _("training")
    PAUSE = "pause", _("professional pause")
    EVALUATION = "evaluation", _("evaluation")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


MEETING_MOVES: Moves = {
    MeetingState.PLANNED: (MeetingState.HELD, MeetingState.CANCELLED),
    MeetingState.CANCELLED: (MeetingState.PLANNED,),
}


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """Date and duration: members of today, coordinators and directors of the host school (domain.md §5)."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(group__in=PopGroup.objects.with_member(user))
            | Q(group__school__in=user.schools_as(Role.COORDINATOR, Role.DIRECTOR))
        )

    def of_member(self, user: User) -> MeetingQuerySet:
        return self.filter(group__in=PopGroup.objects.with_member(user))

    def coming(self, at: dt.datetime) -> MeetingQuerySet:
        """Planned, and not over for more than three hours (a session may run late)."""
        return self.filter(state=MeetingState.PLANNED, starts_at__gt=at - dt.timedelta(hours=3)).order_by(
            "starts_at"
        )


class Meeting(models.Model):
    """Bijeenkomst: a planned slot of a group. ``minutes`` long; UTC in, Europe/Amsterdam out."""

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="meetings", verbose_name=_("group"))
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind, default=MeetingKind.INTERVISION)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("link for taking part from elsewhere"), blank=True)
    about_change = models.CharField(_("about which change at school?"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=600), name="meeting_length")
        ]

    def __str__(self) -> str:
        return f"{self.group} · {timezone.localtime(self.starts_at):%d-%m-%Y %H:%M}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    def is_open_to(self, user: User) -> bool:
        """The page itself: members and coordinators; a director sees dates only."""
        return self.group.has_member(user) or self.group.can_be_managed_by(user)

    def can_be_managed_by(self, user: User) -> bool:
        return self.group.can_get_meetings_from(user)

    def can_be_attended_by(self, user: User) -> bool:
        return self.group.has_member(user)

    def cancel(self) -> None:
        move(self, MEETING_MOVES, MeetingState.CANCELLED)

    def restore(self) -> None:
        move(self, MEETING_MOVES, MeetingState.PLANNED)

    def next_of_group(self) -> Meeting | None:
        later = Meeting.objects.filter(
            group=self.group_id, starts_at__gt=self.starts_at, state=MeetingState.PLANNED
        )
        return later.order_by("starts_at").first()

    def record_held(self, present: list[Membership]) -> bool:
        """Mark held and, with the PMR's consent, book presence and hours of ``present``.

        May be called again for a second session of the same meeting: nothing is booked twice.
        Returns whether presence and hours were booked.
        """
        with transaction.atomic():
            if self.state == MeetingState.PLANNED:
                move(self, MEETING_MOVES, MeetingState.HELD)
            if not per_person_is_allowed(self.group.school):
                return False
            for membership in present:
                Attendance.objects.get_or_create(meeting=self, membership=membership)
                record_hours(
                    membership,
                    kind=LineKind.HELD,
                    day=self.day,
                    minutes=self.minutes,
                    source=f"meeting:{self.pk}",
                )
        return True


class Absence(models.Model):
    """ "Ik kan niet": a member called off for a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="absences")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="absences")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_absence_a_meeting")]

    def __str__(self) -> str:
        return f"{self.member} · {self.meeting}"


class Attendance(models.Model):
    """Was present; rows exist only while the PMR's consent is in force."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.membership} · {self.meeting}"


class LookBack(models.Model):
    """Terugblik: which group looks back on which action plan, and at which meeting it did."""

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="look_backs")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="look_backs")
    action_plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="look_backs")
    looked_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "action_plan"], name="one_look_back_a_group")]

    def __str__(self) -> str:
        return f"{self.action_plan} · {self.group}"
