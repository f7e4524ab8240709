"""Keeping what somebody is typing, keystroke by keystroke, theirs alone."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from .models import Draft, User

LONGEST_KEY = 18  # digits; a name may hold anything, and a longer number is no key of ours


def save_draft(writer: User, field: str, text: str, seq: int, at: dt.datetime) -> Draft:
    """Keep ``text``; an older ``seq`` that arrives late changes nothing. Returns what is kept now."""
    with transaction.atomic():
        draft, made = Draft.objects.get_or_create(
            writer=writer, field=field, defaults={"text": text, "seq": seq, "saved_at": at}
        )
        if not made:
            Draft.objects.filter(Q(seq__lt=seq), pk=draft.pk).update(text=text, seq=seq, saved_at=at)
            draft.refresh_from_db()
    return draft


def draft_text(writer: User, field: str) -> str:
    return Draft.objects.filter(writer=writer, field=field).values_list("text", flat=True).first() or ""


def drafts_under(writer: User, start: str) -> dict[str, Draft]:
    """All drafts of ``writer`` whose field starts with ``start``, by field: one query for a whole screen."""
    return {draft.field: draft for draft in Draft.objects.filter(writer=writer, field__startswith=start)}


def drafts_about(kind: str) -> dict[int, list[str]]:
    """Everybody's draft names of things of ``kind`` ("plan:12:where" for "plan"), by the key they hold."""
    found: dict[int, list[str]] = {}
    for field in Draft.objects.filter(field__startswith=f"{kind}:").values_list("field", flat=True):
        key = field.split(":")[1]
        if key.isdecimal() and len(key) <= LONGEST_KEY:
            found.setdefault(int(key), []).append(field)
    return found


def drop_draft(writer: User, field: str) -> None:
    Draft.objects.filter(writer=writer, field=field).delete()
