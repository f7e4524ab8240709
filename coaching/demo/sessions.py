"""Playing the past sessions of a group, step by step, with what its screens do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from coaching.intervision.closing import keep_learning, keep_plan, keep_taps, look_back_on, open_look_backs
from coaching.intervision.models import (
    Captures,
    Case,
    Contribution,
    Kind,
    Method,
    Session,
    SessionParticipant,
    SessionStep,
    VoteKind,
)
from coaching.intervision.roles import assign
from coaching.intervision.writing import (
    choose_case,
    contribute,
    mark_tip,
    next_speaker,
    reveal,
    show_next_tip,
    vote,
)
from popgroups.models import Meeting
from portfolio.models import ActionPlan, PlanState, TipMark

from .groups import Series
from .people import Cast
from .story import Plan, Said, Story

MARKS = {"p": TipMark.PICK, "k": TipMark.KEEP, "n": TipMark.NOT_NOW}
# How much longer (+) or shorter (-) than planned each step took, in seconds, so no two steps look alike.
DRIFT = (40, -25, 70, 15, -30, 55, 10, -45)
MOVED = ("position", "entered_at", "ends_at", "paused_left")  # what a move writes past its own session
NUDGE = dt.timedelta(seconds=20)


@dataclass
class Open:
    """A plan made in this group that still has results to tell."""

    plan: ActionPlan
    text: Plan
    results: Iterator[tuple[str, str]] = field(default_factory=lambda: iter(()))


@dataclass
class Scene:
    """One session being played; ``at`` is the clock on the wall."""

    cast: Cast
    story: Story
    session: Session
    seats: dict[str, SessionParticipant]
    at: dt.datetime
    open_plans: list[Open]

    @property
    def step(self) -> SessionStep:
        if self.session.step is None:
            raise LookupError("the session stands outside its steps")
        return self.session.step

    def later(self) -> dt.datetime:
        self.at += NUDGE
        return self.at


def play_series(cast: Cast, series: Series) -> None:
    """All sessions of the group, oldest first. In a group that has ended, plans are rounded off by their owners."""
    open_plans: list[Open] = []
    method = Method.objects.get(key="pop_basis", school=None)
    for meeting, story in series.told:
        play(cast, series, meeting, story, method, open_plans)
    if not series.coming and series.told:
        after = series.told[-1][0].ends_at + dt.timedelta(weeks=3)
        for row in open_plans:
            tell_results(row, list(row.results), after)


def play(
    cast: Cast, series: Series, meeting: Meeting, story: Story, method: Method, open_plans: list[Open]
) -> None:
    prepare(cast, meeting, story)
    scene = open_lobby(cast, series, meeting, story, method, open_plans)
    scene.session.start(cast.users[story.facilitator], scene.at)
    while True:
        scene.session.refresh_from_db(fields=MOVED)
        step, began = scene.step, scene.at
        PLAYED[Captures(step.captures)](scene)
        spent = dt.timedelta(seconds=step.planned_seconds + DRIFT[step.order % len(DRIFT)])
        scene.at = max(began + spent, scene.at + NUDGE)
        if not move_on(scene):
            return


def prepare(cast: Cast, meeting: Meeting, story: Story) -> None:
    """Before the meeting: a case prepared in private, and who can't come says so."""
    day_before = meeting.starts_at - dt.timedelta(days=1)
    for key in story.absent:
        meeting.call_off(cast.users[key], day_before)
    Case.objects.create(
        presenter=cast.users[story.presenter],
        meeting=meeting,
        situation=story.situation,
        tried=story.tried,
        question=story.question,
        made_at=day_before,
    )


def open_lobby(
    cast: Cast, series: Series, meeting: Meeting, story: Story, method: Method, open_plans: list[Open]
) -> Scene:
    at = meeting.starts_at - dt.timedelta(minutes=4)
    session = Session.open(meeting, method, meeting.minutes)
    session.put(made_at=at)
    places = {place.membership_id for place in series.group.current_members(meeting.day)}
    scene = Scene(cast, story, session, {}, at, open_plans)
    for key, place in cast.places.items():
        if place.pk in places and key not in story.absent:
            scene.seats[key] = session.join(cast.users[key], scene.later())
    assign(session, "facilitator", scene.seats[story.facilitator])
    assign(session, "timekeeper", scene.seats[story.timekeeper])
    scene.at = meeting.starts_at
    return scene


def move_on(scene: Scene) -> bool:
    """Press *next*; False when that closed the session."""
    session, by = scene.session, scene.cast.users[scene.story.facilitator]
    following = session.next_position()
    if following is None:
        session.close(seen=session.position, by=by, at=scene.at)
        return False
    session.go(following, seen=session.position, by=by, at=scene.at)
    return True


# -- the steps -----------------------------------------------------------------------------------------------


def look_back(scene: Scene) -> None:
    """Each open plan of somebody present: its next result, told by its owner."""
    waiting = {row.plan.pk: row for row in scene.open_plans}
    for row in open_look_backs(scene.session):
        told = waiting.get(row.action_plan_id)
        result = next(told.results, None) if told else None
        if told and result:
            state, happened = result
            at, owner = scene.later(), row.action_plan.owner
            look_back_on(scene.session, row, state, owner, at, happened=happened)
            celebrate(told, row.action_plan, at)


def tell_results(row: Open, results: list[tuple[str, str]], at: dt.datetime) -> None:
    plan = ActionPlan.objects.get(pk=row.plan.pk)
    for state, happened in results:
        plan.record_result(state, plan.owner, at, happened=happened)
        celebrate(row, plan, at)


def celebrate(row: Open, plan: ActionPlan, at: dt.datetime) -> None:
    if row.text.becomes_success and plan.state == PlanState.DONE:
        plan.become_success(at)


def choice(scene: Scene) -> None:
    cards = write(scene, scene.story.choices)
    for key, card in cards:
        chosen = key == scene.story.presenter
        for number, (voter, seat) in enumerate(scene.seats.items()):
            if voter != key and (chosen or number % 3 == 0):
                vote(scene.session, card, seat, VoteKind.URGENT if chosen else VoteKind.RECOGNISED, scene.at)
    choose_case(scene.session, dict(cards)[scene.story.presenter])


def problem(scene: Scene) -> None:
    scene.session.put(question=scene.story.question)


def analysis(scene: Scene) -> None:
    step = scene.step
    write(scene, scene.story.questions)
    next_speaker(scene.session, step)
    write(scene, scene.story.themes, Kind.THEME)


def hypothesis(scene: Scene) -> None:
    write(scene, scene.story.hypotheses)
    step = scene.step
    reveal(scene.session, step, scene.later())
    scene.session.put(hypothesis=scene.story.hypothesis or scene.story.hypotheses[0][1])


def tip_parade(scene: Scene) -> None:
    marks = {text: mark for (_who, text), mark in zip(scene.story.tips, scene.story.marks, strict=True)}
    write(scene, scene.story.tips)
    step = scene.step
    seen = 0
    while card := show_next_tip(scene.session, step, scene.later(), seen=seen):
        mark_tip(card, MARKS[marks[card.text]])
        seen += 1


def action_plans(scene: Scene) -> None:
    following = scene.session.meeting.next_of_group()
    for text in scene.story.plans:
        plan = ActionPlan(
            owner=scene.cast.users[text.who],
            intention=text.intention,
            where=text.where,
            works_when=text.works_when,
            if_then=text.if_then,
            due=following.day if following else scene.session.meeting.day + dt.timedelta(days=28),
            buddy=scene.cast.users[text.buddy] if text.buddy else None,
            group_sees_title=text.for_the_group,
            made_at=scene.later(),
        )
        keep_plan(scene.session, plan, scene.at)
        scene.open_plans.append(Open(plan, text, iter(text.results)))


def close(scene: Scene) -> None:
    for key, text in scene.story.learned:
        keep_learning(scene.session, scene.seats[key], text, scene.later())
    for number, seat in enumerate(scene.seats.values()):
        taps = {"safe": 3, "useful": 3 - number % 4 // 3, "fits": 3 - number % 3 // 2}
        keep_taps(scene.session, seat, taps, scene.at)


def write(scene: Scene, said: Said, kind: str = "") -> list[tuple[str, Contribution]]:
    step = scene.step
    cards = []
    for key, text in said:
        seat = scene.seats[key]
        card = contribute(
            scene.session, step=step, author=seat, written_by=seat, text=text, at=scene.later(), kind=kind
        )
        cards.append((key, card))
    return cards


PLAYED: dict[Captures, Callable[[Scene], None]] = {
    Captures.LOOK_BACK: look_back,
    Captures.CHOICE: choice,
    Captures.QUESTION_OF_CASE: problem,
    Captures.QUESTION: analysis,
    Captures.HYPOTHESIS: hypothesis,
    Captures.TIP: tip_parade,
    Captures.ACTION_PLAN: action_plans,
    Captures.LEARNING: close,
}
