"""Keeping what somebody is typing, keystroke by keystroke, theirs alone."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from .models import Draft, User


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


def drop_draft(writer: User, field: str) -> None:
    Draft.objects.filter(writer=writer, field=field).delete()
