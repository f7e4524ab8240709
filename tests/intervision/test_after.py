"""The page of a session afterwards: averages that tell on nobody, hours only while the PMR agrees."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from coaching.intervision.closing import taps_are_open
from coaching.intervision.erasing import erase_notes
from coaching.intervision.models import Contribution, Session, Taps
from coaching.intervision.writing import mark_tip
from portfolio.models import ActionPlan, KeptTip
from schools.hours import correct
from schools.models import Consent, HourLine
from tests.people import Cast

from .play import AT, Play, add, fresh, move_to, seat, session_at

TAPS = {"safe": 1, "useful": 2, "fits": 3}
TOMORROW = dt.timedelta(days=1)


@pytest.fixture
def closed(cast: Cast) -> Session:
    """Closed just now; all five have tapped."""
    session = session_at(cast, "close")
    for person in cast.members:
        Taps.objects.create(participant=seat(session, person), safe=3, useful=2, fits=1)
    session.close(seen=session.position, by=cast.noor, at=timezone.now())
    return fresh(session)


def test_averages_come_when_nobody_can_tap_any_more(cast: Cast, closed: Session) -> None:
    """Else one average before a tap and one after it would give that tap away."""
    assert "Gemiddelde" not in Play(closed, [cast.tom]).read(cast.tom)
    Play(closed, [cast.tom]).press(cast.tom, "drie-tikken", **TAPS)
    with time_machine.travel(timezone.now() + TOMORROW, tick=False):
        play = Play(closed, [cast.tom])
        play.press(cast.tom, "drie-tikken", 409, safe=3, useful=3, fits=3)
        page = play.read(cast.tom)
    assert "Gemiddelde" in page and "2,6" in page
    assert Taps.objects.get(participant__person=cast.tom).safe == 1


def test_the_form_goes_with_the_day(cast: Cast, closed: Session) -> None:
    Taps.objects.filter(participant__person=cast.tom).delete()
    address = f"/sessie/{closed.pk}/drie-tikken/"
    assert address in Play(closed, [cast.tom]).read(cast.tom)
    with time_machine.travel(timezone.now() + TOMORROW, tick=False):
        assert address not in Play(closed, [cast.tom]).read(cast.tom)


def test_what_was_erased_takes_no_taps(cast: Cast, closed: Session) -> None:
    erase_notes(closed, timezone.now())
    Play(closed, [cast.tom]).press(cast.tom, "drie-tikken", 409, **TAPS)
    assert not Taps.objects.exists()
    assert not taps_are_open(fresh(closed), timezone.now())


@pytest.mark.parametrize(("state", "is_open"), [("lobby", True), ("running", True), ("cancelled", False)])
def test_taps_are_open_while_it_is_under_way(cast: Cast, state: str, is_open: bool) -> None:
    session = session_at(cast, "close")
    session.put(state=state)
    assert taps_are_open(fresh(session), timezone.now()) == is_open


def test_booked_hours_are_shown_only_while_the_pmr_agrees(cast: Cast, closed: Session) -> None:
    play = Play(closed, [cast.tom])
    assert "Geboekt in de jaartaak: 1 uur" in play.read(cast.tom)
    Consent.objects.update(revoked_at=timezone.now())
    page = play.read(cast.tom)
    assert "Geboekt in de jaartaak: 1 uur" not in page
    assert "nog niet mee ingestemd" in page


def test_booked_hours_are_said_as_they_were_corrected(cast: Cast, closed: Session) -> None:
    line = HourLine.objects.get(membership__person=cast.tom, source=closed.meeting.source)
    correct(line, minutes=30, reason="Eerder weg.", by=cast.tom, at=timezone.now())
    assert "Geboekt in de jaartaak: 0,5 uur" in Play(closed, [cast.tom]).read(cast.tom)


@pytest.mark.parametrize("when", ["close", "afterwards"])
def test_a_presenter_without_a_plan_is_still_offered_one(cast: Cast, when: str) -> None:
    """With the tips they picked in it: going on or closing loses nothing they chose."""
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    tip = add(session, cast.tom, "Begroet ze bij de deur.")
    Contribution.objects.update(shown_at=AT)
    mark_tip(Contribution.objects.get(pk=tip.pk), "pick")
    session = move_to(fresh(session), "close", cast.noor)
    if when == "afterwards":
        session.close(seen=session.position, by=cast.noor, at=timezone.now())
    play = Play(session, [cast.samir, cast.tom])
    address = f"/sessie/{session.pk}/pap/"
    assert f"/sessie/{session.pk}/actieplan/" in play.read(cast.samir)
    page = play.read(cast.samir, "actieplan/")
    assert address in page and "Begroet ze bij de deur." in page
    assert address not in play.read(cast.tom)
    play.press(cast.samir, "pap", intention="Ik begroet ze bij de deur.", group_sees_title="on")
    plan = ActionPlan.objects.get()
    assert plan.owner == cast.samir
    assert address not in play.read(cast.samir)
    assert f"/sessie/{session.pk}/actieplan/" not in play.read(cast.samir)
    if when == "afterwards":
        assert KeptTip.objects.get().plan == plan
