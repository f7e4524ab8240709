"""The pages on which a group writes its plan together, agrees on it and hands it in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from popgroups.adopting import (
    agree,
    ask_change,
    hand_in,
    take_back,
)
from popgroups.models import (
    GroupPlan,
    GroupPlanState,
    GroupPlanVersion,
)
from popgroups.my_data import my_data
from popgroups.plan_goals import (
    set_lines,
)
from popgroups.plan_writing import mark_of, write
from schools.models import Draft, Role, SchoolPlanLine
from tests.people import Cast, make_person

from .gop import AT, again, all_agree, change, digest, do_something, place

pytestmark = pytest.mark.django_db


def send(client: Client, name: str, key: int | list[object], **data: object) -> str:
    args = key if isinstance(key, list) else [key]
    reply = client.post(reverse(name, args=args), data, follow=True)
    assert reply.status_code == 200, reply.status_code
    return reply.content.decode()


def test_from_beginning_to_handing_in_by_the_pages(cast: Cast, client: Client) -> None:
    client.force_login(cast.noor)
    client.get(reverse("new_group_plan", args=[cast.group.pk]))
    send(client, "new_group_plan", cast.group.pk)
    plan = GroupPlan.objects.get()
    goal = plan.goals.get()
    seen = mark_of(goal, ["title", "visible"])
    page = send(client, "group_goal_save", goal.pk, seen=seen, title="Rust", visible="In maart")
    assert "Rust" in page and "Concept: alleen de leden" in page
    clients = {}
    for person in cast.members:
        clients[person] = Client()
        clients[person].force_login(person)
        page = send(clients[person], "group_plan_agree", plan.pk, seen=digest(plan))
    assert "Vastgesteld" in page
    page = send(clients[cast.tom], "group_plan_wish", plan.pk, wish="Graag een datum")
    assert "Graag een datum" in page and again(plan).state == GroupPlanState.CONCEPT
    page = send(clients[cast.tom], "group_plan_hand_in", plan.pk, seen=digest(plan))
    assert "Graag een datum" in page and not plan.versions.exists()
    send(clients[cast.tom], "group_plan_agree", plan.pk, seen=digest(plan))
    shown = client.get(reverse("group_plan_hand_in", args=[plan.pk])).content.decode()
    assert cast.hanneke.name in shown and cast.karin.name in shown and "Graag een datum" not in shown
    page = send(client, "group_plan_hand_in", plan.pk, seen=digest(plan))
    assert "Ingediend op" in page and plan.versions.get().content["goals"][0]["title"] == "Rust"
    assert "Teruggenomen" in send(client, "group_plan_take_back", plan.pk)


def test_a_conflict_shows_both_texts_and_keeps_the_typed_one(
    cast: Cast, client: Client, plan: GroupPlan
) -> None:
    client.force_login(cast.tom)
    goal = plan.goals.get()
    seen = mark_of(goal, ["title", "visible"])
    write(goal, mark_of(goal, ["visible"]), {"visible": "Van Noor"}, cast.noor, AT)
    address = reverse("group_goal_save", args=[goal.pk])
    reply = client.post(address, {"seen": seen, "title": goal.title, "visible": "Van Tom"})
    text = reply.content.decode()
    assert reply.status_code == 409 and "Van Noor" in text and "Van Tom" in text
    again_seen = mark_of(plan.goals.get(), ["title", "visible"])
    assert f'value="{again_seen}"' in text
    by_itself = {"seen": seen, "title": goal.title, "visible": "Van Tom"}
    reply = client.post(address, by_itself, headers={"X-Card": "save"})
    assert reply.status_code == 409 and f'data-seen="{again_seen}"' in reply.content.decode()
    reply = client.post(address, {**by_itself, "seen": again_seen}, headers={"X-Card": "save"})
    assert reply.json()["seen"] == mark_of(plan.goals.get(), ["title", "visible"])
    assert plan.goals.get().visible == "Van Tom"


def test_bad_input_is_told_and_changes_nothing(cast: Cast, client: Client, plan: GroupPlan) -> None:
    client.force_login(cast.tom)
    goal, activity = plan.goals.get(), plan.goals.get().activities.get()
    long = client.post(reverse("group_goal_save", args=[goal.pk]), {"seen": 1, "title": "x" * 201})
    assert long.status_code == 422 and "x" * 201 in long.content.decode()
    stranger = cast.group.members.order_by("pk").last()
    assert stranger is not None
    for data in ({"who": "abc"}, {"who": "99999"}, {"due": "1900-01-01"}, {"minutes": "veel"}):
        sent = {"seen": 1, "what": "Iets", **data}
        reply = client.post(reverse("group_activity_save", args=[activity.pk]), sent)
        assert reply.status_code == 422, data
    assert client.post(reverse("group_plan_text", args=[plan.pk, "niets"])).status_code == 404
    assert client.get(reverse("group_plan_review", args=[plan.pk, "niets"])).status_code == 404
    url = reverse("group_plan_now", args=[plan.pk])
    assert client.post(url, {"field": "<script>"}).status_code == 422
    assert client.post(url, {"field": f"groupgoal-{goal.pk}"}).json()["writing"] == {}
    assert client.post(reverse("group_plan_agree", args=[plan.pk])).status_code == 302
    assert not plan.answers.exists()


def test_what_changed_since_my_yes_and_since_the_last_version(
    cast: Cast, client: Client, plan: GroupPlan
) -> None:
    client.force_login(cast.noor)
    assert client.get(reverse("group_plan_since_yes", args=[plan.pk])).status_code == 302
    assert client.get(reverse("group_plan_difference", args=[plan.pk])).status_code == 302
    all_agree(plan, cast.members)
    hand_in(plan, cast.noor, digest(plan), AT)
    take_back(plan, cast.noor, AT)
    change(plan, "Nieuwe zin", cast.tom)
    for name in ("group_plan_since_yes", "group_plan_difference"):
        text = client.get(reverse(name, args=[plan.pk])).content.decode()
        assert "<ins>" in text and "Nieuwe zin" in text
    page = client.get(reverse("group_plan", args=[plan.pk])).content.decode()
    assert "ja, op een eerdere tekst" in page and reverse("group_plan_since_yes", args=[plan.pk]) in page


def test_only_an_outside_consultant_of_the_school_is_asked_to_read_along(
    cast: Cast, client: Client, plan: GroupPlan
) -> None:
    client.force_login(cast.noor)
    url = reverse("group_plan_readers", args=[plan.pk])
    elsewhere = make_person("Otto Elders", cast.vaart, Role.CONSULTANT)
    for person in (elsewhere, cast.ilse):
        assert client.post(url, {"person": person.pk}).status_code == 422
    assert client.post(url, {"person": cast.olaf.pk}).status_code == 302
    reader = plan.readers.get()
    assert cast.olaf.name in client.get(url).content.decode()
    client.post(reverse("plan_reader_end", args=[reader.pk]))
    reader.refresh_from_db()
    assert reader.ended_at is not None


def test_a_screen_asks_in_four_statements_and_is_told_of_every_change(
    cast: Cast, client: Client, plan: GroupPlan, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.noor)
    url = reverse("group_plan_now", args=[plan.pk])
    client.get(url)
    with django_assert_max_num_queries(4):
        stamp = client.get(url).json()["stamp"]
    assert f'data-stamp="{stamp}"' in client.get(reverse("group_plan", args=[plan.pk])).content.decode()
    for change_it in (
        lambda: change(plan, "Anders", cast.tom),
        lambda: do_something(plan, "Iets doen", cast.tom),
        lambda: set_lines(plan, [], set(), "Werkdruk", cast.tom, AT),
        lambda: agree(plan, place(plan, cast.tom), digest(plan), AT),
        lambda: ask_change(plan, place(plan, cast.tom), "Toch anders", AT),
        lambda: ask_change(plan, place(plan, cast.tom), "Nog anders", AT),
    ):
        before = client.get(url).json()["stamp"]
        change_it()
        after = client.get(url).json()["stamp"]
        assert after != before
        assert f'data-stamp="{after}"' in client.get(reverse("group_plan", args=[plan.pk])).content.decode()


def test_what_i_said_of_the_plan_goes_along_with_me_and_nobody_elses(cast: Cast, plan: GroupPlan) -> None:
    agree(plan, place(plan, cast.noor), digest(plan), AT)
    ask_change(plan, place(plan, cast.tom), "Graag een datum", AT)
    told = my_data(cast.tom)["groups"][0]["plan_answers"]
    assert [(row["agrees"], row["wish"]) for row in told] == [(False, "Graag een datum")]


def test_what_was_handed_in_and_not_changed_since_says_so(
    cast: Cast, client: Client, plan: GroupPlan, submitted: GroupPlanVersion
) -> None:
    again(plan).go(GroupPlanState.IN_TALK, "in_talk", cast.hanneke, AT)
    client.force_login(cast.noor)
    address = reverse("group_plan", args=[plan.pk])
    assert "De tekst is dezelfde als in versie 1" in client.get(address).content.decode()
    change(plan, "Na het gesprek", cast.tom)
    assert "De tekst is dezelfde als in versie 1" not in client.get(address).content.decode()


def test_home_asks_who_has_not_said_yes(cast: Cast, client: Client, plan: GroupPlan) -> None:
    client.force_login(cast.tom)
    address = reverse("group_plan", args=[plan.pk])
    agreement = cast.group.current_agreement()
    assert agreement is not None
    agreement.accept(place(plan, cast.tom), AT)
    assert address not in client.get("/").content.decode()
    agree(plan, place(plan, cast.noor), digest(plan), AT)
    assert address in client.get("/").content.decode()
    agree(plan, place(plan, cast.tom), digest(plan), AT + dt.timedelta(minutes=1))
    assert address not in client.get("/").content.decode()


def test_home_says_what_a_plan_waits_for(cast: Cast, client: Client, plan: GroupPlan) -> None:
    """A change that a colleague asks for, and a plan that everybody said yes to and nobody handed in."""
    agreement = cast.group.current_agreement()
    assert agreement is not None
    agreement.accept(place(plan, cast.tom), AT)
    client.force_login(cast.tom)
    asks, waits = (
        "Noor vraagt een wijziging in het GOP van Bovenbouw",
        "Iedereen zei ja op het GOP van Bovenbouw",
    )
    ask_change(plan, place(plan, cast.noor), "Graag een datum.", AT)
    page = client.get("/").content.decode()
    assert asks in page and "Graag een datum." not in page
    all_agree(plan, cast.members)
    page = client.get("/").content.decode()
    assert asks not in page and waits in page
    hand_in(plan, cast.noor, digest(plan), AT)
    assert waits not in client.get("/").content.decode()


def test_no_look_back_before_the_plan_runs_or_anything_is_written(
    cast: Cast, client: Client, plan: GroupPlan
) -> None:
    client.force_login(cast.noor)
    address = reverse("group_plan_review", args=[plan.pk, "evaluation"])
    page = client.get(address, follow=True).content.decode()
    assert "Terugkijken kan als het plan loopt." in page and "Ja, dien het in" not in page
    GroupPlan.objects.filter(pk=plan.pk).update(state=GroupPlanState.RUNNING)
    page = client.get(address, follow=True).content.decode()
    assert "Schrijf eerst op hoe jullie terugkijken." in page and "Ja, dien het in" not in page
    GroupPlan.objects.filter(pk=plan.pk).update(evaluation="Het lukte.")
    assert "namens de hele groep" in client.get(address).content.decode()


def test_taking_a_plan_back_is_asked_first(cast: Cast, client: Client, plan: GroupPlan) -> None:
    client.force_login(cast.noor)
    GroupPlan.objects.filter(pk=plan.pk).update(state=GroupPlanState.SUBMITTED)
    page = client.get(reverse("group_plan_take_back", args=[plan.pk])).content.decode()
    assert "Jullie ja blijft staan" in page and again(plan).state == GroupPlanState.SUBMITTED


def test_a_goal_in_which_a_colleague_typed_stays(cast: Cast, client: Client, plan: GroupPlan) -> None:
    client.force_login(cast.noor)
    goal = plan.goals.get()
    name = f"groupgoal:{goal.pk}:title"
    draft = Draft.objects.create(writer=cast.hanneke, field=name, text="Van buiten")
    Draft.objects.create(writer=cast.tom, field=name, text="Nog niet bewaard")
    page = send(client, "group_goal_remove", goal.pk, sure="1")
    assert "nog niet bewaard is" in page and plan.goals.exists() and Draft.objects.count() == 2
    Draft.objects.exclude(pk=draft.pk).delete()
    send(client, "group_goal_remove", goal.pk, sure="1")
    assert not plan.goals.exists()


def test_a_goal_that_served_a_line_can_be_the_groups_own_again(
    cast: Cast, client: Client, plan: GroupPlan
) -> None:
    line = SchoolPlanLine.objects.create(school=cast.zandplaat, number="2.3", text="Rust in de school")
    client.force_login(cast.noor)
    goal = plan.goals.get()
    address = reverse("group_goal_serves", args=[goal.pk])
    for chosen in (str(line.pk), ""):
        shown = client.get(address)
        assert "geen: dit doel is van onszelf" in shown.content.decode()
        send(client, "group_goal_serves", goal.pk, line=chosen, seen=shown.context["form"]["seen"].value())
        assert str(plan.goals.get().line_id or "") == chosen
