"""What Noor writes about herself, for herself alone: a core quadrant and two answers."""

from __future__ import annotations

import datetime as dt

from portfolio.about_me import keep_notes, mark_of
from portfolio.models import CoreQuadrant

from .calendar import moment
from .people import Cast

DAYS_AGO = 40
QUADRANT = {
    "quality": "zorgzaam",
    "pitfall": "alles zelf willen oplossen",
    "challenge": "loslaten en vertrouwen",
    "allergy": "onverschillig",
}
NOTES = {
    "relation": "In de bovenbouw voel ik me thuis. Met de onderbouw praat ik eigenlijk alleen bij de koffie.",
    "energy": "Als een kind dat vastzat, ineens zelf verder kan. En van een les die ik met Samir heb bedacht.",
}


def tell_about_noor(cast: Cast, today: dt.date) -> None:
    noor, at = cast.users["noor"], moment(today - dt.timedelta(days=DAYS_AGO), 16)
    CoreQuadrant.objects.create(owner=noor, made_at=at, **QUADRANT)
    keep_notes(noor, dict.fromkeys(NOTES, mark_of("")), NOTES, at)
