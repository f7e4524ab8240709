"""What the scene has between two colleagues, and on the wall of the group."""

from __future__ import annotations

import datetime as dt
from typing import Any

from popgroups.celebrations import celebrate
from portfolio import feedback
from portfolio.models import Entry
from schools.drafts import save_draft
from tests.people import Cast

FEEDBACK_WORDS = {
    "feedback_question": "kanariefeedbackvraag",
    "feedback_answer": "kanariefeedbackantwoord",
    "answer_draft": "kanarieantwoordconcept",
    "wall": "kanariemuursucces",
}


def feedback_and_wall(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """The presenter asked the participant twice, who answered once and is typing; a success on the wall."""
    answered = feedback.ask(cast.samir, cast.tom, FEEDBACK_WORDS["feedback_question"], at)
    feedback.answer(answered, FEEDBACK_WORDS["feedback_answer"], at)
    open_one = feedback.ask(cast.samir, cast.tom, "Wat zag je?", at)
    save_draft(cast.tom, f"feedback:{open_one.pk}:answer", FEEDBACK_WORDS["answer_draft"], 1, at)
    entry = Entry.objects.create(
        owner=cast.samir, kind="success", title="Gevierd", text=FEEDBACK_WORDS["wall"]
    )
    shared = celebrate(cast.group, entry, at)
    return {"answered": answered, "open_question": open_one, "wall_entry": entry, "celebration": shared}
