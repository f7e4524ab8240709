"""What the site shows of a milestone by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from coaching.introduction.overview import Plan
from coaching.introduction.proofs import Proofs
from popgroups.models import Agreement, Meeting
from schools.models import (
    Proof,
    SchoolYear,
    SurveyWave,
    Trajectory,
)
from tests.people import Cast, make_group, make_meeting


def shown(trajectory: Trajectory, proof: Proof) -> tuple[str, bool]:
    found = Proofs(trajectory, list(trajectory.units.all()), timezone.localdate()).of(proof)
    assert found is not None
    return found.words, found.is_met


def test_the_site_shows_numbers_and_days_and_no_more(cast: Cast, trajectory: Trajectory) -> None:
    agreement = Agreement.objects.get()
    words = "1 van 1 groepen hebben een afspraak; wie ermee akkoord ging, ziet alleen de groep zelf"
    for member in cast.group.current_members():
        assert shown(trajectory, Proof.AGREEMENTS) == (words, False), (
            "it stands still while one after the other agrees"
        )
        agreement.accept(member, timezone.now())
    assert shown(trajectory, Proof.AGREEMENTS) == (words, False)
    cast.group.members.filter(membership__person=cast.tom).update(left_on=timezone.localdate())
    Agreement.change(cast.group, "Anders.", seen=1, by=cast.noor, at=timezone.now())
    assert shown(trajectory, Proof.AGREEMENTS) == (words, False)
    assert shown(trajectory, Proof.START_MEETINGS) == ("0 van 1 groepen zijn bij elkaar geweest", False)
    Meeting.objects.create(group=cast.group, starts_at=timezone.now(), state="held")
    assert shown(trajectory, Proof.START_MEETINGS)[1]
    assert shown(trajectory, Proof.NEXT_YEAR)[1] is False
    coming = make_group(cast.zandplaat, "Volgend jaar", [cast.noor])
    type(coming).objects.filter(pk=coming.pk).update(year=SchoolYear.objects.create(starts=2027))
    make_meeting(coming, starts_at=dt.datetime(2027, 9, 20, 13, tzinfo=dt.UTC))
    assert shown(trajectory, Proof.NEXT_YEAR) == (
        "1 bijeenkomst van volgend jaar is gepubliceerd, vanaf 20 september 2027",
        True,
    )
    assert shown(trajectory, Proof.OWN_SESSIONS) == (
        "minder dan 2 sessies geleid door iemand van jullie zelf",
        False,
    )
    assert shown(trajectory, Proof.TRAININGS) == ("0 van 3 trainingen gegeven", False)
    assert shown(trajectory, Proof.CONSENT)[1] and not shown(trajectory, Proof.FIRST_GOP)[1]


def test_of_three_surveys_each_is_shown_with_its_own_milestone(cast: Cast, trajectory: Trajectory) -> None:
    assert shown(trajectory, Proof.SURVEYS) == ("0 vragenlijsten gehouden", False)
    for before, state in ((1, "closed"), (-1, "closed"), (-60, "planned")):
        opens = trajectory.begins_on - dt.timedelta(days=before)
        closed = timezone.now() if state == "closed" else None
        SurveyWave.objects.create(
            school=cast.zandplaat,
            kind="begin",
            items=1,
            opens=opens,
            closes=opens,
            state=state,
            closed_at=closed,
        )
    assert shown(trajectory, Proof.SURVEYS) == ("1 vragenlijst gehouden", True), (
        "one of before it began does not count"
    )
    assert [
        line.proof.is_met
        for phase in Plan(trajectory, timezone.localdate()).phases
        for line in phase.lines
        if line.proof and line.milestone.proof == Proof.SURVEYS
    ] == [True, False, False], "the second milestone waits for the second survey"


@pytest.mark.parametrize(
    ("days", "kind", "held"), [(54, "baseline", 1), (121, "baseline", 0), (54, "end", 0)]
)
def test_a_baseline_may_be_taken_shortly_before_it_begins(
    cast: Cast, trajectory: Trajectory, days: int, kind: str, held: int
) -> None:
    day = trajectory.begins_on - dt.timedelta(days=days)
    SurveyWave.objects.create(
        school=cast.zandplaat,
        kind=kind,
        items=1,
        opens=day,
        closes=day,
        state="closed",
        closed_at=timezone.now(),
    )
    assert shown(trajectory, Proof.SURVEYS)[1] is bool(held)
