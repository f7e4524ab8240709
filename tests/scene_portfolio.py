"""What the scene has of a portfolio that is shared, and of a POP and its versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from coaching.lib.uploads import judge
from popgroups.celebrations import celebrate
from portfolio import feedback
from portfolio.document import digest_of, document_of
from portfolio.files import keep as keep_file
from portfolio.models import DevelopmentPlan, Entry, Goal, SignatureKind
from portfolio.sharing import share
from portfolio.versions import share_plan as share_pop
from portfolio.versions import sign
from schools.drafts import save_draft
from schools.models import SchoolYear
from tests.lib.files import picture
from tests.people import Cast

PORTFOLIO_WORDS = {
    "pop_shared": "kanariegedeeldepop",
    "pop_later": "kanariepoplater",
    "entry_part": "kanarieonderdeel",
    "entry_draft": "kanarieconceptstuk",
    "file_name": "kanariebestandsnaam",
    "feedback_question": "kanariefeedbackvraag",
    "feedback_answer": "kanariefeedbackantwoord",
    "answer_draft": "kanarieantwoordconcept",
    "wall": "kanariemuursucces",
}


def portfolio_of(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    return {**pop_of(cast, at), **shared_entry_of(cast, at), **feedback_of(cast, at), **wall_of(cast, at)}


def feedback_of(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """The presenter asked the participant twice, who answered once and is typing."""
    answered = feedback.ask(cast.samir, cast.tom, PORTFOLIO_WORDS["feedback_question"], at)
    feedback.answer(answered, PORTFOLIO_WORDS["feedback_answer"], at)
    open_one = feedback.ask(cast.samir, cast.tom, "Wat zag je?", at)
    save_draft(cast.tom, f"feedback:{open_one.pk}:answer", PORTFOLIO_WORDS["answer_draft"], 1, at)
    return {"answered": answered, "open_question": open_one}


def wall_of(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    entry = Entry.objects.create(
        owner=cast.samir, kind="success", title="Gevierd", text=PORTFOLIO_WORDS["wall"]
    )
    return {"wall_entry": entry, "celebration": celebrate(cast.group, entry, at)}


def shared_entry_of(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """A success of the presenter with two files, which the director may see."""
    entry = Entry.objects.create(owner=cast.samir, kind="success", structure="starr", title="Gelukt")
    entry.write_parts({"situation": PORTFOLIO_WORDS["entry_part"]})
    save_draft(cast.samir, f"entry:{entry.pk}:title", PORTFOLIO_WORDS["entry_draft"], 1, at)
    share(entry, cast.hanneke, until=timezone.localdate(), at=at)
    named = f"{PORTFOLIO_WORDS['file_name']}.txt"
    text = keep_file(entry, judge(named, PORTFOLIO_WORDS["entry_part"].encode()), at)
    photo = keep_file(entry, judge("foto.png", picture()), at)
    return {"shared_entry": entry, "file": text, "picture": photo}


def pop_of(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """A POP of which the first version is shared with the director, written on since."""
    today = timezone.localdate()
    pop = DevelopmentPlan.objects.create(owner=cast.samir, year=SchoolYear.of(today))
    goal = Goal.objects.create(plan=pop, order=1, question=PORTFOLIO_WORDS["pop_shared"])
    seen = digest_of(document_of(pop))
    version = share_pop(pop, [(cast.hanneke, "")], seen=seen, until=today, at=at)
    signature = sign(version, SignatureKind.DRAWN_UP, cast.samir, at)
    Goal.objects.filter(pk=goal.pk).update(question=PORTFOLIO_WORDS["pop_later"])
    later = DevelopmentPlan.objects.get(pk=pop.pk)
    second = share_pop(later, [], seen=digest_of(document_of(later)), until=today, at=at)
    return {
        "pop": pop,
        "goal": goal,
        "version": version,
        "signature": signature,
        "second_version": second,
    }
