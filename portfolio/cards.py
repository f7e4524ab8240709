"""The cards of a POP with all that stands in them, read in as few statements for three goals as for one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.functional import cached_property
from django.utils.translation import get_language

from schools.models import Draft, User

from .forms.cards import ActionCard, AgreementsCard, GoalCard, StandingCard
from .forms.development import NoteForm
from .models import MOST_GOALS, DevelopmentPlan, Goal, GoalAction

KINDS = ("pop", "goal", "goalaction")


@dataclass(frozen=True)
class Picked:
    """Something of the portfolio in a card."""

    key: int
    title: str


@dataclass
class GoalPart:
    """One goal on the page. ``more``: something stands under "more"."""

    number: int
    goal: Goal
    form: GoalCard
    actions: list[ActionCard]
    note_form: NoteForm
    progress: list[Any]
    competences: list[Picked]
    proof: list[Picked]

    @property
    def more(self) -> bool:
        goal = self.goal
        return bool(goal.visible or goal.why or goal.support or goal.due or self.competences or self.proof)

    @property
    def holds_more(self) -> bool:
        """Text stands under "more", saved or still being typed."""
        return any(self.form[name].value() for name in ("visible", "why", "support", "due"))

    @property
    def is_blank(self) -> bool:
        """Nothing would be lost with it."""
        shown = any(self.form[name].value() for name in self.form.Meta.fields)
        written = any(card["what"].value() for card in self.actions)
        return not (shown or written or self.progress or self.competences or self.proof)


class Cards:
    """Of one plan; its forms show what was typed and not yet saved."""

    def __init__(self, plan: DevelopmentPlan, owner: User) -> None:
        self.plan, self.owner = plan, owner
        plan.owner = owner

    @cached_property
    def kept(self) -> dict[str, str]:
        """Drafts of the owner in plans, goals and actions, by name."""
        named = Q(pk__in=[])
        for kind in KINDS:
            named |= Q(field__startswith=f"{kind}:")
        return dict(Draft.objects.filter(named, writer=self.owner).values_list("field", "text"))

    @cached_property
    def standing(self) -> StandingCard:
        return StandingCard(instance=self.plan, writer=self.owner, kept=self.kept)

    @cached_property
    def agreements(self) -> AgreementsCard:
        return AgreementsCard(instance=self.plan, writer=self.owner, kept=self.kept)

    @cached_property
    def goals(self) -> list[GoalPart]:
        goals = list(self.plan.goals.prefetch_related("actions", "progress"))
        return [self._part(number, goal) for number, goal in enumerate(goals, start=1)]

    @property
    def may_have_more(self) -> bool:
        return len(self.goals) < MOST_GOALS

    @property
    def strengths(self) -> list[Picked]:
        return self._picked["strengths", self.plan.pk]

    def _part(self, number: int, goal: Goal) -> GoalPart:
        goal.plan = self.plan
        return GoalPart(
            number=number,
            goal=goal,
            form=GoalCard(instance=goal, writer=self.owner, kept=self.kept),
            actions=[self._action(action, goal) for action in goal.actions.all()],
            note_form=NoteForm(goal=goal, writer=self.owner, kept=self.kept),
            progress=list(goal.progress.all()),
            competences=self._picked["competences", goal.pk],
            proof=self._picked["proof", goal.pk],
        )

    def _action(self, action: GoalAction, goal: Goal) -> ActionCard:
        action.goal = goal
        return ActionCard(instance=action, writer=self.owner, kept=self.kept)

    @cached_property
    def _picked(self) -> dict[tuple[str, int], list[Picked]]:
        """Everything picked from the portfolio, by field and whose it is; in one statement."""
        found: dict[tuple[str, int], list[Picked]] = defaultdict(list)
        english = (get_language() or "nl").startswith("en")
        for field, row, key, title, in_english in self._picked_rows():
            found[field, row].append(Picked(key, in_english if english and in_english else title))
        for picked in found.values():
            picked.sort(key=lambda each: each.title.casefold())
        return found

    def _picked_rows(self) -> QuerySet[Any, Any]:
        of_plan = {"goal__plan": self.plan}
        parts = [
            (DevelopmentPlan.strengths, {"developmentplan": self.plan}, "developmentplan_id", "competence"),
            (Goal.competences, of_plan, "goal_id", "competence"),
            (Goal.proof, of_plan, "goal_id", "entry"),
        ]
        first, *rest = [self._rows_of(*part) for part in parts]
        return first.union(*rest, all=True)

    @staticmethod
    def _rows_of(field: Any, within: dict[str, Any], row: str, thing: str) -> QuerySet[Any, Any]:
        titles = ("title_nl", "title_en") if thing == "competence" else ("title", None)
        text: Any = [F(f"{thing}__{name}") if name else Value("") for name in titles]
        rows = field.through.objects.filter(**within).annotate(
            field=Value(field.field.name, output_field=CharField()), nl=text[0], en=text[1]
        )
        return rows.values_list("field", row, f"{thing}_id", "nl", "en")
