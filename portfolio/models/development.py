"""POP, the personal development plan of a school year: goals with actions, frozen versions, signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import MoveRefused, Moves, StaleMove, move
from schools.models import SchoolYear, User

from .competences import Competence
from .entries import Entry
from .shares import Share

MOST_GOALS = 3  # short beats complete (domain.md §3)
ON_THE_MOVE = 0  # the place of a goal while it changes places with another, within one transaction


CLOSED = _("This plan is closed. Open it again to go on writing in it.")


class DevelopmentState(models.TextChoices):
    CONCEPT = "concept", _("concept")
    SHARED = "shared", _("shared")
    DISCUSSED = "discussed", _("discussed")
    CLOSED = "closed", _("closed")


DEVELOPMENT_MOVES: Moves = {
    DevelopmentState.CONCEPT: (DevelopmentState.SHARED, DevelopmentState.CLOSED),
    # Back to concept: the last version was taken away.
    DevelopmentState.SHARED: (DevelopmentState.CONCEPT, DevelopmentState.DISCUSSED, DevelopmentState.CLOSED),
    # A new version is shared, or who signed takes their signature back.
    DevelopmentState.DISCUSSED: (DevelopmentState.CONCEPT, DevelopmentState.SHARED, DevelopmentState.CLOSED),
    DevelopmentState.CLOSED: (DevelopmentState.CONCEPT, DevelopmentState.SHARED, DevelopmentState.DISCUSSED),
}


class DevelopmentPlanQuerySet(models.QuerySet["DevelopmentPlan"]):
    def visible_to(self, user: User) -> DevelopmentPlanQuerySet:
        """The living text is its owner's alone; others see versions."""
        return self.filter(owner=user).select_related("year") if user.is_authenticated else self.none()

    def visible_one(self, user: User, pk: int) -> DevelopmentPlan | None:
        """With the other years of its owner beside it, for a page that shows both."""
        plans = list(self.visible_to(user))
        found = next((plan for plan in plans if plan.pk == pk), None)
        if found is not None:
            found.others = [plan for plan in plans if plan.pk != pk]
        return found


class DevelopmentPlan(models.Model):
    """POP of one person for one school year. ``agreed_minutes``, ``agreed_money`` (whole euros): as talked over.

    ``version`` counts saves of the plan's own texts; goals and actions count their own.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="development_plans")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DevelopmentState, default=DevelopmentState.CONCEPT)
    standing = models.TextField(_("Where am I?"), blank=True)
    heading = models.TextField(_("Where do I want to go?"), blank=True)
    wish = models.TextField(_("What would I like to do one day?"), blank=True)
    strengths = models.ManyToManyField(Competence, blank=True, related_name="+")
    agreements = models.TextField(_("What do we agree on?"), blank=True)
    agreed_minutes = models.PositiveIntegerField(null=True, blank=True)
    agreed_money = models.PositiveIntegerField(null=True, blank=True)
    talk_on = models.DateField(_("When do we talk?"), null=True, blank=True)
    looking_back = models.TextField(_("How do I look back on this year?"), blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    others: list[DevelopmentPlan]  # other years of the same owner, where visible_one read them

    objects = DevelopmentPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year__starts"]
        constraints = [models.UniqueConstraint(fields=["owner", "year"], name="one_pop_a_year")]

    def __str__(self) -> str:
        return f"POP {self.year}"

    def is_mine(self, user: User) -> bool:
        return self.owner_id == user.pk

    @property
    def is_closed(self) -> bool:
        return self.state == DevelopmentState.CLOSED

    def is_nearly_over(self, day: dt.date) -> bool:
        """From May of its school year on: time to look back."""
        return day >= dt.date(self.year.starts + 1, 5, 1)

    def must_be_open(self) -> None:
        """Raises MoveRefused when the plan is closed: it can be read then, and opened again."""
        if self.is_closed:
            raise MoveRefused(CLOSED)

    def go(self, to: str, by: User, at: dt.datetime, **values: Any) -> None:
        """Move to state ``to`` with a row that says who; raises MoveRefused or StaleMove (coaching.lib.states)."""
        before = self.state
        with transaction.atomic():
            move(self, DEVELOPMENT_MOVES, to, **values)
            DevelopmentMove.objects.create(plan=self, by=by, at=at, before=before, after=to)


def rewrite(row: DevelopmentPlan | Goal | GoalAction, seen: int, **values: Any) -> None:
    """Write ``values`` if ``row`` is still at version ``seen`` and its plan is not closed.

    Raises StaleMove when it was saved since, MoveRefused when it is closed.
    """
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    with transaction.atomic():
        # No join: PostgreSQL asks a waiting update again about the row itself only, not about what it is joined to.
        still_open = rows.filter(IN_AN_OPEN_PLAN[type(row)]())
        if not still_open.filter(version=seen).update(version=F("version") + 1, **values):
            if rows.exists() and not still_open.exists():
                raise MoveRefused(CLOSED)
            raise StaleMove
    row.refresh_from_db(fields=["version", *values])


class DevelopmentMove(models.Model):
    """Who brought a plan from which state to which, and when."""

    plan = models.ForeignKey(DevelopmentPlan, models.CASCADE, related_name="moves")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=10, choices=DevelopmentState)
    after = models.CharField(max_length=10, choices=DevelopmentState)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"


class Outcome(models.TextChoices):
    REACHED = "reached", _("reached")
    PARTLY = "partly", _("partly reached")
    CHANGED = "changed", _("became something else")


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> GoalQuerySet:
        if not user.is_authenticated:
            return self.none()
        return self.filter(plan__owner=user).select_related("plan__year")


class Goal(models.Model):
    """Starts as a learning question and a first action; the rest may come later or never."""

    plan = models.ForeignKey(DevelopmentPlan, models.CASCADE, related_name="goals")
    order = models.PositiveSmallIntegerField()
    question = models.CharField(_("My learning question: how can I ..."), max_length=500, blank=True)
    visible = models.TextField(_("What will be visible when it works?"), blank=True)
    why = models.TextField(_("Why does this matter to me?"), blank=True)
    support = models.TextField(_("What or whom do I need?"), blank=True)
    due = models.DateField(_("By when?"), null=True, blank=True)
    competences = models.ManyToManyField(Competence, blank=True, related_name="goals")
    proof = models.ManyToManyField(Entry, blank=True, related_name="goals")
    outcome = models.CharField(_("How did it end?"), max_length=8, choices=Outcome, blank=True)
    learned = models.TextField(_("What did I learn?"), blank=True)
    next_step = models.TextField(_("What comes next?"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="a_goal_has_its_own_place"),
            models.CheckConstraint(
                condition=Q(order__gte=ON_THE_MOVE, order__lte=MOST_GOALS),
                name="a_pop_has_three_goals_at_most",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def is_mine(self, user: User) -> bool:
        return self.plan.is_mine(user)


class ActionForm(models.TextChoices):
    """In what way something is learned."""

    INTERVISION = "intervision", _("intervision")
    VISIT = "visit", _("lesson visit")
    COURSE = "course", _("course")
    READING = "reading", _("reading")
    CO_TEACHING = "co_teaching", _("teaching together")
    OTHER = "other", _("something else")


class GoalActionQuerySet(models.QuerySet["GoalAction"]):
    def visible_to(self, user: User) -> GoalActionQuerySet:
        if not user.is_authenticated:
            return self.none()
        return self.filter(goal__plan__owner=user).select_related("goal__plan__year")


class GoalAction(models.Model):
    """What somebody does for a goal. ``minutes``: what it takes; ``source``: the PAP it came from ("plan:3")."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="actions")
    what = models.CharField(_("What do I do?"), max_length=500, blank=True)
    form = models.CharField(_("How?"), max_length=12, choices=ActionForm, blank=True)
    due = models.DateField(_("When?"), null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GoalActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "source"], condition=~Q(source=""), name="a_source_becomes_one_action"
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def action_plan_id(self) -> int | None:
        """Key of the PAP it came from."""
        kind, _colon, key = self.source.partition(":")
        return int(key) if kind == "plan" and key.isdecimal() else None

    def is_mine(self, user: User) -> bool:
        return self.goal.is_mine(user)


class ProgressNoteQuerySet(models.QuerySet["ProgressNote"]):
    def visible_to(self, user: User) -> ProgressNoteQuerySet:
        if not user.is_authenticated:
            return self.none()
        return self.filter(goal__plan__owner=user).select_related("goal__plan__year")


class ProgressNote(models.Model):
    """A line in the log of a goal."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="progress")
    day = models.DateField(default=timezone.localdate)
    text = models.TextField()

    objects = ProgressNoteQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.text

    def is_mine(self, user: User) -> bool:
        return self.goal.is_mine(user)


def _open_plans() -> models.QuerySet[DevelopmentPlan]:
    return DevelopmentPlan.objects.exclude(state=DevelopmentState.CLOSED)


IN_AN_OPEN_PLAN: dict[type[models.Model], Callable[[], Q]] = {
    DevelopmentPlan: lambda: ~Q(state=DevelopmentState.CLOSED),
    Goal: lambda: Q(plan__in=_open_plans()),
    GoalAction: lambda: Q(goal__in=Goal.objects.filter(plan__in=_open_plans())),
}


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def visible_to(self, user: User) -> PlanVersionQuerySet:
        """One's own, and those shared with the person today; never another version than the one shared."""
        if not user.is_authenticated:
            return self.none()
        shared = Share.objects.open_to(user).filter(plan_version__isnull=False)
        mine = Q(plan__owner=user) | Q(pk__in=shared.values("plan_version"))
        return (
            self.filter(mine)
            .select_related("plan__owner", "plan__year")
            .prefetch_related("signatures__person")
        )


class PlanVersion(models.Model):
    """A POP as it stood when it was shared, frozen. ``content``: portfolio/document.py says its shape."""

    plan = models.ForeignKey(DevelopmentPlan, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="a_version_number_once")]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    @property
    def owner_id(self) -> int:
        return self.plan.owner_id

    def is_mine(self, user: User) -> bool:
        return self.plan.is_mine(user)

    def signed(self, kind: str) -> Signature | None:
        """The signature of ``kind`` under it."""
        return next((each for each in self.signatures.all() if each.kind == kind), None)


class SignatureKind(models.TextChoices):
    """Not "approved": a plan is drawn up by one and talked over by two (domain.md §3)."""

    DRAWN_UP = "drawn_up", _("drawn up")
    DISCUSSED = "discussed", _("discussed")


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: User) -> SignatureQuerySet:
        """With the version under which it stands."""
        return self.filter(version__in=PlanVersion.objects.visible_to(user))


class Signature(models.Model):
    """Who put their name under a version, and when; only that person takes it back."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="signatures")
    kind = models.CharField(max_length=10, choices=SignatureKind)
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="a_version_signed_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    def is_by(self, user: User) -> bool:
        return self.person_id == user.pk

    def name_for(self, reader: User) -> str:
        """Whose it is; with whom else the plan was talked over is for its owner and for that person."""
        if self.person is None:
            return str(_("a colleague"))
        known = self.is_by(reader) or self.version.is_mine(reader) or self.kind == SignatureKind.DRAWN_UP
        return self.person.name if known else str(_("who leads them"))
