"""What the scene's school agreed on, and the next text that its director proposed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schools.school_agreements import accept, newest_of, propose, settle
from tests.people import Cast

DOSSIER_WORDS = {"school_proposal": "kanarieschoolvoorstel"}


def school_agreement(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    school = cast.zandplaat
    agreed = propose(school, "De directeur ziet geen casussen.", seen=0, by=cast.karin, at=at)
    settle(school, agreed.pk, cast.hanneke, at)
    for person in (cast.noor, cast.hanneke):
        accept(school, 1, person, at)
    text = DOSSIER_WORDS["school_proposal"]
    return {"school_proposal": propose(school, text, seen=agreed.pk, by=cast.hanneke, at=at)}


def more_school_agreements(cast: Cast, at: dt.datetime) -> None:
    """Two more texts settled and the last accepted by all members, and one proposed."""
    for other in (cast.karin, cast.hanneke):
        proposal = newest_of(cast.zandplaat)
        assert proposal is not None
        settle(cast.zandplaat, proposal.pk, other, at)
        propose(cast.zandplaat, f"Van {other}", seen=proposal.pk, by=other, at=at)
    for person in cast.members:
        accept(cast.zandplaat, 3, person, at)
