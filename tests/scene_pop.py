"""What the scene has of a POP and its versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from portfolio.competences import score
from portfolio.document import digest_of, document_of
from portfolio.models import (
    Competence,
    DevelopmentPlan,
    Entry,
    Goal,
    GoalAction,
    ProgressNote,
    SignatureKind,
)
from portfolio.sharing import share
from portfolio.versions import share_plan as share_pop
from portfolio.versions import sign
from schools.drafts import save_draft
from schools.models import SchoolYear
from tests.people import Cast

POP_WORDS = {
    "pop": "kanariewaarstaik",
    "wish": "kanariewens",
    "action": "kanariepopactie",
    "progress": "kanarieverloop",
    "pop_draft": "kanariepopconcept",
    "pop_shared": "kanariegedeeldepop",
    "pop_later": "kanariepoplater",
    "shared_entry": "kanariegedeeldstuk",
}


def pop_and_shared_entry(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    """A POP of which the first version is shared with the director, written on since; an entry for a colleague."""
    today = timezone.localdate()
    pop = DevelopmentPlan.objects.create(owner=cast.samir, year=SchoolYear.of(today))
    goal = Goal.objects.create(plan=pop, order=1, question=POP_WORDS["pop_shared"])
    seen = digest_of(document_of(pop))
    version = share_pop(pop, [(cast.hanneke, "")], seen=seen, until=today, at=at)
    signature = sign(version, SignatureKind.DRAWN_UP, cast.samir, at)
    Goal.objects.filter(pk=goal.pk).update(question=POP_WORDS["pop_later"])
    later = DevelopmentPlan.objects.get(pk=pop.pk)
    second = share_pop(later, [], seen=digest_of(document_of(later)), until=today, at=at)
    shown = Entry.objects.create(
        owner=cast.samir, kind="success", title="Gelukt", text=POP_WORDS["shared_entry"]
    )
    share(shown, cast.tom, until=today, at=at)
    return {
        "pop": pop,
        "goal": goal,
        "version": version,
        "signature": signature,
        "second_version": second,
        "shared_entry": shown,
    }


def more_of_pop(cast: Cast, at: dt.datetime, listed: Competence, made: dict[str, Any]) -> dict[str, Any]:
    """The POP of this year has more than was shared of it, and a word half typed; one of last year is closed."""
    owner, pop, goal = cast.samir, made["pop"], made["goal"]
    before = SchoolYear.objects.create(starts=SchoolYear.start_of(timezone.localdate()) - 1)
    old = DevelopmentPlan.objects.create(owner=owner, year=before, state="closed", wish=POP_WORDS["wish"])
    DevelopmentPlan.objects.filter(pk=pop.pk).update(standing=POP_WORDS["pop"])
    action = GoalAction.objects.create(goal=goal, what=POP_WORDS["action"])
    note = ProgressNote.objects.create(goal=goal, text=POP_WORDS["progress"])
    talent = Competence.objects.create(framework=listed.framework, key="2", title_nl="Zingen")
    score(owner, talent, at, good=9, fun=9, learned=False)
    proof = Entry.objects.create(owner=owner, kind="success", title="Gezongen")
    save_draft(owner, f"goal:{goal.pk}:visible", POP_WORDS["pop_draft"], 1, at)
    pop = DevelopmentPlan.objects.get(pk=pop.pk)  # as it reads by now
    return {"pop": pop, "old_pop": old, "action": action, "note": note, "talent": talent, "proof": proof}
