"""Methods and their steps as data; a session copies them at its start."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.models import InTwoLanguages, School, User


class Turn(models.TextChoices):
    """Whose turn it is in a step."""

    PRESENTER = "presenter", _("the presenter")
    OPEN = "open", _("everybody")
    ROUND_ROBIN = "round_robin", _("one after the other")
    FACILITATOR = "facilitator", _("the facilitator")
    SILENT_WRITE = "silent_write", _("all write in silence")


class PresenterDoes(models.TextChoices):
    SPEAKS = "speaks", _("tells")
    ANSWERS = "answers", _("only answers")
    SILENT = "silent", _("listens in silence")
    WRITES = "writes", _("writes")
    TAKES_PART = "takes_part", _("takes part like everybody")


class Captures(models.TextChoices):
    """What is written down in a step."""

    NONE = "none", _("nothing")
    LOOK_BACK = "look_back", _("how the action plans went")
    CHOICE = "choice", _("which case")
    QUESTION_OF_CASE = "question_of_case", _("the presenter's question")
    QUESTION = "question", _("questions")
    NOTE = "note", _("notes")
    ASSOCIATION = "association", _("associations")
    HYPOTHESIS = "hypothesis", _("hypotheses")
    TIP = "tip", _("tips")
    SCORE = "score", _("scores")
    MARKS = "marks", _("marks")
    ACTION_PLAN = "action_plan", _("action plans")
    LEARNING = "learning", _("own learning")


class Titled(InTwoLanguages):
    title_nl = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        return self.text("title")


class StepText(Titled):
    """What a step needs to say; the columns a method's step and a session's copy of it share."""

    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    instruction_nl = models.CharField(max_length=400)
    instruction_en = models.CharField(max_length=400, blank=True)
    prompt_nl = models.CharField(max_length=120, blank=True)
    prompt_en = models.CharField(max_length=120, blank=True)
    tip_nl = models.TextField(blank=True)
    tip_en = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    turn = models.CharField(max_length=12, choices=Turn)
    presenter = models.CharField(max_length=10, choices=PresenterDoes)
    captures = models.CharField(max_length=16, choices=Captures)
    hidden = models.BooleanField(default=False)
    max_items = models.PositiveSmallIntegerField(default=0, help_text="a person; 0 = no limit")
    not_here = models.CharField(max_length=60, blank=True, help_text="advice judgement discussion own_story")

    class Meta:
        abstract = True

    @property
    def instruction(self) -> str:
        return self.text("instruction")

    @property
    def prompt(self) -> str:
        return self.text("prompt")

    @property
    def tip(self) -> str:
        return self.text("tip")


STEP_COLUMNS = tuple(field.name for field in StepText._meta.local_fields)


class MethodQuerySet(models.QuerySet["Method"]):
    def visible_to(self, user: User) -> MethodQuerySet:
        return self.filter(Q(school__isnull=True) | Q(school__in=user.schools_as()))


class Method(Titled):
    """A protocol. ``school`` empty: shipped with the product, renewed by ``manage.py seed``."""

    key = models.SlugField(max_length=40)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="methods")
    about_nl = models.CharField(max_length=400, blank=True)
    about_en = models.CharField(max_length=400, blank=True)
    level = models.CharField(max_length=12, default="beginner")
    group_min = models.PositiveSmallIntegerField(default=4)
    group_max = models.PositiveSmallIntegerField(default=8)
    order = models.PositiveSmallIntegerField(default=0)

    objects = MethodQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(school__isnull=True), name="one_shipped_method_a_key"
            )
        ]

    def __str__(self) -> str:
        return self.title_nl

    @property
    def about(self) -> str:
        return self.text("about")

    def total_minutes(self) -> int:
        return sum(step.minutes for step in self.steps.all())


class Step(StepText):
    method = models.ForeignKey(Method, models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["method", "order"], name="one_step_an_order")]

    def __str__(self) -> str:
        return self.title_nl
