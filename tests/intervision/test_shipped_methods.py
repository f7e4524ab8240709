"""The shipped methods are data that nobody types in again: every text and every total is held here."""

import re
from dataclasses import astuple
from typing import get_args

import pytest

from coaching.intervision.shipped import METHODS, SAMPLE_CASES, MethodText, StepText, minutes
from coaching.intervision.shipped.texts import Captures, Level, NotHere, PresenterRole, Turn

TOTAL_MINUTES = {
    "pop_basis": 60,
    "incident": 65,
    "gossip": 60,
    "five_step": 45,
    "ten_step": 120,
    "balint": 85,
    "appreciative": 60,
    "socratic": 90,
    "fallberatung": 65,
    "consultancy": 50,
    "action_learning": 35,
    "statements": 33,
}
# key, minutes, captures, hidden, most items a person
DEFAULT_METHOD = [
    ("look_back", 5, "look_back", False, 0),
    ("choice", 5, "choice", False, 1),
    ("problem", 5, "question_of_case", False, 1),
    ("analysis", 15, "question", False, 2),
    ("hypothesis", 10, "hypothesis", True, 2),
    ("tip_parade", 10, "tip", True, 3),
    ("action_plan", 5, "action_plan", False, 0),
    ("close", 5, "learning", False, 1),
]
STEPS = [pytest.param(step, id=f"{method.key}-{step.key}") for method in METHODS for step in method.steps]
BY_METHOD = [pytest.param(method, id=method.key) for method in METHODS]


def method_named(key: str) -> MethodText:
    return next(method for method in METHODS if method.key == key)


def test_the_default_method_comes_first_with_its_eight_steps() -> None:
    steps = METHODS[0].steps
    assert METHODS[0].key == "pop_basis"
    assert [(s.key, s.minutes, s.captures, s.hidden, s.max_items) for s in steps] == DEFAULT_METHOD


def test_the_action_plan_takes_five_minutes() -> None:
    """The one duration that the source texts of the product state."""
    plan = next(step for step in METHODS[0].steps if step.key == "action_plan")
    assert (plan.minutes, plan.presenter) == (5, "writes")


def test_every_listed_method_is_there_with_its_total() -> None:
    assert {method.key: minutes(method) for method in METHODS} == TOTAL_MINUTES


def test_method_keys_are_unique() -> None:
    assert len({method.key for method in METHODS}) == len(METHODS)


@pytest.mark.parametrize("method", BY_METHOD)
def test_a_method_is_complete(method: MethodText) -> None:
    assert all((method.title_nl, method.title_en, method.about_nl, method.about_en))
    assert method.about_nl != method.about_en
    assert method.level in get_args(Level)
    assert 3 <= method.group_min < method.group_max
    assert len({step.key for step in method.steps}) == len(method.steps)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_has_allowed_values_only(step: StepText) -> None:
    assert re.fullmatch(r"[a-z_]+", step.key)
    assert step.minutes > 0
    assert step.max_items >= 0
    assert step.turn in get_args(Turn)
    assert step.presenter in get_args(PresenterRole)
    assert step.captures in get_args(Captures)
    assert set(step.not_here) <= set(get_args(NotHere))
    assert len(set(step.not_here)) == len(step.not_here)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_says_what_to_do_in_both_languages(step: StepText) -> None:
    assert step.title_nl.strip() and step.title_en.strip()
    assert 0 < len(step.instruction_nl) <= 220
    assert 0 < len(step.instruction_en) <= 220
    assert step.instruction_nl != step.instruction_en


@pytest.mark.parametrize("step", STEPS)
def test_a_writing_box_has_a_label_and_no_box_has_none(step: StepText) -> None:
    writes = step.captures != "none"
    assert (bool(step.prompt_nl), bool(step.prompt_en)) == (writes, writes)


@pytest.mark.parametrize("step", STEPS)
def test_the_tip_drawer_holds_advice_a_question_and_a_thing_to_avoid(step: StepText) -> None:
    for tip, ask, avoid in (
        (step.tip_nl, "Vraag bijvoorbeeld: “", "Vermijd: "),
        (step.tip_en, "Ask for example: “", "Avoid: "),
    ):
        advice, question, warning = tip.split("\n")
        assert len(re.findall(r"[.?](?: |$)", advice)) == 2
        assert question.startswith(ask) and question.endswith("?”")
        assert warning.startswith(avoid) and warning.endswith(".") and len(warning) > len(avoid) + 5


@pytest.mark.parametrize("step", STEPS)
def test_what_is_hidden_can_be_written_and_revealed(step: StepText) -> None:
    if step.hidden:
        assert step.captures in {"question", "association", "hypothesis", "tip", "score"}


@pytest.mark.parametrize("step", STEPS)
def test_advice_is_not_barred_where_tips_are_asked(step: StepText) -> None:
    if step.captures == "tip":
        assert "advice" not in step.not_here


def test_action_learning_bars_advice_judgement_and_own_stories_from_start_to_end() -> None:
    for step in method_named("action_learning").steps:
        assert {"advice", "judgement", "own_story"} <= set(step.not_here)


@pytest.mark.parametrize("key", sorted(set(TOTAL_MINUTES) - {"appreciative", "socratic"}))
def test_a_method_ends_in_an_action_plan(key: str) -> None:
    """Success and Socratic talks look for insight; all others lead to something to try."""
    assert [s.captures for s in method_named(key).steps].count("action_plan") == 1


def test_marks_follow_a_step_with_cards_to_mark() -> None:
    for method in METHODS:
        for before, step in zip(method.steps, method.steps[1:], strict=False):
            if step.captures == "marks":
                assert before.captures in {"question", "hypothesis", "tip"}


def test_sample_cases_are_complete_and_end_in_a_question_about_oneself() -> None:
    assert 2 <= len(SAMPLE_CASES) == len({case.key for case in SAMPLE_CASES})
    for case in SAMPLE_CASES:
        assert all(text.strip() for text in astuple(case))
        assert case.question_nl.startswith("Hoe kan ik ") and case.question_nl.endswith("?")
        assert case.question_en.startswith("How can I ") and case.question_en.endswith("?")
