"""What people name their talents and goals with: frameworks of competences, and what each person scores on them."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import InTwoLanguages, Role, School, User

# Where people's things point at a competence, and the path from there to the person.
NAMED_WITH = (
    ("TalentScore", "owner"),
    ("Goal_competences", "goal__plan__owner"),
    ("Entry_competences", "entry__owner"),
    ("DevelopmentPlan_strengths", "developmentplan__owner"),
)
HIGHEST = 10
MIDDLE = 5  # above it is "yes", on either side of the chart


class TalentKind(models.TextChoices):
    """The four quarters of the talent chart: good at it or not, liked or not."""

    TALENT = "talent", _("talent")
    CHANCE = "chance", _("room to grow")
    DOSE = "dose", _("in small doses")
    TOGETHER = "together", _("together, or otherwise")


class Described(InTwoLanguages):
    title_nl = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    about_nl = models.CharField(max_length=300, blank=True)
    about_en = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def about(self) -> str:
        return self.text("about")


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def visible_to(self, user: User) -> FrameworkQuerySet:
        """What we ship, the own lists of one's schools, and what one used of those that are out of use.

        A list out of use that has no successor stays for who coordinates, used or not: so it tells nobody
        whether anybody filled it in, and neither does one that was cleaned up (portfolio/erasing.py).
        """
        if not user.is_authenticated:
            return self.none()
        ours = Q(school__in=School.objects.visible_to(user), retired=False)
        resting = Q(school__in=user.schools_as(Role.COORDINATOR)) & ~Q(pk__in=self.replaced())
        used = Q(pk__in=Competence.objects.used_by(user).values("framework"))
        return self.filter(Q(school__isnull=True) | ours | resting | used)

    def replaced(self) -> models.QuerySet[Framework]:
        """Own lists out of use of which the school has a later version."""
        later = Framework.objects.filter(
            school=OuterRef("school"), key=OuterRef("key"), pk__gt=OuterRef("pk")
        )
        return Framework.objects.filter(Exists(later), school__isnull=False, retired=True)

    def resting_at(self, school: School) -> models.QuerySet[Framework]:
        """Out of use at ``school``, and not replaced by a later version."""
        return self.filter(school=school, retired=True).exclude(pk__in=self.replaced())

    def of_school(self, school: School) -> FrameworkQuerySet:
        """From which ``school`` chooses."""
        return self.filter(Q(school__isnull=True) | Q(school=school, retired=False))

    def chosen_for(self, user: User) -> FrameworkQuerySet:
        """Chosen by a school where ``user`` is today; without a choice of any, what fits all teachers there."""
        return self.chosen_by(user.schools_as())

    def chosen_by(self, schools: list[School]) -> FrameworkQuerySet:
        """What ``schools`` chose; without a choice of any, what fits all teachers there."""
        chosen = self.filter(choices__school__in=schools).distinct()
        sectors = {school.sector for school in schools}
        return chosen if chosen.exists() else self.filter(school__isnull=True, usual_in__in=sectors)


class Framework(Described):
    """A list of competences of one version; ``school``: its own list, empty: one that we ship.

    ``usual_in``: the sector in which it is offered where a school chose nothing yet. ``retired``: taken out of
    use by its school; who scored on it keeps that, and nobody else can tell whether anybody did.
    """

    key = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=20, blank=True)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="own_frameworks")
    usual_in = models.CharField(max_length=2, blank=True)
    retired = models.BooleanField(default=False)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = [F("school").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], condition=Q(school__isnull=True), name="shipped_framework_once"
            ),
            models.UniqueConstraint(fields=["school", "key", "version"], name="own_framework_once"),
        ]

    def can_be_changed_by(self, user: User) -> bool:
        return self.school is not None and self.school.is_coordinated_by(user)

    def can_be_scored_by(self, user: User) -> bool:
        """In use where they are, or scored on by them before."""
        scored = TalentScore.objects.filter(owner=user, competence__framework=self)
        return Framework.objects.chosen_for(user).filter(pk=self.pk).exists() or scored.exists()

    def bring_back(self) -> None:
        """Among the lists a school may choose from again; choosing it is another step."""
        Framework.objects.filter(pk=self.pk).update(retired=False)

    def retire(self) -> None:
        with transaction.atomic():
            self.choices.all().delete()
            Framework.objects.filter(pk=self.pk).update(retired=True)


class ChosenFramework(models.Model):
    """``school`` works with ``framework``."""

    school = models.ForeignKey(School, models.CASCADE, related_name="framework_choices")
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="choices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "framework"], name="a_framework_chosen_once")
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.framework}"


def namings() -> list[tuple[models.QuerySet[Any], str]]:
    """All that people named something with, as NAMED_WITH says."""
    found = ((apps.get_model("portfolio", name), path) for name, path in NAMED_WITH)
    return [(model._default_manager.order_by(), path) for model, path in found]


class CompetenceQuerySet(models.QuerySet["Competence"]):
    def visible_to(self, user: User) -> CompetenceQuerySet:
        if not user.is_authenticated:
            return self.none()
        frameworks = Framework.objects.visible_to(user)
        return self.filter(Q(owner=user) | Q(framework__in=frameworks))

    def used_by(self, user: User) -> CompetenceQuerySet:
        """Those ``user`` scored, or named something with."""
        named = [rows.filter(**{path: user}).values("competence") for rows, path in namings()]
        return self.filter(reduce(or_, (Q(pk__in=rows) for rows in named)))

    def to_score(self) -> CompetenceQuerySet:
        """Those without others beneath them."""
        return self.filter(children__isnull=True)


class Competence(Described):
    """Something one can be good at: of a framework, or of one person who named it."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, null=True, blank=True, related_name="competences"
    )
    owner = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="own_competences")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    key = models.CharField(max_length=100, blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(framework__isnull=False, owner__isnull=True)
                | Q(framework__isnull=True, owner__isnull=False),
                name="a_competence_is_of_a_list_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["framework", "key"], condition=~Q(key=""), name="a_key_once_in_a_framework"
            ),
        ]

    def is_mine(self, user: User) -> bool:
        return self.owner_id == user.pk

    def erase(self) -> None:
        """One's own, with its marks."""
        with transaction.atomic():
            self.scores.all().delete()
            self.delete()


class TalentScoreQuerySet(models.QuerySet["TalentScore"]):
    def visible_to(self, user: User) -> TalentScoreQuerySet:
        """Nobody but whoever scored."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class TalentScore(models.Model):
    """How somebody saw themselves on one competence at one moment; later ones stand beside it.

    ``good``: dit kan ik goed, ``fun``: dit vind ik leuk, both 0-10; ``learned``: geleerd, doe ik nog niet.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="talent_scores")
    competence = models.ForeignKey(Competence, models.RESTRICT, related_name="scores")
    good = models.PositiveSmallIntegerField(validators=[MaxValueValidator(HIGHEST)])
    fun = models.PositiveSmallIntegerField(validators=[MaxValueValidator(HIGHEST)])
    learned = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects = TalentScoreQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(good__lte=HIGHEST, fun__lte=HIGHEST), name="a_talent_is_scored_to_ten"
            )
        ]

    def __str__(self) -> str:
        return f"{self.competence}: {self.good}, {self.fun}"

    @property
    def kind(self) -> TalentKind:
        if self.good > MIDDLE:
            return TalentKind.TALENT if self.fun > MIDDLE else TalentKind.DOSE
        return TalentKind.CHANCE if self.fun > MIDDLE else TalentKind.TOGETHER
