"""Meetings of a group: when, who can't, who was there, what is looked back on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.lib.calendar_files import new_uid
from coaching.lib.states import MoveRefused, Moves, StaleMove, move
from portfolio.models import ActionPlan
from schools.budgets import allotments_on
from schools.hours import per_person_is_allowed, record_hours
from schools.models import Activity, Allotment, HourLine, LineKind, Membership, Role, School, User

from .groups import GroupMember, PopGroup, tell_members

LONGEST_MINUTES = 600
IN_CALENDARS = ("starts_at", "minutes", "kind", "place", "link")


class MeetingKind(models.TextChoices):
    INTERVISION = "intervision", _("intervision")
    START = "start", _("start meeting")
    TRAINING = "training", _("training")
    PAUSE = "pause", _("professional pause")
    EVALUATION = "evaluation", _("evaluation")


class MeetingState(models.TextChoices):
    CONCEPT = "concept", _("not published yet")
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


MEETING_MOVES: Moves = {
    MeetingState.CONCEPT: (MeetingState.PLANNED,),
    MeetingState.PLANNED: (MeetingState.HELD, MeetingState.CANCELLED),
    # Held after all: its session was under way when somebody cancelled it.
    MeetingState.CANCELLED: (MeetingState.PLANNED, MeetingState.HELD),
}


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """Date and duration: members of today, coordinators and directors of the host school (domain.md §5).

        What is not published yet is the coordinators' alone.
        """
        if not user.is_authenticated:
            return self.none()
        published = ~Q(state=MeetingState.CONCEPT)
        mine = Q(group__in=PopGroup.objects.with_member(user))
        directed = Q(group__school__in=user.schools_as(Role.DIRECTOR))
        coordinated = Q(group__school__in=user.schools_as(Role.COORDINATOR))
        rows = self.filter((published & (mine | directed)) | coordinated)
        return rows.select_related("group__school", "group__year")

    def published(self) -> MeetingQuerySet:
        return self.exclude(state=MeetingState.CONCEPT)

    def of_member(self, user: User) -> MeetingQuerySet:
        return self.published().filter(group__in=PopGroup.objects.with_member(user))

    def coming(self, at: dt.datetime) -> MeetingQuerySet:
        """Planned, and not over for more than three hours (a session may run late)."""
        return self.filter(state=MeetingState.PLANNED, starts_at__gt=at - dt.timedelta(hours=3)).order_by(
            "starts_at"
        )


class Meeting(models.Model):
    """Bijeenkomst: a planned slot of a group. ``minutes`` long; UTC in, Europe/Amsterdam out.

    ``uid`` names it in calendars for ever; ``sequence`` rises with each change that a calendar must follow.
    """

    group = models.ForeignKey(PopGroup, models.CASCADE, related_name="meetings", verbose_name=_("group"))
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind, default=MeetingKind.INTERVISION)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("link for taking part from elsewhere"), blank=True)
    about_change = models.CharField(_("about which change at school?"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    uid = models.CharField(max_length=120, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

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

    def is_to_come(self, at: dt.datetime) -> bool:
        """Planned or still to be published, and not over."""
        return self.state in (MeetingState.CONCEPT, MeetingState.PLANNED) and self.ends_at > at

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def is_concept(self) -> bool:
        return self.state == MeetingState.CONCEPT

    @property
    def may_hold_session(self) -> bool:
        return self.state not in (MeetingState.CONCEPT, MeetingState.CANCELLED)

    def is_open_to(self, user: User) -> bool:
        """The page itself: members and coordinators; a director sees dates only."""
        return self.group.has_member(user) or self.group.can_be_managed_by(user)

    def can_be_managed_by(self, user: User) -> bool:
        return self.group.can_get_meetings_from(user)

    def can_be_attended_by(self, user: User) -> bool:
        return self.group.has_member(user)

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    @property
    def source(self) -> str:
        """How the ledger of hours knows this meeting."""
        return f"meeting:{self.pk}"

    @property
    def guiding_source(self) -> str:
        """And what guiding it took, on a line apart: a second session's guide takes nothing from the first."""
        return f"{self.source}:guided"

    def propose(self) -> None:
        """Save as new, for coordinators only until it is published."""
        self.state = MeetingState.CONCEPT
        self.save(force_insert=True)

    def publish(self) -> None:
        """From concept to planned: look-backs without a date get it, hours are booked; planner.publish tells."""
        with transaction.atomic():
            self._move(MeetingState.PLANNED, gettext("This meeting has been published already."))
            self._take_waiting()

    def drop(self) -> None:
        """A concept that nobody but the coordinators saw goes without a trace."""
        if not Meeting.objects.filter(pk=self.pk, state=MeetingState.CONCEPT).delete()[0]:
            raise MoveRefused(gettext("This meeting has been published already. You can cancel it."))

    def plan(self, at: dt.datetime) -> None:
        """Save as new; open look-backs of the group without a date get this one, planned hours are booked."""
        with transaction.atomic():
            self.save(force_insert=True)
            self._take_waiting()
            tell_members([self], at)

    def _take_waiting(self) -> None:
        waiting = LookBack.objects.filter(
            group=self.group_id, meeting__isnull=True, looked_back_at__isnull=True
        )
        waiting.update(meeting=self)
        self.book_planned()

    def change(self, at: dt.datetime, **values: Any) -> None:
        """New date, place or length of a planned meeting; planned hours and calendars follow.

        Who said to come or not to come at another moment is asked anew.

        Raises MoveRefused when it was held or cancelled, on this screen or meanwhile.
        """
        with transaction.atomic():
            rows = Meeting.objects.filter(pk=self.pk, state__in=(MeetingState.CONCEPT, MeetingState.PLANNED))
            # As it is in the database: a form has put its new values into ``self`` already.
            before = rows.select_for_update().first()
            if before is None:
                raise MoveRefused(gettext("Only a planned meeting can be changed."))
            rows.update(**values, sequence=F("sequence") + int(before.calendars_follow(values)))
            self.refresh_from_db(fields=[*values, "sequence"])
            if self.starts_at != before.starts_at:
                self.answers.all().delete()
            self.book_planned()
            tell_members([self], at)

    def calendars_follow(self, values: dict[str, Any]) -> bool:
        """Whether people have to be told of ``values``; what nobody has in a calendar needs no new number."""
        shown = [name for name in (*IN_CALENDARS, "state") if name in values]
        return not self.is_concept and any(getattr(self, name) != values[name] for name in shown)

    def cancel(self, at: dt.datetime) -> None:
        """Planned hours go; what would be looked back on waits for the next meeting."""
        with transaction.atomic():
            refused = gettext("Only a planned meeting can be cancelled.")
            self._move(MeetingState.CANCELLED, refused, cancelled_at=at)
            self.look_backs.filter(looked_back_at__isnull=True).update(meeting=self.next_of_group())
            self.book_planned()
            tell_members([self], at)

    def restore(self, at: dt.datetime) -> None:
        with transaction.atomic():
            refused = gettext("Only a cancelled meeting can be restored.")
            if self.is_concept:
                raise MoveRefused(refused)
            self._move(MeetingState.PLANNED, refused, cancelled_at=None)
            self.book_planned()
            tell_members([self], at)

    def _move(self, to: MeetingState, refused: str, **values: Any) -> None:
        told = not self.is_concept  # what nobody has in a calendar needs no new number there
        try:
            move(self, MEETING_MOVES, to, sequence=F("sequence") + int(told), **values)
            self.refresh_from_db(fields=["sequence"])
        except MoveRefused as wrong:
            raise MoveRefused(refused) from wrong
        except StaleMove as late:
            raise StaleMove(gettext("Somebody else changed this meeting just now.")) from late

    def book_planned(self) -> None:
        """Planned lines in the ledger: one a member on its day while planned and consented, else none.

        None for who can't come. Both the host school's PMR and that of the member's own school must have
        consented.
        """
        places = self.group.members.current(self.day).select_related("membership__school")
        places = places.exclude(answers__in=self.answers.not_coming())
        lines = HourLine.objects.filter(kind=LineKind.PLANNED, source=self.source)
        if self.is_planned:
            booked = consented(self.group.school, [place.membership for place in places])
        else:
            booked = []
        lines.exclude(membership__in=booked).delete()
        self._book(booked, LineKind.PLANNED)

    def _book(
        self, memberships: list[Membership], kind: LineKind, guided_by: Membership | None = None
    ) -> None:
        """Its minutes and the preparation of each one's own school; more for whoever guided, on a line apart."""
        allotments = allotments_on((row.school_id for row in memberships), self.day) if memberships else {}
        for row in memberships:
            allotment = allotments.get(row.school_id) or Allotment()
            common: dict[str, Any] = {
                "kind": kind,
                "day": self.day,
                "activity": self.kind,
                "task_code": allotment.task_code,
            }
            record_hours(row, minutes=self.minutes + allotment.preparation, source=self.source, **common)
            if row == guided_by and allotment.facilitator_extra:
                extra = common | {"minutes": allotment.facilitator_extra, "activity": Activity.GUIDING}
                record_hours(row, source=self.guiding_source, **extra)

    def shows_who_called_off(self, at: dt.datetime) -> bool:
        """Until it is over, to plan by; never afterwards, also not once the PMR agrees to attendance.

        Who said so did not know then, nor who would join the group since. Who was there is told by
        ``Attendance`` alone, which is written down while the PMR agrees (domain.md §5). What is planned for
        whom a coordinator reads in the hours per person until that day is over, while the PMR agrees.
        """
        return self.is_to_come(at)

    def call_off(self, person: User, at: dt.datetime) -> None:
        """ "Ik kan niet", by a member; raises MoveRefused when the meeting was held or cancelled."""
        if not self.is_planned:
            raise MoveRefused(gettext("This meeting is not planned any more."))
        self._answer(person, False, at)

    def call_on(self, person: User, at: dt.datetime) -> None:
        """ "Ik kom", also after all."""
        if not self.is_planned:
            raise MoveRefused(gettext("This meeting is not planned any more."))
        self._answer(person, True, at)

    def _answer(self, person: User, comes: bool, at: dt.datetime) -> None:
        """In each of the person's places, and planned hours follow; of two at one moment the later waits."""
        with transaction.atomic():
            places = GroupMember.objects.select_for_update(of=("self",))
            for member in places.filter(
                pk__in=list(self.group.members.of(person).values_list("pk", flat=True))
            ):
                other = self.answers.filter(member__membership__person=person).exclude(comes=comes)
                other.delete()
                self.answers.get_or_create(member=member, defaults={"comes": comes, "at": at})
            self.book_planned()

    def next_of_group(self) -> Meeting | None:
        later = Meeting.objects.filter(
            group=self.group_id, starts_at__gt=self.starts_at, state=MeetingState.PLANNED
        )
        return later.order_by("starts_at").first()

    def record_held(self, present: list[Membership], guided_by: Membership | None = None) -> bool:
        """Mark held and, with the PMR's consent, book presence and hours of ``present``; nothing stays planned.

        May be called again for a second session of the same meeting: nothing is booked twice. Whoever guided
        gets the extra minutes of their school.
        Returns whether presence and hours were booked.
        """
        with transaction.atomic():
            if self.state != MeetingState.HELD:
                move(self, MEETING_MOVES, MeetingState.HELD)
            booked = consented(self.group.school, present)
            for membership in booked:
                Attendance.objects.get_or_create(meeting=self, membership=membership)
            self._book(booked, LineKind.HELD, guided_by)
            HourLine.objects.filter(kind=LineKind.PLANNED, source=self.source).delete()
        return bool(booked)

    def can_be_held(self, at: dt.datetime) -> bool:
        return self.is_planned and self.starts_at <= at

    def hold(self, present: list[Membership], at: dt.datetime) -> bool:
        """A meeting without a session was held; what it did not look back on waits for the next one.

        Raises MoveRefused before it starts or when it was held or cancelled. Returns as record_held.
        """
        if not self.can_be_held(at):
            raise MoveRefused(gettext("Only a planned meeting that has begun can have been held."))
        with transaction.atomic():
            self.look_backs.filter(looked_back_at__isnull=True).update(meeting=self.next_of_group())
            return self.record_held(present)


def consented(host: School, memberships: Iterable[Membership]) -> list[Membership]:
    """Those whose presence and hours may be recorded: the host school's PMR said yes, and their own too."""
    if not per_person_is_allowed(host):
        return []
    rows = list(memberships)
    allowed = {
        school.pk
        for school in {row.school for row in rows}
        if school.pk == host.pk or per_person_is_allowed(school)
    }
    return [row for row in rows if row.school_id in allowed]


class Attendance(models.Model):
    """Was present; only while the PMR's consent is in force: the clean-up takes it after that is taken back."""

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
