"""The session: one case worked through with a method inside a meeting.

``position`` (0 = lobby, 1 = first step) guards moves by one conditional update; ``version`` rises with
anything visible and only refreshes screens.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import MoveRefused, move
from popgroups.models import Agreement, GroupMember, Meeting
from schools.models import User

from ..announce import announce
from .clock import Clock
from .doors import SESSION_MOVES, UNDER_WAY, SessionQuerySet, SessionState
from .methods import STEP_COLUMNS, Captures, Method, Titled
from .people import SessionParticipant, drop_who_left, fill_in
from .steps import SessionStep, StaleStep, StepMove

ROLES = ("facilitator", "presenter", "timekeeper")
NEXT_VERSION = "UPDATE intervision_session SET version = version + 1 WHERE id = %s RETURNING version"
UNDO_SECONDS = 10
UNDO_GRACE_SECONDS = 5  # the strip is shown 10 s; a press in the last second still has to arrive
FINISH_SECONDS = 25  # the screen says 20; the rest is for the road
STEP_BACK_SECONDS = 120  # at least this much time on the clock when the group returns to a step


class Session(Titled, Clock):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sessions")
    method = models.ForeignKey(Method, models.SET_NULL, null=True, related_name="sessions")
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.LOBBY)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=1)
    facilitator = models.ForeignKey(
        SessionParticipant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    presenter = models.ForeignKey(
        SessionParticipant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    timekeeper = models.ForeignKey(
        SessionParticipant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_to_lead = models.ForeignKey(
        SessionParticipant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    facilitator_gone = models.BooleanField(default=False)
    planned_total = models.PositiveIntegerField(
        default=0, help_text="seconds all steps were planned at the start"
    )
    one_laptop = models.BooleanField(default=False)
    question = models.TextField(blank=True)
    hypothesis = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(facilitator__isnull=True)
                | Q(presenter__isnull=True)
                | ~Q(facilitator=F("presenter")),
                name="who_guides_does_not_present",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state__in=["lobby", "running"]), name="one_session_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.title_nl}"

    @classmethod
    def open(cls, meeting: Meeting, method: Method, minutes: int | None = None) -> Session:
        """Open the lobby of ``meeting`` with a copy of ``method``, its steps scaled to ``minutes`` in all.

        Raises MoveRefused when the meeting was cancelled or has a session under way.
        """
        if meeting.is_cancelled:
            raise MoveRefused(_("This meeting was cancelled."))
        if meeting.is_concept:
            raise MoveRefused(_("This meeting has not been published yet."))
        try:
            return cls._copy(meeting, method, minutes)
        except IntegrityError as double:
            raise MoveRefused(_("Somebody else has just opened this session.")) from double

    @classmethod
    def _copy(cls, meeting: Meeting, method: Method, minutes: int | None) -> Session:
        with transaction.atomic():
            session = cls.objects.create(
                meeting=meeting, method=method, title_nl=method.title_nl, title_en=method.title_en
            )
            total = method.total_minutes()
            for step in method.steps.all():
                columns = {name: getattr(step, name) for name in STEP_COLUMNS}
                seconds = round(step.minutes * 60 * (minutes or total) / total / 30) * 30
                columns["minutes"] = max(1, round(seconds / 60))
                SessionStep.objects.create(session=session, planned_seconds=max(60, seconds), **columns)
            session.planned_total = sum(step.planned_seconds for step in session.steps.all())
            session.save(update_fields=["planned_total"])
        return session

    # -- who may -----------------------------------------------------------------------------------------

    @cached_property
    def everyone(self) -> list[SessionParticipant]:
        """Who takes part, in the order of the circle; read once, renewed by join(). Fills in the roles too."""
        present = list(self.participants.select_related("person", "membership"))
        fill_in(self, present, *ROLES, "asked_to_lead")
        return present

    def participant_of(self, user: User) -> SessionParticipant | None:
        return next((p for p in self.everyone if p.person_id == user.pk), None)

    def is_attended_by(self, user: User) -> bool:
        """Took part; for a guest only while it is under way (visible_to has checked the group's yes)."""
        mine = self.participant_of(user)
        return mine is not None and (self.is_under_way or not mine.guest)

    def can_be_joined_by(self, user: User) -> bool:
        """A guest of all, or a member; a running session only while one of its circle is still a member.

        Else whoever manages the group could empty it, take the only place, and walk in.
        """
        if not self.is_under_way:
            return False
        if self.guests.accepted().filter(person=user).exists():
            return True
        members = self.meeting.group.members.current().values("membership__person")
        in_it = self.participants.filter(person__in=members)
        return self.meeting.group.has_member(user) and (not self.is_running or in_it.exists())

    def is_guided_by(self, user: User) -> bool:
        """Has the role, also of a session that just closed: a double press is stale, not forbidden."""
        return self.facilitator is not None and self.facilitator.person_id == user.pk

    def can_be_guided_by(self, user: User) -> bool:
        return self.is_under_way and self.is_guided_by(user)

    def roles_can_be_set_by(self, user: User) -> bool:
        """In the lobby everybody of the group may tap a role; once running only the facilitator."""
        if self.state == SessionState.LOBBY:
            return self.is_of(user)
        return self.can_be_guided_by(user)

    def can_be_presented_by(self, user: User) -> bool:
        """The presenter; with one laptop on the table, the presenter at the facilitator's screen."""
        if not self.is_attended_by(user) or self.presenter is None:
            return False
        return self.presenter.person_id == user.pk or (self.one_laptop and self.can_be_guided_by(user))

    @property
    def bringers(self) -> list[SessionParticipant]:
        """Whose case it is: the presenter, then who presented before, the latest first."""
        before = [who for who in self.everyone if who.presented_until and who != self.presenter]
        before.sort(key=lambda who: who.presented_until or self.made_at, reverse=True)
        return [self.presenter, *before] if self.presenter else before

    def case_can_be_withdrawn_by(self, user: User) -> bool:
        return any(who.person_id == user.pk for who in self.bringers)

    def is_of(self, user: User) -> bool:
        """Takes part as one of the group: nothing of a session is for a guest to keep."""
        mine = self.participant_of(user)
        return mine is not None and not mine.guest

    def can_be_taken_over_by(self, user: User) -> bool:
        return self.facilitator_gone and self.is_under_way and self.is_attended_by(user)

    # -- where it stands ---------------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        return self.state == SessionState.RUNNING

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def channel(self) -> str:
        return str(self.pk)

    @cached_property
    def route(self) -> list[SessionStep]:
        steps = list(self.steps.all())
        for step in steps:
            if step.speaker_id:
                fill_in(step, self.everyone, "speaker")
        return steps

    def step_at(self, position: int) -> SessionStep | None:
        return next((step for step in self.route if step.order == position), None)

    @property
    def step(self) -> SessionStep | None:
        return self.step_at(self.position)

    @cached_property
    def ready_ids(self) -> set[int]:
        """Participants who are ready in the current step; read once."""
        return set(self.step.ready.values_list("participant", flat=True)) if self.step else set()

    @cached_property
    def not_agreed(self) -> list[GroupMember]:
        """Members present who have not accepted the group agreement of today; read once."""
        here = {participant.person_id for participant in self.everyone}
        silent = self.agreement.not_yet_accepted() if self.agreement else []
        return [member for member in silent if member.membership.person_id in here]

    @cached_property
    def agreement(self) -> Agreement | None:
        return self.meeting.group.current_agreement()

    def next_position(self) -> int | None:
        """The position *next* leads to; the choice of a case is skipped when the presenter is known."""
        for step in self.route:
            if step.order > self.position and not (step.captures == Captures.CHOICE and self.presenter_id):
                return step.order
        return None

    def previous_position(self) -> int | None:
        return max((step.order for step in self.route if step.order < self.position), default=None)

    def behind_seconds(self, at: dt.datetime) -> int:
        """How much later than planned the session will end if the rest goes as planned; negative: earlier."""
        if not self.started_at or not self.step:
            return 0
        ahead = sum(s.planned_seconds for s in self.route if s.order > self.position)
        late = round((at - self.started_at).total_seconds()) + max(0, self.left_seconds(at)) + ahead
        return late - self.planned_total

    # -- verbs -------------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Anything visible changed: raise the version and tell every screen, in the caller's transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(NEXT_VERSION, [self.pk])
            self.version = cursor.fetchone()[0]
            announce(self.channel, self.version)

    def put(self, **values: object) -> None:
        """Write ``values`` and tell every screen."""
        with transaction.atomic():
            Session.objects.filter(pk=self.pk).update(**values)
            for name, value in values.items():
                setattr(self, name, value)
            self.changed()

    def join(self, user: User, at: dt.datetime) -> SessionParticipant:
        """Take part; again is no change. The first to arrive prepares the roles (see roles.propose)."""
        place = self.meeting.group.current_members().filter(membership__person=user).first()
        with transaction.atomic():
            participant, new = SessionParticipant.objects.get_or_create(
                session=self,
                person=user,
                defaults={
                    "membership": place.membership if place else None,
                    "guest": place is None,
                    "joined_at": at,
                    "seen_at": at,
                },
            )
            if new:
                self.__dict__.pop("everyone", None)
                self.changed()
        return participant

    def start(self, by: User, at: dt.datetime) -> None:
        """From the lobby to the first step. Raises MoveRefused without steps, StaleMove when started before."""
        if self.state != SessionState.LOBBY:
            raise StaleStep
        first = self.route[0] if self.route else None
        if first is None:
            raise MoveRefused(_("This method has no steps."))
        with transaction.atomic():
            move(
                self,
                SESSION_MOVES,
                SessionState.RUNNING,
                position=first.order,
                started_at=at,
                entered_at=at,
                ends_at=at + dt.timedelta(seconds=first.planned_seconds),
            )
            StepMove.objects.create(session=self, by=by, at=at, before=0, after=first.order)
            drop_who_left(self)
            self.changed()

    def go(self, to: int, *, seen: int, by: User, at: dt.datetime, left: int | None = None) -> None:
        """Move to step ``to`` with ``left`` seconds on its clock, if the session still is at step ``seen``.

        One conditional update decides: of two people pressing at once one moves, the other gets StaleStep.
        """
        target, leaving = self.step_at(to), self.step_at(seen)
        if target is None or leaving is None:
            raise StaleStep
        if left is None:
            left = max(target.planned_seconds - target.used_seconds, STEP_BACK_SECONDS if to < seen else 60)
        with transaction.atomic():
            moved = Session.objects.filter(pk=self.pk, position=seen, state=SessionState.RUNNING).update(
                position=to, entered_at=at, ends_at=at + dt.timedelta(seconds=left), paused_left=None
            )
            if not moved:
                raise StaleStep
            self._leave(leaving, to, by, at)
            self.changed()

    def _leave(self, step: SessionStep, to: int, by: User | None, at: dt.datetime) -> None:
        """Note who went from ``step`` to position ``to`` (0: the end), and how long the step really took."""
        used = max(0, round((at - (self.entered_at or at)).total_seconds()))
        SessionStep.objects.filter(pk=step.pk).update(used_seconds=F("used_seconds") + used)
        StepMove.objects.create(
            session=self, by=by, at=at, before=step.order, after=to, left_seconds=self.left_seconds(at)
        )

    def accepts_writing_in(self, step: SessionStep, at: dt.datetime) -> bool:
        """The step the session is at, and for some seconds the one it just left: finish your sentence."""
        if not self.is_running:
            return False
        if step.order == self.position:
            return True
        last = self.moves.order_by("-pk").first()
        return bool(
            last and last.before == step.order and at - last.at < dt.timedelta(seconds=FINISH_SECONDS)
        )

    def last_move(self, at: dt.datetime) -> StepMove | None:
        """The move that may still be undone at ``at``."""
        since = at - dt.timedelta(seconds=UNDO_SECONDS + UNDO_GRACE_SECONDS)
        if self.entered_at is None or self.entered_at <= since:
            return None
        last = self.moves.order_by("-pk").first()
        return last if last and last.after == self.position and last.before and last.at > since else None

    def undo(self, *, seen: int, by: User, at: dt.datetime) -> None:
        """Within 10 s: back to the step before, with the time it still had."""
        last = self.last_move(at)
        if last is None or last.after != seen:
            raise StaleStep
        self.go(last.before, seen=seen, by=by, at=at, left=last.left_seconds)

    def close(self, *, seen: int, by: User | None, at: dt.datetime) -> None:
        """End the session: tips the presenter took along become theirs, presence and hours are booked."""
        from ..closing import carry_open_plans_on, hand_over_tips

        step = self.step_at(seen)
        if step is None or seen != self.position or not self.is_running:
            raise StaleStep
        with transaction.atomic():
            self._leave(step, 0, by, at)
            move(self, SESSION_MOVES, SessionState.CLOSED, closed_at=at, ends_at=None, paused_left=None)
            if not Session.objects.filter(pk=self.pk, position=seen).exists():
                raise StaleStep  # somebody went back in this very moment
            hand_over_tips(self)
            carry_open_plans_on(self)
            present = [p.membership for p in self.participants.select_related("membership") if p.membership]
            self.meeting.record_held(present, self.facilitator.membership if self.facilitator else None)
            self.changed()

    def cancel(self, by: User | None, at: dt.datetime) -> None:
        """It does not go on: only from the lobby, where nothing was said yet."""
        if self.is_running:
            raise MoveRefused(_("The session has started; close it after its last step."))
        with transaction.atomic():
            move(self, SESSION_MOVES, SessionState.CANCELLED)
            StepMove.objects.create(session=self, by=by, at=at, before=0, after=0)
            self.changed()

    def erased_on(self) -> dt.date:
        """The day its working notes go: so many days after closing, at most the school year's end."""
        closed = timezone.localdate(self.closed_at) if self.closed_at else timezone.localdate()
        return self.meeting.group.school.notes_go_on(closed)
