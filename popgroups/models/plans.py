"""GOP, the development plan of a POP-group: written together, adopted by every member, then handed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.lib.states import Moves, move
from portfolio.models import Competence, Outcome
from schools.models import SchoolPlanLine, User

from .groups import GroupMember, PopGroup

MOST_GROUP_GOALS = 3  # domain.md §3: one to three
MOST_ACTIVITIES = 12  # for one goal


class GroupPlanState(models.TextChoices):
    CONCEPT = "concept", _("concept")
    ADOPTED = "adopted", _("adopted by the group")
    SUBMITTED = "submitted", _("handed in")
    IN_TALK = "in_talk", _("being talked over")
    RUNNING = "running", _("running")
    EVALUATED = "evaluated", _("evaluated")


GROUP_PLAN_MOVES: Moves = {
    GroupPlanState.CONCEPT: (GroupPlanState.ADOPTED,),
    # Back to concept: somebody changed a word of it, or took back their yes.
    GroupPlanState.ADOPTED: (GroupPlanState.CONCEPT, GroupPlanState.SUBMITTED),
    # Back to adopted: the group takes it back before there is an answer.
    GroupPlanState.SUBMITTED: (GroupPlanState.ADOPTED, GroupPlanState.IN_TALK, GroupPlanState.RUNNING),
    # Talked over, the group writes on and adopts it anew; or the director agrees after all. A reaction that is
    # fresh can be taken back: then the plan is where it was before it.
    GroupPlanState.IN_TALK: (GroupPlanState.ADOPTED, GroupPlanState.RUNNING, GroupPlanState.SUBMITTED),
    GroupPlanState.RUNNING: (
        *(GroupPlanState.CONCEPT, GroupPlanState.EVALUATED),
        *(GroupPlanState.SUBMITTED, GroupPlanState.IN_TALK),
    ),
    GroupPlanState.EVALUATED: (GroupPlanState.RUNNING,),
}
WRITABLE = (GroupPlanState.CONCEPT, GroupPlanState.ADOPTED, GroupPlanState.IN_TALK)


class GroupPlanQuerySet(models.QuerySet["GroupPlan"]):
    def visible_to(self, user: User) -> GroupPlanQuerySet:
        """The living text is for members of today; everybody else reads versions that were handed in."""
        groups = PopGroup.objects.with_member(user)
        return self.filter(group__in=groups).select_related("group__school", "group__year")


class GroupPlan(models.Model):
    """GOP of one group, for the school year of that group.

    ``asked_minutes``: a person; ``asked_money``: whole euros. ``version`` counts saves of the plan's own texts.
    """

    group = models.OneToOneField(PopGroup, models.PROTECT, related_name="plan")
    state = models.CharField(max_length=10, choices=GroupPlanState, default=GroupPlanState.CONCEPT)
    standing = models.TextField(_("Why this plan? Where do we stand?"), blank=True)
    agreements = models.TextField(_("What do we agree on with each other?"), blank=True)
    indicators = models.TextField(_("How do we notice that it works?"), blank=True)
    asked_minutes = models.PositiveIntegerField(null=True, blank=True)
    asked_money = models.PositiveIntegerField(null=True, blank=True)
    asked_expertise = models.TextField(_("Whose knowledge or help do we ask for?"), blank=True)
    midterm_on = models.DateField(_("When do we look halfway?"), null=True, blank=True)
    midterm = models.TextField(_("How are we doing halfway?"), blank=True)
    evaluation_on = models.DateField(_("When do we look back?"), null=True, blank=True)
    evaluation = models.TextField(_("How do we look back?"), blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects = GroupPlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"GOP {self.group}"

    def has_member(self, user: User) -> bool:
        return self.group.has_member(user)

    def answer_of(self, member: GroupMember) -> GroupPlanAnswer | None:
        return self.answers.filter(member=member).first()

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    def go(self, to: str, verb: str, by: User | None, at: dt.datetime, **values: Any) -> None:
        """Move to state ``to`` with a row that says who did what; raises MoveRefused or StaleMove."""
        from .plan_versions import GroupPlanMove  # its module needs this one

        before = self.state
        with transaction.atomic():
            move(self, GROUP_PLAN_MOVES, to, **values)
            GroupPlanMove.objects.create(plan=self, by=by, at=at, verb=verb, before=before, after=to)


class OfGroupPlanQuerySet(models.QuerySet[Any]):
    """Parts of a plan, by the path that leads to it."""

    path = "plan"

    def visible_to(self, user: User) -> OfGroupPlanQuerySet:
        return self.filter(**{f"{self.path}__in": GroupPlan.objects.visible_to(user)}).select_related(
            f"{self.path}__group__school", f"{self.path}__group__year"
        )


class GroupTheme(models.Model):
    """What the plan is about: a line of policy (``line``), or something members bring up."""

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="themes")
    text = models.CharField(max_length=200)
    line = models.ForeignKey(SchoolPlanLine, models.PROTECT, null=True, blank=True, related_name="themes")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = OfGroupPlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "line"], condition=Q(line__isnull=False), name="a_line_is_a_theme_once"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def has_member(self, user: User) -> bool:
        return self.plan.has_member(user)


class GroupGoal(models.Model):
    """What the group wants to reach: a title, what will be visible then, and which line of policy it serves."""

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="goals")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("Our goal"), max_length=200, blank=True)
    visible = models.TextField(_("What will be visible when it works?"), blank=True)
    line = models.ForeignKey(SchoolPlanLine, models.PROTECT, null=True, blank=True, related_name="goals")
    competences = models.ManyToManyField(Competence, blank=True, related_name="group_goals")
    outcome = models.CharField(_("How did it end?"), max_length=8, choices=Outcome, blank=True)
    learned = models.TextField(_("What did we learn?"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfGroupPlanQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="a_group_goal_has_its_own_place"),
            models.CheckConstraint(
                condition=Q(order__gte=0, order__lte=MOST_GROUP_GOALS),
                name="a_gop_has_three_goals_at_most",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def has_member(self, user: User) -> bool:
        return self.plan.has_member(user)


class OfGroupGoalQuerySet(OfGroupPlanQuerySet):
    path = "goal__plan"


class GroupActivity(models.Model):
    """What is done for a goal. ``member``: who sees to it; ``minutes``: what it takes each person."""

    goal = models.ForeignKey(GroupGoal, models.CASCADE, related_name="activities")
    what = models.CharField(_("What do we do?"), max_length=300, blank=True)
    member = models.ForeignKey(GroupMember, models.SET_NULL, null=True, blank=True, related_name="+")
    due = models.DateField(_("When?"), null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfGroupGoalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "group activities"

    def __str__(self) -> str:
        return self.what

    def has_member(self, user: User) -> bool:
        return self.goal.has_member(user)


class GroupPlanAnswer(models.Model):
    """What a member says of the plan as it read then (``digest``): yes, or what has to change (``wish``).

    Of a text that was changed since it says nothing any more; ``content`` is that text, to show what changed.
    """

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="answers")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="plan_answers")
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict, blank=True)
    agrees = models.BooleanField()
    wish = models.TextField(_("What should change?"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "member"], name="one_answer_a_member_to_a_gop")
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.agrees}"


class Editing(models.Model):
    """Who writes in which field of a plan now; a row that was not renewed for a while says nothing."""

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="editing")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    field = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="one_writes_in_one_field")]

    def __str__(self) -> str:
        return f"{self.person}: {self.field}"
