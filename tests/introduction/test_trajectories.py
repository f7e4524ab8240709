"""Making a trajectory in one press, and the day until which a consultant stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.introduction.handing_over import hand_over_now
from coaching.introduction.template import MILESTONES, UNITS
from coaching.introduction.trajectories import start, years_offered
from coaching.lib.states import MoveRefused, StaleMove
from schools.hand_over import move_day
from schools.holidays import SchoolCalendar
from schools.invitations import accept, invite
from schools.memberships import Terms, change
from schools.models import (
    Function,
    HandOverMove,
    Membership,
    Phase,
    Role,
    RoleHeld,
    SchoolYear,
    Trajectory,
    User,
)
from tests.people import Cast, again, make_person

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]


def stay_of(person: User) -> Membership:
    return person.memberships.latest("valid_from")


def test_one_press_lays_six_phases_over_school_days(cast: Cast, browse: Browse) -> None:
    address = reverse("start_introduction", args=[cast.zandplaat.pk])
    hanneke = browse(cast.hanneke)
    form = {"year": "2026", "once_key": "7f1f4f44-0f0e-4a8c-9a57-0f2f5d6f0f11"}
    page = hanneke.post(address, form, follow=True).content.decode()
    hanneke.post(address, form)
    made = Trajectory.objects.get()
    assert (made.begins_on, made.hand_over_on) == (dt.date(2026, 9, 7), dt.date(2027, 6, 15))
    rows = list(made.milestones.all())
    assert len(rows) == len(MILESTONES) and made.units.count() == len(UNITS)
    assert {row.phase for row in rows} == set(Phase.values)
    calendar = SchoolCalendar(made.school, made.begins_on, made.hand_over_on)
    days = [row.due for row in rows]
    assert days == sorted(days, key=str) and all(day and made.begins_on <= day for day in days)
    assert not [day for day in days if day is None or day.isoweekday() > 5 or calendar.closed_on(day)]
    assert "Elke groep is het eens over de afspraken" in page and "Kennismaken en plannen maken" in page


def test_a_year_has_one_and_too_late_in_the_year_only_the_next_is_offered(
    cast: Cast, trajectory: Trajectory
) -> None:
    assert [year.starts for year in years_offered(cast.zandplaat, dt.date(2026, 9, 7))] == [2027]
    assert [year.starts for year in years_offered(cast.duin, dt.date(2027, 5, 1))] == [2027]
    with pytest.raises(MoveRefused):
        start(cast.zandplaat, SchoolYear(starts=2026), cast.karin, timezone.now())
    assert Trajectory.objects.count() == 1


# -- until when a consultant stays -------------------------------------------------------------------------


def test_a_consultant_stays_until_the_hand_over_and_never_longer(cast: Cast, trajectory: Trajectory) -> None:
    last = dt.date(2027, 6, 14)
    assert stay_of(cast.olaf).valid_until == trajectory.last_day_of_access == last
    words = "Ada Vies", "ada@advies.example", Role.CONSULTANT, Function.EXTERNAL
    invitation, _token = invite(cast.zandplaat, *words, cast.karin, timezone.now())
    ada = accept(invitation, timezone.now(), name="Ada Vies")
    assert stay_of(ada).valid_until == last
    longer = Terms(function="external", roles=frozenset({Role.CONSULTANT}), valid_until=dt.date(2028, 1, 1))
    change(stay_of(ada), longer, cast.karin)
    assert stay_of(ada).valid_until == last
    shorter = Terms(function="external", roles=frozenset({Role.CONSULTANT}), valid_until=dt.date(2026, 12, 1))
    change(stay_of(ada), shorter, cast.karin)
    move_day(trajectory, dt.date(2027, 7, 1), cast.karin, timezone.now())
    assert stay_of(cast.olaf).valid_until == dt.date(2027, 6, 30)
    assert stay_of(ada).valid_until == dt.date(2026, 12, 1), "a shorter stay stays short"


def test_who_advises_has_no_other_role(cast: Cast) -> None:
    both = Terms(function="external", roles=frozenset({Role.CONSULTANT, Role.COORDINATOR}))
    with pytest.raises(MoveRefused):
        change(stay_of(cast.olaf), both, cast.hanneke)
    assert {row.role for row in stay_of(cast.olaf).roles.all()} == {Role.CONSULTANT}


def test_moving_the_day_leaves_a_trace_and_refuses_what_is_over(cast: Cast, trajectory: Trajectory) -> None:
    now = timezone.now()
    stale = Trajectory.objects.get(pk=trajectory.pk)
    move_day(trajectory, dt.date(2027, 7, 1), cast.karin, now)
    trace = HandOverMove.objects.get()
    assert (trace.before, trace.after, trace.by) == (dt.date(2027, 6, 15), dt.date(2027, 7, 1), cast.karin)
    with pytest.raises(StaleMove):
        move_day(stale, dt.date(2027, 5, 1), cast.hanneke, now)
    for day in (dt.date(2026, 9, 7), dt.date(2020, 1, 1)):
        with pytest.raises(MoveRefused):
            move_day(trajectory, day, cast.karin, now)
    with time_machine.travel(dt.datetime(2027, 7, 1, 8, tzinfo=dt.UTC)), pytest.raises(MoveRefused):
        move_day(trajectory, dt.date(2027, 9, 1), cast.karin, timezone.now())
    assert stay_of(cast.olaf).valid_until == dt.date(2027, 6, 30)


def test_pressing_ends_it_at_once_also_for_who_came_today(
    cast: Cast, trajectory: Trajectory, mailoutbox: list[EmailMessage]
) -> None:
    """Somebody who came yesterday and left, and came again today, has both days taken."""
    new = make_person("Nu Net", cast.zandplaat, Role.CONSULTANT, since=dt.date(2026, 9, 7))
    before = Membership.objects.create(
        person=new, school=cast.zandplaat, valid_from=dt.date(2026, 9, 6), valid_until=dt.date(2026, 9, 6)
    )
    RoleHeld.objects.create(membership=before, role=Role.TEACHER)
    gone = hand_over_now(trajectory, cast.hanneke, timezone.now())
    assert {person.name for person in gone} == {"Olaf Berg", "Nu Net"}
    for person in (cast.olaf, new):
        assert not again(person).schools_as() and not person.memberships.current().exists()
    told = {mail.to[0]: mail.subject for mail in mailoutbox}
    assert told[cast.olaf.email] == "De Zandplaat: de invoering is overgedragen"
    with pytest.raises(MoveRefused):
        hand_over_now(trajectory, cast.hanneke, timezone.now())


def test_an_invitation_of_before_the_day_is_dead_on_it_and_a_new_one_opens(
    cast: Cast, trajectory: Trajectory
) -> None:
    words = "Ada Vies", "ada@advies.example", Role.CONSULTANT, Function.EXTERNAL
    with time_machine.travel(dt.datetime(2027, 6, 10, 8, tzinfo=dt.UTC)):
        old, _token = invite(cast.zandplaat, *words, cast.karin, timezone.now())
    with time_machine.travel(dt.datetime(2027, 6, 15, 8, tzinfo=dt.UTC)):
        with pytest.raises(StaleMove):
            accept(old, timezone.now(), name="Ada Vies")
        type(old).objects.filter(pk=old.pk).update(revoked_at=timezone.now())
        anew, _token = invite(cast.zandplaat, *words, cast.karin, timezone.now())
        ada = accept(anew, timezone.now(), name="Ada Vies")
        assert [school.pk for school in again(ada).schools_designing] == [cast.zandplaat.pk]
