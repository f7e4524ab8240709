"""A group's new name stands in the calendars of its members."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import MoveRefused
from popgroups.models import Meeting, MeetingState
from schools.models import OutgoingMail
from tests.people import Cast, make_group
from tests.popgroups.conftest import Enter
from tests.popgroups.test_notices import all_of, planned, sent


def test_a_new_name_of_the_group_is_told_of_what_is_coming(cast: Cast) -> None:
    coming = planned(cast)
    for state in (MeetingState.CONCEPT, MeetingState.CANCELLED, MeetingState.HELD):
        planned(cast, state=state)
    planned(cast, starts_at=timezone.now() - dt.timedelta(days=2))
    sent()
    cast.group.rename("Groep 7/8", "team", timezone.now())
    assert {mail.subject.split(",")[0] for mail in OutgoingMail.objects.exclude(calendar="")} == {
        "Gewijzigd: Intervisie · Groep 7/8"
    }
    assert sent() == all_of("REQUEST", 1)
    assert list(Meeting.objects.filter(sequence__gt=0)) == [coming]
    cast.group.rename("Groep 7/8", "other", timezone.now())
    assert sent() == set(), "the kind of the group stands in no calendar"


def test_through_the_form_a_new_name_of_the_group_is_told(cast: Cast, enter: Enter) -> None:
    planned(cast)
    sent()
    for _time in range(2):
        enter(cast.karin).post(
            reverse("rename_group", args=[cast.group.pk]), {"name": "Groep 7/8", "kind": "team"}
        )
    assert sent() == all_of("REQUEST", 1)


def test_a_name_that_is_taken_is_told_to_nobody(cast: Cast) -> None:
    planned(cast)
    make_group(cast.zandplaat, "Onderbouw", [])
    sent()
    with pytest.raises(MoveRefused):
        cast.group.rename("Onderbouw", "team", timezone.now())
    assert sent() == set() and Meeting.objects.get().sequence == 0
