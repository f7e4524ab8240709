"""The POP of a school year: started once, closed with an evaluation, opened again, taken into the next year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coaching.lib.states import MoveRefused, StaleMove
from portfolio.competences import score
from portfolio.document import digest_of, document_of
from portfolio.erasing import stray_drafts
from portfolio.models import (
    Competence,
    DevelopmentMove,
    DevelopmentPlan,
    DevelopmentState,
    Goal,
    GoalAction,
    PlanVersion,
    Share,
    SignatureKind,
)
from portfolio.pop import Evaluation, close_pop, reopen_pop, start_pop, take_over
from portfolio.versions import share_plan
from schools.models import Draft, SchoolYear
from tests.people import Cast, again

from .pops import AT, DAY, make_action, make_goal, make_pop, typed
from .test_goals import press
from .test_views import page

SUMMER = dt.datetime(2027, 7, 10, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pop(cast: Cast) -> DevelopmentPlan:
    return make_pop(cast.noor)


def ends(pop: DevelopmentPlan, outcome: str = "partly", **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"seen": pop.version, "looking_back": "Een goed jaar", "once_key": str(uuid4())}
    for goal in pop.goals.all():
        told |= {f"outcome_{goal.pk}": outcome, f"learned_{goal.pk}": "Wachten", f"next_step_{goal.pk}": ""}
    return told | more


# -- begun -------------------------------------------------------------------------------------------------


def test_an_empty_state_invites_and_one_press_begins(cast: Cast, noor: Client) -> None:
    text = page(noor, "my_pop")
    assert "Je hebt nog geen POP van 2026–2027" in text and reverse("pop_start") in text
    for _twice in range(2):
        noor.post(reverse("pop_start"))
    plan = DevelopmentPlan.objects.get()
    assert (plan.owner, plan.year.starts, plan.goals.count()) == (cast.noor, 2026, 1)
    assert noor.get(reverse("my_pop")).headers["Location"] == reverse("pop", args=[plan.pk])
    assert "Concept: alleen jij ziet dit." in page(noor, "pop", plan.pk)


def test_a_year_has_one_pop_also_when_two_begin_at_once(cast: Cast, pop: DevelopmentPlan) -> None:
    assert start_pop(again(cast.noor), DAY) == pop
    with pytest.raises(IntegrityError), transaction.atomic():
        DevelopmentPlan.objects.create(owner=cast.noor, year=pop.year)


def test_my_pop_is_in_the_menu_of_who_teaches(cast: Cast, client: Client) -> None:
    for person, has in ((cast.noor, True), (cast.karin, True), (cast.hanneke, False), (cast.bram, False)):
        client.force_login(person)
        assert (f'href="{reverse("my_pop")}"' in page(client, "home")) is has


def test_a_new_goal_shows_its_question_and_first_action_and_the_rest_under_more(
    cast: Cast, noor: Client
) -> None:
    plan = start_pop(again(cast.noor), DAY)
    text = page(noor, "pop", plan.pk)
    card = text[text.index('class="card card-goal"') :]
    assert card.index('name="question"') < card.index("<details>") < card.index('name="visible"')
    assert card.index("</details>") < card.index('name="what"')


def test_other_years_are_listed(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    old = make_pop(cast.noor, 2024)
    theirs = make_pop(cast.tom, 2024)
    text = page(noor, "pop", pop.pk)
    assert reverse("pop", args=[old.pk]) in text and reverse("pop", args=[theirs.pk]) not in text
    page(noor, "pop", theirs.pk, status=404)


def test_strengths_are_picked_from_talents(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    talent, chore = (Competence.objects.create(owner=cast.noor, title_nl=name) for name in ("Toneel", "Orde"))
    theirs = Competence.objects.create(owner=cast.tom, title_nl="Judo")
    score(cast.noor, talent, AT, good=9, fun=9, learned=False)
    score(cast.noor, chore, AT, good=9, fun=1, learned=False)
    text = page(noor, "pop_strengths", pop.pk)
    assert "Toneel" in text and "Orde" not in text
    for wrong in (chore.pk, theirs.pk):
        reply = noor.post(reverse("pop_strengths", args=[pop.pk]), {"picked": [wrong]})
        assert reply.status_code == 422
    assert '<span class="tag tag-leaf">Toneel</span>' in press(
        noor, "pop_strengths", pop.pk, picked=[talent.pk]
    )


# -- closed ------------------------------------------------------------------------------------------------


def test_closing_says_of_each_goal_how_it_ended(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop, "Hoe kan ik wachten?")
    typed(cast.noor, f"pop:{pop.pk}:closing:learned_{goal.pk}", "Wacht")
    assert "Wacht" in page(noor, "pop_close", pop.pk)
    told = ends(pop, "changed")
    for _twice in range(2):
        text = press(noor, "pop_close", pop.pk, **told)
    assert "Afgesloten: je kunt het lezen" in text and "werd iets anders" in text
    pop.refresh_from_db()
    goal.refresh_from_db()
    assert (pop.state, pop.looking_back) == (DevelopmentState.CLOSED, "Een goed jaar")
    assert (goal.outcome, goal.learned) == ("changed", "Wachten")
    assert [(move.by, move.after) for move in pop.moves.all()] == [(cast.noor, "closed")]
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("outcome", ""), ("outcome", "failed"), ("learned", "x" * 8_001), ("next_step", "a\x00")],
)
def test_a_closing_that_does_not_fit_closes_nothing(
    noor: Client, pop: DevelopmentPlan, field: str, value: str
) -> None:
    goal = make_goal(pop, "Hoe?")
    told = ends(pop, **{f"{field}_{goal.pk}": value, "looking_back": "Blijft staan"})
    reply = noor.post(reverse("pop_close", args=[pop.pk]), told)
    assert reply.status_code == 200 and "Blijft staan" in reply.content.decode()
    pop.refresh_from_db()
    assert not pop.is_closed and not DevelopmentMove.objects.exists()


def test_closing_twice_is_refused(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    press(noor, "pop_close", pop.pk, **ends(pop))
    pop.refresh_from_db()
    text = press(noor, "pop_close", pop.pk, **ends(pop, looking_back="Anders"))
    assert "Dit plan is afgesloten" in text
    pop.refresh_from_db()
    assert pop.looking_back == "Een goed jaar" and pop.moves.count() == 1


def test_closing_on_an_old_page_shows_both_and_closes_nothing(noor: Client, pop: DevelopmentPlan) -> None:
    told = ends(pop, looking_back="Van hier")
    DevelopmentPlan.objects.update(version=2, looking_back="Van daar")
    reply = noor.post(reverse("pop_close", args=[pop.pk]), told)
    text = reply.content.decode()
    assert reply.status_code == 409 and 'name="seen" value="2"' in text
    assert '<td class="written">Van daar</td>' in text and ">\nVan hier</textarea>" in text
    pop.refresh_from_db()
    assert not pop.is_closed


def test_all_of_a_closing_or_nothing(cast: Cast, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop, "Hoe?")
    told = {goal.pk: Evaluation("reached", "Veel", "")}
    with pytest.raises(StaleMove):
        close_pop(pop, 7, told, "Mooi", cast.noor, AT)
    goal.refresh_from_db()
    assert goal.outcome == "" and not DevelopmentPlan.objects.get().is_closed


def test_no_goal_of_another_plan_is_judged_with_it(cast: Cast, pop: DevelopmentPlan) -> None:
    other = make_goal(make_pop(cast.tom), "Van Tom")
    close_pop(pop, 1, {other.pk: Evaluation("reached", "Veel", "")}, "", cast.noor, AT)
    other.refresh_from_db()
    assert other.outcome == ""


def test_a_closed_plan_is_read_and_opened_again(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop, "Hoe kan ik wachten?")
    make_action(goal, "Tellen", minutes=90, done_on=DAY)
    version = pop.versions.create(number=1, content=document_of(pop))
    version.signatures.create(kind=SignatureKind.DISCUSSED, person=cast.hanneke)
    press(noor, "pop_close", pop.pk, **ends(pop))
    text = page(noor, "pop", pop.pk)
    assert "Hoe kan ik wachten?" in text and "Tellen" in text and "1,5 uur" in text
    assert "data-card" not in text and "<textarea" not in text
    press(noor, "pop_reopen", pop.pk)
    pop.refresh_from_db()
    assert pop.state == DevelopmentState.DISCUSSED  # as its newest version says
    assert "Dit plan is al open" in press(noor, "pop_reopen", pop.pk)
    with pytest.raises(MoveRefused):
        reopen_pop(pop, cast.noor, AT)


# -- the next year -----------------------------------------------------------------------------------------


def test_what_is_open_goes_on_in_the_next_year_once(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    DevelopmentPlan.objects.update(wish="Ooit IB'er")
    strength = Competence.objects.create(owner=cast.noor, title_nl="Toneel")
    pop.strengths.add(strength)
    make_goal(pop, "Gehaald", outcome="reached")
    open_goal = make_goal(pop, "Nog bezig", outcome="partly", due=DAY, learned="Al veel")
    make_action(open_goal, "Gedaan", done_on=DAY)
    make_action(open_goal, "Nog te doen", minutes=90, due=DAY, source="plan:7")
    make_goal(pop)
    press(noor, "pop_next", pop.pk)
    after = DevelopmentPlan.objects.get(year__starts=2027)
    goal = after.goals.get()
    assert (after.wish, list(after.strengths.all()), after.state) == ("Ooit IB'er", [strength], "concept")
    assert (goal.question, goal.outcome, goal.learned, goal.due, goal.order) == ("Nog bezig", "", "", None, 1)
    action = goal.actions.get()
    assert (action.what, action.minutes, action.due, action.source) == ("Nog te doen", 90, None, "plan:7")
    assert "is er al; er is niets bij gekomen" in press(noor, "pop_next", pop.pk)
    assert Goal.objects.filter(plan=after).count() == 1


def test_nothing_open_begins_with_a_goal_to_write(cast: Cast, pop: DevelopmentPlan) -> None:
    make_goal(pop, "Gehaald", outcome="reached")
    make_action(make_goal(pop, "Niet meer nodig", outcome="changed"), "Niet meer te doen")
    after = take_over(pop, DAY)
    assert after.goals.get().question == "" and GoalAction.objects.filter(goal__plan=after).count() == 1


def test_an_old_plan_goes_on_in_the_year_of_today(cast: Cast, noor: Client) -> None:
    old = make_pop(cast.noor, 2023)
    make_goal(old, "Nog bezig")
    assert "Ga verder met wat openstond in 2023–2024" in page(noor, "my_pop")
    press(noor, "pop_next", old.pk)
    assert Goal.objects.get(plan__year__starts=2026).question == "Nog bezig"


def test_a_next_one_that_was_only_begun_takes_over(cast: Cast, pop: DevelopmentPlan) -> None:
    make_goal(pop, "Nog bezig")
    begun = start_pop(cast.noor, DAY.replace(year=DAY.year + 1))
    typed(cast.noor, f"goal:{begun.goals.get().pk}:question:seen", "2")
    assert begun.year.starts == pop.year.starts + 1
    assert take_over(pop, DAY) == begun
    goal = begun.goals.get()
    assert (goal.question, goal.order) == ("Nog bezig", 1) and not Draft.objects.exists()


@pytest.mark.parametrize("field", ["question", "typed", "why", "talk_on"])
def test_a_next_one_in_which_anything_is_stays(field: str, cast: Cast, pop: DevelopmentPlan) -> None:
    make_goal(pop, "Nog bezig")
    begun = start_pop(cast.noor, DAY.replace(year=DAY.year + 1))
    if field == "typed":
        typed(cast.noor, f"goal:{begun.goals.get().pk}:question", "Hoe")
    elif field == "talk_on":
        DevelopmentPlan.objects.filter(pk=begun.pk).update(talk_on=DAY)
    else:
        begun.goals.update(**{field: "Hoe"})
    with pytest.raises(MoveRefused):
        take_over(pop, DAY)
    assert begun.goals.exclude(question="Nog bezig").count() == 1


def test_taking_over_twice_at_once_makes_one(cast: Cast, pop: DevelopmentPlan) -> None:
    make_goal(pop, "Nog bezig")
    first = take_over(pop, DAY)
    with pytest.raises(MoveRefused):
        take_over(pop, DAY)
    assert list(DevelopmentPlan.objects.filter(year__starts=2027)) == [first]


def test_looking_at_a_new_year_makes_no_year(noor: Client) -> None:
    with time_machine.travel(dt.datetime(2041, 9, 1, tzinfo=dt.UTC)):
        assert noor.get(reverse("my_pop")).status_code in (200, 302)
    assert not SchoolYear.objects.filter(starts=2041).exists()


# -- erased ------------------------------------------------------------------------------------------------


def test_deleting_says_what_goes_and_takes_it_along(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop, "Hoe?")
    action = make_action(goal, "Zo")
    seen = digest_of(document_of(DevelopmentPlan.objects.get()))
    fresh = DevelopmentPlan.objects.get()
    share_plan(fresh, [(cast.tom, "")], seen=seen, until=DAY, at=AT)
    names = [f"pop:{pop.pk}:standing:standing", f"goal:{goal.pk}:why", f"goalaction:{action.pk}:what"]
    other = make_pop(cast.noor, 2025)
    for name in [*names, f"pop:{other.pk}:standing:standing"]:
        typed(cast.noor, name, "half")
    text = page(noor, "pop_delete", pop.pk)
    assert "één doel met de acties" in text and "één gedeelde versie" in text
    assert DevelopmentPlan.objects.count() == 2
    press(noor, "pop_delete", pop.pk)
    assert list(DevelopmentPlan.objects.all()) == [other]
    assert not (PlanVersion.objects.exists() or Share.objects.exists() or GoalAction.objects.exists())
    assert Draft.objects.get().field == f"pop:{other.pk}:standing:standing"


def test_what_a_tab_left_open_types_for_a_deleted_plan_is_a_stray(cast: Cast, pop: DevelopmentPlan) -> None:
    goal = make_goal(pop, "Hoe?")
    action = make_action(goal, "Zo")
    names = [f"pop:{pop.pk}:agreements:wish", f"goal:{goal.pk}:why", f"goalaction:{action.pk}:what"]
    for name in names:
        typed(cast.noor, name, "half")
    assert not stray_drafts().exists()
    DevelopmentPlan.objects.all().delete()
    assert sorted(stray_drafts().values_list("field", flat=True)) == sorted(names)


@pytest.mark.parametrize("name", ["pop_close", "pop_reopen", "pop_next", "pop_delete", "pop_strengths"])
def test_nobody_else_finds_a_pop(cast: Cast, client: Client, pop: DevelopmentPlan, name: str) -> None:
    for person in (cast.samir, cast.karin, cast.hanneke):
        client.force_login(person)
        assert client.post(reverse(name, args=[pop.pk]), {"seen": 1}).status_code == 404
    assert DevelopmentPlan.objects.get().state == DevelopmentState.CONCEPT


def test_the_page_begins_with_its_goals_and_little_to_fill_in(
    cast: Cast, noor: Client, pop: DevelopmentPlan
) -> None:
    goal = make_goal(pop, "Hoe?")
    text = page(noor, "pop", pop.pk)
    assert text.index(f'id="goal-{goal.pk}"') < text.index(f'id="pop-{pop.pk}-standing"')
    assert "<details open>" not in text
    Goal.objects.update(why="Daarom")
    assert page(noor, "pop", pop.pk).count("<details open>") == 1


def test_looking_back_stands_at_the_end_until_may(cast: Cast, noor: Client, pop: DevelopmentPlan) -> None:
    link = reverse("pop_close", args=[pop.pk])
    standing = f'id="pop-{pop.pk}-standing"'
    text = page(noor, "pop", pop.pk)
    assert text.count(link) == 1 and text.index(link) > text.index(standing)
    with time_machine.travel(dt.datetime(2027, 5, 1, 12, tzinfo=dt.UTC)):
        noor.force_login(cast.noor)
        text = page(noor, "pop", pop.pk)
    assert text.count(link) == 1 and text.index(link) < text.index(standing)
