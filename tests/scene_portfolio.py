"""What the scene has of portfolios: a POP, entries with files, and what somebody wrote about herself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portfolio.models import Competence, CoreQuadrant, PersonalNote
from schools.drafts import save_draft
from tests.people import Cast
from tests.scene_entries import ENTRY_WORDS, entry_with_files
from tests.scene_feedback import FEEDBACK_WORDS, feedback_and_wall
from tests.scene_pop import POP_WORDS, more_of_pop, pop_and_shared_entry
from tests.scene_talks import TALK_WORDS

ABOUT_WORDS = {
    "about_note": "kanarieovermij",
    "about_draft": "kanarieovermijconcept",
    "quadrant": "kanariekwadrant",
    "quadrant_draft": "kanariekwadrantconcept",
    "start_draft": "kanarieeerstedoel",
}
PORTFOLIO_WORDS = {**POP_WORDS, **ENTRY_WORDS, **FEEDBACK_WORDS, **ABOUT_WORDS, **TALK_WORDS}


def portfolio_of(cast: Cast, at: dt.datetime, listed: Competence) -> dict[str, Any]:
    pop = pop_and_shared_entry(cast, at)
    more = more_of_pop(cast, at, listed, pop)
    between = feedback_and_wall(cast, at)
    return {**pop, **more, **entry_with_files(cast, at), **between, **about_noor(cast, at)}


def about_noor(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """What one person wrote and is writing about herself, and a first goal she broke off."""
    PersonalNote.objects.create(owner=cast.noor, key="relation", text=ABOUT_WORDS["about_note"])
    quadrant = CoreQuadrant.objects.create(owner=cast.noor, quality=ABOUT_WORDS["quadrant"])
    save_draft(cast.noor, "about:needs:worth", ABOUT_WORDS["about_draft"], 1, at)
    save_draft(cast.noor, f"quadrant:{quadrant.pk}:pitfall", ABOUT_WORDS["quadrant_draft"], 1, at)
    save_draft(cast.noor, "start:question", ABOUT_WORDS["start_draft"], 1, at)
    return {"quadrant": quadrant}
