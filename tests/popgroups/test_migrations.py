"""What was answered before stands in the one table of answers."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from popgroups.models import Answer, GroupMember
from tests.people import Cast, make_meeting


class OldTables:
    """The room's models as the migration finds them: two tables with rows, and the new one."""

    def __init__(self, **rows: list[Any]) -> None:
        self.rows = rows

    def get_model(self, _room: str, name: str) -> Any:
        rows = self.rows.get(name, [])
        return Answer if name == "Answer" else SimpleNamespace(objects=SimpleNamespace(all=lambda: rows))


def test_answers_of_before_are_carried_over_and_no_wins(cast: Cast) -> None:
    meeting, at = make_meeting(cast.group), timezone.now() - dt.timedelta(days=3)
    places = {place.person: place.pk for place in GroupMember.objects.filter(group=cast.group)}

    def row(person: Any) -> Any:
        return SimpleNamespace(meeting_id=meeting.pk, member_id=places[person], at=at)

    old = OldTables(Absence=[row(cast.tom), row(cast.noor)], Coming=[row(cast.samir), row(cast.noor)])
    import_module("popgroups.migrations.0004_answers").carry_answers(old, None)
    found = {answer.member.person: (answer.comes, answer.at) for answer in Answer.objects.all()}
    assert found == {cast.tom: (False, at), cast.noor: (False, at), cast.samir: (True, at)}
