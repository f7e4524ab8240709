"""What is written in a session, and the small marks around it. ``visible_to`` is the only door."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from popgroups.models import Meeting
from portfolio.models import ActionPlan, TipMark
from schools.models import User

from .doors import UNDER_WAY
from .people import Guest, SessionParticipant, still_here
from .session import Session
from .steps import SessionStep


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> CaseQuerySet:
        return self.filter(presenter=user) if user.is_authenticated else self.none()


class Case(models.Model):
    """Casus: what somebody prepares in private for a meeting. Only its question is ever shown to the group."""

    presenter = models.ForeignKey(User, models.CASCADE, related_name="cases")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="cases")
    situation = models.TextField(_("What is going on?"), blank=True)
    tried = models.TextField(_("What have you tried?"), blank=True)
    question = models.TextField(_("Your question: how can I ..."), blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["presenter", "meeting"], name="one_case_a_meeting")]

    def __str__(self) -> str:
        return f"{self.presenter} · {self.meeting}"


class Kind(models.TextChoices):
    CHOICE = "choice", _("one sentence")
    QUESTION = "question", _("question")
    THEME = "theme", _("what stands out")
    ASSOCIATION = "association", _("association")
    HYPOTHESIS = "hypothesis", _("hypothesis")
    TIP = "tip", _("tip")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def shown(self) -> ContributionQuerySet:
        """What every participant may see: the only rows shared screens are made of."""
        return self.filter(shown_at__isnull=False)

    def visible_to(self, user: User) -> ContributionQuerySet:
        """Participants see what is shown; hidden writing only who wrote or typed it.

        Who left the school while the session runs sees nothing of it until it is over; a guest until then, and
        only while everybody's yes stands.
        """
        if not user.is_authenticated:
            return self.none()
        here = {"session": OuterRef("step__session"), "person": user}
        mine = SessionParticipant.objects.filter(**here)
        guest = Guest.objects.accepted().filter(**here)
        under_way = Q(step__session__state__in=UNDER_WAY)
        colleague = mine.filter(guest=False)
        taking_part = (
            Q(Exists(colleague)) & ~under_way
            | Q(Exists(colleague.filter(still_here())))
            | Q(Exists(mine), Exists(guest)) & under_way
        )
        own = Q(author__person=user) | Q(written_by__person=user)
        return self.filter(taking_part, Q(shown_at__isnull=False) | own)


class Contribution(models.Model):
    """Bijdrage: one card. ``author`` said it, ``written_by`` typed it (somebody else's "namens ...")."""

    step = models.ForeignKey(SessionStep, models.CASCADE, related_name="contributions")
    author = models.ForeignKey(SessionParticipant, models.CASCADE, related_name="contributions")
    written_by = models.ForeignKey(SessionParticipant, models.CASCADE, related_name="typed")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True, blank=True)
    turn = models.PositiveSmallIntegerField(default=0, help_text="place in the parade; 0 = not shown yet")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["turn", "author_id", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.author}"

    @property
    def was_typed_for(self) -> bool:
        return self.author_id != self.written_by_id

    @property
    def marked(self) -> str:
        """The presenter's mark, or nothing; only for screens that may see marks."""
        mark: Mark | None = getattr(self, "mark", None)
        return mark.mark if mark else ""

    def can_be_changed_by(self, user: User) -> bool:
        """Whose words they are may take them back; who typed them may while they are hidden."""
        if not self.step.session.is_under_way:
            return False
        return self.author.person_id == user.pk or (
            self.shown_at is None and self.written_by.person_id == user.pk
        )


class Mark(models.Model):
    """What the presenter does with a tip; the presenter's eyes only."""

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="mark")
    mark = models.CharField(max_length=8, choices=TipMark)

    def __str__(self) -> str:
        return self.get_mark_display()


class VoteKind(models.TextChoices):
    URGENT = "urgent", _("urgent")
    RECOGNISED = "recognised", _("I recognise this")


class Vote(models.Model):
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(SessionParticipant, models.CASCADE, related_name="votes")
    kind = models.CharField(max_length=10, choices=VoteKind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "voter", "kind"], name="one_vote_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.voter}: {self.kind}"


class Ready(models.Model):
    """ "Ik ben klaar" in a step."""

    step = models.ForeignKey(SessionStep, models.CASCADE, related_name="ready")
    participant = models.ForeignKey(SessionParticipant, models.CASCADE, related_name="ready")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "participant"], name="ready_once_a_step")]

    def __str__(self) -> str:
        return f"{self.participant} · {self.step}"


class SessionPlan(models.Model):
    """An action plan made in a session; the plan itself belongs to its maker."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="plans")
    action_plan = models.OneToOneField(ActionPlan, models.CASCADE, related_name="made_in")

    def __str__(self) -> str:
        return f"{self.session} · {self.action_plan}"


class Taps(models.Model):
    """The private three taps at the close: 1 (no), 2 (a bit), 3 (yes). Shown only added up, from five people."""

    participant = models.OneToOneField(SessionParticipant, models.CASCADE, related_name="taps")
    safe = models.PositiveSmallIntegerField(_("I felt safe"), validators=[MaxValueValidator(3)])
    useful = models.PositiveSmallIntegerField(_("It was useful"), validators=[MaxValueValidator(3)])
    fits = models.PositiveSmallIntegerField(
        _("This way of working suited us"), validators=[MaxValueValidator(3)]
    )
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return "·"
