"""Addresses of the POP, which is its owner's alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portfolio.models import DevelopmentPlan, DevelopmentState
from tests.scene import Scene
from tests.walk_row import EVERYBODY, Data, Row, page, verb


def mine(kind: Callable[..., Row], name: str, of: str = "pop", **more: Any) -> Row:
    return kind(name, "pop", "presenter", of=of, **more)


def card(name: str, of: str, **texts: Any) -> Row:
    """A card that saves itself."""

    def post(scene: Scene) -> dict[str, Any]:
        return {"seen": getattr(scene, of).version, **texts}

    return mine(verb, name, of, post=post)


def picks(name: str, of: str, thing: str) -> Row:
    data: Data = lambda s: {"shown": "", "picked": [getattr(s, thing).pk]}  # noqa: E731
    return mine(page, name, of, post=data)


def only_the_old_one(scene: Scene) -> None:
    DevelopmentPlan.objects.filter(pk=scene.pop.pk).delete()


def closed_before(scene: Scene) -> None:
    DevelopmentPlan.objects.filter(pk=scene.pop.pk).update(state=DevelopmentState.CLOSED)


GOALS = [
    page("my_pop", "pop", EVERYBODY),
    verb("pop_start", "pop", EVERYBODY),
    mine(page, "pop"),
    mine(page, "pop", "old_pop"),
    card("pop_standing", "pop", standing="Hier sta ik."),
    card("pop_agreements", "pop", agreements="Twee keer praten."),
    picks("pop_strengths", "pop", "talent"),
    mine(
        page,
        "pop_close",
        post=lambda s: {"seen": s.pop.version, f"outcome_{s.goal.pk}": "reached", "looking_back": "Mooi."},
    ),
    mine(verb, "pop_reopen", before=closed_before),
    mine(verb, "pop_next", "old_pop", before=only_the_old_one),
    mine(page, "pop_delete", post={}),
    mine(verb, "goal_add"),
    card("goal_save", "goal", question="Hoe kan ik?"),
    mine(verb, "goal_shift", "goal", post={"to": "up"}, silent=True),
    mine(page, "goal_remove", "goal", post={"sure": "1"}),
    picks("goal_competences", "goal", "listed"),
    picks("goal_proof", "goal", "proof"),
    mine(verb, "action_add", "goal"),
    mine(verb, "note_add", "goal", post=lambda s: {"text": "Het gaat.", "day": str(s.at.date())}),
    card("action_save", "action", what="Kijken bij Tom."),
    mine(page, "action_remove", "action", post={"sure": "1"}),
    mine(page, "note_remove", "note", post={"sure": "1"}),
    page("plan_to_pop", "pop", "presenter", "participant director", of="plan", post={"goal": "new"}),
]
