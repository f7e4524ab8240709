"""What was taken away from a GOP comes back as it was, for a while, by anybody of the group."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from coaching.lib.markup import day
from coaching.lib.states import MoveRefused
from popgroups.adopting import Says, hand_in
from popgroups.models import (
    TAKEN_AWAY_KEPT,
    GroupActivity,
    GroupGoal,
    GroupPlan,
    GroupPlanState,
    GroupPlanVersion,
    TakenAway,
)
from popgroups.plan_comments import threads, write_comment
from popgroups.plan_differences import differences
from popgroups.plan_document import document_of
from popgroups.plan_goals import add_activity, add_goal, remove_activity, remove_goal, serve, served_by, tick
from popgroups.plan_taken_away import can_come_back, forget_taken_away, put_back
from popgroups.plan_writing import mark_of, write
from portfolio.models import Competence, Framework
from schools.models import SchoolPlanLine, User
from tests.people import Cast, make_group

from .gop import AT, again, all_agree, digest, place

pytestmark = pytest.mark.django_db
LAST = dt.timedelta(days=TAKEN_AWAY_KEPT)


def put(row: GroupGoal | GroupActivity, by: User, **values: object) -> None:
    write(row, mark_of(row, values), values, by, AT)


@pytest.fixture
def full(cast: Cast, plan: GroupPlan) -> GroupGoal:
    """A goal with everything in it, before one that has a title."""
    line = SchoolPlanLine.objects.create(school=cast.zandplaat, number="2.3", text="Rust in de school")
    framework = Framework.objects.create(school=cast.zandplaat, key="eigen", title_nl="Eigen")
    competence = Competence.objects.create(framework=framework, key="1", title_nl="Orde", title_en="Order")
    goal = plan.goals.get()
    put(goal, cast.noor, visible="Stil op de gang")
    serve(goal, line, [competence], served_by(goal), cast.noor, AT)
    first = goal.activities.get()
    put(
        first,
        cast.tom,
        what="Twee bezoeken",
        member_id=place(plan, cast.tom).pk,
        due=AT.date(),
        minutes=90,
    )
    put(add_activity(goal, cast.tom, AT), cast.tom, what="Samen kijken")
    GroupPlan.objects.filter(pk=plan.pk).update(state=GroupPlanState.RUNNING)
    tick(first, AT.date())
    GroupPlan.objects.filter(pk=plan.pk).update(state=GroupPlanState.CONCEPT)
    put(add_goal(plan, cast.noor, AT), cast.noor, title="Ouders")
    return GroupGoal.objects.get(pk=goal.pk)


def taken(goal: GroupGoal, by: User) -> TakenAway:
    kept = remove_goal(goal, by, AT)
    assert kept is not None
    return kept


def test_a_goal_comes_back_as_it_was_at_the_end(cast: Cast, full: GroupGoal) -> None:
    plan = full.plan
    before = document_of(again(plan))["goals"]
    activities = set(full.activities.values_list("pk", "done_on"))
    kept = taken(full, cast.tom)
    assert [goal["title"] for goal in document_of(again(plan))["goals"]] == ["Ouders"]
    assert put_back(plan, kept.pk, cast.lieke, AT) == f"groupgoal-{kept.goal_key}"
    after = document_of(again(plan))["goals"]
    assert after == [before[1], before[0]]
    assert before[0]["activities"][0]["done_on"] and before[0]["competences"] == ["Orde"]
    assert set(GroupActivity.objects.filter(goal=kept.goal_key).values_list("pk", "done_on")) == activities
    assert [goal.order for goal in plan.goals.all()] == [1, 2]
    with pytest.raises(MoveRefused, match="again already"):
        put_back(plan, kept.pk, cast.tom, AT)
    assert plan.goals.count() == 2 and not TakenAway.objects.exists()


def test_taken_away_twice_it_is_kept_once_and_what_is_blank_is_not_kept(cast: Cast, full: GroupGoal) -> None:
    late = GroupGoal.objects.get(pk=full.pk)
    taken(full, cast.tom)
    assert remove_goal(late, cast.noor, AT) is None
    blank = add_goal(full.plan, cast.noor, AT)
    assert remove_activity(blank.activities.get(), cast.noor, AT) is None
    assert remove_goal(blank, cast.noor, AT) is None
    assert TakenAway.objects.count() == 1


def test_who_or_what_is_gone_meanwhile_is_left_out(cast: Cast, full: GroupGoal) -> None:
    kept = taken(full, cast.tom)
    Competence.objects.all().delete()
    SchoolPlanLine.objects.all().delete()
    who = place(full.plan, cast.tom)
    TakenAway.objects.update(by=None)
    who.delete()
    put_back(full.plan, kept.pk, cast.noor, AT)
    goal = GroupGoal.objects.get(pk=kept.goal_key)
    assert goal.line is None and not goal.competences.exists() and goal.visible == "Stil op de gang"
    assert [(each.what, each.member) for each in goal.activities.all()] == [
        ("Twee bezoeken", None),
        ("Samen kijken", None),
    ]


def test_comments_versions_and_a_yes_are_right_again(cast: Cast, plan: GroupPlan) -> None:
    goal = plan.goals.get()
    all_agree(plan, cast.members)
    version = hand_in(again(plan), cast.noor, digest(plan), AT)
    write_comment(version, goal.pk, "Mooi doel", cast.hanneke, AT)
    again(plan).go(GroupPlanState.IN_TALK, "in_talk", cast.hanneke, AT)
    kept = taken(goal, cast.tom)
    assert not [say for say in Says(again(plan), AT.date()).all if say.agrees]
    put_back(plan, kept.pk, cast.noor, AT)
    assert Says(again(plan), AT.date()).all_agree  # the very text they said yes to
    again_handed_in = GroupPlanVersion(plan=plan, number=2, content=document_of(again(plan)))
    by_key = {thread.key: thread.comments for thread in threads(again_handed_in, cast.hanneke, AT)}
    assert [comment.text for comment in by_key[kept.goal_key]] == ["Mooi doel"]
    assert not differences(version.content, again_handed_in.content)


def test_an_adopted_plan_is_concept_again_when_something_comes_back(cast: Cast, full: GroupGoal) -> None:
    kept = taken(full, cast.tom)
    all_agree(full.plan, cast.members)
    assert again(full.plan).state == GroupPlanState.ADOPTED
    put_back(full.plan, kept.pk, cast.tom, AT)
    assert again(full.plan).state == GroupPlanState.CONCEPT


def test_three_goals_or_a_plan_that_is_handed_in_refuse_it(cast: Cast, full: GroupGoal) -> None:
    plan = full.plan
    kept = taken(full, cast.tom)
    for title in ("Twee", "Drie"):
        put(add_goal(plan, cast.tom, AT), cast.tom, title=title)
    with pytest.raises(MoveRefused, match="three goals already"):
        put_back(plan, kept.pk, cast.tom, AT)
    GroupPlan.objects.filter(pk=plan.pk).update(state=GroupPlanState.SUBMITTED)
    with pytest.raises(MoveRefused, match="handed in"):
        put_back(plan, kept.pk, cast.tom, AT)
    assert TakenAway.objects.get() == kept and plan.goals.count() == 3


def test_something_to_do_comes_back_once_its_goal_is_there(cast: Cast, full: GroupGoal) -> None:
    plan, (first, second) = full.plan, full.activities.all()
    of_second = remove_activity(second, cast.tom, AT)
    of_first = remove_activity(first, cast.tom, AT)
    assert of_first is not None and of_second is not None
    kept = taken(full, cast.noor)
    with pytest.raises(MoveRefused, match="Put the goal back first"):
        put_back(plan, of_first.pk, cast.tom, AT)
    put_back(plan, kept.pk, cast.tom, AT)
    assert put_back(plan, of_second.pk, cast.tom, AT) == f"groupactivity-{of_second.words['key']}"
    put_back(plan, of_first.pk, cast.tom, AT)
    back = list(GroupActivity.objects.filter(goal=kept.goal_key))
    assert [each.what for each in back] == ["Twee bezoeken", "Samen kijken"]
    assert (back[0].minutes, back[0].due, back[0].done_on) == (90, AT.date(), AT.date())


def test_a_goal_in_which_only_something_taken_away_is_left_is_kept_too(cast: Cast, plan: GroupPlan) -> None:
    goal = add_goal(plan, cast.tom, AT)
    put(goal.activities.get(), cast.tom, what="Samen kijken")
    activity = remove_activity(goal.activities.get(), cast.tom, AT)
    kept = taken(goal, cast.tom)
    assert activity is not None
    put_back(plan, kept.pk, cast.tom, AT)
    put_back(plan, activity.pk, cast.tom, AT)
    assert [each.what for each in plan.goals.get(pk=kept.goal_key).activities.all()] == ["Samen kijken"]


def test_after_its_last_day_it_is_gone(cast: Cast, full: GroupGoal) -> None:
    kept = taken(full, cast.tom)
    last = timezone.make_aware(dt.datetime.combine(kept.last_day, dt.time(23, 59)))
    after = last + dt.timedelta(minutes=2)
    assert list(can_come_back(last)) == [kept] and not can_come_back(after).exists()
    assert forget_taken_away(last) == 0
    with pytest.raises(MoveRefused, match="too long ago"):
        put_back(full.plan, kept.pk, cast.tom, after)
    assert forget_taken_away(after) == 1 and not TakenAway.objects.exists()


# -- the pages ---------------------------------------------------------------------------------------------


def test_a_colleague_puts_it_back_at_the_foot_of_the_page(cast: Cast, full: GroupGoal) -> None:
    plan, tom, lieke = full.plan, Client(), Client()
    tom.force_login(cast.tom)
    lieke.force_login(cast.lieke)
    remove = reverse("group_goal_remove", args=[full.pk])
    with override("nl"):
        last = day(timezone.localdate() + LAST)
    asked = tom.get(remove).content.decode()
    assert "gaan weg voor de hele groep" in asked and f"Tot en met {last}" in asked
    assert "niet terug" not in asked
    page = tom.post(remove, {"sure": "1"}, follow=True).content.decode()
    address = reverse("group_plan_taken_away", args=[plan.pk])
    assert "kijk onderaan deze pagina" in page and last in page and address in page
    page = lieke.get(address).content.decode()
    assert (
        "Rust in de overgangen" in page
        and last in page
        and f"weggehaald door {cast.tom.name}" in page
        and "Zet terug" in page
    )
    key = TakenAway.objects.get().pk
    page = lieke.post(address, {"key": key}, follow=True).content.decode()
    assert "Het staat weer in jullie plan" in page and "Stil op de gang" in page
    page = tom.post(address, {"key": key}, follow=True).content.decode()
    assert "Het staat al weer in het plan" in page and plan.goals.count() == 2
    for wrong in ("", "x", "-1", "9" * 30):
        assert tom.post(address, {"key": wrong}).status_code == 302


def test_while_it_is_handed_in_the_page_says_when_it_can_come_back(cast: Cast, full: GroupGoal) -> None:
    remove_activity(full.activities.all()[0], cast.tom, AT)
    taken(full, cast.tom)
    all_agree(full.plan, cast.members)
    hand_in(again(full.plan), cast.noor, digest(full.plan), AT)
    client = Client()
    client.force_login(cast.noor)
    address = reverse("group_plan_taken_away", args=[full.plan_id])
    assert address in client.get(reverse("group_plan", args=[full.plan_id])).content.decode()
    page = client.get(address).content.decode()
    assert "Twee bezoeken" in page and "zodra jullie weer in het plan schrijven" in page
    assert "Zet terug" not in page
    TakenAway.objects.update(at=timezone.now() - LAST - dt.timedelta(days=1))
    page = client.get(address).content.decode()
    assert "30 dagen is er niets weggehaald" in page and "Twee bezoeken" not in page


def test_of_another_group_it_can_not_be_put_back(cast: Cast, full: GroupGoal) -> None:
    kept = taken(full, cast.tom)
    TakenAway.objects.update(
        plan=GroupPlan.objects.create(group=make_group(cast.zandplaat, "Onderbouw", [cast.ilse]))
    )
    with pytest.raises(MoveRefused):
        put_back(full.plan, kept.pk, cast.tom, AT)
