"""What changed between two versions of a POP, word by word, for each reader what is theirs to read."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from coaching.lib.word_differences import ADDED, REMOVED, runs
from portfolio.differences import differences
from portfolio.document import document_of
from portfolio.models import DevelopmentPlan, Entry, Goal
from schools.models import SchoolYear
from tests.people import Cast
from tests.portfolio.test_versions import address, rewrite, shared_with, text_of
from tests.portfolio.test_versions import pop as pop

pytestmark = pytest.mark.django_db


def test_a_difference_says_what_came_and_went_word_by_word(
    cast: Cast, client: Client, pop: DevelopmentPlan
) -> None:
    first = shared_with(pop, cast.hanneke)
    rewrite(pop, "Hoe kan ik rustig eindigen?")
    second = shared_with(pop, cast.hanneke)
    (change,) = differences(first.content, second.content)
    assert (change.goal, [(run.kind, run.text) for run in change.runs if run.kind != "same"]) == (
        1,
        [("removed", "starten?"), ("added", "eindigen?")],
    )
    page = text_of(client, cast.hanneke, address(second, f"verschil/{first.pk}/"))
    assert "starten?" in page and "eindigen?" in page and "<del>" in page and "<ins>" in page


def test_every_part_of_a_plan_is_compared_and_shown(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    first = shared_with(pop, cast.hanneke)
    day = dt.date(2026, 12, 1)
    texts = dict.fromkeys(("standing", "heading", "wish", "agreements", "looking_back"), "appelboom")
    DevelopmentPlan.objects.filter(pk=pop.pk).update(
        **texts, agreed_minutes=90, agreed_money=250, talk_on=day
    )
    goal = pop.goals.get()
    texts = dict.fromkeys(("visible", "why", "support", "learned", "next_step"), "perenboom")
    Goal.objects.filter(pk=goal.pk).update(**texts, due=day, outcome="partly")
    goal.actions.create(what="kijken", form="visit", minutes=120, due=day, done_on=day)
    goal.progress.create(day=day, text="kersenboom")
    entry = Entry.objects.create(owner=cast.samir, kind="success", title="pruimenboom", text="blijft bij mij")
    goal.proof.add(entry)
    second = shared_with(pop, cast.hanneke)
    changed = {change.label for change in differences(first.content, second.content)}
    assert len(changed) == 8 + 10
    for url in (address(second), address(second, f"verschil/{first.pk}/")):
        page = text_of(client, cast.hanneke, url)
        for word in (
            "appelboom",
            "perenboom",
            "kersenboom",
            "pruimenboom",
            "kijken",
            "lesbezoek",
            "1,5",
            "250",
        ):
            assert word in page, (url, word)
        assert "blijft bij mij" not in page


def test_agreements_are_read_by_who_leads_alone(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    first = shared_with(pop, cast.hanneke, cast.tom)
    DevelopmentPlan.objects.filter(pk=pop.pk).update(agreements="walnotenboom", agreed_minutes=90)
    second = shared_with(pop, cast.hanneke, cast.tom)
    for rest in ("", f"verschil/{first.pk}/"):
        assert "walnotenboom" in text_of(client, cast.hanneke, address(second, rest))
        assert "walnotenboom" not in text_of(client, cast.tom, address(second, rest))


def test_goals_are_compared_with_themselves(pop: DevelopmentPlan) -> None:
    """Also when one before them went."""
    Goal.objects.create(plan=pop, order=2, question="Hoe geef ik feedback?")
    before = document_of(DevelopmentPlan.objects.get(pk=pop.pk))
    Goal.objects.get(plan=pop, order=1).delete()
    changes = differences(before, document_of(DevelopmentPlan.objects.get(pk=pop.pk)))
    assert [(change.goal, [run.kind for run in change.runs]) for change in changes] == [(2, [REMOVED])]


def test_versions_of_two_plans_are_not_compared(cast: Cast, client: Client, pop: DevelopmentPlan) -> None:
    earlier = DevelopmentPlan.objects.create(owner=cast.samir, year=SchoolYear.objects.create(starts=2001))
    one, other = shared_with(pop, cast.hanneke), shared_with(earlier, cast.hanneke)
    text_of(client, cast.samir, address(one, f"verschil/{other.pk}/"), status=404)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts_whole(old: str, new: str) -> None:
    found = runs(old, new)
    assert "".join(run.text for run in found if run.kind != ADDED) == old
    assert "".join(run.text for run in found if run.kind != REMOVED) == new


@pytest.mark.parametrize("words", [("een ", "twee "), ("een twee ", "twee een een "), ("a\n", "b c\n")])
def test_comparing_ends_in_time(words: tuple[str, str]) -> None:
    """Texts that share only their blanks are what takes longest to compare."""
    old, new = (word * (8_000 // len(word)) for word in words)
    began = time.monotonic()
    found = runs(old, new, seconds=0.2)
    assert time.monotonic() - began < 2
    assert "".join(run.text for run in found if run.kind != ADDED) == old
    assert "".join(run.text for run in found if run.kind != REMOVED) == new
