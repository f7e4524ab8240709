"""What the schools of the demo agreed on about who sees what, and what they filled in for the PMR."""

from __future__ import annotations

import datetime as dt

from coaching.dossier.facts import facts_of, fill_in
from schools.school_agreements import accept, default_text, propose, settle

from .people import Cast

# The rest of the staff has still to be asked; nobody is told who.
ACCEPTED = ("hanneke", "karin", "petra", "noor", "samir", "lieke", "esra", "anneke")
FACTS = {
    "operator": "Kustwerk ICT",
    "operator_contact": "servicedesk@kustwerk.example",
    "backup_days": 30,
    "server_place": "een datacentrum in Groningen, back-ups in Almere",
    "officer": "Femke de Graaf, functionaris gegevensbescherming van Stichting Kustscholen",
    "breach_contact": "Femke de Graaf, 023 555 01 00",
}


def agree_on_sight(cast: Cast, at: dt.datetime) -> None:
    """De Zandplaat settled its text and most said yes; at Het Duin nothing is settled yet."""
    school, users = cast.schools["zandplaat"], cast.users
    text = propose(school, default_text(school), seen=0, by=users["karin"], at=at)
    settle(school, text.pk, users["hanneke"], at + dt.timedelta(days=2))
    for number, key in enumerate(ACCEPTED, start=3):
        accept(school, 1, users[key], at + dt.timedelta(days=number))


def fill_in_dossier(cast: Cast, at: dt.datetime) -> None:
    """De Zandplaat named who runs the server; what the officer advises has still to come."""
    facts = facts_of(cast.schools["zandplaat"])
    for name, value in FACTS.items():
        setattr(facts, name, value)
    fill_in(facts, seen=0, by=cast.users["karin"], at=at)
