"""Typed text that did not become a card: kept as its writer's draft, and offered again in a later step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schools.drafts import drafts_under, save_draft
from schools.models import Draft, User

from .models import Contribution, Session, SessionStep


def draft_field(session: Session, step: SessionStep | None, name: str) -> str:
    """The name under which typed text of this session is kept; erasing.py finds it by its start."""
    return f"session:{session.pk}:step:{step.pk if step else 0}:{name}"


def typed_in(session: Session, writer: User) -> dict[str, Draft]:
    """All that ``writer`` has typed in this session and not sent, by field."""
    return drafts_under(writer, f"session:{session.pk}:")


def keep_typed(writer: User, field: str, text: str, at: dt.datetime) -> None:
    """Keep ``text`` over whatever the draft held; PostgreSQL takes no NUL."""
    text = text.replace("\x00", "")
    if text.strip():
        newest = Draft.objects.filter(writer=writer, field=field).values_list("seq", flat=True).first() or 0
        save_draft(writer, field, text, newest + 1, at)


def step_of_typed(session: Session, posted: str, captures: str) -> SessionStep | None:
    """The step ``posted`` names, else the last one passed that writes down ``captures``, else where we are."""
    named = [step for step in session.route if str(step.pk) == posted]
    passed = [s for s in session.route if s.captures == captures and s.order <= session.position]
    return next(iter([*named, *passed[-1:]]), session.step)


@dataclass(frozen=True)
class Leftover:
    """What a person still had standing at ``step`` when the group went on."""

    step: SessionStep
    field: str
    text: str
    next_seq: int


def leftovers(session: Session, writer: User, typed: dict[str, Draft]) -> list[Leftover]:
    """Those of the ``typed`` drafts that stand nowhere else, of other steps than the current one, in order."""
    drafts = [draft for draft in typed.values() if draft.text and ":step:" in draft.field]
    here = session.step if session.is_running else None
    boxes = f"session:{session.pk}:step:{here.pk}:" if here else "-"
    found = [left for draft in drafts if not draft.field.startswith(boxes) and (left := of(session, draft))]
    if not found:
        return []
    cards = Contribution.objects.filter(step__session=session, written_by__person=writer)
    elsewhere = [session.question, session.hypothesis, *cards.values_list("text", flat=True)]
    elsewhere += [draft.text for draft in drafts if draft.field.startswith(boxes)]
    missing = [left for left in found if not any(left.text.strip() in text for text in elsewhere)]
    return sorted(missing, key=lambda left: (left.step.order, left.field))


def of(session: Session, draft: Draft) -> Leftover | None:
    step = next((s for s in session.route if str(s.pk) == draft.field.split(":")[3]), None)
    if step is None or not draft.text.strip():
        return None
    return Leftover(step, draft.field, draft.text, draft.seq + 1)
