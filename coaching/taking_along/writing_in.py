"""The rows of what is brought in, of all rooms of the portfolio; called in one transaction."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from portfolio import files
from portfolio.models import (
    ActionPlan,
    Competence,
    CoreQuadrant,
    DevelopmentPlan,
    DevelopmentState,
    Entry,
    EntryFile,
    EntryPart,
    Goal,
    GoalAction,
    KeptTip,
    PersonalNote,
    PlanMove,
    ProgressNote,
    TalentScore,
)
from portfolio.pop import clear
from schools.models import SchoolYear, User

from .arrival import Arrival, NewEntry, NewGoal, NewPap, NewPop, Skipped
from .sifting import Sifted, sift, source_of
from .stored_files import Kept

Files = dict[str, list[Kept]]


def write_in(arrival: Arrival, user: User, kept: Files, at: dt.datetime) -> tuple[Sifted, list[list[Kept]]]:
    """Compare once more, now that nobody else can write for ``user``, and write what is new."""
    room = files.hold_room(user.pk)
    list(DevelopmentPlan.objects.select_for_update().filter(owner=user))  # what is blank stays so
    writer = Writer(sift(arrival, user), user, at)
    fitting = within(room, writer.sifted, kept)
    writer.write(fitting)
    return writer.sifted, list(fitting.values())


def within(room: int, sifted: Sifted, kept: Files) -> Files:
    """Of the new entries, the files for which there is room: others may have come in since they were judged."""
    fitting: Files = {}
    for new in sifted.entries:
        rows = fitting.setdefault(new.id, [])
        for row in kept.get(new.id, []):
            if row.size <= room:
                room -= row.size
                rows.append(row)
            else:
                sifted.skipped.append(Skipped(row.name, files.no_room()))
    return fitting


class Writer:
    def __init__(self, sifted: Sifted, user: User, at: dt.datetime) -> None:
        self.sifted, self.user, self.at = sifted, user, at
        self.competences = dict(sifted.found)
        self.entries = dict(sifted.known)
        self.paps: dict[str, int] = {}

    def write(self, kept: Files) -> None:
        for new in self.sifted.competences:
            self.competences[new.id] = Competence.objects.create(owner=self.user, **new.values)
        for score in self.sifted.scores:
            competence = self.competences[score.competence]
            TalentScore.objects.create(owner=self.user, competence=competence, **score.values)
        for entry in self.sifted.entries:
            self.write_entry(entry, kept.get(entry.id, []))
        for pap in self.sifted.paps:
            self.write_pap(pap)
        for pop in self.sifted.pops:
            self.write_pop(pop)
        self.write_tips()
        for note in self.sifted.notes:
            values = dict(note.values)
            PersonalNote.objects.update_or_create(owner=self.user, key=values.pop("key"), defaults=values)
        for quadrant in self.sifted.quadrants:
            CoreQuadrant.objects.create(owner=self.user, **quadrant.values)

    def named(self, ids: list[str]) -> list[Competence]:
        return [self.competences[id] for id in ids if id in self.competences]

    def write_entry(self, new: NewEntry, kept: list[Kept]) -> None:
        source = source_of(self.sifted.arrival, new.id)
        entry = Entry.objects.create(owner=self.user, source=source, **new.values)
        entry.competences.set(self.named(new.competences))
        EntryPart.objects.bulk_create(EntryPart(entry=entry, key=key, text=text) for key, text in new.parts)
        EntryFile.objects.bulk_create(EntryFile(entry=entry, made_at=self.at, **vars(row)) for row in kept)
        self.entries[new.id] = entry.pk

    def write_pap(self, new: NewPap) -> None:
        plan = ActionPlan.objects.create(owner=self.user, **new.values)
        PlanMove.objects.bulk_create(PlanMove(plan=plan, by=self.user, **move.values) for move in new.moves)
        self.paps[new.id] = plan.pk

    def write_tips(self) -> None:
        """A tip's source is its own on the whole site."""
        for new in self.sifted.tips:
            name = sha256(f"{new.values['mark']}:{new.values['text']}".encode()).hexdigest()[:32]
            source = f"import:{self.user.pk}:{name}"
            values = {**new.values, "owner": self.user, "plan_id": self.paps.get(new.pap)}
            KeptTip.objects.get_or_create(source=source, defaults=values)

    # -- plans ---------------------------------------------------------------------------------------------

    def write_pop(self, new: NewPop) -> None:
        """A closed one is closed by its owner, today; who signed it there is not known here."""
        values = dict(new.values)
        state = values.pop("state")
        plan = self.sifted.fill.get(new.year)
        if plan is None:
            year, _made = SchoolYear.objects.get_or_create(starts=new.year)
            plan = DevelopmentPlan.objects.create(owner=self.user, year=year, **values)
        else:
            clear(plan)
            DevelopmentPlan.objects.filter(pk=plan.pk).update(version=plan.version + 1, **values)
            plan.refresh_from_db()
        plan.strengths.set(self.named(new.strengths))
        for goal in new.goals:
            self.write_goal(plan, goal)
        if state == DevelopmentState.CLOSED and not plan.is_closed:
            plan.go(DevelopmentState.CLOSED, self.user, self.at)

    def write_goal(self, plan: DevelopmentPlan, new: NewGoal) -> None:
        goal = Goal.objects.create(plan=plan, **new.values)
        goal.competences.set(self.named(new.competences))
        goal.proof.set([self.entries[id] for id in new.proof if id in self.entries])
        used: set[str] = set()
        for action, pap in new.actions:
            source = f"plan:{self.paps[pap]}" if pap in self.paps else ""
            GoalAction.objects.create(goal=goal, source="" if source in used else source, **action.values)
            used.add(source)
        ProgressNote.objects.bulk_create(ProgressNote(goal=goal, **note.values) for note in new.progress)
