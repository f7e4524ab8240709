"""What the school filled in for the dossier, and what holds where it filled in nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coaching.lib.states import StaleMove
from schools.models import DossierFacts, School, User

from .parts import BLANK

FILLED_IN = (
    *("controller", "officer", "operator", "operator_contact", "backup_days", "server_place"),
    *("breach_contact", "advice"),
)


@dataclass(frozen=True)
class Operator:
    """Who can read the database; ``name`` and ``contact`` may be empty. ``backup_days``: days."""

    name: str
    contact: str
    backup_days: int

    @property
    def in_words(self) -> str:
        return f"{self.name} ({self.contact})" if self.name and self.contact else self.name


def facts_of(school: School) -> DossierFacts:
    """As filled in last; an unsaved one while nothing was."""
    return DossierFacts.objects.filter(school=school).last() or DossierFacts(school=school)


@dataclass(frozen=True)
class FilledIn:
    """One version: what was filled in, each with its label."""

    facts: DossierFacts
    said: list[tuple[str, Any]]


def versions_of(school: School) -> list[FilledIn]:
    """The newest first, each with who filled it in; what was left empty stays out."""
    rows = DossierFacts.objects.filter(school=school).select_related("changed_by").order_by("-version")
    fields = [field for field in DossierFacts._meta.fields if field.name in FILLED_IN]
    labels = {field.name: str(field.verbose_name) for field in fields}
    return [
        FilledIn(row, [(label, getattr(row, name)) for name, label in labels.items() if getattr(row, name)])
        for row in rows
    ]


def operator_of(facts: DossierFacts | None) -> Operator:
    """As the school named it, else as whoever runs the server did in the settings."""
    if facts is None:
        return Operator(settings.OPERATOR_NAME, "", settings.BACKUP_DAYS)
    days = settings.BACKUP_DAYS if facts.backup_days is None else facts.backup_days
    return Operator(facts.operator or settings.OPERATOR_NAME, facts.operator_contact, days)


def operators_for(user: User | AnonymousUser) -> list[Operator]:
    """Of the schools ``user`` belongs to; at least the one of the settings."""
    schools = user.schools_as() if user.is_authenticated else []
    known = (
        {facts.school_id: facts for facts in DossierFacts.objects.filter(school__in=schools)}
        if schools
        else {}
    )
    found = dict.fromkeys(operator_of(known.get(school.pk)) for school in schools)
    return list(found) or [operator_of(None)]


def fill_in(facts: DossierFacts, *, seen: int, by: User, at: dt.datetime) -> None:
    """Save what ``facts`` says as the next version. Raises StaleMove when somebody else did so after ``seen``."""
    values: dict[str, Any] = {name: getattr(facts, name) for name in FILLED_IN}
    stale = StaleMove(_("Somebody else filled in the dossier just now. Look at it first."))
    if facts_of(facts.school).version != seen:
        raise stale
    try:
        with transaction.atomic():
            DossierFacts.objects.create(
                school=facts.school, version=seen + 1, changed_at=at, changed_by=by, **values
            )
    except IntegrityError as twice:
        raise stale from twice


def words_of(school: School, facts: DossierFacts) -> dict[str, str]:
    """Every blank of the dossier by its name: what is known, else a line to write on."""
    operator = operator_of(facts)
    board = school.board.name if school.board else school.name
    return {
        "school": school.name,
        "place": school.place,
        "controller": facts.controller or board,
        "officer": facts.officer or BLANK,
        "operator": operator.in_words or BLANK,
        "backup_days": str(operator.backup_days),
        "server_place": facts.server_place or BLANK,
        "breach_contact": facts.breach_contact or BLANK,
        "confidant": school.confidant or BLANK,
        "notes_days": str(school.notes_kept_days),
        "blank": BLANK,
    }
