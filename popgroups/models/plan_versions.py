"""A GOP as it was handed in, frozen, and what the director and the group say to each other about it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn

from django.db import models
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import Membership, Role, School, SchoolYear, User

from .groups import PopGroup
from .plans import GroupPlan, GroupPlanState


def submitted_to(user: User, prefix: str = "plan__group__") -> Q:
    """Plans that ``user`` reads once they are handed in: who coordinates or directs the host school today.

    And an outside consultant whom the group asked, for as long as the stay at that school lasts that they had
    then: who comes back later is asked anew.
    """
    schools = [school.pk for school in user.schools_as(Role.COORDINATOR, Role.DIRECTOR)]
    stay = Membership.objects.current().filter(
        person=user,
        roles__role=Role.CONSULTANT,
        school=OuterRef("plan__group__school"),
        valid_from__lte=TruncDate(ExpressionWrapper(OuterRef("at"), DateTimeField())),
    )
    asked = PlanReader.objects.filter(Exists(stay), person=user, ended_at__isnull=True)
    return Q(**{f"{prefix}school__in": schools}) | Q(**{f"{prefix}plan__in": asked.values("plan")})


class GroupPlanVersionQuerySet(models.QuerySet["GroupPlanVersion"]):
    def visible_to(self, user: User) -> GroupPlanVersionQuerySet:
        """Members of today all of them; coordinator, director and asked consultant what was not taken back."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(plan__group__in=PopGroup.objects.with_member(user))
        return self.filter(mine | submitted_to(user) & Q(withdrawn_at__isnull=True)).select_related(
            "plan__group__school", "plan__group__year", "made_by"
        )

    def standing(self) -> GroupPlanVersionQuerySet:
        """Handed in and not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def of_school(self, school: School, year: SchoolYear) -> GroupPlanVersionQuerySet:
        return self.filter(plan__group__school=school, plan__group__year__starts=year.starts)

    def newest_of_each(self) -> GroupPlanVersionQuerySet:
        """Of each plan the last one that stands, halfway and evaluation as well."""
        others = GroupPlanVersion.objects.standing().filter(plan=OuterRef("plan")).order_by("-number")
        return self.filter(pk=Subquery(others.values("pk")[:1]))


class Purpose(models.TextChoices):
    PLAN = "plan", _("plan")
    MIDTERM = "midterm", _("halfway")
    EVALUATION = "evaluation", _("evaluation")


class GroupPlanVersion(models.Model):
    """``content``: popgroups/plan_document.py says its shape. Written once; only taking it back touches the row.

    Names of members stand in it, and of who does what: a place to look when somebody is erased.
    """

    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.PLAN)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    content = models.JSONField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = GroupPlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="a_gop_version_number_once")]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    def has_member(self, user: User) -> bool:
        return self.plan.has_member(user)

    def can_be_answered_by(self, user: User) -> bool:
        """The director of the host school, but nobody answers their own group; which one: plan_reviews.py."""
        return self.plan.group.school.is_directed_by(user) and not self.has_member(user)

    def can_be_commented_by(self, user: User) -> bool:
        """The group and its director; who coordinates or was asked to read along, reads. None once taken back."""
        if self.withdrawn_at:
            return False
        return self.plan.group.school.is_directed_by(user) or self.has_member(user)


class AnswerKind(models.TextChoices):
    """Three answers, none of them a mark (domain.md §3)."""

    AGREED = "agreed", _("agreed")
    AGREED_IF = "agreed_if", _("agreed, provided that ...")
    IN_TALK = "in_talk", _("let us talk about it")


class OfVersionsQuerySet(models.QuerySet[Any]):
    """What is said about a plan is for who reads its versions."""

    def visible_to(self, user: User) -> OfVersionsQuerySet:
        seen = GroupPlanVersion.objects.visible_to(user).values("plan")
        path = "version__plan" if hasattr(self.model, "version") else "plan"
        return self.filter(**{f"{path}__in": seen}).select_related(f"{path}__group__school")


class Reaction(models.Model):
    """The director's answer to a version; a later one to the same version takes its place and both stay."""

    version = models.ForeignKey(GroupPlanVersion, models.PROTECT, related_name="reactions")
    answer = models.CharField(max_length=10, choices=AnswerKind)
    text = models.TextField(_("What would you like to see differently, or more of?"), blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfVersionsQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_answer_display()}"

    def can_be_taken_back_by(self, user: User) -> bool:
        """Who gave it, as long as they direct the school; how long: plan_reviews.take_back_reaction."""
        return self.by_id == user.pk and self.version.can_be_answered_by(user)


class PlanComment(models.Model):
    """A line in the thread under a goal, by ``goal_key`` as the versions name it; 0 is the whole plan."""

    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="comments")
    goal_key = models.PositiveIntegerField(default=0)
    text = models.TextField(_("Comment"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfVersionsQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text

    def is_by(self, user: User) -> bool:
        return self.by_id == user.pk


class PromiseKind(models.TextChoices):
    HOURS = "hours", _("hours")
    MONEY = "money", _("money")
    EXPERTISE = "expertise", _("help or knowledge")


class SupportPromise(models.Model):
    """What the director promises the group: ``minutes`` a person, whole ``euros``, or help in words."""

    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="promises")
    kind = models.CharField(max_length=10, choices=PromiseKind)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    euros = models.PositiveIntegerField(null=True, blank=True)
    text = models.CharField(_("In words"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfVersionsQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="hours", minutes__gt=0, euros__isnull=True)
                | Q(kind="money", euros__gt=0, minutes__isnull=True)
                | Q(kind="expertise", minutes__isnull=True, euros__isnull=True) & ~Q(text=""),
                name="a_promise_says_what",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_kind_display()}"

    def can_be_changed_by(self, user: User) -> bool:
        return self.plan.group.school.is_directed_by(user) and not self.plan.has_member(user)


class KeptForEver(models.QuerySet[Any]):
    """Nobody erases what happened (issue of trust between a group and its director)."""

    def delete(self) -> NoReturn:
        raise TypeError("What happened with a GOP is never erased.")

    def visible_to(self, user: User) -> KeptForEver:
        return self.filter(plan__in=GroupPlanVersion.objects.visible_to(user).values("plan"))


class GroupPlanMove(models.Model):
    """Who did what with a plan, and when. ``verb``: a key, said in words where it is shown."""

    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=10, choices=GroupPlanState)
    after = models.CharField(max_length=10, choices=GroupPlanState)

    objects = KeptForEver.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.before} → {self.after}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("What happened with a GOP is never erased.")


class PlanReaderQuerySet(models.QuerySet["PlanReader"]):
    def visible_to(self, user: User) -> PlanReaderQuerySet:
        """Members of today, who may also end it."""
        return self.filter(plan__in=GroupPlan.objects.visible_to(user)).select_related("plan__group")

    def in_force(self) -> PlanReaderQuerySet:
        return self.filter(ended_at__isnull=True)


class PlanReader(models.Model):
    """An outside consultant whom the group lets read what it hands in, until that ends."""

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="readers")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PlanReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(ended_at__isnull=True), name="a_reader_is_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ← {self.plan}"

    def end(self, at: dt.datetime) -> None:
        PlanReader.objects.filter(pk=self.pk, ended_at__isnull=True).update(ended_at=at)
