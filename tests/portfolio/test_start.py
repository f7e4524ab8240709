"""The first visit: marks, one thing to go for, the first goal; broken off and gone on with; the POP it lands in."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import StaleMove
from portfolio.competences import choose as choose_lists
from portfolio.competences import score
from portfolio.frameworks import seed_frameworks
from portfolio.models import (
    MOST_GOALS,
    Competence,
    DevelopmentPlan,
    Framework,
    Goal,
    GoalAction,
    TalentScore,
)
from portfolio.pop import start_pop
from portfolio.start import (
    HANDFUL,
    FirstGoal,
    choose,
    chosen,
    handful,
    make_first_goal,
    named,
    page_for,
)
from portfolio.talents import Talents
from schools.drafts import save_draft
from schools.models import Draft, Function, Membership, SchoolYear
from tests.people import Cast, again

pytestmark = pytest.mark.django_db
QUESTION = "Hoe kan ik de stille kinderen vaker een beurt geven?"
FIRST = FirstGoal(QUESTION, "Kijken bij Samir", dt.date(2026, 12, 1))


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    seed_frameworks()
    keys = ("sbl-7", "intern-begeleider", "ondersteuning")
    choose_lists(cast.zandplaat, [Framework.objects.get(key=key) for key in keys])


def sbl(order: int = 1) -> Competence:
    return Competence.objects.get(framework__key="sbl-7", order=order)


def read(reply: Any) -> str:
    return " ".join(unescape(reply.content.decode()).split())


def send(client: Client, name: str, **data: Any) -> Any:
    return client.post(reverse(name), data, follow=True)


# -- from the first page to the goal -----------------------------------------------------------------------


def test_from_talents_to_the_first_goal(noor: Client, cast: Cast) -> None:
    page = read(noor.get(reverse("first_visit")))
    assert "Wat kan ik goed, wat vind ik leuk?" in page and 'aria-current="step">1. Goed en leuk' in page
    chance, strong = sbl(2), sbl(4)
    marks = {f"good_{chance.pk}": 4, f"fun_{chance.pk}": 9, f"good_{strong.pk}": 8, f"fun_{strong.pk}": 8}
    page = read(send(noor, "first_visit", **marks))
    assert "Zo ziet dat eruit" in page and "talent-chart" in page
    assert "Je talenten, wat je goed kunt en leuk vindt: Organisatorisch." in page
    assert "Je groeikansen, wat je leuk vindt en waarin je beter wilt worden: Pedagogisch." in page
    assert page.index("Pedagogisch (groeikans)") < page.index("Organisatorisch (talent)")
    page = read(send(noor, "first_visit_choose", pick=chance.pk))
    assert "Je koos: <span" in page and "Pedagogisch" in page
    page = read(send(noor, "first_visit_goal", question=QUESTION, what="Kijken bij Samir", due="2026-12-01"))
    assert "Je doel staat in je POP." in page
    plan = DevelopmentPlan.objects.get(owner=cast.noor)
    assert plan.year == SchoolYear.of(timezone.localdate()) and plan.state == "concept"
    goal = plan.goals.get()
    assert (goal.order, goal.question, list(goal.competences.all())) == (1, QUESTION, [chance])
    action = goal.actions.get()
    assert (action.what, action.due, action.source) == ("Kijken bij Samir", dt.date(2026, 12, 1), "")
    assert not Draft.objects.exists() and page_for(cast.noor) == ""


def test_every_step_can_be_skipped(noor: Client, cast: Cast) -> None:
    page = read(send(noor, "first_visit"))
    assert "Je gaf nog geen cijfers." in page and "talent-chart" not in page
    assert "Je koos:" not in read(send(noor, "first_visit_choose"))
    send(noor, "first_visit_goal", question=QUESTION)
    goal = Goal.objects.get(plan__owner=cast.noor)
    assert (
        not goal.competences.exists() and goal.actions.get().what == "" and not TalentScore.objects.exists()
    )


def test_something_in_own_words_goes_before_a_mark_and_is_made_once(noor: Client, cast: Cast) -> None:
    score(cast.noor, sbl(), timezone.now(), good=3, fun=9)
    for words in ("Stembanden sparen", "stembanden SPAREN"):
        page = read(send(noor, "first_visit_choose", pick=sbl().pk, own=words))
        assert "Stembanden sparen" in page
    send(noor, "first_visit_goal", question=QUESTION)
    own = Competence.objects.get(owner=cast.noor)
    assert list(Goal.objects.get().competences.all()) == [own] and own.title == "Stembanden sparen"


def test_what_was_chosen_can_be_chosen_again(noor: Client, cast: Cast) -> None:
    for each in (sbl(1), sbl(2)):
        score(cast.noor, each, timezone.now(), good=3, fun=9)
        send(noor, "first_visit_choose", pick=each.pk)
    assert chosen(cast.noor) == sbl(2)
    box = noor.get(reverse("first_visit_choose")).context["form"]["pick"]
    assert box.value() == str(sbl(2).pk)
    send(noor, "first_visit_choose")
    assert chosen(cast.noor) is None


@pytest.mark.parametrize("pick", ["0", "999999", "x", "-1"])
def test_what_is_no_talent_of_mine_cannot_be_chosen(noor: Client, cast: Cast, pick: str) -> None:
    score(cast.noor, sbl(), timezone.now(), good=3, fun=9)
    assert "geldige keuze" in read(send(noor, "first_visit_choose", pick=pick))
    assert chosen(cast.noor) is None


@pytest.mark.parametrize("text", ["", "x", "9" * 40, "-3", "3.0"])
def test_a_choice_that_was_tampered_with_is_none(cast: Cast, text: str) -> None:
    save_draft(cast.noor, "start:picked", text, 1, timezone.now())
    assert chosen(cast.noor) is None


def test_a_choice_of_what_another_person_named_is_none(cast: Cast) -> None:
    theirs = Competence.objects.create(owner=cast.tom, title_nl="Zeilen")
    choose(cast.noor, theirs, timezone.now())
    assert chosen(cast.noor) is None


def test_marks_that_cannot_be_come_back_with_what_was_typed(noor: Client) -> None:
    page = read(send(noor, "first_visit", **{f"good_{sbl().pk}": 11, f"fun_{sbl().pk}": 3}))
    assert "waarde hoogstens 10 is" in page and 'value="11"' in page and not TalentScore.objects.exists()


def test_marks_of_before_stay_with_what_was_ticked(noor: Client, cast: Cast) -> None:
    score(cast.noor, sbl(), timezone.now() - dt.timedelta(days=3), good=3, fun=9, learned=True)
    send(noor, "first_visit", **{f"good_{sbl().pk}": 5, f"fun_{sbl().pk}": 9})
    assert list(TalentScore.objects.values_list("good", "learned")) == [(3, True), (5, True)]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"question": ""}, "Dit veld is verplicht."),
        ({"question": "x" * 501}, "500"),
        ({"question": QUESTION, "due": "31-31-2026"}, "geldige datum"),
        ({"question": QUESTION, "what": "x" * 501}, "500"),
    ],
)
def test_a_goal_that_cannot_be(noor: Client, sent: dict[str, str], said: str) -> None:
    assert said in read(send(noor, "first_visit_goal", **sent)) and not DevelopmentPlan.objects.exists()


# -- which lines are asked ---------------------------------------------------------------------------------


def asked(cast: Cast, function: Function = Function.TEACHER) -> list[str]:
    Membership.objects.filter(person=cast.noor).update(function=function)
    person = again(cast.noor)
    return [each.framework.key if each.framework else "-" for each in handful(person, Talents(person))]


def test_a_teacher_is_asked_about_teaching_and_not_about_the_work_of_others(cast: Cast) -> None:
    assert asked(cast) == ["sbl-7"] * 7


@pytest.mark.parametrize(
    ("function", "first"),
    [
        (Function.CARE_COORDINATOR, "intern-begeleider"),
        (Function.ASSISTANT, "ondersteuning"),
        (Function.CARETAKER, "ondersteuning"),
    ],
)
def test_own_work_comes_first(cast: Cast, function: Function, first: str) -> None:
    found = asked(cast, function)
    assert found[0] == first and len(found) == HANDFUL and set(found) == {first, "sbl-7"}


def test_where_there_is_only_the_work_of_others_that_is_asked(cast: Cast) -> None:
    choose_lists(cast.zandplaat, [Framework.objects.get(key="ondersteuning")])
    assert set(asked(cast)) == {"ondersteuning"}


def test_without_any_list_the_page_says_what_to_do(client: Client, cast: Cast) -> None:
    client.force_login(cast.bram)
    page = read(client.get(reverse("first_visit")))
    assert "Er is nog geen lijst voor jou." in page
    assert "Waar wil ik verder in komen?" in read(send(client, "first_visit"))


# -- broken off --------------------------------------------------------------------------------------------


def test_whoever_breaks_off_goes_on_where_they_were(noor: Client, cast: Cast) -> None:
    assert page_for(cast.noor) == "first_visit"
    save_draft(cast.noor, f"start:good_{sbl().pk}", "7", 1, timezone.now())
    assert page_for(cast.noor) == "first_visit"
    assert 'value="7"' in read(noor.get(reverse("first_visit")))
    send(noor, "first_visit", **{f"good_{sbl().pk}": 7, f"fun_{sbl().pk}": 3})
    assert page_for(cast.noor) == "first_visit_choose", "with talents, but begun"
    save_draft(cast.noor, "start:own", "Stembanden", 1, timezone.now())
    assert "Stembanden" in read(noor.get(reverse("first_visit_choose")))
    send(noor, "first_visit_choose", pick=sbl().pk)
    assert page_for(cast.noor) == "first_visit_goal"
    save_draft(cast.noor, "start:question", "Hoe kan ik ...", 1, timezone.now())
    page = read(noor.get(reverse("first_visit_goal")))
    assert "Hoe kan ik ..." in page and "Hieronder staat tekst die je eerder typte" in page


def test_who_has_talents_and_began_nothing_is_left_alone(cast: Cast) -> None:
    score(cast.noor, sbl(), timezone.now(), good=3, fun=9)
    assert page_for(cast.noor) == ""


def test_who_has_a_pop_is_left_alone(cast: Cast) -> None:
    DevelopmentPlan.objects.create(owner=cast.noor, year=SchoolYear.of(timezone.localdate()))
    save_draft(cast.noor, "start:question", "Hoe kan ik ...", 1, timezone.now())
    assert page_for(cast.noor) == ""


# -- the POP it lands in -----------------------------------------------------------------------------------


def pop(cast: Cast, **more: Any) -> DevelopmentPlan:
    return DevelopmentPlan.objects.create(
        owner=cast.noor, year=SchoolYear.of(timezone.localdate()), standing="Ik sta stevig.", **more
    )


def test_the_pop_that_is_there_gets_the_goal_on_its_first_free_place(cast: Cast) -> None:
    plan = pop(cast)
    for order in (1, 2):
        Goal.objects.create(plan=plan, order=order, question=f"Doel {order}")
    goal = make_first_goal(cast.noor, FIRST, timezone.now())
    assert (goal.plan, goal.order) == (plan, 3) and DevelopmentPlan.objects.count() == 1


def test_a_full_pop_refuses_and_what_was_typed_stays(noor: Client, cast: Cast) -> None:
    plan = pop(cast)
    for order in range(1, MOST_GOALS + 1):
        Goal.objects.create(plan=plan, order=order, question=f"Doel {order}")
    save_draft(cast.noor, "start:question", QUESTION, 1, timezone.now())
    reply = send(noor, "first_visit_goal", question=QUESTION, what="Kijken bij Samir")
    page = read(reply)
    assert reply.status_code == 409 and "Drie doelen is het meeste." in page and QUESTION in page
    assert plan.goals.count() == MOST_GOALS and not GoalAction.objects.exists() and Draft.objects.exists()


def test_a_closed_pop_refuses(noor: Client, cast: Cast) -> None:
    pop(cast, state="closed")
    assert "Open het weer om" in read(send(noor, "first_visit_goal", question=QUESTION))
    assert not Goal.objects.exists()


def test_a_double_press_makes_one_goal(noor: Client) -> None:
    key = str(uuid4())
    for _time in range(2):
        page = read(send(noor, "first_visit_goal", question=QUESTION, once_key=key))
        assert "Je doel staat in je POP." in page
    assert Goal.objects.count() == DevelopmentPlan.objects.count() == 1


def test_when_another_screen_was_first_what_was_typed_stays(
    noor: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_given: object) -> None:
        raise StaleMove("Intussen veranderd.")

    monkeypatch.setattr("portfolio.start.add_goal", taken)
    reply = send(noor, "first_visit_goal", question=QUESTION)
    assert reply.status_code == 409 and "Intussen veranderd." in read(reply) and QUESTION in read(reply)
    assert not DevelopmentPlan.objects.exists()


def test_a_goal_that_stands_there_empty_is_filled(cast: Cast) -> None:
    plan = start_pop(cast.noor, timezone.localdate())
    goal = make_first_goal(cast.noor, FIRST, timezone.now())
    assert plan.goals.get() == goal and plan.goals.get().question == QUESTION
    assert goal.actions.get().what == "Kijken bij Samir"
    second = make_first_goal(cast.noor, FIRST, timezone.now())
    assert (second.order, second.actions.count()) == (2, 1)


def test_a_goal_that_is_being_written_elsewhere_is_left_alone(cast: Cast) -> None:
    goal = start_pop(cast.noor, timezone.localdate()).goals.get()
    save_draft(cast.noor, f"goal:{goal.pk}:question", "Hoe kan ik ...", 1, timezone.now())
    made = make_first_goal(cast.noor, FIRST, timezone.now())
    assert made != goal and not Goal.objects.get(pk=goal.pk).question


def test_an_empty_goal_without_its_action_gets_one(cast: Cast) -> None:
    goal = start_pop(cast.noor, timezone.localdate()).goals.get()
    goal.actions.all().delete()
    assert make_first_goal(cast.noor, FIRST, timezone.now()).actions.get().what == "Kijken bij Samir"


def test_the_goal_of_a_last_day_of_july_is_of_that_school_year(cast: Cast) -> None:
    at = timezone.make_aware(dt.datetime(2027, 7, 31, 23, 30))
    assert make_first_goal(cast.noor, FIRST, at).plan.year.starts == 2026


def test_the_same_name_is_the_same_thing(cast: Cast) -> None:
    assert named(cast.noor, "Zeilen") == named(cast.noor, "zeilen") != named(cast.tom, "Zeilen")
