"""The cards of a GOP with all that stands in them, read in as few statements for three goals as for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property

from schools.models import Draft, User

from .models import MOST_GROUP_GOALS, GroupGoal, GroupMember, GroupPlan
from .plan_document import read_whole
from .plan_forms import PARTS, GoalReviewCard, GroupActivityCard, GroupGoalCard, GroupPlanCard

KINDS = ("gop", "groupgoal", "groupactivity")


@dataclass
class GroupGoalPart:
    """One goal on the page. ``review``: how it ended, to write while the plan runs."""

    number: int
    goal: GroupGoal
    form: GroupGoalCard
    review: GoalReviewCard
    activities: list[GroupActivityCard]

    @property
    def is_blank(self) -> bool:
        """Nothing would be lost with it, as far as this screen shows."""
        goal = self.goal
        shown = self.form["title"].value() or self.form["visible"].value() or goal.line_id
        written = any(card["what"].value() for card in self.activities)
        return not (shown or written or goal.competences.all())


class PlanCards:
    """Of one plan; its forms show what ``writer`` typed and did not save yet. ``people``: members of today."""

    def __init__(self, plan: GroupPlan, writer: User, people: list[GroupMember]) -> None:
        self.plan, self.writer, self.people = plan, writer, people
        read_whole(plan)

    @cached_property
    def kept(self) -> dict[str, str]:
        """Drafts of the writer in plans of groups, by name."""
        named = Q(pk__in=[])
        for kind in KINDS:
            named |= Q(field__startswith=f"{kind}:")
        return dict(Draft.objects.filter(named, writer=self.writer).values_list("field", "text"))

    @cached_property
    def parts(self) -> dict[str, GroupPlanCard]:
        return {name: card(**self._of(self.plan)) for name, card in PARTS.items()}

    @cached_property
    def goals(self) -> list[GroupGoalPart]:
        return [self._goal(number, goal) for number, goal in enumerate(self.plan.goals.all(), start=1)]

    @property
    def may_have_more(self) -> bool:
        return len(self.goals) < MOST_GROUP_GOALS

    def _of(self, row: Any) -> dict[str, Any]:
        return {"instance": row, "writer": self.writer, "kept": self.kept}

    def _goal(self, number: int, goal: GroupGoal) -> GroupGoalPart:
        activities = list(goal.activities.all())
        for each in activities:
            each.goal = goal
        return GroupGoalPart(
            number=number,
            goal=goal,
            form=GroupGoalCard(**self._of(goal)),
            review=GoalReviewCard(**self._of(goal)),
            activities=[GroupActivityCard(**self._of(each), people=self.people) for each in activities],
        )
