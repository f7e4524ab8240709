"""What closing a session does with the action plans of the group."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coaching.intervision.closing import keep_plan
from coaching.intervision.models import Session
from popgroups.models import Meeting
from portfolio.models import ActionPlan
from schools.models import User
from tests.people import Cast, make_meeting, make_session

NOW = timezone.now()


def weeks(cast: Cast, count: int) -> list[Meeting]:
    return [
        make_meeting(cast.group, starts_at=NOW + dt.timedelta(weeks=number - 1, minutes=5))
        for number in range(count)
    ]


def plan_of(owner: User, session: Session, due: dt.date | None) -> ActionPlan:
    return keep_plan(session, ActionPlan(owner=owner, intention="Ik ga het proberen.", due=due), NOW)


def close(session: Session, by: User) -> None:
    session.close(seen=session.position, by=by, at=NOW)


def test_plans_still_open_go_on_to_the_next_meeting(cast: Cast) -> None:
    first, second, third = weeks(cast, 3)
    session = make_session(first, cast.members, running=True)
    tried, silent, done = (
        plan_of(owner, session, second.day) for owner in (cast.samir, cast.tom, cast.lieke)
    )
    close(session, cast.noor)
    assert {row.meeting for row in second.look_backs.all()} == {second}

    following = make_session(second, cast.members, running=True)
    for plan, state in ((tried, "tried"), (done, "done")):
        plan.record_result(state, plan.owner, NOW)
        plan.look_backs.update(meeting=second, looked_back_at=NOW)
    close(following, cast.noor)
    for plan in (tried, silent):
        row = plan.look_backs.get()
        assert (row.meeting, row.looked_back_at) == (third, None)
        assert ActionPlan.objects.get(pk=plan.pk).due == third.day
    row = done.look_backs.get()
    assert (row.meeting, row.looked_back_at) == (second, NOW)
    assert ActionPlan.objects.get(pk=done.pk).due == second.day


def test_a_later_date_of_ones_own_stays(cast: Cast) -> None:
    first, second, third = weeks(cast, 3)
    later = third.day + dt.timedelta(days=30)
    plan = plan_of(cast.samir, session := make_session(first, cast.members, running=True), later)
    close(session, cast.noor)
    close(make_session(second, cast.members, running=True), cast.noor)
    assert ActionPlan.objects.get(pk=plan.pk).due == later
    assert plan.look_backs.get().meeting == third


def test_without_a_next_meeting_a_plan_waits_for_one(cast: Cast) -> None:
    first, second = weeks(cast, 2)
    plan = plan_of(cast.samir, session := make_session(first, cast.members, running=True), second.day)
    close(session, cast.noor)
    close(make_session(second, cast.members, running=True), cast.noor)
    assert plan.look_backs.get().meeting is None
    planned = Meeting(group=cast.group, starts_at=NOW + dt.timedelta(weeks=4), minutes=60)
    planned.plan()
    assert plan.look_backs.get().meeting == planned
