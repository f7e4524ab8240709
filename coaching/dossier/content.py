"""The whole dossier of a school, as it stands at this moment."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coaching.lib.markup import day_month_year
from coaching.visibility import ITEMS
from schools.consents import MEANING, WHILE_OFF, consents_of
from schools.models import DossierFacts, School, SchoolAgreement
from schools.school_agreements import in_force, staff_now

from .about import GROUNDS, NOT_FOR, PURPOSES, RIGHTS, ROLES
from .annexes import processing
from .dpia import dpia
from .facts import facts_of, words_of
from .parts import Part, Table, said
from .terms import terms

CHANGES_DAILY = "state"  # left out of the mark


@dataclass(frozen=True)
class Dossier:
    school: School
    facts: DossierFacts
    day: dt.date
    parts: Sequence[Part]

    @property
    def mark(self) -> str:
        """Two papers with the same one say the same, the state of the switches apart."""
        text = repr([part for part in self.parts if part.key != CHANGES_DAILY])
        found = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8].upper()
        return f"{found[:4]}-{found[4:]}"


def dossier_of(school: School, day: dt.date) -> Dossier:
    facts = facts_of(school)
    words, agreement = words_of(school, facts), in_force(school)
    parts = [
        Part(key="purposes", title=_("What it is for"), points=said(PURPOSES)),
        Part(key="not-for", title=_("What it is never used for"), points=said(NOT_FOR)),
        state(school, agreement),
        Part(
            key="roles", title=_("Who does what"), questions=[(str(role), str(does)) for role, does in ROLES]
        ),
        terms(words),
        Part(key="grounds", title=_("On what ground"), points=said(GROUNDS)),
        *sights(),
        operator(words),
        Part(key="rights", title=_("What you can ask as a colleague"), points=said(RIGHTS)),
        *dpia(words, facts.advice),
        *processing(words),
        agreement_text(agreement),
    ]
    return Dossier(school, facts, day, parts)


def state(school: School, agreement: SchoolAgreement | None) -> Part:
    """The switches, each with what it opens, and since when the agreement holds: not who agreed."""
    rows = []
    for kind, given in consents_of(school):
        words = {"day": day_month_year(given.given_at), "name": given.given_by} if given else {}
        stands = _("on since %(day)s, confirmed by %(name)s") % words if given else _("off")
        note = f" “{given.note}”" if given and given.note else ""
        rows.append((kind.label.capitalize(), stands + note, str(MEANING[kind]), str(WHILE_OFF[kind])))
    head = (_("Switch"), _("Now"), _("What it opens"), _("While it is off"))
    return Part(
        key=CHANGES_DAILY,
        title=_("What is on, and what was agreed"),
        lines=[_("Only a member of the PMR can turn these on, and off again."), accepted(school, agreement)],
        table=Table(_("The switches of the PMR"), head, rows, "state"),
    )


def accepted(school: School, agreement: SchoolAgreement | None) -> str:
    if agreement is None:
        return _("There is no school agreement yet.")
    words = {
        "version": agreement.version,
        "day": day_month_year(agreement.in_force_from) if agreement.in_force_from else "",
        "asked": staff_now(school).values("person").distinct().count(),
    }
    return (
        _(
            "Version %(version)s of the school agreement (annex C) holds since %(day)s. %(asked)s colleagues are "
            "asked to agree to it; how many did is told nobody."
        )
        % words
    )


def sights() -> list[Part]:
    """Straight from the table by which the pages are tested."""
    now, later = [[item for item in ITEMS if item.in_use is used] for used in (True, False)]
    found = [
        Part(
            key="sights",
            title=_("Who sees what"),
            lines=[
                _(
                    "Every page, file and mail of the site is tested against this table, for each of "
                    "these roles."
                )
            ],
            items=now,
        )
    ]
    if later:
        promise = _("The site does not have these yet. When they come, this holds.")
        found.append(Part(key="later", title=_("What is still to come"), lines=[promise], items=later))
    return found


def operator(words: dict[str, str]) -> Part:
    lines = (
        _("The server is run by: %(operator)s. The server and its back-ups are at: %(server_place)s."),
        _(
            "They have no screen with what people write. But whoever runs a server can technically "
            "read its database and back-ups. That is why they are named here, and bound by the "
            "agreement of annex B."
        ),
        _(
            "Back-ups are kept for %(backup_days)s days. What is erased on the site is gone from them"
            " after that."
        ),
        _(
            "Responsible by law is %(controller)s; data protection officer: %(officer)s. Whom to turn"
            " to in confidence: %(confidant)s."
        ),
    )
    return Part(key="operator", title=_("Who runs the server"), lines=[line % words for line in lines])


def agreement_text(agreement: SchoolAgreement | None) -> Part:
    none = _("There is no school agreement yet. Director and coordinator write it together on the site.")
    return Part(
        key="agreement",
        title=_("Annex C: the school agreement"),
        lines=[] if agreement else [none],
        written=agreement.blocks if agreement else [],
        is_annex=True,
    )
