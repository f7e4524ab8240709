"""What a director promises for a GOP, and whose budget the hours are in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone, translation

from coaching.lib.states import StaleMove
from popgroups.adopting import amend, take_back
from popgroups.models import GroupMember, GroupPlan, GroupPlanVersion, SupportPromise
from popgroups.plan_history import history, promises_of, versions_for
from popgroups.plan_reviews import react
from popgroups.plan_support import change, follow_members, promise, withdraw
from schools.budgets import balances
from schools.hour_books import totals_of
from schools.models import Allotment, HourLine, LineKind, SchoolYear, User
from tests.people import Cast

from .plans import days_ago, hand_in, make_group_plan

pytestmark = pytest.mark.django_db
HOURS_3, HOURS_5 = 180, 300


@pytest.fixture
def plan(cast: Cast) -> GroupPlan:
    year = SchoolYear.of(timezone.localdate())
    Allotment.objects.create(school=cast.zandplaat, year=year, minutes=900, pro_rata=False, task_code="")
    made = make_group_plan(cast.group)
    hand_in(made, cast.noor, days_ago(1))
    return GroupPlan.objects.get(pk=made.pk)


def budgets(cast: Cast, code: str = "") -> dict[str, tuple[int, int]]:
    """By first name: the budget in minutes, and what of it was promised; of whom something was promised."""
    rows = balances(cast.zandplaat, SchoolYear.of(timezone.localdate()), task_code=code)
    return {b.membership.person.first_name: (b.budget, b.promised) for b in rows if b.promised}


def test_a_total_does_not_tell_a_director_who_is_in_a_group(cast: Cast, plan: GroupPlan) -> None:
    year = SchoolYear.of(timezone.localdate())
    before = totals_of(list(balances(cast.zandplaat, year))).budget
    promise(plan, cast.hanneke, timezone.now(), kind="hours", minutes=HOURS_3)
    assert before and totals_of(list(balances(cast.zandplaat, year))).budget == before


def test_hours_are_in_the_budget_of_each_member_of_today(cast: Cast, plan: GroupPlan) -> None:
    made = promise(plan, cast.hanneke, timezone.now(), kind="hours", minutes=HOURS_3)
    names = {person.first_name for person in cast.members}
    assert budgets(cast) == dict.fromkeys(names, (900 + HOURS_3, HOURS_3))
    assert budgets(cast, code="anders") == {}
    changed = change(made, cast.hanneke, timezone.now(), kind="hours", minutes=HOURS_5)
    assert budgets(cast) == dict.fromkeys(names, (900 + HOURS_5, HOURS_5))
    promise(plan, cast.hanneke, timezone.now(), kind="hours", minutes=60, text="voor de start")
    assert set(budgets(cast).values()) == {(900 + HOURS_5 + 60, HOURS_5 + 60)}
    withdraw(changed, timezone.now())
    assert set(budgets(cast).values()) == {(960, 60)}
    with pytest.raises(StaleMove):
        change(changed, cast.hanneke, timezone.now(), kind="hours", minutes=600)
    assert set(budgets(cast).values()) == {(960, 60)} and SupportPromise.objects.count() == 3


def test_money_and_help_are_nobodys_hours(cast: Cast, plan: GroupPlan) -> None:
    promise(plan, cast.hanneke, timezone.now(), kind="money", euros=250)
    promise(plan, cast.hanneke, timezone.now(), kind="expertise", text="Ik vraag de IB'er.")
    assert budgets(cast) == {}


def test_what_was_promised_for_a_plan_goes_when_the_group_takes_it_back(cast: Cast, plan: GroupPlan) -> None:
    now = timezone.now()
    promise(plan, cast.hanneke, now, kind="hours", minutes=HOURS_3)
    promise(plan, cast.hanneke, now, kind="money", euros=250)
    take_back(plan, cast.noor, now)
    assert budgets(cast) == {} and follow_members(now) == 0
    assert SupportPromise.objects.filter(withdrawn_at=now).count() == 2, "the history keeps them"
    with pytest.raises(StaleMove):
        promise(plan, cast.hanneke, now, kind="hours", minutes=HOURS_3)
    again = hand_in(plan, cast.noor, now)
    assert "Niet meer toegezegd: 3 uur per persoon" in told(cast, again)


def test_what_was_promised_for_the_version_before_stands(cast: Cast, plan: GroupPlan) -> None:
    now = timezone.now()
    old = promise(plan, cast.hanneke, now, kind="hours", minutes=HOURS_3)
    react(plan.versions.get(), "agreed", "", cast.hanneke, now)
    amend(plan, cast.noor, now)
    hand_in(plan, cast.noor, now + dt.timedelta(hours=1))
    promise(plan, cast.hanneke, now + dt.timedelta(hours=2), kind="hours", minutes=HOURS_5)
    take_back(plan, cast.noor, now + dt.timedelta(hours=3))
    assert list(SupportPromise.objects.filter(withdrawn_at__isnull=True)) == [old]
    assert set(budgets(cast).values()) == {(900 + HOURS_3, HOURS_3)}


def told(cast: Cast, version: GroupPlanVersion) -> str:
    versions = versions_for(version.plan, cast.hanneke)
    with translation.override("nl"):
        promises = promises_of(version.plan)
        return " / ".join(each.words for each in history(version.plan, versions, promises, cast.hanneke))


def test_hours_follow_who_joins_and_who_leaves(cast: Cast, plan: GroupPlan) -> None:
    promise(plan, cast.hanneke, timezone.now(), kind="hours", minutes=HOURS_3)
    tom = cast.group.members.get(membership__person=cast.tom)
    tom.leave(timezone.now())
    newcomer = cast.group.propose(cast.ilse.memberships.get(), timezone.now())
    assert "Ilse" not in budgets(cast) and "Tom" not in budgets(cast)
    for member in (cast.noor, cast.samir, cast.lieke, cast.esra):
        newcomer.welcome(member, timezone.now())
    assert set(budgets(cast)) == {"Noor", "Samir", "Lieke", "Esra", "Ilse"}
    # A last day that comes by itself: the night follows.
    GroupMember.objects.filter(membership__person=cast.samir).update(left_on=timezone.localdate())
    assert follow_members(timezone.now()) == 1
    assert set(budgets(cast)) == {"Noor", "Lieke", "Esra", "Ilse"}
    assert follow_members(timezone.now()) == 0


def test_who_leaves_keeps_what_was_used_and_no_more(cast: Cast, plan: GroupPlan) -> None:
    now, today = timezone.now(), timezone.localdate()
    before = promise(plan, cast.hanneke, now, kind="hours", minutes=HOURS_3)
    for day, minutes in ((today, 60), (today - dt.timedelta(days=30), 600)):
        hour_line(cast.tom, day, minutes)
    for person in (cast.tom, cast.samir):
        cast.group.members.get(membership__person=person).leave(now)
    assert budgets(cast)["Tom"] == (960, 60) and "Samir" not in budgets(cast), "of before it was promised: no"
    hour_line(cast.tom, today, 900)
    assert follow_members(now) == 0 and budgets(cast)["Tom"] == (960, 60), "what comes later does not count"
    change(before, cast.hanneke, now, kind="hours", minutes=30)
    assert budgets(cast)["Tom"] == (930, 30)
    withdraw(SupportPromise.objects.latest("pk"), now)
    assert budgets(cast) == {}


def hour_line(person: User, day: dt.date, minutes: int) -> None:
    HourLine.objects.create(
        membership=person.memberships.get(),
        day=day,
        minutes=minutes,
        kind=LineKind.HELD,
        activity="other",
        source=f"test:{day}:{minutes}",
    )


def test_a_year_that_is_over_stays_as_it_was(cast: Cast, plan: GroupPlan) -> None:
    promise(plan, cast.hanneke, timezone.now(), kind="hours", minutes=HOURS_3)
    later = timezone.now() + dt.timedelta(days=400)
    cast.group.members.get(membership__person=cast.tom).leave(later)
    assert follow_members(later) == 0 and "Tom" in budgets(cast)
