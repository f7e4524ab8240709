"""What somebody writes about themselves for themselves: kept without one screen overwriting another, and erased."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from coaching.lib.states import StaleMove
from schools.models import Draft, User

from .models import CoreQuadrant, PersonalNote

CORNERS = ("quality", "pitfall", "challenge", "allergy")
Texts = dict[str, str]


def mark_of(text: str) -> str:
    """Short for ``text``: what a screen remembers of what it showed."""
    return sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:16]


def changes_of(seen: Texts, typed: Texts, saved: Texts) -> Texts:
    """What ``typed`` changes of ``saved``, by name; ``seen`` holds the marks of what the screen showed.

    Raises StaleMove when a text was changed both here and, since the screen showed it, elsewhere.
    """
    changes: Texts = {}
    for name, text in typed.items():
        now = saved.get(name, "")
        if mark_of(text) in (seen[name], mark_of(now)):
            continue
        if mark_of(now) != seen[name]:
            raise StaleMove
        changes[name] = text
    return changes


def notes_of(owner: User) -> dict[str, PersonalNote]:
    return {note.key: note for note in PersonalNote.objects.filter(owner=owner)}


def keep_notes(owner: User, seen: Texts, typed: Texts, at: dt.datetime) -> None:
    """Answers by the key of their question, all or none; raises StaleMove as ``changes_of`` does."""
    with transaction.atomic():
        notes = notes_of(owner)
        saved = {key: note.text for key, note in notes.items()}
        for key, text in changes_of(seen, typed, saved).items():
            _keep_note(owner, key, text, notes.get(key), at)


def _keep_note(owner: User, key: str, text: str, note: PersonalNote | None, at: dt.datetime) -> None:
    """In place of ``note`` as it was read; what was emptied is gone."""
    if note is None:
        try:
            with transaction.atomic():
                PersonalNote.objects.create(owner=owner, key=key, text=text, saved_at=at)
        except IntegrityError:
            raise StaleMove from None
        return
    rows = PersonalNote.objects.filter(pk=note.pk, version=note.version)
    kept: Any = rows.update(text=text, version=F("version") + 1, saved_at=at) if text else rows.delete()[0]
    if not kept:
        raise StaleMove


def corners_of(quadrant: CoreQuadrant) -> Texts:
    return {corner: getattr(quadrant, corner) for corner in CORNERS}


def keep_quadrant(quadrant: CoreQuadrant, seen: Texts, typed: Texts) -> None:
    """Raises StaleMove as ``changes_of`` does."""
    saved = corners_of(CoreQuadrant.objects.get(pk=quadrant.pk))
    changes = changes_of(seen, typed, saved)
    if changes and not CoreQuadrant.objects.filter(pk=quadrant.pk, **saved).update(**changes):
        raise StaleMove


def erase_quadrant(quadrant: CoreQuadrant) -> None:
    """Gone, with what was still being typed."""
    with transaction.atomic():
        Draft.objects.filter(writer=quadrant.owner_id, field__startswith=f"quadrant:{quadrant.pk}:").delete()
        quadrant.delete()


ERASED = "about:erased"  # a draft without text; its ``seq`` counts how often its writer erased everything
OF_NO_ROW = Q(field__startswith="about:") | Q(
    field__startswith="quadrant:new:"
)  # drafts that no row outlives


def drafts_named(owner: User, name: str) -> str:
    """Drafts are named otherwise once everything was erased, so that what a page left open still sends is not
    found again; ``late_drafts`` finds it, to be swept."""
    times = Draft.objects.filter(writer=owner, field=ERASED).values_list("seq", flat=True).first()
    return f"{name}:{times}" if times else name


def late_drafts() -> list[int]:
    """Everybody's drafts that a page sent after everything was erased, by their keys."""
    found: list[int] = []
    for writer, times in Draft.objects.filter(field=ERASED).values_list("writer", "seq"):
        rows = Draft.objects.filter(OF_NO_ROW, writer=writer).exclude(field=ERASED)
        found += rows.exclude(field__contains=f":{times}:").values_list("pk", flat=True)
    return found


def erase_all(owner: User) -> None:
    """Everything somebody wrote about themselves, saved or still being typed."""
    typed = Q(field__startswith="about:") | Q(field__startswith="quadrant:")
    with transaction.atomic():
        Draft.objects.filter(typed, writer=owner).exclude(field=ERASED).delete()
        Draft.objects.get_or_create(writer=owner, field=ERASED)
        Draft.objects.filter(writer=owner, field=ERASED).update(seq=F("seq") + 1)
        PersonalNote.objects.filter(owner=owner).delete()
        CoreQuadrant.objects.filter(owner=owner).delete()
