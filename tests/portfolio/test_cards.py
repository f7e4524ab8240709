"""Cards of the POP save themselves: compare-and-set, nothing typed is ever lost or overwritten unseen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from portfolio.models import DevelopmentPlan, Goal, GoalAction
from schools.models import Draft
from tests.people import Cast

from .pops import AT, DAY, make_action, make_goal, make_pop, send, typed
from .test_views import page, statements

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pop(cast: Cast) -> DevelopmentPlan:
    return make_pop(cast.noor)


@pytest.fixture
def goal(pop: DevelopmentPlan) -> Goal:
    return make_goal(pop, "Hoe kan ik rust brengen?")


# -- saved -------------------------------------------------------------------------------------------------


def test_a_card_that_saves_itself_says_when_and_which_version(cast: Cast, noor: Client, goal: Goal) -> None:
    typed(cast.noor, f"goal:{goal.pk}:question", "Hoe kan ik wachten?")
    reply = send(
        noor, "goal_save", goal.pk, seen=1, question="Hoe kan ik wachten?", visible="Stilte\r\nin de klas"
    )
    assert reply.status_code == 200
    assert reply.json() == {"saved_at": "15.03", "seen": 2}
    goal.refresh_from_db()
    assert (goal.question, goal.visible, goal.version) == ("Hoe kan ik wachten?", "Stilte\nin de klas", 2)
    assert not Draft.objects.exists()


def test_what_was_typed_after_it_was_sent_stays_kept(cast: Cast, noor: Client, goal: Goal) -> None:
    typed(cast.noor, f"goal:{goal.pk}:question", "Hoe kan ik wachten en kijken?")
    typed(cast.noor, f"goal:{goal.pk}:why", "Om hen ")
    send(noor, "goal_save", goal.pk, seen=1, question="Hoe kan ik wachten", why="Om hen")
    assert Draft.objects.get().text == "Hoe kan ik wachten en kijken?"
    assert "Hoe kan ik wachten en kijken?" in page(noor, "pop", goal.plan_id)


def test_without_javascript_the_button_saves_and_comes_back_to_the_card(noor: Client, goal: Goal) -> None:
    reply = send(noor, "goal_save", goal.pk, by_itself=False, seen=1, question="Hoe dan?")
    assert (reply.status_code, reply.url) == (302, f"/pop/{goal.plan_id}/#goal-{goal.pk}")
    again = send(noor, "goal_save", goal.pk, by_itself=False, seen=1, question="Hoe dan?")
    goal.refresh_from_db()
    assert again.status_code == 302  # sent twice: it is saved already, so there is nothing to choose
    assert (goal.question, goal.version) == ("Hoe dan?", 2)


def test_an_action_keeps_hours_as_minutes_and_the_day_of_its_tick(noor: Client, goal: Goal) -> None:
    action = make_action(goal)
    told = {"what": "Kijken bij Tom", "form": "visit", "due": "2026-12-01", "minutes": "1,5", "done": "on"}
    assert send(noor, "action_save", action.pk, seen=1, **told).status_code == 200
    action.refresh_from_db()
    assert (action.minutes, action.due, action.done_on) == (90, dt.date(2026, 12, 1), DAY)
    with time_machine.travel(AT + dt.timedelta(days=3)):
        noor.force_login(goal.plan.owner)
        send(noor, "action_save", action.pk, seen=2, **{**told, "what": "Kijken bij Tom, twee keer"})
        action.refresh_from_db()
        assert action.done_on == DAY
        send(noor, "action_save", action.pk, seen=3, **{**told, "done": None})
    action.refresh_from_db()
    assert action.done_on is None and action.version == 4


def test_both_cards_of_the_plan_count_one_version(noor: Client, pop: DevelopmentPlan) -> None:
    assert send(noor, "pop_standing", pop.pk, seen=1, standing="Hier", heading="Daar").json()["seen"] == 2
    told = {
        "agreements": "Twee keer praten",
        "agreed_minutes": "20",
        "agreed_money": "150",
        "talk_on": "2027-03-01",
    }
    assert send(noor, "pop_agreements", pop.pk, seen=2, wish="Ooit IB'er", **told).json()["seen"] == 3
    pop.refresh_from_db()
    assert (pop.standing, pop.agreed_minutes, pop.agreed_money) == ("Hier", 1200, 150)
    assert (pop.talk_on, pop.wish) == (dt.date(2027, 3, 1), "Ooit IB'er")


# -- two tabs, two devices ---------------------------------------------------------------------------------


def test_the_second_save_gets_both_texts_and_overwrites_nothing(cast: Cast, noor: Client, goal: Goal) -> None:
    send(noor, "goal_save", goal.pk, seen=1, question="Eerste scherm", due="2027-01-10")
    typed(cast.noor, f"goal:{goal.pk}:question", "Tweede scherm")
    reply = send(noor, "goal_save", goal.pk, seen=1, question="Tweede scherm")
    text = reply.content.decode()
    assert reply.status_code == 409 and "<html" not in text
    assert (
        '<td class="written">Eerste scherm</td>' in text and '<td class="written">Tweede scherm</td>' in text
    )
    assert "10 januari 2027" in text
    assert 'data-seen="2"' in text and 'name="keep" value="saved"' in text
    assert "<textarea" not in text  # no field somebody types in is ever replaced
    goal.refresh_from_db()
    assert goal.question == "Eerste scherm"
    assert Draft.objects.get().text == "Tweede scherm"


def test_my_text_is_saved_when_i_choose_it(noor: Client, goal: Goal) -> None:
    send(noor, "goal_save", goal.pk, seen=1, question="Eerste scherm")
    assert send(noor, "goal_save", goal.pk, seen=2, question="Tweede scherm").status_code == 200
    goal.refresh_from_db()
    assert goal.question == "Tweede scherm"


def test_what_is_saved_stays_when_i_choose_that(cast: Cast, noor: Client, goal: Goal) -> None:
    typed(cast.noor, f"goal:{goal.pk}:question", "Tweede scherm")
    typed(cast.noor, f"goal:{goal.pk}0:question", "Een ander doel")
    reply = send(noor, "goal_save", goal.pk, by_itself=False, keep="saved")
    assert reply.status_code == 302
    assert Draft.objects.get().text == "Een ander doel"
    goal.refresh_from_db()
    assert (goal.question, goal.version) == ("Hoe kan ik rust brengen?", 1)


def test_without_javascript_both_texts_stand_on_a_page_with_mine_in_the_field(
    noor: Client, goal: Goal
) -> None:
    send(noor, "goal_save", goal.pk, seen=1, question="Eerste scherm")
    reply = send(noor, "goal_save", goal.pk, by_itself=False, seen=1, question="Tweede scherm")
    text = reply.content.decode()
    assert reply.status_code == 409 and '<td class="written">Eerste scherm</td>' in text
    assert ">\nTweede scherm</textarea>" in text and 'name="seen" value="2"' in text


def test_the_same_text_on_two_screens_is_no_conflict(noor: Client, goal: Goal) -> None:
    for _screen in range(2):
        assert send(noor, "goal_save", goal.pk, seen=1, question="Hetzelfde").json()["seen"] == 2


def test_text_goes_on_from_the_version_it_was_typed_on(cast: Cast, noor: Client, goal: Goal) -> None:
    """After a crash: what another screen saved since then is asked about, not overwritten."""
    typed(cast.noor, f"goal:{goal.pk}:seen", "1")
    typed(cast.noor, f"goal:{goal.pk}:question", "Voor de crash")
    send(noor, "goal_save", goal.pk, seen=1, question="Van het andere scherm")
    text = page(noor, "pop", goal.plan_id)
    form = text[text.index(f'id="card-goal-{goal.pk}"') :].split("</form>")[0]
    assert "Voor de crash" in form and 'data-unsaved="1"' in form and 'name="seen" value="1"' in form
    assert send(noor, "goal_save", goal.pk, seen=1, question="Voor de crash").status_code == 409


@pytest.mark.parametrize("kept", ["", "9" * 30, "-1", "1e3", "١"])
def test_a_kept_version_that_is_none_is_passed_over(cast: Cast, noor: Client, goal: Goal, kept: str) -> None:
    typed(cast.noor, f"goal:{goal.pk}:question", "Getypt")
    typed(cast.noor, f"goal:{goal.pk}:seen", kept)
    text = page(noor, "pop", goal.plan_id)
    assert "Getypt" in text and f'value="{goal.version}"' in text


# -- refused -----------------------------------------------------------------------------------------------

HOSTILE_DAYS = ["2026-02-30", "gisteren", "0001-01-01", "9999-12-31", "20266-01-01", "2026-13-01"]


@pytest.mark.parametrize("day", HOSTILE_DAYS)
def test_an_impossible_day_is_said_beside_its_field(cast: Cast, noor: Client, goal: Goal, day: str) -> None:
    typed(cast.noor, f"goal:{goal.pk}:why", "Blijft bewaard")
    reply = send(noor, "goal_save", goal.pk, seen=1, question="Nieuw", why="Blijft bewaard", due=day)
    assert reply.status_code == 422 and list(reply.json()["errors"]) == ["due"]
    assert Draft.objects.get().text == "Blijft bewaard"
    goal.refresh_from_db()
    assert (goal.question, goal.version) == ("Hoe kan ik rust brengen?", 1)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("goal_save", "visible", "x" * 8_001),
        ("goal_save", "question", "x" * 501),
        ("goal_save", "why", "nul\x00"),
        ("goal_save", "seen", "9" * 400),
        ("goal_save", "seen", ""),
        ("action_save", "what", "x" * 501),
        ("action_save", "form", "dansen"),
        ("action_save", "minutes", "0,3"),
        ("action_save", "minutes", "-1"),
        ("action_save", "minutes", "NaN"),
        ("action_save", "minutes", "501"),
        ("pop_standing", "standing", "x" * 8_001),
        ("pop_agreements", "wish", "x" * 8_001),
        ("pop_agreements", "agreed_money", "1,50"),
        ("pop_agreements", "agreed_money", "-1"),
        ("pop_agreements", "agreed_money", "9" * 30),
        ("pop_agreements", "talk_on", "2099-01-01"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(
    noor: Client, goal: Goal, name: str, field: str, value: str
) -> None:
    action = make_action(goal)
    pk = {"goal_save": goal.pk, "action_save": action.pk}.get(name, goal.plan_id)
    reply = send(noor, name, pk, **{"seen": 1, field: value})
    assert reply.status_code == 422 and list(reply.json()["errors"]) == [field]
    plain = send(noor, name, pk, by_itself=False, **{"seen": 1, field: value})
    assert plain.status_code == 422
    versions = {
        Goal.objects.get().version,
        GoalAction.objects.count() and 1,
        DevelopmentPlan.objects.get().version,
    }
    assert versions <= {0, 1}


def test_eight_thousand_characters_fit(noor: Client, goal: Goal) -> None:
    text = "é🎉" * 4_000
    assert send(noor, "goal_save", goal.pk, seen=1, visible=text).status_code == 200
    goal.refresh_from_db()
    assert goal.visible == text


def test_a_closed_plan_takes_nothing_and_throws_nothing_away(cast: Cast, noor: Client, goal: Goal) -> None:
    action = make_action(goal)
    typed(cast.noor, f"goal:{goal.pk}:question", "Te laat")
    DevelopmentPlan.objects.update(state="closed")
    cards = [("goal_save", goal.pk, "question"), ("action_save", action.pk, "what")]
    cards += [("pop_standing", goal.plan_id, "standing"), ("pop_agreements", goal.plan_id, "wish")]
    for name, pk, field in cards:
        reply = send(noor, name, pk, **{"seen": 1, field: "Te laat"})
        assert reply.status_code == 409 and "afgesloten" in str(reply.json()["errors"]["__all__"])
        plain = send(noor, name, pk, by_itself=False, **{"seen": 1, field: "Te laat"})
        assert plain.status_code == 409 and "Te laat" in plain.content.decode()
    goal.refresh_from_db()
    assert goal.question == "Hoe kan ik rust brengen?" and Draft.objects.get().text == "Te laat"


def test_nobody_else_finds_a_card(cast: Cast, client: Client, goal: Goal) -> None:
    action = make_action(goal)
    for person in (cast.samir, cast.karin, cast.hanneke):
        client.force_login(person)
        for name, pk in (("goal_save", goal.pk), ("action_save", action.pk), ("pop_standing", goal.plan_id)):
            assert send(client, name, pk, seen=1, question="x", what="x", standing="x").status_code == 404
    goal.refresh_from_db()
    assert goal.version == 1


def test_hostile_text_is_text(noor: Client, goal: Goal) -> None:
    text = "<script>alert(1)</script>{{ 7|add:7 }}</textarea><img src=x onerror=alert(1)>"
    send(noor, "goal_save", goal.pk, seen=1, question=text)
    shown = page(noor, "pop", goal.plan_id)
    assert "<script>alert" not in shown and "<img src=x" not in shown
    assert "{{ 7|add:7 }}" in shown and "&lt;script&gt;alert(1)" in shown


def test_the_page_costs_the_same_with_three_goals(cast: Cast, noor: Client, goal: Goal) -> None:
    counts = []
    for number in range(3):
        each = goal if not number else make_goal(goal.plan, f"Vraag {number}")
        make_action(each, "Doen")
        typed(cast.noor, f"goal:{each.pk}:why", f"Getypt {number}")
        counts.append(statements(noor, "pop", goal.plan_id))
    assert counts[0] == counts[2] <= 12
