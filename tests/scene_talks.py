"""What the scene has of talks: one between the presenter and the director, half an hour ago, with an agreement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portfolio import talks
from portfolio.models import Share, Talk
from schools.drafts import save_draft
from tests.people import Cast

TALK_WORDS = {
    "talk_agreed_before": "kanarievroegereafspraak",
    "talk_agreement": "kanariegespreksafspraak",
    "talk_preparation": "kanariegespreksvoorbereiding",
    "talk_draft": "kanariegespreksconcept",
}


def talks_of(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """``talk``: planned, begun, agreed on by both; ``asked_talk``: a date the director has still to say yes to."""
    slot = talks.Slot(at - dt.timedelta(minutes=30), 45, "Kamer 3")
    talk = talks.propose(cast.hanneke, cast.samir, "goal", slot, at)
    talks.accept(talk, cast.samir, talk.sequence, at)
    for text in ("talk_agreed_before", "talk_agreement"):
        talks.write_agreements(talk, TALK_WORDS[text], talk.agreements_version, cast.samir, at)
        for person in (cast.samir, cast.hanneke):
            talks.say_yes(talk, person, talk.agreements_version, at)
    talks.lay_on_table(talk, Share.objects.get(owner=cast.samir, viewer=cast.hanneke, plan_version__number=1))
    talks.prepare(talk, TALK_WORDS["talk_preparation"], 0)
    later = talks.Slot(at + dt.timedelta(days=20), 30)
    asked = talks.propose(cast.samir, cast.hanneke, "progress", later, at)
    save_draft(cast.samir, f"talk:{asked.pk}:preparation", TALK_WORDS["talk_draft"], 1, at)
    return {"talk": Talk.objects.get(pk=talk.pk), "asked_talk": asked}
