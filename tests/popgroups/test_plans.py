"""The GOP of a group: written together, agreed on by every member of today, handed in."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
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
    GroupGoal,
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
    served_by,
    set_lines,
    shift_goal,
    start_plan,
    tick,
)
from popgroups.plan_presence import ALIVE, now, who_writes, writes
from popgroups.plan_writing import mark_of, write
from portfolio.models import Competence, Framework
from schools.models import Role, RoleHeld, SchoolPlanLine, User
from tests.people import Cast, make_person, make_place

from .gop import AT, again, all_agree, change, digest, place, verbs

pytestmark = pytest.mark.django_db

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
    goal, seen = plan.goals.get(), served_by(plan.goals.get())
    serve(goal, line, [competence], seen, cast.noor, AT)
    for late in (seen, ""):  # another screen, which showed the goal as it was before
        with pytest.raises(StaleMove):
            serve(goal, None, [], late, cast.tom, AT)
    assert goal.competences.get() == competence
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


def test_what_others_word_otherwise_voids_no_yes(cast: Cast, plan: GroupPlan) -> None:
    """A line of the school plan, a competence, a name: not the group's words. Another one of them is."""
    school, goal = cast.zandplaat, plan.goals.get()
    line = SchoolPlanLine.objects.create(school=school, number="2.3", text="Rust")
    framework = Framework.objects.create(school=school, key="eigen", title_nl="Eigen")
    competence = Competence.objects.create(framework=framework, key="1", title_nl="Orde")
    set_lines(plan, [line], {line.pk}, "", cast.noor, AT)
    serve(goal, line, [competence], served_by(goal), cast.noor, AT)
    tom = place(plan, cast.tom)
    goal.activities.update(what="Bij elkaar kijken", member=tom)
    before = digest(plan)
    SchoolPlanLine.objects.update(number="9", text="Heel anders gezegd")
    Competence.objects.filter(pk=competence.pk).update(title_nl="Anders")
    User.objects.filter(pk=cast.tom.pk).update(name="Tom de Vries-Bakker")
    type(school).objects.filter(pk=school.pk).update(name="De Nieuwe Naam")
    assert digest(plan) == before and "Heel anders gezegd" in str(document_of(again(plan)))
    goal.activities.update(member=place(plan, cast.noor))
    assert digest(plan) != before
    goal.activities.update(member=tom)
    other = SchoolPlanLine.objects.create(school=school, number="1", text="Heel anders gezegd")
    GroupGoal.objects.update(line=other)
    assert digest(plan) != before


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
    add_activity(plan.goals.get(), cast.tom, AT)
    add_goal(plan, cast.tom, AT)
    assert again(plan).state == GroupPlanState.ADOPTED, "nothing is written in them yet"
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
        with pytest.raises(MoveRefused):
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
    later = cast.olaf.memberships.create(
        school=cast.zandplaat, valid_from=timezone.localdate(AT) + dt.timedelta(days=1)
    )
    RoleHeld.objects.create(membership=later, role=Role.CONSULTANT)
    with time_machine.travel(AT + dt.timedelta(days=2)):
        assert not versions.visible_to(User.objects.get(pk=cast.olaf.pk)).exists(), (
            "who comes back is asked anew"
        )
    later.delete()
    cast.olaf.memberships.update(valid_until=None)
    assert versions.visible_to(cast.olaf).exists()
    reader.end(AT)
    assert not versions.visible_to(cast.olaf).exists()
    assert let_read(plan, cast.olaf, cast.noor, AT) != reader
