"""The director's pages about a GOP: the queue, a version, answering, commenting, promising, reading along."""

from __future__ import annotations

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.adopting import let_read
from popgroups.models import GroupActivity, GroupPlan, GroupPlanVersion, PlanComment, SupportPromise
from popgroups.plan_reviews import react
from schools.models import Allowance, Membership, RoleHeld
from tests.people import Cast, make_group, make_place

from .conftest import Enter
from .plans import TITLES, days_ago, hand_in, make_group_plan, rewrite_goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast: Cast) -> GroupPlan:
    return make_group_plan(cast.group)


@pytest.fixture
def version(cast: Cast, plan: GroupPlan) -> GroupPlanVersion:
    return hand_in(plan, cast.noor, days_ago(9))


@pytest.fixture
def director(cast: Cast, enter: Enter) -> Client:
    return enter(cast.hanneke)


def read(client: Client, name: str, *args: int) -> str:
    reply = client.get(reverse(name, args=args))
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def send(client: Client, name: str, *args: int, **data: object) -> tuple[int, str]:
    reply = client.post(reverse(name, args=args), {"once_key": str(uuid4()), **data}, follow=True)
    return reply.status_code, " ".join(reply.content.decode().split())


def test_the_queue_is_in_the_order_of_waiting(
    cast: Cast, version: GroupPlanVersion, director: Client
) -> None:
    others = {}
    for name, days in (("Onderbouw", 2), ("Middenbouw", 12), ("Plein", 30), ("Nooit", 0)):
        group = make_group(cast.zandplaat, name, [cast.noor, cast.tom])
        others[name] = make_group_plan(group)
        if days:
            made = hand_in(others[name], cast.noor, days_ago(days))
            if name == "Plein":
                react(made, "agreed", "", cast.hanneke, days_ago(20))
    page = read(director, "plan_queue", cast.zandplaat.pk)
    order = [page.index(f">{name}</a>") for name in ("Middenbouw", "Bovenbouw", "Onderbouw", "Plein")]
    assert order == sorted(order) and "Nooit" not in page
    assert "You see GOPs and numbers, no cases." in page
    assert page.index("waits 12 days") < page.index("waits 9 days") < page.index("waits 2 days")
    assert '<span class="tag tag-leaf">the plan runs</span>' in page[order[-1] :]


def test_a_first_version_is_shown_whole(cast: Cast, version: GroupPlanVersion, director: Client) -> None:
    page = read(director, "plan_version", version.pk)
    assert "What changed since" not in page and "handed in, waits for an answer" in page
    for words in (*TITLES, "school plan: 2.3 Rust in de school", "Twee lesbezoeken", "Noor de Wit", "€ 250"):
        assert words in page
    assert "React to goals, hours and support, not to persons." in page
    assert "see here</h2>" in page


def test_hours_are_told_as_a_sum_and_never_by_person(
    cast: Cast, plan: GroupPlan, version: GroupPlanVersion, director: Client
) -> None:
    page = read(director, "plan_version", version.pk)
    assert "Noor de Wit" in page and "1 hours" in page and "1.5 hours" not in page, "Noor's stay in the sum"
    react(version, "agreed", "", cast.hanneke, days_ago(8))
    GroupActivity.objects.filter(what="Twee lesbezoeken per collega").update(minutes=270)
    page = read(director, "plan_version", hand_in(plan, cast.noor, days_ago(1)).pk)
    changed = page[page.index('id="changed"') : page.index("See this on a page of its own")]
    assert "Hours of all we do together" in changed and "What we do<" not in changed


def test_it_opens_on_what_changed_since_it_was_agreed(
    cast: Cast, plan: GroupPlan, version: GroupPlanVersion, director: Client
) -> None:
    react(version, "agreed", "", cast.hanneke, days_ago(8))
    rewrite_goal(plan, "Rust bij de deur")
    second = hand_in(plan, cast.noor, days_ago(4))
    react(second, "in_talk", "Welke deur?", cast.hanneke, days_ago(3))
    rewrite_goal(plan, "Rust bij elke deur")
    third = hand_in(plan, cast.noor, days_ago(1))
    page = read(director, "plan_version", third.pk)
    changed = page[page.index('id="changed"') : page.index("See this on a page of its own")]
    assert "version 1, agreed on" in changed and re.search(r"<ins>.*bij elke deur.*</ins>", changed)
    assert "Welke deur?" in page and "Difference with version 2" in page
    # On what was answered last, where nothing was agreed to yet.
    version.reactions.all().delete()
    page = read(director, "plan_version", third.pk)
    assert "since your talk about version 2" in page
    assert "elke" in read(director, "plan_version_difference", third.pk, second.pk)
    old = read(director, "plan_version", version.pk)
    assert "There is a newer version." in old and 'name="answer"' not in old


def test_answering_from_the_page(cast: Cast, version: GroupPlanVersion, director: Client) -> None:
    status, page = send(director, "plan_react", version.pk, answer="agreed_if", text="")
    assert status == 422 and "Write down what you would like" in page and not version.reactions.exists()
    status, page = send(director, "plan_react", version.pk, answer="fired", text="Zo niet")
    assert status == 422 and "Zo niet" in page
    key = str(uuid4())
    for _twice in range(2):
        status, page = send(
            director, "plan_react", version.pk, answer="agreed_if", text="Met ouders", once_key=key
        )
        assert status == 200 and "agreed, provided that ..." in page
    assert version.reactions.count() == 1
    assert "Met ouders" in page and "Let us talk" not in page


def test_an_answer_that_comes_too_late_changes_nothing_and_keeps_the_words(
    cast: Cast, plan: GroupPlan, version: GroupPlanVersion, director: Client
) -> None:
    hand_in(plan, cast.noor, timezone.now())
    status, page = send(director, "plan_react", version.pk, answer="in_talk", text="Mijn lange verhaal")
    assert status == 409 and "handed in something else" in page and "Mijn lange verhaal" in page
    assert not version.reactions.exists()


def test_a_thread_under_a_goal(cast: Cast, version: GroupPlanVersion, director: Client, enter: Enter) -> None:
    key = version.content["goals"][0]["key"]
    status, page = send(director, "plan_comment", version.pk, goal_key=key, text="Hoe weet je het in maart?")
    assert status == 200 and "Hoe weet je het in maart?" in page and "Take back" in page
    status, page = send(director, "plan_comment", version.pk, goal_key=key, text="")
    assert status == 422
    status, page = send(director, "plan_comment", version.pk, goal_key=99999, text="Nergens over")
    assert status == 422 and "not in this version" in page and "Nergens over" in page
    tom = enter(cast.tom)
    status, page = send(tom, "plan_comment", version.pk, goal_key=key, text="We tellen de minuten.")
    assert status == 200 and page.index("in maart?") < page.index("We tellen")
    question = PlanComment.objects.get(by=cast.hanneke)
    status, page = send(director, "take_back_comment", question.pk)
    assert "It has been answered" in page and PlanComment.objects.count() == 2
    assert tom.post(reverse("take_back_comment", args=[question.pk])).status_code == 403
    send(tom, "take_back_comment", PlanComment.objects.get(by=cast.tom).pk)
    assert PlanComment.objects.get() == question
    PlanComment.objects.update(at=timezone.now() - dt.timedelta(minutes=16))
    send(director, "take_back_comment", question.pk)
    assert PlanComment.objects.exists()


def test_support_is_promised_changed_and_taken_back(
    cast: Cast, version: GroupPlanVersion, director: Client, enter: Enter
) -> None:
    page = read(director, "plan_promise", version.pk)
    assert "The group asks: 6 hours for each member" in page
    _status, page = send(director, "plan_promise", version.pk, kind="money", minutes="3")
    assert "Fill this in too" in page and not SupportPromise.objects.exists()
    key = str(uuid4())
    for _twice in range(2):
        send(director, "plan_promise", version.pk, kind="hours", minutes="3", euros="5", once_key=key)
    made = SupportPromise.objects.get()
    assert (made.minutes, made.euros, Allowance.objects.count()) == (180, None, 5)
    assert "3 hours a person" in read(enter(cast.tom), "plan_version", version.pk)
    assert 'value="3' in read(director, "change_promise", made.pk)
    _status, page = send(
        director, "change_promise", made.pk, kind="hours", minutes="2.5", text="voor bezoeken"
    )
    assert "2.5 hours a person · voor bezoeken" in page and "No longer promised: 3 hours a person" in page
    page = send(director, "change_promise", made.pk, kind="hours", minutes="9")[1]
    assert "taken back or changed already" in page
    send(director, "withdraw_promise", SupportPromise.objects.latest("pk").pk)
    assert not Allowance.objects.exists()


def test_a_consultant_reads_along_while_the_group_and_the_school_want_it(
    cast: Cast, plan: GroupPlan, version: GroupPlanVersion, enter: Enter
) -> None:
    olaf = enter(cast.olaf)
    address = reverse("plan_version", args=[version.pk])
    assert olaf.get(address).status_code == 404
    reader = let_read(plan, cast.olaf, cast.tom, timezone.now())
    assert olaf.get(address).status_code == 200
    assert olaf.post(reverse("plan_comment", args=[version.pk])).status_code == 403
    reader.end(timezone.now())
    assert olaf.get(address).status_code == 404
    let_read(plan, cast.olaf, cast.tom, timezone.now())
    assert olaf.get(address).status_code == 200
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(person=cast.olaf).update(valid_until=yesterday)
    assert olaf.get(address).status_code == 404


def test_nobody_answers_their_own_group(
    cast: Cast, plan: GroupPlan, version: GroupPlanVersion, enter: Enter
) -> None:
    """A group of directors: each is a member and directs a school."""
    RoleHeld.objects.filter(membership__person=cast.noor).update(role="director")
    Membership.objects.filter(person=cast.noor).update(school=cast.duin)
    cast.group.members.exclude(membership__person=cast.noor).delete()
    make_place(cast.group, cast.hanneke)
    client = enter(cast.hanneke)
    page = read(client, "plan_version", version.pk)
    assert 'name="answer"' not in page and "Promise support" not in page
    assert client.post(reverse("plan_react", args=[version.pk])).status_code == 403


def test_a_condition_and_a_mistake_on_the_pages(
    cast: Cast, version: GroupPlanVersion, director: Client
) -> None:
    """What the three mean stands there; the condition is in the queue and with the group until it is met."""
    page = read(director, "plan_version", version.pk)
    assert (
        "the plan does not run yet." in page
        and 'btn-primary" type="submit" name="answer"' not in page.replace("btn-outline-primary", "")
    )
    send(director, "plan_react", version.pk, answer="agreed_if", text="Met ouders")
    page = read(director, "plan_version", version.pk)
    assert "Take my reaction back" in page and "runs, provided that ..." in page
    assert "runs, provided that ..." in read(director, "plan_queue", version.plan.group.school_id)
    noor = Client()
    noor.force_login(cast.noor)
    page = read(noor, "group_plan", version.plan_id)
    assert "Met ouders" in page and "/verwerkt/" in page
    reaction = version.reactions.get()
    _status, page = send(director, "plan_take_back_reaction", reaction.pk)
    assert "took back a reaction" in page and not version.reactions.exists()
    send(director, "plan_react", version.pk, answer="agreed_if", text="Met ouders")
    _status, page = send(noor, "plan_take_care", version.pk)
    assert "/verwerkt/" not in page
    page = read(director, "plan_version", version.pk)
    assert "we took care of what the director asked" in page and "the plan runs" in page
    assert "runs, provided that" not in page
