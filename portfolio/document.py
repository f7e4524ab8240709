"""A POP as a document: plain values in a fixed shape, the same for page, PDF, difference, export and version.

Shape "pop/1" (every text may be "", every day is ISO or "", minutes and money whole numbers or None):
    schema, owner, school, year ("2026–2027"), standing, heading, wish, strengths [title],
    goals [{key (a goal has the same one in every version), question, visible, why, support, due,
            competences [title], outcome (key), learned, next_step,
            actions [{what, form (key), due, minutes, done_on}],
            proof [{key (of the entry), title, kind (key), day}],
            progress [{day, text}]}],
    agreements, agreed_minutes, agreed_money, talk_on, looking_back.
Titles of competences stand in the language of whoever freezes it; keys are shown in the reader's own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.db.models import TextChoices, prefetch_related_objects

from .models import ActionForm, DevelopmentPlan, EntryKind, Goal, Outcome

SCHEMA = "pop/1"
Document = dict[str, Any]


def document_of(plan: DevelopmentPlan) -> Document:
    """What ``plan`` says at this moment. What is no longer owned or empty stays out of it."""
    prefetch_related_objects(
        [plan], "strengths", "goals__competences", "goals__proof", "goals__actions", "goals__progress"
    )
    schools = plan.owner.schools_as()
    return {
        "schema": SCHEMA,
        "owner": plan.owner.name,
        "school": schools[0].name if schools else "",
        "year": str(plan.year),
        "standing": plan.standing,
        "heading": plan.heading,
        "wish": plan.wish,
        "strengths": [competence.title for competence in plan.strengths.all()],
        "goals": [_goal(goal) for goal in plan.goals.all()],
        "agreements": plan.agreements,
        "agreed_minutes": plan.agreed_minutes,
        "agreed_money": plan.agreed_money,
        "talk_on": _day(plan.talk_on),
        "looking_back": plan.looking_back,
    }


def _goal(goal: Goal) -> Document:
    return {
        "key": goal.pk,
        "question": goal.question,
        "visible": goal.visible,
        "why": goal.why,
        "support": goal.support,
        "due": _day(goal.due),
        "competences": [competence.title for competence in goal.competences.all()],
        "actions": [
            {
                "what": action.what,
                "form": action.form,
                "due": _day(action.due),
                "minutes": action.minutes,
                "done_on": _day(action.done_on),
            }
            for action in goal.actions.all()
            if action.what
        ],
        "proof": [
            {"key": entry.pk, "title": entry.title, "kind": entry.kind, "day": _day(entry.day)}
            for entry in goal.proof.all()
        ],
        "progress": [{"day": _day(note.day), "text": note.text} for note in goal.progress.all()],
        "outcome": goal.outcome,
        "learned": goal.learned,
        "next_step": goal.next_step,
    }


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def readable(document: Document) -> Document:
    """The same with days as dates and keys in the words of the reader's language, for pages and paper."""
    return {
        **document,
        "talk_on": _date(document["talk_on"]),
        "goals": [_readable_goal(goal) for goal in document["goals"]],
    }


def _readable_goal(goal: Document) -> Document:
    forms, kinds, outcomes = _labels(ActionForm), _labels(EntryKind), _labels(Outcome)
    actions = [
        {
            **action,
            "form": forms.get(action["form"], ""),
            "due": _date(action["due"]),
            "done_on": _date(action["done_on"]),
        }
        for action in goal["actions"]
    ]
    proof = [
        {**entry, "kind": kinds.get(entry["kind"], ""), "day": _date(entry["day"])} for entry in goal["proof"]
    ]
    progress = [{**note, "day": _date(note["day"])} for note in goal["progress"]]
    told = {"actions": actions, "proof": proof, "progress": progress}
    return {**goal, **told, "due": _date(goal["due"]), "outcome": outcomes.get(goal["outcome"], "")}


def _labels(keys: type[TextChoices]) -> dict[str, str]:
    """In the reader's language, now."""
    return {key: str(label) for key, label in keys.choices}


def _date(day: str) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def without_agreements(document: Document) -> Document:
    """What is agreed in a talk stays between somebody and their director (domain.md §5)."""
    return {**document, "agreements": "", "agreed_minutes": None, "agreed_money": None, "talk_on": ""}


def without_entry(document: Document, key: int) -> Document:
    """Erased is erased: the title of an entry that is gone stands in no version."""
    goals = [
        {**goal, "proof": [proof for proof in goal["proof"] if proof["key"] != key]}
        for goal in document["goals"]
    ]
    return {**document, "goals": goals}


def digest_of(document: Document) -> str:
    """The same for the same document only: whether it still says what the screen showed."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
