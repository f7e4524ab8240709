"""The GOP of a group: written together, agreed on by every member of today, handed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from coaching.lib.states import MoveRefused, StaleMove
from popgroups.adopting import (
    Says,
    agree,
    amend,
    ask_change,
    hand_in,
    hand_in_review,
    let_read,
    reopen,
    take_back,
    take_back_answer,
)
from popgroups.models import (
    Editing,
    GroupMember,
    GroupPlan,
    GroupPlanMove,
    GroupPlanState,
    GroupPlanVersion,
    Purpose,
)
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_goals import (
    add_activity,
    add_goal,
    remove_goal,
    serve,
    set_lines,
    shift_goal,
    start_plan,
    tick,
)
from popgroups.plan_presence import ALIVE, now, who_writes, writes
from popgroups.plan_writing import mark_of, write
from portfolio.models import Competence, Framework
from schools.models import Role, SchoolPlanLine, User
from tests.people import Cast, make_person, make_place

pytestmark = pytest.mark.django_db
AT = timezone.now()


@pytest.fixture
def plan(cast: Cast) -> GroupPlan:
    """Begun, with one goal that has a title and something to do."""
    made = start_plan(cast.group, cast.noor, AT)
    goal = made.goals.get()
    write(goal, mark_of(goal, ["title"]), {"title": "Rust in de overgangen"}, cast.noor, AT)
    return again(made)


def again(plan: GroupPlan) -> GroupPlan:
    return GroupPlan.objects.get(pk=plan.pk)


def digest(plan: GroupPlan) -> str:
    return digest_of(document_of(again(plan)))


def place(plan: GroupPlan, person: User) -> GroupMember:
    found = plan.group.place_of(person)
    assert found is not None
    return found


def all_agree(plan: GroupPlan, people: list[User]) -> None:
    for person in people:
        agree(plan, place(plan, person), digest(plan), AT)


def change(plan: GroupPlan, text: str, by: User) -> None:
    row = again(plan)
    write(row, mark_of(row, ["standing"]), {"standing": text}, by, AT)


def verbs(plan: GroupPlan) -> list[str]:
    return list(GroupPlanMove.objects.filter(plan=plan).values_list("verb", flat=True))


# -- written together --------------------------------------------------------------------------------------


def test_one_plan_a_group_however_often_it_is_begun(cast: Cast) -> None:
    first, second = (start_plan(cast.group, person, AT) for person in (cast.noor, cast.tom))
    assert first == second and first.goals.count() == 1
    assert verbs(first) == ["begun"]


def test_two_members_in_two_cards_of_one_row_are_not_in_each_others_way(cast: Cast, plan: GroupPlan) -> None:
    seen = {name: mark_of(plan, [name]) for name in ("standing", "agreements")}
    write(again(plan), seen["standing"], {"standing": "Van Noor"}, cast.noor, AT)
    write(again(plan), seen["agreements"], {"agreements": "Van Tom"}, cast.tom, AT)
    plan = again(plan)
    assert (plan.standing, plan.agreements, plan.version) == ("Van Noor", "Van Tom", 3)


def test_nobody_writes_over_what_was_saved_since(cast: Cast, plan: GroupPlan) -> None:
    seen = mark_of(plan, ["standing"])
    write(again(plan), seen, {"standing": "Van Noor"}, cast.noor, AT)
    with pytest.raises(StaleMove):
        write(again(plan), seen, {"standing": "Van Tom"}, cast.tom, AT)
    assert again(plan).standing == "Van Noor"
    gone = plan.goals.get()
    remove_goal(gone, cast.noor, AT)
    gone.pk = 999
    with pytest.raises(StaleMove):
        write(gone, mark_of(gone, ["title"]), {"title": "Te laat"}, cast.tom, AT)


def test_goals_are_added_moved_and_taken_away(cast: Cast, plan: GroupPlan) -> None:
    first = plan.goals.get()
    second = add_goal(plan, cast.tom, AT)
    assert add_goal(plan, cast.noor, AT) == second  # a blank one is there
    write(second, mark_of(second, ["title"]), {"title": "Twee"}, cast.tom, AT)
    shift_goal(second, cast.tom, AT, up=True)
    assert [goal.pk for goal in plan.goals.all()] == [second.pk, first.pk]
    third = add_goal(plan, cast.tom, AT)
    write(third, mark_of(third, ["title"]), {"title": "Drie"}, cast.tom, AT)
    with pytest.raises(MoveRefused):
        add_goal(plan, cast.tom, AT)
    activity = add_activity(third, cast.tom, AT)
    writes(plan, cast.samir, f"groupactivity-{activity.pk}", AT)
    with pytest.raises(MoveRefused, match="Samir"):
        remove_goal(third, cast.tom, AT)
    remove_goal(third, cast.tom, AT + ALIVE)
    assert [goal.order for goal in plan.goals.all()] == [1, 2]


def test_a_goal_serves_a_line_of_the_school_plan_and_themes_come_from_it(cast: Cast, plan: GroupPlan) -> None:
    line = SchoolPlanLine.objects.create(school=cast.zandplaat, number="2.3", text="Rust in de school")
    other = SchoolPlanLine.objects.create(school=cast.zandplaat, number="2.4", text="Ouders")
    framework = Framework.objects.create(school=cast.zandplaat, key="eigen", title_nl="Eigen")
    competence = Competence.objects.create(framework=framework, key="1", title_nl="Orde", title_en="Order")
    before = now(plan, cast.tom, AT)["stamp"]
    serve(plan.goals.get(), line, [competence], cast.noor, AT)
    assert now(again(plan), cast.tom, AT)["stamp"] != before
    set_lines(plan, [line], {line.pk, other.pk}, "Werkdruk", cast.noor, AT)
    set_lines(plan, [], {other.pk}, "Werkdruk", cast.noor, AT)  # of another screen, which did not show line
    document = document_of(again(plan))
    assert document["goals"][0]["line"] == "2.3 Rust in de school"
    assert [theme["text"] for theme in document["themes"]] == ["2.3 Rust in de school", "Werkdruk"]
    set_lines(plan, [], {line.pk, other.pk}, "", cast.noor, AT)
    assert [theme.text for theme in plan.themes.all()] == ["Werkdruk"]
    with override("en"):
        assert digest(plan) == digest_of(document_of(again(plan)))
        assert document_of(again(plan))["goals"][0]["competences"] == ["Orde"]


# -- who writes where --------------------------------------------------------------------------------------


def test_who_writes_where_is_told_to_the_others_and_dies_by_itself(cast: Cast, plan: GroupPlan) -> None:
    writes(plan, cast.samir, "gop-1-standing", AT)
    writes(plan, cast.samir, f"groupgoal-{plan.goals.get().pk}", AT)
    assert Editing.objects.count() == 1
    told = now(plan, cast.noor, AT)["writing"]
    assert list(told) == [f"groupgoal-{plan.goals.get().pk}"] and "Samir" in next(iter(told.values()))
    assert now(plan, cast.samir, AT)["writing"] == {}
    assert who_writes(plan, AT + ALIVE, but=cast.noor) == []
    writes(plan, cast.noor, "gop-1-standing", AT + ALIVE)
    assert Editing.objects.get().person == cast.noor
    writes(plan, cast.noor, "", AT + ALIVE)
    assert not Editing.objects.exists()


# -- everybody's yes ---------------------------------------------------------------------------------------


def test_the_last_yes_adopts_and_any_change_makes_it_concept(cast: Cast, plan: GroupPlan) -> None:
    all_agree(plan, cast.members[:-1])
    assert again(plan).state == GroupPlanState.CONCEPT
    assert [s.member.person for s in Says(again(plan), timezone.localdate()).waits_for] == [cast.esra]
    assert agree(plan, place(plan, cast.esra), digest(plan), AT)
    assert again(plan).state == GroupPlanState.ADOPTED
    change(plan, "Toch iets anders", cast.tom)
    plan = again(plan)
    says = Says(plan, timezone.localdate())
    assert plan.state == GroupPlanState.CONCEPT and not any(say.agrees for say in says.all)
    assert all(say.agreed_before for say in says.all) and says.was_agreed_on
    assert verbs(plan) == ["begun", "adopted", "changed"]


def test_a_yes_is_for_exactly_the_text_that_was_read(cast: Cast, plan: GroupPlan) -> None:
    seen = digest(plan)
    change(plan, "Net gewijzigd", cast.tom)
    with pytest.raises(StaleMove):
        agree(plan, place(plan, cast.noor), seen, AT)
    assert not plan.answers.exists()
    empty = start_plan(cast.group, cast.noor, AT)
    goal = empty.goals.get()
    write(goal, mark_of(goal, ["title"]), {"title": ""}, cast.noor, AT)
    with pytest.raises(MoveRefused):
        agree(plan, place(plan, cast.noor), digest(plan), AT)


def test_who_asks_for_a_change_or_takes_a_yes_back_makes_it_concept(cast: Cast, plan: GroupPlan) -> None:
    all_agree(plan, cast.members)
    ask_change(plan, place(plan, cast.tom), "Graag een datum bij doel 1.", AT)
    said = Says(again(plan), timezone.localdate()).of(cast.tom)
    assert said is not None and said.wish == "Graag een datum bij doel 1." and not said.agrees
    assert again(plan).state == GroupPlanState.CONCEPT
    all_agree(plan, [cast.tom])
    assert again(plan).state == GroupPlanState.ADOPTED and not plan.answers.exclude(wish="").exists()
    take_back_answer(plan, place(plan, cast.lieke), AT)
    assert again(plan).state == GroupPlanState.CONCEPT
    assert verbs(plan)[1:] == ["adopted", "wish", "adopted", "yes_withdrawn"]


def test_a_newcomer_says_yes_too_and_who_left_is_not_waited_for(cast: Cast, plan: GroupPlan) -> None:
    all_agree(plan, cast.members)
    new = make_place(cast.group, cast.ilse, joined=timezone.localdate())
    with pytest.raises(MoveRefused, match="Ilse"):
        hand_in(plan, cast.noor, digest(plan), AT)
    new.leave(AT)
    make_place(cast.group, make_person("Niet Actief", cast.zandplaat))
    User.objects.filter(name="Niet Actief").update(is_active=False)
    make_place(cast.group, cast.hanneke)  # a director, who leads them: the plan is closed to her
    assert hand_in(plan, cast.noor, digest(plan), AT).number == 1


def test_when_only_who_left_had_not_said_yes_it_can_be_handed_in(cast: Cast, plan: GroupPlan) -> None:
    all_agree(plan, cast.members[:-1])
    place(plan, cast.esra).leave(AT)
    hand_in(plan, cast.noor, digest(plan), AT)
    assert verbs(plan) == ["begun", "adopted", "submitted"]


# -- handed in ---------------------------------------------------------------------------------------------


@pytest.fixture
def submitted(cast: Cast, plan: GroupPlan) -> GroupPlanVersion:
    all_agree(plan, cast.members)
    return hand_in(plan, cast.noor, digest(plan), AT)


def test_what_is_handed_in_is_frozen_and_closed_until_taken_back(
    cast: Cast, plan: GroupPlan, submitted: GroupPlanVersion
) -> None:
    for refused in (
        lambda: change(plan, "Stiekem", cast.tom),
        lambda: add_goal(plan, cast.tom, AT),
        lambda: ask_change(plan, place(plan, cast.tom), "Toch niet", AT),
        lambda: take_back_answer(plan, place(plan, cast.tom), AT),
    ):
        with pytest.raises(MoveRefused):
            refused()
    with pytest.raises(StaleMove):
        hand_in(plan, cast.tom, digest(plan), AT)
    assert GroupPlanVersion.objects.visible_to(cast.hanneke).get() == submitted
    take_back(plan, cast.tom, AT)
    assert not GroupPlanVersion.objects.visible_to(cast.hanneke).exists()
    assert GroupPlanVersion.objects.visible_to(cast.tom).get() == submitted
    change(plan, "Nu wel", cast.tom)
    assert GroupPlanVersion.objects.get().content["standing"] == ""
    with pytest.raises(MoveRefused):
        hand_in(plan, cast.tom, digest(plan), AT)
    all_agree(plan, cast.members)
    assert hand_in(plan, cast.tom, digest(plan), AT).number == 2


def test_after_an_answer_it_is_not_taken_back(
    cast: Cast, plan: GroupPlan, submitted: GroupPlanVersion
) -> None:
    again(plan).go(GroupPlanState.IN_TALK, "in_talk", cast.hanneke, AT)
    with pytest.raises(MoveRefused):
        take_back(plan, cast.tom, AT)
    change(plan, "Na het gesprek", cast.tom)
    assert again(plan).state == GroupPlanState.IN_TALK
    all_agree(plan, cast.members)
    assert hand_in(plan, cast.tom, digest(plan), AT).number == 2
    again(plan).go(GroupPlanState.RUNNING, "agreed", cast.hanneke, AT)
    amend(plan, cast.noor, AT)
    change(plan, "En verder", cast.noor)


def test_a_running_plan_is_ticked_off_looked_at_halfway_and_ended(
    cast: Cast, plan: GroupPlan, submitted: GroupPlanVersion
) -> None:
    activity = plan.goals.get().activities.get()
    with pytest.raises(MoveRefused):
        tick(activity, timezone.localdate())
    with pytest.raises(MoveRefused):
        write(again(plan), mark_of(plan, ["midterm"]), {"midterm": "Te vroeg"}, cast.noor, AT)
    again(plan).go(GroupPlanState.RUNNING, "agreed", cast.hanneke, AT)
    tick(activity, timezone.localdate())
    activity.refresh_from_db()
    assert activity.done_on == timezone.localdate()
    with pytest.raises(MoveRefused):
        hand_in_review(plan, Purpose.MIDTERM, cast.noor, digest(plan), AT)
    for purpose in (Purpose.MIDTERM, Purpose.EVALUATION):
        row = again(plan)
        write(row, mark_of(row, [purpose.value]), {purpose.value: f"Zo gaat het: {purpose}"}, cast.noor, AT)
        hand_in_review(plan, purpose, cast.noor, digest(plan), AT)
    purposes = list(plan.versions.values_list("purpose", flat=True))
    assert purposes == ["plan", "midterm", "evaluation"]
    assert again(plan).state == GroupPlanState.EVALUATED
    with pytest.raises(MoveRefused):
        hand_in_review(plan, Purpose.EVALUATION, cast.noor, digest(plan), AT)
    reopen(plan, cast.noor, AT)
    assert verbs(plan)[-3:] == ["midterm", "evaluated", "reopened"]


def test_history_is_never_erased(plan: GroupPlan) -> None:
    with pytest.raises(TypeError):
        GroupPlanMove.objects.filter(plan=plan).delete()


def test_a_consultant_reads_along_while_asked_and_at_the_school(
    cast: Cast, plan: GroupPlan, submitted: GroupPlanVersion
) -> None:
    versions = GroupPlanVersion.objects
    assert not versions.visible_to(cast.olaf).exists()
    reader = let_read(plan, cast.olaf, cast.noor, AT)
    assert let_read(plan, cast.olaf, cast.tom, AT) == reader
    assert versions.visible_to(cast.olaf).get() == submitted
    cast.olaf.memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert not versions.visible_to(cast.olaf).exists()
    cast.olaf.memberships.update(valid_until=None)
    reader.end(AT)
    assert not versions.visible_to(cast.olaf).exists()
    assert let_read(plan, cast.olaf, cast.noor, AT) != reader


# -- pages -------------------------------------------------------------------------------------------------


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
        lambda: add_activity(plan.goals.get(), cast.tom, AT),
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
