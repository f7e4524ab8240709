"""What a director answers to a GOP: when it counts, what it makes of the plan, and what the group hears of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import MoveRefused, StaleMove
from coaching.overview.numbers import Stage, group_lines
from popgroups.models import AnswerKind, GroupPlan, GroupPlanMove, GroupPlanState, Purpose, Reaction
from popgroups.plan_reviews import answered, react, take_back_reaction, take_care
from schools.models import OutgoingMail
from tests.people import Cast

from .plans import days_ago, hand_in, make_group_plan, rewrite_goal

pytestmark = pytest.mark.django_db
STATE = GroupPlanState


def state_of(plan: GroupPlan) -> str:
    return GroupPlan.objects.get(pk=plan.pk).state


@pytest.fixture
def plan(cast: Cast) -> GroupPlan:
    return make_group_plan(cast.group)


@pytest.mark.parametrize(
    ("answer", "text", "after"),
    [
        ("agreed", "", STATE.RUNNING),
        ("agreed_if", "Mits ...", STATE.RUNNING),
        ("in_talk", "Hoe?", STATE.IN_TALK),
    ],
)
def test_three_answers(cast: Cast, plan: GroupPlan, answer: str, text: str, after: str) -> None:
    version = hand_in(plan, cast.noor, days_ago(9))
    react(version, answer, text, cast.hanneke, timezone.now())
    assert state_of(plan) == after
    row = GroupPlanMove.objects.get(plan=plan, verb=answer)
    assert (row.by, row.before, row.after) == (cast.hanneke, STATE.SUBMITTED, after)
    mails = OutgoingMail.objects.filter(key__startswith="gop-answer:")
    assert {mail.person for mail in mails} == set(cast.members)
    told = "".join(mail.subject + mail.body for mail in mails)
    assert "Bovenbouw" in told and "Rust" not in told and "Mits" not in told and "Hoe?" not in told


def test_a_later_answer_takes_the_place_and_both_stay(cast: Cast, plan: GroupPlan) -> None:
    version = hand_in(plan, cast.noor, days_ago(9))
    react(version, "in_talk", "Hoe weet je het?", cast.hanneke, days_ago(3))
    react(version, "in_talk", "En wie helpt?", cast.hanneke, days_ago(2))
    react(version, "agreed", "", cast.hanneke, days_ago(1))
    react(version, "agreed_if", "Met de ouders erbij.", cast.hanneke, timezone.now())
    assert state_of(plan) == STATE.RUNNING
    assert list(version.reactions.values_list("answer", flat=True)) == [
        *("in_talk", "in_talk", "agreed", "agreed_if")
    ]
    with pytest.raises(MoveRefused, match="running"):
        react(version, "in_talk", "Toch praten.", cast.hanneke, timezone.now())
    assert version.reactions.count() == 4


@pytest.mark.parametrize("answer", [AnswerKind.AGREED_IF, AnswerKind.IN_TALK])
def test_what_has_to_change_is_written_down(cast: Cast, plan: GroupPlan, answer: str) -> None:
    version = hand_in(plan, cast.noor, days_ago(9))
    with pytest.raises(MoveRefused, match="Write down"):
        react(version, answer, "  ", cast.hanneke, timezone.now())
    assert state_of(plan) == STATE.SUBMITTED and not Reaction.objects.exists()


def test_only_the_newest_that_was_not_taken_back(cast: Cast, plan: GroupPlan) -> None:
    """Nothing is left of an answer that came too late: no reaction, no move, no mail."""
    first = hand_in(plan, cast.noor, days_ago(9))
    second = hand_in(plan, cast.noor, days_ago(2))
    with pytest.raises(StaleMove):
        react(first, "agreed", "", cast.hanneke, timezone.now())
    second.withdrawn_at = timezone.now()
    second.save(update_fields=["withdrawn_at"])
    with pytest.raises(StaleMove):
        react(second, "agreed", "", cast.hanneke, timezone.now())
    for state in (STATE.CONCEPT, STATE.ADOPTED, STATE.EVALUATED):
        GroupPlan.objects.filter(pk=plan.pk).update(state=state)
        with pytest.raises(StaleMove, match="working on"):
            react(first, "agreed", "", cast.hanneke, timezone.now())
    assert not Reaction.objects.exists() and not GroupPlanMove.objects.filter(verb="agreed").exists()
    assert not OutgoingMail.objects.filter(key__startswith="gop-answer:").exists()


def test_in_talk_only_the_text_that_was_read_can_run(cast: Cast, plan: GroupPlan) -> None:
    version = hand_in(plan, cast.noor, days_ago(9))
    react(version, "in_talk", "Hoe?", cast.hanneke, days_ago(3))
    rewrite_goal(plan, "Heel iets anders")
    with pytest.raises(StaleMove, match="working on"):
        react(version, "agreed", "", cast.hanneke, timezone.now())
    assert state_of(plan) == STATE.IN_TALK and version.reactions.count() == 1


@pytest.mark.parametrize("inside", [STATE.IN_TALK, STATE.CONCEPT, STATE.ADOPTED])
def test_what_the_group_does_inside_is_not_told_by_what_can_be_pressed(
    cast: Cast, client: Client, plan: GroupPlan, inside: str
) -> None:
    """The text was changed, nothing was, everybody said yes: the same page, answers and sentence."""
    version = hand_in(plan, cast.noor, days_ago(9))
    react(version, "in_talk", "Hoe?", cast.hanneke, days_ago(3))
    rewrite_goal(plan, "Heel iets anders")
    GroupPlan.objects.filter(pk=plan.pk).update(state=inside)
    client.force_login(cast.hanneke)
    page = reverse("plan_version", args=[version.pk])
    assert "reaction" in client.get(page).context
    press = reverse("plan_react", args=[version.pk])
    late = client.post(press, {"answer": "agreed", "text": ""})
    assert late.status_code == 409 and "De groep werkt nu aan dit plan" in late.content.decode()
    client.post(press, {"answer": "in_talk", "text": "Nog iets."})
    assert [each.text for each in version.reactions.all()] == ["Hoe?", "Nog iets."]
    assert state_of(plan) == inside
    lines = {line.name: line for _school, line in group_lines([cast.zandplaat.pk], plan.group.year)}
    assert lines[plan.group.name].stage == Stage.IN_TALK


def test_what_was_agreed_to_and_is_amended_is_not_talked_over(cast: Cast, plan: GroupPlan) -> None:
    version = hand_in(plan, cast.noor, days_ago(9))
    react(version, "agreed", "", cast.hanneke, days_ago(3))
    for inside in (STATE.CONCEPT, STATE.ADOPTED):
        GroupPlan.objects.filter(pk=plan.pk).update(state=inside)
        with pytest.raises(StaleMove, match="working on"):
            react(version, "in_talk", "Toch maar praten.", cast.hanneke, timezone.now())


def test_a_look_back_is_not_agreed_to(cast: Cast, plan: GroupPlan) -> None:
    react(hand_in(plan, cast.noor, days_ago(90)), "agreed", "", cast.hanneke, days_ago(80))
    halfway = hand_in(plan, cast.noor, days_ago(1), Purpose.MIDTERM)
    with pytest.raises(MoveRefused, match="looks back"):
        react(halfway, "agreed", "", cast.hanneke, timezone.now())


# -- after it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["agreed", "agreed_if", "in_talk"])
def test_a_fresh_reaction_is_taken_back(cast: Cast, plan: GroupPlan, answer: str) -> None:
    """The plan waits again; the history keeps both moves, and the group hears it by mail."""
    version, at = hand_in(plan, cast.noor, days_ago(9)), timezone.now()
    reaction = react(version, answer, "Vergissing", cast.hanneke, at)
    take_back_reaction(reaction, cast.hanneke, at + dt.timedelta(minutes=14))
    assert state_of(plan) == STATE.SUBMITTED and not Reaction.objects.exists()
    verbs = list(GroupPlanMove.objects.filter(plan=plan).values_list("verb", flat=True))[-2:]
    assert verbs == [answer, f"back:{answer}"]
    assert OutgoingMail.objects.filter(key__startswith="gop-answer-gone:").count() == len(cast.members)
    react(version, "agreed", "", cast.hanneke, at + dt.timedelta(minutes=15))
    assert state_of(plan) == STATE.RUNNING


def test_taken_back_the_one_before_counts_again(cast: Cast, plan: GroupPlan) -> None:
    version, at = hand_in(plan, cast.noor, days_ago(9)), timezone.now()
    react(version, "agreed", "", cast.hanneke, days_ago(1))
    second = react(version, "agreed_if", "Met ouders", cast.hanneke, at)
    take_back_reaction(second, cast.hanneke, at)
    assert state_of(plan) == STATE.RUNNING and version.reactions.get().answer == "agreed"


def test_a_reaction_that_is_not_fresh_stays(cast: Cast, plan: GroupPlan) -> None:
    """After a quarter of an hour, or once the group went on with it."""
    version, at = hand_in(plan, cast.noor, days_ago(9)), timezone.now()
    reaction = react(version, "in_talk", "Hoe?", cast.hanneke, at)
    with pytest.raises(MoveRefused, match="too long"):
        take_back_reaction(reaction, cast.hanneke, at + dt.timedelta(minutes=15))
    rewrite_goal(plan, "Intussen anders")
    with pytest.raises(MoveRefused, match="already working"):
        take_back_reaction(reaction, cast.hanneke, at + dt.timedelta(minutes=1))
    assert state_of(plan) == STATE.IN_TALK and Reaction.objects.count() == 1


def test_a_condition_stays_until_the_group_took_care_of_it(cast: Cast, plan: GroupPlan) -> None:
    version, at = hand_in(plan, cast.noor, days_ago(9)), timezone.now()

    def provided() -> bool:
        return bool(answered(plan.versions.filter(pk=version.pk)).get().provided)  # type: ignore[attr-defined]

    react(version, "agreed", "", cast.hanneke, days_ago(2))
    with pytest.raises(MoveRefused, match="nothing left"):
        take_care(version, cast.noor, at)
    react(version, "agreed_if", "Met ouders", cast.hanneke, days_ago(1))
    assert provided()
    take_care(version, cast.noor, at)
    assert not provided()
    with pytest.raises(MoveRefused, match="nothing left"):
        take_care(version, cast.tom, at)
    row = GroupPlanMove.objects.get(plan=plan, verb="condition_met")
    assert (row.by, row.before, row.after) == (cast.noor, STATE.RUNNING, STATE.RUNNING)
    react(version, "agreed_if", "En met leerlingen", cast.hanneke, at + dt.timedelta(minutes=1))
    assert provided()
