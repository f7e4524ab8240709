"""Keeping what somebody is typing, keystroke by keystroke, theirs alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Length

from coaching.lib.keys import is_key

from .models import Draft, User

MOST, MOST_CHARACTERS = 400, 1_000_000  # of one person; a busy year of sessions and plans has a tenth of it
EMPTY_KEPT = dt.timedelta(days=1)  # while a screen may still send what was typed before it was emptied


def has_room(writer: User, field: str, text: str, at: dt.datetime) -> bool:
    """Whether ``text`` can be kept beside all else ``writer`` is typing; shortening always can.

    Asked where somebody types. What the site itself puts back into a box is never refused.
    """
    others = Draft.objects.filter(writer=writer).exclude(field=field)
    if others.count() >= MOST:
        others.filter(text="", saved_at__lt=at - EMPTY_KEPT).exclude(field__endswith=":erased").delete()
    sizes = others.aggregate(number=Count("pk"), characters=Sum(Length("text"), default=0))
    if sizes["number"] < MOST and sizes["characters"] + len(text) <= MOST_CHARACTERS:
        return True
    kept = Draft.objects.filter(writer=writer, field=field).first()
    return kept is not None and len(text) <= len(kept.text)


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
        if is_key(key):  # a name may hold anything
            found.setdefault(int(key), []).append(field)
    return found


def drafts_about_gone(kinds: Mapping[str, QuerySet[Any]]) -> list[str]:
    """Names of drafts of things that are not there any more, from a tab left open. ``kinds``: what is there."""
    gone: list[str] = []
    for kind, rows in kinds.items():
        typed = drafts_about(kind)
        gone += [field for key in typed.keys() - rows.in_bulk(typed).keys() for field in typed[key]]
    return gone


def drop_draft(writer: User, field: str) -> None:
    Draft.objects.filter(writer=writer, field=field).delete()
