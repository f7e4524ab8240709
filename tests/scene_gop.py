"""The GOP of the group: a version lies with the director, who wants to talk; the group writes on."""

from __future__ import annotations

from typing import Any

from popgroups.adopting import agree, ask_change, hand_in, let_read
from popgroups.models import GroupMember, GroupPlan, GroupPlanState
from popgroups.plan_document import digest_of, document_of
from popgroups.plan_goals import add_activity, add_goal, remove_goal, set_lines, start_plan
from popgroups.plan_writing import mark_of, write
from schools.drafts import save_draft
from schools.models import SchoolPlanLine, User

GOP_WORDS = {
    "gop_handed_in": "kanariegopingediend",
    "gop_living": "kanariegoplevend",
    "gop_wish": "kanariegopwens",
    "gop_draft": "kanariegopgetypt",
    "gop_taken_away": "kanariegopweggehaald",
}


def put(row: Any, by: User, at: Any, **values: Any) -> None:
    write(row, mark_of(row, values), values, by, at)


def fresh(plan: GroupPlan) -> GroupPlan:
    return GroupPlan.objects.get(pk=plan.pk)


def place(plan: GroupPlan, person: User) -> GroupMember:
    found = plan.group.place_of(person)
    assert found is not None
    return found


def all_agree(plan: GroupPlan, at: Any) -> str:
    """Everybody says yes to what it says now: its digest."""
    seen = digest_of(document_of(fresh(plan)))
    for member in plan.group.current_members():
        agree(plan, member, seen, at)
    return seen


def gop_of(scene: Any) -> None:
    cast, at = scene.cast, scene.at
    plan = start_plan(cast.group, cast.noor, at)
    line = SchoolPlanLine.objects.create(school=cast.zandplaat, number="2.3", text="Rust in de school")
    set_lines(plan, [line], {line.pk}, "Werkdruk", cast.noor, at)
    put(plan, cast.noor, at, standing=GOP_WORDS["gop_handed_in"])
    goal = plan.goals.get()
    put(goal, cast.tom, at, title="Rust in de overgangen")
    put(goal.activities.get(), cast.tom, at, what="Twee lesbezoeken", member_id=place(plan, cast.tom).pk)
    version = hand_in(plan, cast.noor, all_agree(plan, at), at)
    reader = let_read(plan, cast.olaf, cast.noor, at)
    fresh(plan).go(GroupPlanState.IN_TALK, "in_talk", cast.hanneke, at)
    put(fresh(plan), cast.samir, at, agreements=GOP_WORDS["gop_living"])
    second = add_goal(plan, cast.samir, at)
    put(second, cast.samir, at, title="Ouders eerst laten vertellen")
    third = add_goal(plan, cast.tom, at)
    put(third, cast.tom, at, title=GOP_WORDS["gop_taken_away"], visible=GOP_WORDS["gop_taken_away"])
    taken_away = remove_goal(third, cast.tom, at)
    ask_change(plan, place(plan, cast.tom), GOP_WORDS["gop_wish"], at)
    save_draft(cast.noor, f"gop:{plan.pk}:indicators:indicators", GOP_WORDS["gop_draft"], 1, at)
    scene.extra |= {
        "gop": fresh(plan),
        "gop_version": version,
        "gop_reader": reader,
        "gop_taken_away": taken_away,
        "group_goal": second,
        "group_activity": add_activity(second, cast.samir, at),
        "group_theme": plan.themes.get(line=None),
        "gop_line": line,
    }
