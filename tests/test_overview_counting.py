"""Who counts in the numbers about people: whoever takes part, each person once, look-backs no more than plans."""

from __future__ import annotations

import datetime as dt

import pytest

from coaching.overview.counting import hours_spent, presence
from coaching.overview.parts import Part
from coaching.overview.telling import tell_closed_parts
from popgroups.models import GroupMember, Meeting, MeetingState, PopGroup
from portfolio.models import ActionPlan, PlanMove
from schools.models import (
    Allotment,
    Consent,
    Membership,
    Role,
    RoleHeld,
    School,
    SchoolYear,
    ShownKind,
    ShownSpan,
)
from tests.people import Cast, make_group, make_membership, make_person

from .test_overview import IN_MAY, IN_OCTOBER, NOW, a_day_in_november, make_plans, met, school

__all__ = ["a_day_in_november", "school"]  # fixtures
pytestmark = pytest.mark.django_db


def whole(school: School, kind: ShownKind = ShownKind.MADE) -> int | None:
    """How many were counted in August to October, if anything was told of it."""
    tell_closed_parts(NOW)
    return ShownSpan.objects.get(school=school, starts=2026, part=1, kind=kind).whole


def test_an_account_in_no_group_that_met_makes_no_room(cast: Cast, school: School) -> None:
    """Five in a pilot group all made a plan: thirty colleagues who use nothing don't make that a number."""
    PopGroup.objects.filter(name__startswith="Gestopt").delete()
    Meeting.objects.create(group=cast.group, starts_at=IN_OCTOBER, state=MeetingState.HELD)
    others = [make_person(f"Account {n}", school, since=dt.date(2025, 8, 1)) for n in range(30)]
    make_group(school, "Begint later", others[:10], joined=dt.date(2026, 8, 1))
    make_plans(cast.members, IN_OCTOBER)
    assert whole(school) is None


@pytest.mark.parametrize(
    "state, day, counted",
    [
        (MeetingState.HELD, IN_OCTOBER, 9),
        (MeetingState.PLANNED, IN_OCTOBER, None),
        (MeetingState.CANCELLED, IN_OCTOBER, None),
        (MeetingState.HELD, IN_MAY, None),
        (MeetingState.HELD, NOW, None),
    ],
)
def test_who_was_in_a_group_on_a_day_it_met_counts(
    cast: Cast, school: School, state: MeetingState, day: dt.datetime, counted: int | None
) -> None:
    Meeting.objects.update(state=state, starts_at=day)
    assert whole(school) == counted


def test_who_had_left_the_group_or_was_not_in_yet_does_not_count(cast: Cast, school: School) -> None:
    places = GroupMember.objects.filter(group__name__startswith="Gestopt")
    day = IN_OCTOBER.date()
    places.filter(membership__person=cast.noor).update(left_on=day)
    assert whole(school) == 8
    ShownSpan.objects.all().delete()
    places.filter(membership__person=cast.samir).update(joined_on=day + dt.timedelta(days=1))
    assert whole(school) is None


def test_no_more_look_backs_are_told_than_plans(cast: Cast, school: School) -> None:
    """Four plans by eight people; in February a ninth counts, and five looked back: it would tell of the ninth."""
    leads = RoleHeld.objects.create(membership=cast.noor.memberships.get(), role=Role.DIRECTOR)
    people = [cast.noor, cast.samir, cast.tom, cast.lieke, cast.esra]
    make_plans(people, IN_OCTOBER)
    for plan in ActionPlan.objects.all():
        PlanMove.objects.create(plan=plan, at=NOW, before="planned", after="tried")
    tell_closed_parts(NOW)
    leads.delete()
    tell_closed_parts(NOW + dt.timedelta(days=90))
    rows = ShownSpan.objects.filter(school=school, starts=2026, part=1)
    assert [rows.get(kind=kind).high for kind in (ShownKind.MADE, ShownKind.LOOKED_BACK)] == [4, 4]
    assert [rows.get(kind=kind).whole for kind in (ShownKind.MADE, ShownKind.LOOKED_BACK)] == [8, 9]


def test_two_places_of_one_person_are_one_person(cast: Cast, school: School) -> None:
    """Noor left in August and is back since September: seven people, of whom one could be there twice."""
    PopGroup.objects.all().delete()
    group = met(school, [cast.samir, cast.tom, cast.lieke, cast.esra, cast.late, cast.ilse])
    Consent.objects.update(given_at=dt.datetime(2025, 8, 1, tzinfo=dt.UTC))
    in_august = dt.datetime(2026, 8, 20, 12, tzinfo=dt.UTC)
    first = cast.noor.memberships.get()
    Membership.objects.filter(pk=first.pk).update(valid_until=dt.date(2026, 8, 31))
    second = make_membership(cast.noor, school, Role.TEACHER, since=dt.date(2026, 9, 10))
    for place in (first, second):
        group.members.create(membership=place, joined_on=place.valid_from)
    Meeting.objects.create(group=group, starts_at=in_august, state=MeetingState.HELD)
    Allotment.objects.create(school=school, year=SchoolYear.of(NOW.date()), minutes=600, pro_rata=False)
    part = Part(2026, 1)
    assert presence(school, part).caps == dict.fromkeys(
        (m.person_id for m in Membership.objects.filter(group_places__group=group)), 2
    )
    assert hours_spent(school, part).caps[cast.noor.pk] == 300
