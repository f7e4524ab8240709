"""Addresses of talks: of the two who have them, and of nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portfolio.models import Share, Talk
from tests.scene import Scene
from tests.walk_row import EVERYBODY, Row, page, verb

BOTH = "presenter director"  # whose development it is, and who leads them


def coming(scene: Scene) -> dict[str, Any]:
    day = scene.at.date() + dt.timedelta(days=40)
    return {"kind": "goal", "day": str(day), "start": "15:30", "minutes": 30, "place": "Kamer 3"}


def proposal(scene: Scene) -> dict[str, Any]:
    return {"who": scene.cast.tom.pk, **coming(scene)}


def a_round(scene: Scene) -> dict[str, Any]:
    return {**coming(scene), "people": [scene.cast.tom.pk], "last": "17:00", "between": 15}


def date_seen(scene: Scene) -> dict[str, Any]:
    return {"seen": Talk.objects.get(pk=scene.talk.pk).sequence}


def asked_seen(scene: Scene) -> dict[str, Any]:
    return {"seen": Talk.objects.get(pk=scene.asked_talk.pk).sequence}


def text_seen(scene: Scene) -> dict[str, Any]:
    return {"seen": Talk.objects.get(pk=scene.talk.pk).agreements_version}


def on_table(scene: Scene) -> dict[str, Any]:
    given = Share.objects.get(viewer=scene.cast.hanneke, plan_version=scene.version)
    return {"version": given.pk}


def of_two(name: str, kind: Any = verb, **more: Any) -> Row:
    row: Row = kind(name, "talks", BOTH, **{"of": "talk", **more})
    return row


def of_whose_it_is(name: str, **more: Any) -> Row:
    """The director, who reads the talk, is told no."""
    return verb(name, "talks", "presenter", "director", **{"of": "talk", **more})


TALKS = [
    page("talks", "talks", EVERYBODY),
    page("talk_new", "talks", EVERYBODY, post=proposal),
    # Posted once it only shows who would be asked.
    page("talk_round", "talks", EVERYBODY, post=a_round, silent=True),
    of_two("talk", page),
    of_two("talk", page, of="asked_talk"),
    of_two("talk_accept", of="asked_talk", post=asked_seen),
    of_two("talk_move", page, post=lambda s: {**coming(s), **date_seen(s)}),
    of_two("talk_hold", post=date_seen),
    of_two("talk_cancel", page, post=date_seen),
    of_two("talk_agreements", post=lambda s: {"text": "Anders.", **text_seen(s)}),
    of_two("talk_yes", post=text_seen),
    of_whose_it_is("talk_table", post=on_table),
    of_whose_it_is("talk_to_pop"),
    of_whose_it_is("talk_prepare", post={"preparation": "Eerst vragen.", "seen": 1}),
]
