"""A change of a meeting before it is carried out: from what to what, and who will get a mail."""

from __future__ import annotations

import datetime as dt
from copy import copy
from dataclasses import dataclass
from typing import Any

from schools.models import User

from .models import Meeting
from .notices import pending
from .planner import fingerprint


@dataclass(frozen=True)
class Change:
    """``after``: as the meeting would be, not saved; ``people``: who would be mailed, by name."""

    before: Meeting
    after: Meeting
    people: list[User]

    @property
    def mark(self) -> str:
        """Stands for what a screen says of it."""
        moments = [f"{each.starts_at:%c} {each.minutes} {each.place}" for each in (self.before, self.after)]
        return fingerprint([*moments, *(str(person.pk) for person in self.people)])


def change_to(meeting: Meeting, at: dt.datetime, **values: Any) -> Change:
    """What would follow if ``meeting``, as it is in the database, got ``values``."""
    before = Meeting.objects.select_related("group__school").get(pk=meeting.pk)
    after = copy(before)
    after.sequence += int(before.calendars_follow(values))
    for name, value in values.items():
        setattr(after, name, value)
    return Change(before, after, [each.person for each in pending([after], at)])
