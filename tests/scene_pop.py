"""What the scene has of a POP and its versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from portfolio.document import digest_of, document_of
from portfolio.models import DevelopmentPlan, Entry, Goal, SignatureKind
from portfolio.sharing import share
from portfolio.versions import share_plan as share_pop
from portfolio.versions import sign
from schools.models import SchoolYear
from tests.people import Cast

POP_WORDS = {
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
