"""POP-groups and who is in them, from–until."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import MoveRefused
from popgroups.agreements import default_text
from popgroups.seating import led_by, led_pairs, refusal_of
from portfolio.sharing import end_shares_via, shorten_shares_via
from schools.models import Membership, Role, School, SchoolYear, User
from schools.models.people import in_force

if TYPE_CHECKING:
    from .agreements import Agreement
    from .meetings import Meeting

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
        return self.filter(Exists(GroupMember.objects.of(user, day).filter(group=OuterRef("pk"))))

    def with_place_for(self, user: User) -> PopGroupQuerySet:
        """Where ``user`` is in, or is asked in and not welcomed by all yet."""
        places = GroupMember.objects.not_ended().beside_nobody_led_by(user)
        return self.filter(Exists(places.filter(group=OuterRef("pk"))))

    def visible_to(self, user: User) -> PopGroupQuerySet:
        """Members of today, whoever is waiting to be in, and coordinators of the host school."""
        if not user.is_authenticated:
            return self.none()
        places = GroupMember.objects.not_ended().beside_nobody_led_by(user)
        mine = Exists(places.filter(group=OuterRef("pk"))) | Q(school__in=user.schools_as(Role.COORDINATOR))
        return self.filter(mine).select_related("school", "year", "plan")


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

    @classmethod
    def found(
        cls,
        school: School,
        memberships: Sequence[Membership],
        *,
        name: str,
        kind: str,
        year: SchoolYear,
        by: User | None,
        at: dt.datetime,
    ) -> PopGroup:
        """A new group with its first members, in from today, and the default agreement as version 1.

        Raises MoveRefused when the name is taken this year or the people can't be in one group.
        """
        if refusal := refusal_of(memberships):
            raise MoveRefused(refusal)
        day = timezone.localdate(at)
        try:
            with transaction.atomic():
                group = cls.objects.create(school=school, name=name, kind=kind, year=year, made_at=at)
                GroupMember.objects.bulk_create(
                    GroupMember(group=group, membership=m, proposed_on=day, joined_on=day)
                    for m in memberships
                )
                group.agreements.create(version=1, text=default_text(school), made_at=at, made_by=by)
        except IntegrityError as taken:
            raise MoveRefused(NAME_TAKEN) from taken
        return group

    def rename(self, name: str, kind: str, at: dt.datetime) -> None:
        """Calendars follow, as the name stands in them.

        Raises MoveRefused when another group of this school and year has ``name``.
        """
        try:
            with transaction.atomic():
                row = PopGroup.objects.select_for_update().filter(pk=self.pk)
                before = row.get().name  # a form has put the new one into ``self`` already
                row.update(name=name, kind=kind)
                if name != before:
                    self._tell_new_name(at)
        except IntegrityError as taken:
            raise MoveRefused(NAME_TAKEN) from taken
        self.name, self.kind = name, kind

    def _tell_new_name(self, at: dt.datetime) -> None:
        meetings = list(self.meetings.coming(at).order_by("pk").select_for_update())
        self.meetings.filter(pk__in=[meeting.pk for meeting in meetings]).update(sequence=F("sequence") + 1)
        tell_members(meetings, at)

    def current_members(self, day: dt.date | None = None) -> GroupMemberQuerySet:
        return (
            self.members.current(day)
            .select_related("membership__person")
            .order_by("membership__person__name")
        )

    def has_member(self, user: User) -> bool:
        return self.members.of(user).exists()

    def place_of(self, user: User) -> GroupMember | None:
        """Where ``user`` sits in the group today."""
        return self.members.of(user).select_related("membership__person").first()

    def can_be_managed_by(self, user: User) -> bool:
        return self.school.is_coordinated_by(user)

    def is_open_to(self, user: User) -> bool:
        """All of the group's page; who waits to be welcomed reads the agreement and the names only."""
        return self.can_be_managed_by(user) or self.has_member(user)

    def agreement_can_be_changed_by(self, user: User) -> bool:
        return self.has_member(user)

    def can_get_meetings_from(self, user: User) -> bool:
        return self.can_be_managed_by(user) or self.has_member(user)

    def current_agreement(self) -> Agreement | None:
        return self.agreements.order_by("-version").first()

    def memberships(self) -> list[Membership]:
        """Of everybody who is in or waiting to be in."""
        rows = self.members.not_ended().select_related("membership__person", "membership__school")
        return [row.membership for row in rows]

    def refusal(self, membership: Membership) -> str:
        """Why ``membership`` can't be in this group, as a sentence; empty when it can."""
        return refusal_of([*self.memberships(), membership])

    def propose(self, membership: Membership, at: dt.datetime) -> GroupMember:
        """Ask ``membership`` in: they are in when every member welcomed them, at once in an empty group."""
        if refusal := self.refusal(membership):
            raise MoveRefused(refusal)
        try:
            with transaction.atomic():
                place = self.members.create(membership=membership, proposed_on=timezone.localdate(at))
                self.settle_newcomers(at)
        except IntegrityError as double:
            raise MoveRefused(gettext("This colleague is already in the group or asked into it.")) from double
        place.refresh_from_db()
        return place

    def settle_newcomers(self, at: dt.datetime) -> None:
        """Whoever every member of today welcomed is in; then planned hours follow who is in.

        Nobody waits for a member to whom the group is closed: who came to lead others in it, or whose account
        was closed. But when nobody is left who can say welcome, the newcomer waits: never put in silently.
        """
        day = timezone.localdate(at)
        here = list(self.current_members(day).select_related("membership__school"))
        leaders = {leader.pk for leader, _led in led_pairs(place.membership for place in here)}
        asked = [place.pk for place in here if place.person.is_active and place.person.pk not in leaders]
        if here and not asked:
            return
        missing = GroupMember.objects.filter(pk__in=asked).exclude(welcomes__newcomer=OuterRef("pk"))
        welcomed = self.members.awaiting().filter(~Exists(missing))
        if GroupMember.objects.filter(pk__in=list(welcomed.values_list("pk", flat=True))).update(
            joined_on=day
        ):
            self.book_planned(at)

    def book_planned(self, at: dt.datetime) -> None:
        """Planned hours of all coming meetings and those promised for the GOP, for who is in; calendars follow."""
        from popgroups.plan_support import give_hours  # its module needs this one

        meetings = list(self.meetings.coming(at))
        for meeting in meetings:
            meeting.book_planned()
        tell_members(meetings, at)
        give_hours(self, at)


def tell_members(meetings: Iterable[Meeting], at: dt.datetime) -> None:
    """Mail what members still have to be told of ``meetings``; the models reach the notices here alone."""
    from popgroups.notices import tell  # its module needs this one

    tell(meetings, at)


def in_group(day: dt.date, prefix: str = "") -> Q:
    """Places welcomed by the group whose from–until holds ``day``, of people still at their school."""
    left = f"{prefix}left_on"
    stays = Q(**{f"{left}__isnull": True}) | Q(**{f"{left}__gt": day})
    return in_force(day, f"{prefix}membership__") & Q(**{f"{prefix}joined_on__lte": day}) & stays


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def current(self, day: dt.date | None = None) -> GroupMemberQuerySet:
        return self.filter(in_group(day or timezone.localdate()))

    def not_ended(self, day: dt.date | None = None) -> GroupMemberQuerySet:
        """In, asked in, or to come; only those who left the group or their school are out."""
        day, until = day or timezone.localdate(), "membership__valid_until"
        at_school = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day})
        return self.filter(at_school, Q(left_on__isnull=True) | Q(left_on__gt=day))

    def of(self, user: User, day: dt.date | None = None) -> GroupMemberQuerySet:
        """The places of ``user`` on ``day``; a member who became director has none among those they lead."""
        return self.current(day).beside_nobody_led_by(user)

    def beside_nobody_led_by(self, user: User) -> GroupMemberQuerySet:
        led = GroupMember.objects.current().filter(led_by(user), group=OuterRef("group"))
        return self.filter(~Exists(led), membership__person=user)

    def awaiting(self) -> GroupMemberQuerySet:
        return self.filter(joined_on__isnull=True, left_on__isnull=True)

    def visible_to(self, user: User) -> GroupMemberQuerySet:
        return self.filter(group__in=PopGroup.objects.visible_to(user)).select_related(
            "group__school", "group__year", "membership__person"
        )


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

    @property
    def last_day(self) -> dt.date | None:
        return self.left_on - dt.timedelta(days=1) if self.left_on else None

    @property
    def has_ended(self) -> bool:
        return self.left_on is not None and self.left_on <= timezone.localdate()

    @property
    def is_awaiting(self) -> bool:
        return self.joined_on is None and self.left_on is None

    def is_current(self, day: dt.date | None = None) -> bool:
        day = day or timezone.localdate()
        return (
            self.joined_on is not None
            and self.joined_on <= day
            and (self.left_on is None or self.left_on > day)
            and self.membership.is_current(day)
        )

    def can_be_managed_by(self, user: User) -> bool:
        return self.group.can_be_managed_by(user)

    def can_be_ended_by(self, user: User) -> bool:
        """The coordinator, or the person alone."""
        return self.group.can_be_managed_by(user) or self.membership.person_id == user.pk

    def can_be_welcomed_by(self, user: User) -> bool:
        return self.group.has_member(user)

    def welcome(self, by: User, at: dt.datetime) -> bool:
        """``by`` welcomes the newcomer; True when with this every member did, and the newcomer is in.

        Raises MoveRefused when the newcomer is no longer asked in.
        """
        with transaction.atomic():
            # Two last welcomes at one moment wait for each other here, so one of them sees both.
            place = GroupMember.objects.select_for_update().get(pk=self.pk)
            if place.left_on is not None:
                raise MoveRefused(gettext("This colleague is no longer asked into the group."))
            if place.joined_on is None:
                member = self.group.members.current().filter(membership__person=by).earliest("pk")
                Welcome.objects.get_or_create(newcomer=self, member=member, defaults={"at": at})
                self.group.settle_newcomers(at)
        self.refresh_from_db(fields=["joined_on", "left_on"])
        return self.joined_on is not None

    def leave(self, at: dt.datetime) -> None:
        """Leave from today on; what was shared through the group ends with it."""
        self._end(timezone.localdate(at), at)

    def set_dates(self, first_day: dt.date, last_day: dt.date | None, at: dt.datetime) -> None:
        """Member from ``first_day`` until and including ``last_day``; a share via the group never lasts longer.

        Raises MoveRefused for who is not in yet, or has left: coming back is a new question to the group.
        """
        if self.joined_on is None or self.has_ended:
            raise MoveRefused(gettext("These dates can't be changed: this colleague is not in the group."))
        with transaction.atomic():
            GroupMember.objects.filter(pk=self.pk).update(joined_on=first_day)
            self.joined_on = first_day
            self._end(last_day + dt.timedelta(days=1) if last_day else None, at)

    def _end(self, left_on: dt.date | None, at: dt.datetime) -> None:
        from popgroups.maps import take_back  # its module needs this one

        today = timezone.localdate(at)
        via, person = f"group:{self.group_id}", self.membership.person
        with transaction.atomic():
            rows = GroupMember.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=today), pk=self.pk)
            if not rows.update(left_on=left_on):
                return
            if left_on and left_on <= today:
                end_shares_via(via, at, person=person)
                self.group.celebrations.filter(entry__owner=person).delete()
                take_back(self, at)
            elif left_on:
                shorten_shares_via(via, left_on - dt.timedelta(days=1), person=person)
            self.left_on = left_on
            self.group.settle_newcomers(at)
            self.group.book_planned(at)


def settle_waiting(at: dt.datetime) -> None:
    """Whom a group waited for may have left the school, or lead it by now, without anybody touching the group."""
    for group in PopGroup.objects.filter(pk__in=GroupMember.objects.not_ended().awaiting().values("group")):
        with transaction.atomic():
            group.settle_newcomers(at)


class Welcome(models.Model):
    """A member's yes to a newcomer: new members are accepted by the group, never put in silently."""

    newcomer = models.ForeignKey(GroupMember, models.CASCADE, related_name="welcomed_by")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="welcomes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newcomer", "member"], name="one_welcome_a_member")]

    def __str__(self) -> str:
        return f"{self.member} → {self.newcomer}"


NAME_TAKEN = _("There is already a group with this name this school year. Choose another name.")


def size_warning(size: int) -> str:
    """In words, when a group is smaller or larger than works well; empty when it is fine."""
    if size < SMALLEST_GROUP:
        return ngettext(
            "%(size)s member: a POP-group works best with 4 to 8 people.",
            "%(size)s members: a POP-group works best with 4 to 8 people.",
            size,
        ) % {"size": size}
    if size > LARGEST_GROUP:
        return gettext("%(size)s members is a lot: with more than 8, not everybody gets a turn.") % {
            "size": size
        }
    return ""
