"""Before a year plan is published: who is told what, and what it takes of each person's hours."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from schools.budgets import Balance, allotments_of, balances_of
from schools.models import Membership, User

from .notices import Pending, pending
from .planner import YearPlan


@dataclass(frozen=True)
class Claim:
    """What the plan adds to ``balance``, in minutes."""

    added: int
    balance: Balance

    @property
    def total(self) -> int:
        """Held, planned and what would be planned."""
        return self.balance.held + self.balance.planned + self.added

    @property
    def over(self) -> int:
        """Minutes more than the budget; a person without a budget is never over it."""
        return max(0, self.total - self.balance.budget) if self.balance.allotted else 0


@dataclass(frozen=True)
class ForPerson:
    person: User
    mails: list[Pending]
    claims: list[Claim]

    @property
    def is_over(self) -> bool:
        return any(claim.over for claim in self.claims)


class Publication:
    """Of the concepts of ``groups`` in a year plan; in a constant number of statements."""

    def __init__(self, plan: YearPlan, groups: set[int], *, per_person: bool) -> None:
        """``per_person``: the PMR of the plan's school agreed, and who looks may see hours per person."""
        self.plan, self.per_person = plan, per_person
        self.concepts = plan.concepts_of(groups)
        self.mails = pending(self.concepts, plan.at, as_published=True)

    @cached_property
    def claims(self) -> list[Claim]:
        """Of the school's own people, once its PMR agreed to hours per person."""
        if not self.per_person:
            return []
        asked = [
            (place.membership, meeting.minutes)
            for meeting in self.concepts
            if meeting.ends_at > self.plan.at  # nobody is mailed of what is over either
            for place in self.plan.agenda.members(meeting.group_id, meeting.day)
        ]
        allotments = allotments_of({row.school_id for row, _minutes in asked}, self.plan.year)
        added: Counter[Membership] = Counter()
        for row, minutes in asked:
            allotment = allotments.get(row.school_id)
            added[row] += minutes + (allotment.preparation if allotment else 0)
        # Those of another school are not this coordinator's to see.
        own = [row for row in added if row.school_id == self.plan.school.pk]
        balances = balances_of(own, self.plan.year)
        return [Claim(added[balance.membership], balance) for balance in balances]

    @property
    def people(self) -> list[ForPerson]:
        """Everybody concerned, by name."""
        mails: dict[User, list[Pending]] = defaultdict(list)
        for mail in self.mails:
            mails[mail.person].append(mail)
        claims: dict[int, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            claims[claim.balance.membership.person_id].append(claim)
        people = [ForPerson(person, found, claims[person.pk]) for person, found in mails.items()]
        return sorted(people, key=lambda each: each.person.name)

    @property
    def over(self) -> list[ForPerson]:
        return [each for each in self.people if each.is_over]
