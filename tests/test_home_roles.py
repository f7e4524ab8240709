"""The card of the next meeting says who probably guides it, and whether my own case is ready."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.intervision.models import Case, Session
from coaching.intervision.roles import turns_in
from coaching.today import Today
from popgroups.models import Answer, Meeting, MeetingKind
from popgroups.notices import places_in
from schools.models import User
from tests.people import Cast, again, make_meeting, make_session
from tests.test_home import DAY, home, meeting_in, things


def guided(cast: Cast, days: int, who: User) -> None:
    meeting = make_meeting(cast.group, starts_at=timezone.now() - days * DAY)
    session = make_session(meeting, [who, *[each for each in cast.members if each != who]])
    Session.objects.filter(pk=session.pk).update(state="closed", closed_at=meeting.starts_at)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")


def guide(cast: Cast) -> Any:
    return Today(again(cast.noor), timezone.now()).meetings[0].guide_id


def test_the_guide_is_the_one_whom_the_reminder_names(cast: Cast, client: Any) -> None:
    meeting_in(cast, 6 * DAY)
    for days, who in enumerate(cast.members, start=20):
        turns = turns_in(places_in({cast.group.pk}))
        (turn,) = [person for (_group, person), role in turns.items() if role == "facilitator"]
        assert guide(cast) == turn
        guided(cast, days, who)
    assert guide(cast) == cast.esra.pk, "who did it longest ago"
    assert "gespreksleider: waarschijnlijk Esra" in home(client, cast.noor)
    assert "gespreksleider: waarschijnlijk jij" in home(client, cast.esra)


def test_who_can_not_come_does_not_guide(cast: Cast) -> None:
    meeting = meeting_in(cast, 6 * DAY)
    before = guide(cast)
    place = cast.group.members.get(membership__person=before)
    Answer.objects.create(meeting=meeting, member=place, comes=False)
    assert guide(cast) not in (None, before)


def test_only_ones_own_case_is_told(cast: Cast, client: Any) -> None:
    meeting = meeting_in(cast, 6 * DAY)
    assert things(cast.samir)[0].action == "Bereid een casus voor"
    Case.objects.create(presenter=cast.samir, meeting=meeting, situation="GEHEIM")
    mine, other = home(client, cast.samir), home(client, cast.tom)
    assert "je casus staat klaar" in mine and things(cast.samir)[0].action == "Mijn casus"
    assert "casus staat klaar" not in other and "GEHEIM" not in mine + other


def test_a_training_has_no_roles(cast: Cast, client: Any) -> None:
    meeting_in(cast, 6 * DAY, kind=MeetingKind.TRAINING)
    assert "gespreksleider" not in home(client, cast.noor)


def test_the_roles_take_no_statement_of_their_own(cast: Cast) -> None:
    meeting_in(cast, 6 * DAY)
    user = again(cast.noor)
    with CaptureQueriesContext(connection) as captured:
        assert Today(user, timezone.now()).meetings[0].guide
    assert len(captured) == 1
