"""Goals, their actions and their log: at most three, in order, from a PAP once, gone after a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coaching.lib.states import MoveRefused, StaleMove
from portfolio.goals import MOST_ACTIONS, add_goal, shift_goal, take_up
from portfolio.models import ActionPlan, Competence, DevelopmentPlan, Entry, Goal, GoalAction, PlanState
from portfolio.pop import start_pop
from schools.models import Draft
from tests.people import Cast

from .pops import AT, DAY, make_action, make_goal, make_pop, send, typed
from .test_views import make_plan, page


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pop(cast: Cast) -> DevelopmentPlan:
    return make_pop(cast.noor)


def questions(pop: DevelopmentPlan) -> list[str]:
    return [goal.question for goal in Goal.objects.filter(plan=pop).order_by("order")]


def press(client: Client, name: str, pk: int, **data: object) -> str:
    """The page one lands on, with what it says."""
    reply = client.post(reverse(name, args=[pk]), data, follow=True)
    assert reply.status_code == 200
    return reply.content.decode()


# -- three, in order ---------------------------------------------------------------------------------------


def test_a_goal_comes_with_a_first_action_and_a_fourth_is_refused(noor: Client, pop: DevelopmentPlan) -> None:
    for number in range(3):
        press(noor, "goal_add", pop.pk)
        pop.goals.filter(question="").update(question=f"Vraag {number}")
    assert [goal.actions.count() for goal in pop.goals.all()] == [1, 1, 1]
    assert "Drie doelen is het meeste. Rond er eerst een af" in press(noor, "goal_add", pop.pk)
    assert pop.goals.count() == 3
    assert reverse("goal_add", args=[pop.pk]) not in page(noor, "pop", pop.pk)


def test_the_database_has_no_place_for_a_fourth_goal(pop: DevelopmentPlan) -> None:
    for order in (4, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(plan=pop, order=order)


def test_who_adds_on_two_screens_at_once_gets_one_and_a_word(pop: DevelopmentPlan) -> None:
    make_goal(pop, "Eerder")
    late = DevelopmentPlan.objects.get(pk=pop.pk)
    late._prefetched_objects_cache = {"goals": Goal.objects.none()}  # type: ignore[attr-defined]
    with pytest.raises(StaleMove):
        add_goal(late)
    assert questions(pop) == ["Eerder"]


def test_goals_change_places_without_a_mouse(noor: Client, pop: DevelopmentPlan) -> None:
    first, second, third = (make_goal(pop, name) for name in "abc")
    press(noor, "goal_shift", third.pk, to="up")
    assert questions(pop) == ["a", "c", "b"]
    press(noor, "goal_shift", first.pk, to="down")
    assert questions(pop) == ["c", "a", "b"]
    press(noor, "goal_shift", second.pk, to="down")  # it is the last one
    press(noor, "goal_shift", third.pk, to="up")  # it is the first one
    assert questions(pop) == ["c", "a", "b"]
    assert sorted(pop.goals.values_list("order", flat=True)) == [1, 2, 3]


def test_a_goal_that_was_moved_meanwhile_stays_where_it_is(pop: DevelopmentPlan) -> None:
    first, second = make_goal(pop, "a"), make_goal(pop, "b")
    stale = Goal.objects.get(pk=second.pk)
    shift_goal(second, up=True)
    with pytest.raises(StaleMove):
        shift_goal(stale, up=True)
    assert questions(pop) == ["b", "a"] and first.order == 1


def test_an_empty_goal_goes_at_once_and_a_written_one_after_a_question(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    empty, written = add_goal(pop), make_goal(pop, "Hoe kan ik wachten?")
    action = make_action(written, "Tellen")
    typed(cast.noor, f"goal:{written.pk}:why", "Om")
    typed(cast.noor, f"goalaction:{action.pk}:what", "Tot tien")
    press(noor, "goal_remove", empty.pk)
    assert questions(pop) == ["Hoe kan ik wachten?"]
    assert "Dit doel weghalen?" in press(noor, "goal_remove", written.pk)
    assert pop.goals.count() == 1
    press(noor, "goal_remove", written.pk, sure="1")
    assert not pop.goals.exists() and not GoalAction.objects.exists() and not Draft.objects.exists()


def test_a_goal_in_which_somebody_is_still_typing_is_asked_about(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    goal = add_goal(pop)
    typed(cast.noor, f"goal:{goal.pk}:question", "Hoe k")
    assert "Dit doel weghalen?" in press(noor, "goal_remove", goal.pk)


def test_places_close_up_when_a_goal_goes(noor: Client, pop: DevelopmentPlan) -> None:
    first, _second, _third = (make_goal(pop, name) for name in "abc")
    press(noor, "goal_remove", first.pk, sure="1")
    press(noor, "goal_add", pop.pk)
    assert questions(pop) == ["b", "c", ""]


# -- actions and log ---------------------------------------------------------------------------------------


def test_actions_are_added_and_taken_away(noor: Client, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop)
    press(noor, "action_add", goal.pk)
    empty, written = GoalAction.objects.get(), make_action(goal, "Kijken")
    press(noor, "action_remove", empty.pk)
    assert "Deze actie weghalen?" in press(noor, "action_remove", written.pk)
    press(noor, "action_remove", written.pk, sure="1")
    assert not GoalAction.objects.exists()


def test_pressed_twice_there_is_one_blank_goal_and_one_blank_action(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    for _twice in range(2):
        reply: Any = noor.post(reverse("goal_add", args=[pop.pk]))
    goal = pop.goals.get()
    assert reply["Location"] == f"/pop/{pop.pk}/#goal-{goal.pk}"
    for _twice in range(2):
        reply = noor.post(reverse("action_add", args=[goal.pk]))
    action = goal.actions.get()
    assert reply["Location"] == f"/pop/{pop.pk}/#goalaction-{action.pk}"
    typed(cast.noor, f"goalaction:{action.pk}:what", "Ik k")  # what is still being typed is not blank
    press(noor, "action_add", goal.pk)
    press(noor, "goal_add", pop.pk)
    assert (goal.actions.count(), pop.goals.count()) == (2, 2)


def test_twelve_actions_is_the_most(noor: Client, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop)
    GoalAction.objects.bulk_create(GoalAction(goal=goal, what=f"Stap {n}") for n in range(MOST_ACTIONS))
    assert "Twaalf acties is het meeste" in press(noor, "action_add", goal.pk)
    assert goal.actions.count() == MOST_ACTIONS


def test_a_line_is_logged_once_and_taken_away_after_a_question(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    goal = make_goal(pop)
    typed(cast.noor, f"goal:{goal.pk}:note:text", "Het gaat b")
    assert "Het gaat b" in page(noor, "pop", pop.pk)
    told = {"text": "Het gaat beter", "day": "2026-11-20", "once_key": str(uuid4())}
    for _twice in range(2):
        assert "Het gaat beter" in press(noor, "note_add", goal.pk, **told)
    note = goal.progress.get()
    assert not Draft.objects.exists()
    assert "Het gaat beter" in page(noor, "note_remove", note.pk)
    press(noor, "note_remove", note.pk)
    assert goal.progress.exists()
    press(noor, "note_remove", note.pk, sure="1")
    assert not goal.progress.exists()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", "2026-11-20"),
        ("x" * 8_001, "2026-11-20"),
        ("Ja", "2026-11-23"),
        ("Ja", "2025-12-31"),
        ("Ja", "0001-01-01"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_and_kept(
    noor: Client, pop: DevelopmentPlan, text: str, day: str
) -> None:
    goal = make_goal(pop)
    reply = noor.post(reverse("note_add", args=[goal.pk]), {"text": text, "day": day})
    assert reply.status_code == 422 and text[:50] in reply.content.decode()
    assert not goal.progress.exists()


# -- picked from the portfolio -----------------------------------------------------------------------------


def test_examples_are_picked_from_my_own_portfolio(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop, "Hoe?")
    mine, theirs = (
        Entry.objects.create(owner=each, kind="success", title=f"Van {each}")
        for each in (cast.noor, cast.tom)
    )
    text = page(noor, "goal_proof", goal.pk)
    assert str(mine) in text and str(theirs) not in text
    foreign = noor.post(reverse("goal_proof", args=[goal.pk]), {"picked": [mine.pk, theirs.pk]})
    assert foreign.status_code == 422 and not goal.proof.exists()
    assert "Van Noor" in press(noor, "goal_proof", goal.pk, picked=[mine.pk])
    assert list(goal.proof.all()) == [mine]


def test_competences_are_of_my_school_or_my_own(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop, "Hoe?")
    mine = Competence.objects.create(owner=cast.noor, title_nl="Toneel")
    theirs = Competence.objects.create(owner=cast.tom, title_nl="Judo")
    assert "Judo" not in page(noor, "goal_competences", goal.pk)
    for wrong in (theirs.pk, 10**9, "x"):
        reply = noor.post(reverse("goal_competences", args=[goal.pk]), {"picked": [wrong]})
        assert reply.status_code == 422
    assert "Toneel" in press(noor, "goal_competences", goal.pk, picked=[mine.pk])


def test_what_is_ticked_on_two_screens_is_both_and_what_is_unticked_goes(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    goal = make_goal(pop, "Hoe?")
    first, second = (Entry.objects.create(owner=cast.noor, kind="success", title=each) for each in "ab")
    press(noor, "goal_proof", goal.pk, shown="", picked=[first.pk])
    press(noor, "goal_proof", goal.pk, shown="", picked=[second.pk])
    assert set(goal.proof.all()) == {first, second}
    assert f'name="shown" value="{first.pk},{second.pk}"' in page(noor, "goal_proof", goal.pk)
    press(noor, "goal_proof", goal.pk, shown=f"{first.pk},{second.pk},{10**40},x", picked=[first.pk])
    assert set(goal.proof.all()) == {first}


def test_what_is_ticked_has_nothing_to_do_with_a_text_saved_meanwhile(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    """A text still being saved arrives after the page with the ticks was made."""
    goal = make_goal(pop, "Hoe?")
    entry = Entry.objects.create(owner=cast.noor, kind="success", title="Gelukt")
    shown = page(noor, "goal_proof", goal.pk)
    fields = dict(re.findall(r'<input type="hidden" name="(seen|shown)"(?: value="([^"]*)")?', shown))
    send(noor, "goal_save", goal.pk, seen=1, question="Hoe kan ik?")
    text = press(noor, "goal_proof", goal.pk, **fields, picked=[entry.pk])
    assert "Dit is intussen veranderd" not in text and list(goal.proof.all()) == [entry]
    reply = send(noor, "goal_save", goal.pk, seen=2, question="Hoe kan ik wachten?")
    assert reply.status_code == 200  # nor has the text with the ticks


def test_nothing_to_pick_says_what_to_do(noor: Client, pop: DevelopmentPlan) -> None:
    assert reverse("entry_new") in page(noor, "goal_proof", make_goal(pop).pk)
    assert reverse("talents") in page(noor, "pop_strengths", pop.pk)


# -- from a PAP --------------------------------------------------------------------------------------------


def test_a_pap_becomes_an_action_once_and_can_be_taken_out(
    cast: Cast, noor: Client, pop: DevelopmentPlan, plan: ActionPlan
) -> None:
    goal, other = make_goal(pop, "Hoe kan ik wachten?"), make_goal(pop, "Hoe kan ik kijken?")
    assert reverse("plan_to_pop", args=[plan.pk]) in page(noor, "plan", plan.pk)
    assert "Hoe kan ik kijken?" in page(noor, "plan_to_pop", plan.pk)
    press(noor, "plan_to_pop", plan.pk, goal=goal.pk)
    text = press(noor, "plan_to_pop", plan.pk, goal=other.pk)
    action = GoalAction.objects.get()
    assert (action.goal, action.what, action.source) == (goal, plan.intention, f"plan:{plan.pk}")
    assert reverse("plan", args=[plan.pk]) in text
    assert reverse("action_remove", args=[action.pk]) in page(noor, "plan", plan.pk)
    assert "Het actieplan (PAP) waar het uit kwam, blijft." in page(noor, "action_remove", action.pk)
    press(noor, "action_remove", action.pk, sure="1")
    assert ActionPlan.objects.filter(pk=plan.pk).exists()
    press(noor, "plan_to_pop", plan.pk, goal=other.pk)
    assert GoalAction.objects.get().goal == other


def test_without_a_pop_a_pap_begins_one(noor: Client, plan: ActionPlan) -> None:
    assert "Hiermee begint het" in page(noor, "plan_to_pop", plan.pk)
    for _twice in range(2):
        press(noor, "plan_to_pop", plan.pk, goal="new", question="Hoe kan ik beginnen?")
    goal = Goal.objects.get()
    assert goal.question == "Hoe kan ik beginnen?" and goal.actions.get().what == plan.intention


def test_a_pap_takes_the_place_of_an_action_that_is_blank(
    cast: Cast, noor: Client, pop: DevelopmentPlan, plan: ActionPlan
) -> None:
    goal = add_goal(pop, "Hoe kan ik wachten?")
    blank = goal.actions.get()
    typed(cast.noor, f"goalaction:{blank.pk}:seen", "1")
    press(noor, "plan_to_pop", plan.pk, goal=goal.pk)
    action = goal.actions.get()
    assert (action.pk, action.what, action.source) == (blank.pk, plan.intention, plan.source)
    assert action.version == 2  # a card that still shows it blank can't write over it


def test_a_pap_stays_beside_an_action_that_is_being_typed(
    cast: Cast, noor: Client, pop: DevelopmentPlan, plan: ActionPlan
) -> None:
    goal = add_goal(pop, "Hoe kan ik wachten?")
    typed(cast.noor, f"goalaction:{goal.actions.get().pk}:what", "Ik")
    press(noor, "plan_to_pop", plan.pk, goal=goal.pk)
    assert goal.actions.count() == 2


def test_a_finished_pap_is_a_done_action(cast: Cast, pop: DevelopmentPlan) -> None:
    done = make_plan(cast.noor, state=PlanState.DONE)
    assert take_up(done, pop, None, DAY).done_on == DAY


def test_what_was_let_go_does_not_go_to_the_pop(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    gone = make_plan(cast.noor, state=PlanState.LET_GO)
    assert reverse("plan_to_pop", args=[gone.pk]) not in page(noor, "plan", gone.pk)
    assert "losgelaten" in press(noor, "plan_to_pop", gone.pk, goal="new")
    assert not GoalAction.objects.exists()


def test_a_pap_goes_to_no_goal_of_somebody_else(
    cast: Cast, noor: Client, pop: DevelopmentPlan, plan: ActionPlan
) -> None:
    theirs = make_goal(make_pop(cast.tom), "Van Tom")
    for wrong in (theirs.pk, "9" * 30, "", "x"):
        assert noor.post(reverse("plan_to_pop", args=[plan.pk]), {"goal": wrong}).status_code == 200
    assert not GoalAction.objects.exists()


def test_with_three_goals_no_new_one_is_offered(noor: Client, pop: DevelopmentPlan, plan: ActionPlan) -> None:
    for name in "abc":
        make_goal(pop, name)
    assert 'value="new"' not in page(noor, "plan_to_pop", plan.pk)
    with pytest.raises(MoveRefused):
        take_up(plan, pop, None, DAY)


def test_an_erased_pap_leaves_an_action_that_points_nowhere(
    cast: Cast, noor: Client, pop: DevelopmentPlan, plan: ActionPlan
) -> None:
    action = take_up(plan, pop, None, DAY)
    address = reverse("plan", args=[plan.pk])
    assert address in page(noor, "pop", pop.pk)
    plan.erase()
    action.refresh_from_db()
    assert action.source == "" and address not in page(noor, "pop", pop.pk)


# -- whose they are ----------------------------------------------------------------------------------------

VERBS = [
    "goal_add",
    "goal_shift",
    "goal_remove",
    "goal_competences",
    "goal_proof",
    "action_add",
    "action_remove",
    "note_add",
]


@pytest.mark.parametrize("name", VERBS)
def test_nobody_else_finds_a_goal(cast: Cast, client: Client, pop: DevelopmentPlan, name: str) -> None:
    goal = make_goal(pop, "Hoe?")
    action = make_action(goal, "Zo")
    pk = {"goal_add": pop.pk, "action_remove": action.pk}.get(name, goal.pk)
    for person in (cast.samir, cast.karin, cast.hanneke):
        client.force_login(person)
        told = {"sure": "1", "text": "x", "day": "2026-11-20", "seen": 1}
        assert client.post(reverse(name, args=[pk]), told).status_code == 404
    assert (Goal.objects.count(), GoalAction.objects.count(), goal.progress.count()) == (1, 1, 0)


@pytest.mark.parametrize("name", VERBS)
def test_a_closed_plan_stays_as_it_is(cast: Cast, noor: Client, name: str) -> None:
    pop = start_pop(cast.noor, DAY)
    goal, action = Goal.objects.get(), GoalAction.objects.get()
    entry = Entry.objects.create(owner=cast.noor, kind="success", title="Gelukt")
    DevelopmentPlan.objects.update(state="closed")
    pk = {"goal_add": pop.pk, "action_remove": action.pk}.get(name, goal.pk)
    told = {"sure": "1", "text": "x", "day": "2026-11-20", "seen": 1}
    if name == "goal_proof":
        told["picked"] = str(entry.pk)
    assert "Dit plan is afgesloten" in press(noor, name, pk, **told)
    assert (Goal.objects.get().version, GoalAction.objects.count(), goal.progress.count()) == (1, 1, 0)
    assert not goal.proof.exists()
